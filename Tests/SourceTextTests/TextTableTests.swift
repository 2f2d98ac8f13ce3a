import SourceText
import Testing

struct TextTableTests {
  @Test func `splits lines into cells`() {
    let table = TextTable(
      """
      a | b  c |
      d||e

      f
      """
    )
    #expect(table.rows(separatedBy: "|") == [["a", "b  c", ""], ["d", "", "e"], ["f"]])
  }

  @Test func `keeps signs in the last cell`() {
    let table = TextTable("word: one: two\n other : ü")
    #expect(table.rows(separatedBy: ":", limit: 2) == [["word", "one: two"], ["other", "ü"]])
  }

  @Test func `takes several spaces for one`() {
    #expect(TextTable("a  b\n   c d ").rows(separatedBy: " ") == [["a", "b"], ["c", "d"]])
    #expect(TextTable("").rows(separatedBy: " ").isEmpty)
  }
}
