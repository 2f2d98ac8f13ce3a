import ConfigSyntax
import SourceText
import Testing

struct SyntaxLimitTests {
  @Test(arguments: [("[", ""), ("{a: ", ""), ("- ", ""), ("? ", ""), ("[\n", ""), ("[", "]")])
  func `stops at the depth bound in YAML`(opening: String, closing: String) {
    let text = String(repeating: opening, count: 100_000) + String(repeating: closing, count: 100_000)
    expectBounded(text)
  }

  @Test func `stops at the depth bound in indented YAML`() {
    expectBounded((0..<600).map { String(repeating: " ", count: $0) + "a:\n" }.joined())
  }

  private func expectBounded(_ text: String) {
    let clock = ContinuousClock()
    var tree = yaml("")
    let time = clock.measure { tree = yaml(text) }
    #expect(tree.problems.contains { $0.kind == .limit && $0.message.hasPrefix("nested deeper than 256 levels") })
    #expect(depth(of: tree) == SyntaxLimits.depth)
    // libyaml alone takes minutes; the bound is generous, for other tests run beside this one.
    #expect(time < .seconds(5))
  }

  @Test(arguments: ["[", "{\"a\": "])
  func `stops at the depth bound in JSON and reads what follows`(opening: String) {
    let closing = opening == "[" ? "]" : "}"
    let deep = String(repeating: opening, count: 100_000) + "1" + String(repeating: closing, count: 100_000)
    let tree = json("[" + deep + ", 7]")
    #expect(tree.problems.map(\.kind) == [.limit])
    #expect(depth(of: tree) == SyntaxLimits.depth)
    #expect(tree.documents[0][1]?.integer == 7)
  }

  @Test func `follows aliases only as far as they stay small`() {
    let lines = (1..<40).map { level in
      "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]"
    }
    let tree = yaml("a0: &a0 [x]\n" + lines.joined(separator: "\n") + "\nb: 1\n")
    #expect(tree.problems.map(\.kind) == [.limit])
    #expect(count(tree.documents[0]) <= SyntaxLimits.totalAliasExpansion + 2000)
    #expect(tree.documents[0]["b"]?.integer == 1)
  }

  @Test func `bounds the depth through aliases`() {
    let lines = (1..<2000).map { "a\($0): &a\($0) {<<: *a\($0 - 1), b\($0): 1}" }
    let tree = yaml("a0: &a0 {b: 1}\n" + lines.joined(separator: "\n") + "\n")
    #expect(tree.problems.map(\.kind) == [.limit])
    #expect(tree.documents[0].members.allSatisfy { $0.value.members.count <= SyntaxLimits.depth })
  }

  @Test func `does not follow an alias into itself`() {
    let tree = yaml("a: &a [1, *a]\nb: &b {c: {d: *b}}\ne: 1\n")
    #expect(tree.problems.map(\.message) == ["a", "b"].map { "alias \"\($0)\" stands inside the value that it names" })
    #expect(brief(tree) == "{a: [1, ?], b: {c: {d: ?}}, e: 1}")
  }

  @Test(arguments: [ConfigFormat.json, .yaml])
  func `refuses a file that is too large`(format: ConfigFormat) {
    let bytes = [UInt8](repeating: 0x20, count: SyntaxLimits.fileSize + 1)
    let tree = parse(SourceText(name: "big", bytes: bytes), as: format)
    #expect(tree.problems.map(\.message) == ["the file has 64 MiB, more than the 64 MiB that are read"])
    #expect(tree.documents == [])
  }

  @Test(arguments: [ConfigFormat.json, .yaml])
  func `names UTF-16 instead of reading it`(format: ConfigFormat) {
    for bytes in [[0xFF, 0xFE, 0x7B, 0], [0xFE, 0xFF, 0, 0x7B], [0x7B, 0, 0x7D, 0], [0, 0x61, 0, 0x3A]] as [[UInt8]] {
      let tree = parse(SourceText(name: "a", bytes: bytes), as: format)
      #expect(tree.problems.map(\.message) == ["the file is UTF-16, not UTF-8; save it as UTF-8"])
      #expect(tree.problems.map(\.kind) == [.invalidEncoding])
    }
  }

  @Test(arguments: [ConfigFormat.json, .yaml])
  func `reads around bytes that are not UTF-8`(format: ConfigFormat) {
    let bytes =
      Array("{\"a\": \"x".utf8) + [0xFF] + Array("y\", \"b".utf8) + [0xE2, 0x82] + Array("\": 2, \"c\": 3}".utf8)
    let tree = parse(SourceText(name: "a", bytes: bytes), as: format)
    #expect(tree.problems.map(\.range) == [TextRange(start: 8, end: 9)])
    #expect(tree.problems.map(\.message) == ["this byte is not valid UTF-8, nor is one more place"])
    #expect(tree.problems.map(\.kind) == [.invalidEncoding])
    #expect(tree.documents[0]["a"]?.string == "x\u{FFFD}y")
    #expect(tree.documents[0]["c"]?.integer == 3)
  }

  @Test func `reads around control characters`() {
    let tree = yaml("a: 1\0\nb: \u{7F}\nc: \u{9B}x\nd: 4\n")
    #expect(tree.problems.count == 3)
    #expect(tree.problems.allSatisfy { $0.kind == .invalidSyntax })
    #expect(tree.documents[0]["d"]?.integer == 4)
    let inJSON = json("{\"a\": \"x\ty\", \0, \"b\": 2}")
    #expect(inJSON.problems.contains { $0.kind == .lenientSyntax })
    #expect(inJSON.documents[0]["a"]?.string == "x\ty")
    #expect(inJSON.documents[0]["b"]?.integer == 2)
  }

  @Test func `lists a bounded number of problems`() {
    let tree = json("[" + String(repeating: "x y,", count: 5000) + "]")
    #expect(tree.problems.count == SyntaxLimits.problems + 1)
    #expect(tree.problems.count { $0.kind == .limit } == 1)
  }

  @Test func `gives up after many faults and says where`() {
    let tree = yaml(String(repeating: "a: \"x\" y\n", count: 5000))
    #expect(tree.problems.count { $0.message == "too many faults; what follows this place is not read" } == 1)
    #expect(tree.problems.count < 300)
  }

  // MARK: - Private

  private func depth(of tree: SyntaxTree) -> Int {
    var deepest = 0
    var stack = tree.documents.map { ($0, 1) }
    while let (node, level) = stack.popLast() {
      guard node.kind == .mapping || node.kind == .sequence else { continue }
      deepest = max(deepest, level)
      let children = node.kind == .sequence ? node.elements : node.writtenMembers.flatMap { [$0.key, $0.value] }
      stack += children.map { ($0, level + 1) }
    }
    return deepest
  }

  private func count(_ node: SyntaxNode) -> Int {
    1 + node.elements.reduce(0) { $0 + count($1) } + node.members.reduce(0) { $0 + count($1.value) }
  }
}
