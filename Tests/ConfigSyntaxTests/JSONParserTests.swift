import ConfigSyntax
import SourceText
import Testing

struct JSONParserTests {
  @Test func `locates every key and value`() {
    #expect(
      dump(json(#"{"a": [1, 2.5], "b": {"c": null, "d": "x\n"}}"#)) == """
        0..45 {}
          a@1..4: 6..14 []
            - 7..8 integer(1)
            - 10..13 number(2.5)
          b@16..19: 21..44 {}
            c@22..25: 27..31 null
            d@33..36: 38..43 text("x\\n")
        """
    )
  }

  @Test func `reads comments and trailing commas and says so`() {
    let text = """
      { // one
        "a": [1, 2,], # two
        /* three */ "b": true,
      }
      """
    #expect(
      dump(json(text)) == """
        0..57 {}
          a@11..14: 16..23 []
            - 17..18 integer(1)
            - 20..21 integer(2)
          b@45..48: 50..54 boolean(true)
        comment 2..8 // one
        comment 25..30 # two
        comment 33..44 /* three */
        lenient-syntax 2..8 a comment, which strict JSON readers refuse
        lenient-syntax 21..22 a trailing comma, which strict JSON readers refuse
        lenient-syntax 54..55 a trailing comma, which strict JSON readers refuse
        """
    )
  }

  @Test(
    arguments: [
      (#"{"a": 1 "b": 2}"#, "{a: 1, b: 2}", "a comma is missing after this value"),
      (#"{"a" 1, "b": 2}"#, "{a: 1, b: 2}", "\":\" is missing after the key"),
      (#"{"a": , "b": 2}"#, "{a: ?, b: 2}", "the value is missing"),
      (#"{a: 1, "b": 2}"#, "{a: 1, b: 2}", "a key must be text in double quotes"),
      (#"{'a': 1, "b": 2}"#, "{a: 1, b: 2}", "a key must stand in double quotes, not single ones"),
      (#"{"a": 'x', "b": 2}"#, "{a: x, b: 2}", "text must stand in double quotes, not single ones"),
      (#"{"a": relu, "b": 2}"#, "{a: relu, b: 2}", "\"relu\" is no JSON value; text must stand in double quotes"),
      (#"{"a": True, "b": 2}"#, "{a: true, b: 2}", "\"True\" is Python; JSON writes \"true\""),
      (#"{"a": .5, "b": 2}"#, "{a: 0.5, b: 2}", "\".5\" is no number in JSON"),
      (#"{"a": 01, "b": 2}"#, "{a: 1, b: 2}", "\"01\" is no number in JSON"),
      ("{\"a\": \"x\n, \"b\": 2}", "{a: x, b: 2}", "this text has no closing quote"),
      (#"{"a": [1, 2, "b": 3}"#, "{a: [1, 2], b: 3}", "\"]\" is missing before this key"),
      (#"{"a": [1, 2}"#, "{a: [1, 2]}", "\"]\" is missing before this"),
      (#"[{"a": 1, {"b": 2}]"#, "[{a: 1}, {b: 2}]", "\"}\" is missing before this"),
      (#"{"a": [1, {"b": 2"#, "{a: [1, {b: 2}]}", "\"}\" is missing at the end of the file"),
      (#"{"a": 1}, "b": 2}"#, "{a: 1, b: 2}", "this bracket closes the file's value too early"),
      (#"{"a": 1,, "b": 2}"#, "{a: 1, b: 2}", "a comma without a value before it"),
      (#"{"a": 1], "b": 2}"#, "{a: 1, b: 2}", "this bracket closes nothing"),
      (#"{"a": {{ x }}, "b": 2}"#, "{a: {}, b: 2}", "a key must be text in double quotes"),
      (#"{"a": 1} {"b": 2}"#, "{a: 1} --- {b: 2}", "text after the end of the JSON value"),
      (#"{"a": "\q", "b": 2}"#, "{a: q, b: 2}", "an unknown escape in text"),
      (#"{"a": "\u12", "b": 2}"#, "{a: 12, b: 2}", "\"\\u\" needs four hexadecimal digits"),
      ("/* {", "", "this comment has no end"),
      ("", "", "the file holds no JSON value"),
    ]
  )
  func `reads on behind a fault`(text: String, values: String, message: String) {
    let tree = json(text)
    #expect(brief(tree) == values)
    #expect(tree.problems.contains { $0.kind == .invalidSyntax && $0.message == message }, "\(tree.problems)")
  }

  @Test func `takes Python's numbers leniently`() {
    let tree = json("[NaN, Infinity, -Infinity]")
    #expect(brief(tree) == "[nan, inf, -inf]")
    #expect(tree.problems.map(\.kind) == [.lenientSyntax, .lenientSyntax, .lenientSyntax])
  }

  @Test func `takes half of a surrogate pair leniently`() {
    let tree = json(#"{"a": "x\ud800", "b": "\udc00\ud800y"}"#)
    #expect(brief(tree) == "{a: x\u{FFFD}, b: \u{FFFD}\u{FFFD}y}")
    #expect(tree.problems.map(\.kind) == [.lenientSyntax, .lenientSyntax, .lenientSyntax])
  }

  @Test func `decodes escapes`() {
    let tree = json(#"["\"\\\/\b\f\n\r\t", "\u00e9\uD83D\uDE00", "a\u0000b", "plain é"]"#)
    #expect(tree.problems == [])
    #expect(
      tree.documents[0].elements.map(\.string) == ["\"\\/\u{8}\u{C}\n\r\t", "é😀", "a\0b", "plain é"]
    )
  }

  @Test func `knows integers, numbers and what no integer holds`() {
    let tree = json("[0, -0, 9223372036854775807, 9223372036854775808, 1.0, 1e3, 1E-2, 1e999]")
    #expect(tree.problems == [])
    #expect(
      tree.documents[0].elements.map(\.scalarValue) == [
        .integer(0), .integer(0), .integer(.max), .number(9_223_372_036_854_775_808), .number(1), .number(1000),
        .number(0.01), .number(.infinity),
      ]
    )
  }

  @Test(arguments: ["_comment", "_comment_lr", "//", "// why"])
  func `a comment that is written as a key may stand several times`(key: String) {
    let tree = parse(SourceText(name: "a.json", text: "{\"\(key)\": \"x\", \"a\": 1, \"\(key)\": \"y\"}"), as: .json)
    #expect(tree.problems.isEmpty)
  }

  @Test func `finds equal keys, also when they are written differently`() {
    let tree = json(#"{"a": 1, "b": 2, "\u0061": 3}"#)
    #expect(brief(tree) == "{a: 3, b: 2}")
    #expect(
      tree.problems == [
        SyntaxProblem(
          kind: .duplicateKey,
          message: "key \"a\" is written twice in this mapping; the last one counts",
          range: TextRange(start: 17, end: 25),
          related: TextRange(start: 1, end: 4)
        )
      ]
    )
  }
}
