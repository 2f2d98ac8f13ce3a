import ConfigSyntax
import SourceText
import Testing

struct ProtoTextParserTests {
  @Test func `locates every field and value`() {
    let text = """
      name: "net"  # what it is called
      layer { type: 'ReLU' param < lr: 1e-3 > }
      dim: [1, 2]
      """
    #expect(
      dump(protoText(text)) == """
        0..86 map
          name@0..4: 6..11 text("net")
          layer@33..38: 39..74 {}
            type@41..45: 47..53 text("ReLU")
            param@54..59: 60..72 {}
              lr@62..64: 66..70 number(0.001)
          dim@75..78: 80..86 []
            - 81..82 integer(1)
            - 84..85 integer(2)
        comment 13..32 # what it is called
        """
    )
  }

  @Test func `keeps every value of a field that is given several times`() throws {
    let tree = protoText("dim: 3 other: 1 dim: [4, 5], dim: 6; dim { x: 1 }")
    let root = try #require(tree.documents.first)
    #expect(tree.problems.isEmpty)
    #expect(root.values(of: "dim").map(\.integer) == [3, 4, 5, 6, nil])
    #expect(root.values(of: "none").isEmpty)
    #expect(root.writtenMembers.map(\.name) == ["dim", "other", "dim", "dim", "dim"])
    #expect(root["dim"]?["x"]?.integer == 1)
  }

  @Test(
    arguments: [
      ("a: 12", "12"), ("a: -12", "-12"), ("a: - 12", "-12"), ("a: 0x1F", "31"), ("a: 017", "15"), ("a: -0x10", "-16"),
      ("a: 1.5f", "1.5"), ("a: 2F", "2.0"), ("a: .5", "0.5"), ("a: 1e-4", "0.0001"), ("a: -1.5E+3", "-1500.0"),
      ("a: inf", "inf"), ("a: -inf", "-inf"), ("a: -Infinity", "-inf"), ("a: nan", "nan"), ("a: 1.", "1.0"),
      ("a: true", "true"), ("a: False", "false"), ("a: MAX", "MAX"), ("a: \"true\"", "true"), ("a: 08.5", "8.5"),
      ("a: 'it''s'", "its"), ("a: \"x\" 'y'\n  \"z\"", "xyz"), (#"a: "\x41\101\n\u00e9\U0001F600\?""#, "AA\né😀?"),
      (#"a: "say \"hi\"""#, "say \"hi\""), ("a: \"#no comment\"", "#no comment"), ("a: { }", "{}"), ("a < >", "{}"),
      ("a: []", "[]"), ("a: [{b: 1}, <b: 2>]", "[{b: 1}, {b: 2}]"),
      ("a: 18446744073709551615", "1.8446744073709552e+19"),
    ]
  )
  func `reads values`(text: String, value: String) {
    let tree = protoText(text)
    #expect(brief(tree) == "{a: \(value)}")
    #expect(tree.problems.isEmpty, "\(tree.problems)")
  }

  @Test func `tells text from words and numbers`() throws {
    let root = try #require(protoText("a: \"3\" b: 3 c: MAX d: \"MAX\" e: 'true' f: true").documents.first)
    #expect(root["a"]?.integer == nil)
    #expect(root["a"]?.string == "3")
    #expect(root["b"]?.integer == 3)
    #expect(root["c"]?.style == .plain)
    #expect(root["d"]?.style == .doubleQuoted)
    #expect(root["e"]?.boolean == nil)
    #expect(root["f"]?.boolean == true)
  }

  @Test func `reads names of extensions and types`() {
    #expect(
      brief(protoText("[my.ext]: 1 [type.googleapis.com/a.B] { c: 2 }"))
        == "{[my.ext]: 1, [type.googleapis.com/a.B]: {c: 2}}"
    )
  }

  @Test(
    arguments: [
      ("a 1 b: 2", "{a: 1, b: 2}", "\":\" is missing after the field's name"),
      ("a:\nb: 2", "{a: ?, b: 2}", "the value of this field is missing"),
      ("a\nb: 2", "{a: ?, b: 2}", "the value of this field is missing"),
      ("a { b: }\nc: 2", "{a: {b: ?}, c: 2}", "the value of this field is missing"),
      ("a: 1,, b: 2", "{a: 1, b: 2}", "\",\" without a value before it"),
      ("a { b: 1\nc: 2", "{a: {b: 1, c: 2}}", "\"}\" is missing at the end of the file"),
      ("a { b: 1 }}\nc: 2", "{a: {b: 1}, c: 2}", "this bracket closes nothing"),
      ("a { b < c: 1 }\nd: 2", "{a: {b: {c: 1}}, d: 2}", "\">\" is missing before this"),
      ("a: [1 2]", "{a: [1, 2]}", "a comma is missing after this value"),
      ("a: \"x\nb: 2", "{a: x, b: 2}", "this text has no closing quote"),
      (
        "a: x/y.txt\nb: 2", "{a: x/y.txt, b: 2}",
        "\"x/y.txt\" is neither a number nor a word; text must stand in quotes"
      ),
      ("a: 1.2.3\nb: 2", "{a: 1.2.3, b: 2}", "\"1.2.3\" is neither a number nor a word; text must stand in quotes"),
      ("\"a\": 1", "{a: 1}", "a field's name stands without quotes"),
      ("{ a: 1 }\nb: 2", "{b: 2}", "a field's name is missing before this"),
      ("a: 1 // one\nb: 2", "{a: 1, b: 2}", "a comment begins with \"#\" here, not with \"//\""),
      ("a: \"\\q\"", "{a: q}", "an unknown escape in text"),
      ("=\nb: 2", "{b: 2}", "\"=\" begins no field"),
    ]
  )
  func `goes on behind a fault`(text: String, values: String, problem: String) {
    let tree = protoText(text)
    #expect(brief(tree) == values)
    #expect(tree.problems.first?.message == problem)
    #expect(tree.isBroken)
  }

  @Test(arguments: ["", "  \n", "# only a comment\n"])
  func `has no document without a field`(text: String) {
    #expect(protoText(text).documents.isEmpty)
    #expect(protoText(text).isBroken)
  }

  @Test func `reads no deeper than the limit`() throws {
    let tree = protoText(String(repeating: "a { ", count: 100_000))
    #expect(tree.problems.contains { $0.kind == .limit })
    var depth = 0
    var node = try #require(tree.documents.first)
    while let inner = node["a"] {
      node = inner
      depth += 1
    }
    #expect(depth <= SyntaxLimits.depth + 1)
  }

  @Test(
    arguments: [
      ("layer { name: \"a\"\n  ty▮\n}", "layer.ty key ty"),
      ("layer {\n  ▮\n}", "layer.x key "),
      ("layer { type: ▮\n}", "layer.type value "),
      ("layer { type: \"Re▮\n}", "layer.type value Re"),
      ("base_lr: 0.1\n▮\nmomentum: 0.9", "x key "),
      ("pool: M▮AX", "pool value MAX"),
    ]
  )
  func `finds the place to write`(marked: String, place: String) throws {
    let (text, offset) = try unmarked(marked)
    let tree = protoText(text)
    #expect(try #require(tree.placeToWrite(at: offset)).map(in: text) == place)
  }
}

extension SyntaxPlace {
  fileprivate func map(in text: String) -> String {
    let path = steps.map { $0.key ?? "-" }.joined(separator: ".")
    let bytes = Array(text.utf8)
    return "\(path) \(side) \(String(decoding: bytes[word.start..<word.end], as: UTF8.self))"
  }
}
