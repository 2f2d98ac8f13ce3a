import ConfigSyntax
import SourceText
import Testing

struct YAMLRecoveryTests {
  @Test(
    arguments: [
      // A tab that indents.
      ("a:\n  b: 1 # one\n\tc: 2\n  d: 3\ne: 4\n", "{a: {b: 1, d: 3}, e: 4}", 1),
      // A key without its colon.
      (
        "model:\n  layers:\n    - kind: dense\n      act\n    - kind: dropout\nrate: 1\n",
        "{model: {layers: [{kind: dense}, {kind: dropout}]}, rate: 1}", 1
      ),
      ("a: 1\na line\nb: 2\n", "{a: 1, b: 2}", 1),
      ("a line\nb: 2\nc: 3\n", "{b: 2, c: 3}", 1),
      ("a:1\nb: 2\nc: 3\n", "{b: 2, c: 3}", 1),
      // Quotes that are never closed, or closed by the next text.
      ("a: \"abc\nb: 2\nc: 3\n", "{a: ?, b: 2, c: 3}", 1),
      ("a: \"abc\nb: \"x\"\nc: 3\n", "{a: abc, b: x, c: 3}", 1),
      ("a: 'it's'\nb: 2\n", "{a: ?, b: 2}", 1),
      ("- a: 1\n- b: \"x\n- c: 2\n", "[{a: 1}, {b: ?}, {c: 2}]", 1),
      // Brackets that are never closed.
      ("x:\n  a: [1, 2\n  b: 3\nd: 5\n", "{x: {a: [1, 2], b: 3}, d: 5}", 1),
      ("a: {b: 1, c: 2\nd: 5\ne: {f: 1}\n", "{a: {b: 1, c: 2}, d: 5, e: {f: 1}}", 1),
      ("l:\n- k: a\n  u: [1,\n- k: b\nr: 2\n", "{l: [{k: a, u: [1]}, {k: b}], r: 2}", 1),
      // Indentation.
      ("a:\n  b: 1\n   c: 2\n  e: 7\nd: 3\n", "{a: {b: 1, e: 7}, d: 3}", 1),
      ("a:\n    b: 1\n  c: 2\nd: 3\n", "{a: {b: 1}, d: 3}", 1),
      ("  a: 1\n b: 2\nc: 3\n", "{a: 1, c: 3}", 1),
      // Characters that begin nothing.
      ("a: @x\nb: `y`\nc: 3\n", "{a: ?, b: ?, c: 3}", 2),
      ("a: b: c\nd: 1\n", "{a: ?, d: 1}", 1),
      // Templates.
      ("{% if x %}\na: ${b}\n{% endif %}\nc: {{ d }}.json\ne: 2\n", "{a: ${b}, c: {: null}, e: 2}", 3),
      // One collection in brackets is read as JSON is.
      (
        "{\n  # c\n  \"a\": 1,\n  \"b\": True\n  \"c\": [1, 2,\n  \"d\": 1e-4,\n}\n",
        "{a: 1, b: true, c: [1, 2], d: 0.0001}", 1
      ),
      // Another document is whole.
      ("a: 1\n---\nb: [1\n---\nc: 3\n", "{a: 1} --- {b: [1]} --- {c: 3}", 1),
      // Keys that are collections.
      ("? a: b\n  c: @\n: d\ne: f\n", "{: ?, e: f}", 2),
      // A key over 1024 characters is no simple key.
      ("a: 1\n\(String(repeating: "k", count: 1100)): 2\nb: 3\n", "{a: 1, b: 3}", 1),
    ] as [(String, String, Int)]
  )
  func `loses only what is around a fault`(text: String, values: String, faults: Int) {
    let tree = yaml(text)
    #expect(brief(tree) == values)
    #expect(tree.problems.map(\.kind) == Array(repeating: .invalidSyntax, count: faults), "\(tree.problems)")
  }

  @Test(
    arguments: [
      ("a:\n\tb: 1\n", 3..<4, "a tab cannot indent in YAML; use spaces"),
      ("a: \"x\nb: 1\n", 3..<4, "this quote is never closed"),
      ("a: 1\nb\nc: 2\n", 5..<6, "\":\" is missing after this key"),
      ("a: [1, 2\nb: 1\n", 10..<11, "\",\" or \"]\" is missing"),
      ("é: @x\n", 4..<5, "\"@\" cannot begin a key or a value; put the text in quotes"),
      (
        "a: b: c\n", 4..<5, "\":\" does not fit here; quote a text that contains \": \", or mend the indentation"
      ),
    ] as [(String, Range<Int>, String)]
  )
  func `says what is wrong and where`(text: String, range: Range<Int>, message: String) {
    let problem = yaml(text).problems.first
    #expect(problem?.message == message)
    #expect(problem?.range == TextRange(start: range.lowerBound, end: range.upperBound))
  }

  @Test func `stays the same line for line when read with the other line end`() {
    let text = "a: 1\nb:\n  - x # c\n  - \"y\nc: 3\n"
    #expect(brief(yaml(text)) == brief(yaml(text.replacing("\n", with: "\r\n"))))
  }
}
