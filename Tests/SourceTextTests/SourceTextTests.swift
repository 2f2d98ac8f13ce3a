import SourceText
import Testing

struct SourceTextTests {
  @Test func `tells how each line ends, the last one as the one above`() {
    let source = SourceText(name: "a", text: "a\r\n\rb\nc")
    #expect((0..<4).map { source.lineEnd(ofLine: $0) } == ["\r\n", "\r", "\n", "\n"])
    #expect(SourceText(name: "b", text: "a").lineEnd(ofLine: 0) == "\n")
    #expect(SourceText(name: "c", text: "a\r").lineEnd(ofLine: 1) == "\r")
  }

  @Test(arguments: [
    ("", [0]),
    ("a", [0]),
    ("a\nb", [0, 2]),
    ("a\r\nb\r\n", [0, 3, 6]),
    ("a\rb", [0, 2]),
    ("\n\n", [0, 1, 2]),
    ("a\r\r\nb", [0, 2, 4]),
  ])
  func `finds line starts whatever ends the lines`(text: String, starts: [Int]) {
    #expect(SourceText(name: "t", text: text).lineStarts == starts)
  }

  @Test func `counts columns in scalars and a byte-order mark as nothing`() {
    let source = SourceText(name: "t", text: "\u{FEFF}é😀x\nyé!")
    #expect(source.displayPosition(at: 3) == (1, 1))
    #expect(source.displayPosition(at: 5) == (1, 2))
    #expect(source.displayPosition(at: 9) == (1, 3))
    #expect(source.displayPosition(at: 11) == (2, 1))
    #expect(source.displayPosition(at: 14) == (2, 3))
  }

  @Test func `clamps positions behind the end`() {
    let source = SourceText(name: "t", text: "ab\nc")
    #expect(source.displayPosition(at: 99) == (2, 2))
    #expect(source.text(in: TextRange(start: 3, end: 99)) == "c")
  }

  @Test func `gives lines without their ends`() {
    let source = SourceText(name: "t", text: "one\r\ntwo\n\nlast")
    let lines = (0..<4).map { source.text(in: source.lineRange($0)) }
    #expect(lines == ["one", "two", "", "last"])
  }
}

struct TextEditTests {
  private let source = SourceText(name: "t", text: "rate: 0.9 # é")

  @Test func `applies edits in any order`() {
    let edits = [
      TextEdit(range: TextRange(start: 6, end: 9), replacement: "0.1"),
      TextEdit(range: TextRange(at: 0), replacement: "drop_"),
    ]
    #expect(source.applying(edits) == Array("drop_rate: 0.1 # é".utf8))
  }

  @Test func `refuses overlapping edits and edits outside the text`() {
    let overlapping = [
      TextEdit(range: TextRange(start: 0, end: 4), replacement: "a"),
      TextEdit(range: TextRange(start: 3, end: 5), replacement: "b"),
    ]
    #expect(source.applying(overlapping) == nil)
    #expect(source.applying([TextEdit(range: TextRange(start: 0, end: 99), replacement: "")]) == nil)
  }

  @Test func `contains what lies inside, its own end too`() {
    let range = TextRange(start: 2, end: 4)
    #expect(range.contains(range))
    #expect(range.contains(TextRange(at: 4)))
    #expect(!range.contains(TextRange(start: 3, end: 5)))
  }
}
