import Linting
import Testing

struct MarkedTextTests {
  @Test func `takes the marks out and tells where they stood`() {
    let marked = MarkedText("ä: 1️⃣0.1\nb: 2️⃣x1️⃣")
    #expect(marked.text == "ä: 0.1\nb: x")
    #expect(marked.marks.map(\.digit) == [1, 2, 1])
    #expect(marked.marks.map(\.offset) == [4, 11, 12])
  }

  @Test func `leaves plain digits alone`() {
    #expect(MarkedText("units: 1").text == "units: 1")
    #expect(MarkedText("units: 1").marks.isEmpty)
  }
}
