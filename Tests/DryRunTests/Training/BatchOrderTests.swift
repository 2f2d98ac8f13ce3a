import Testing

@testable import DryRun

struct BatchOrderTests {
  @Test func `each epoch shows every row once, in an order of its own`() {
    var order = BatchOrder(rows: 10, seed: 3)
    let first = order.next(10), second = order.next(10)
    #expect(first.sorted() == Array(0..<10))
    #expect(second.sorted() == Array(0..<10))
    #expect(first != second)
  }

  @Test func `the size of the batches does not change the order of the rows`() {
    var small = BatchOrder(rows: 7, seed: 3), large = BatchOrder(rows: 7, seed: 3), other = BatchOrder(rows: 7, seed: 4)
    let rows = (0..<6).flatMap { _ in small.next(4) }
    #expect(rows == large.next(12) + large.next(12))
    #expect(rows != other.next(24))
  }
}
