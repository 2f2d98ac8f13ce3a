import Reporting
import Testing

struct UnifiedDiffTests {
  @Test func `shows a change with three lines around it`() {
    let before = (1...10).map { "line \($0)\n" }.joined()
    #expect(
      diff(before, before.replacing("line 5\n", with: "line five\n")) == """
        --- a.yaml
        +++ a.yaml
        @@ -2,7 +2,7 @@
         line 2
         line 3
         line 4
        -line 5
        +line five
         line 6
         line 7
         line 8

        """
    )
  }

  @Test func `joins changes that are near and parts those that are far`() {
    let before = (1...30).map { "\($0)\n" }.joined()
    let after = before.replacing("\n3\n", with: "\nx\n").replacing("\n7\n", with: "\ny\n").replacing(
      "\n25\n",
      with: "\n"
    )
    let headers = diff(before, after).split(separator: "\n").filter { $0.hasPrefix("@@") }
    #expect(headers == ["@@ -1,10 +1,10 @@", "@@ -22,7 +22,6 @@"])
  }

  @Test func `tells of a missing line end`() {
    #expect(
      diff("a", "a\nb\n") == """
        --- a.yaml
        +++ a.yaml
        @@ -1 +1,2 @@
        -a
        \\ No newline at end of file
        +a
        +b

        """
    )
  }

  @Test func `counts an insertion into nothing as patch wants it`() {
    #expect(diff("", "a\n").contains("@@ -0,0 +1 @@"))
  }

  @Test func `keeps carriage returns`() {
    #expect(diff("a\r\nb\r\n", "a\r\nc\r\n").contains("-b\r\n+c\r\n"))
  }

  @Test func `is empty for equal texts`() {
    #expect(diff("a\n", "a\n") == "")
  }

  private func diff(_ before: String, _ after: String) -> String {
    UnifiedDiff.render(
      name: "a.yaml",
      before: Array(before.utf8),
      after: Array(after.utf8),
      style: TextStyle(isColored: false)
    )
  }
}
