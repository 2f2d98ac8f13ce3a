internal import Kernels

/// The order in which the rows are shown: all of them in an order of its own for each epoch, one epoch right behind the other.
///
/// It depends on seed and number of rows alone. Two versions see the same examples in the same order, whatever the size of their batches.
struct BatchOrder {
  private let rows: Int
  private let seed: UInt64
  private var epoch = 0
  private var rest: ArraySlice<Int32> = []

  init(rows: Int, seed: UInt64) {
    self.rows = rows
    self.seed = seed
  }

  mutating func next(_ count: Int) -> [Int32] {
    var batch: [Int32] = []
    batch.reserveCapacity(count)
    while batch.count < count, rows > 0 {
      if rest.isEmpty {
        rest = RandomStream(seed: seed, purpose: .shuffle, index: 0, step: epoch).permutation(rows)[...]
        epoch += 1
      }
      let taken = min(count - batch.count, rest.count)
      batch += rest.prefix(taken)
      rest = rest.dropFirst(taken)
    }
    return batch
  }
}
