import Kernels

/// Which rows of a file are used where it has more than are needed.
struct RowSample {
  /// The most that are used.
  let limit: Int
  let seed: UInt64

  /// Chooses among rows whose number nobody knows before (Vitter's algorithm R).
  struct Choice<Row> {
    private(set) var seen = 0
    private var kept: [(number: Int, row: Row)] = []
    private let limit: Int
    private let draws: [Float]

    fileprivate init(limit: Int, draws: [Float]) {
      self.limit = limit
      self.draws = draws
    }

    mutating func offer(_ row: Row) {
      defer { seen += 1 }
      guard kept.count >= limit else { return kept.append((seen, row)) }
      // The numbers are used again after a while, each time for another row.
      let draw = Double(draws[seen % draws.count]) + Double(seen / draws.count) * 0.618_033_988_749_895
      let place = Int((draw - draw.rounded(.down)) * Double(seen + 1))
      if place < limit { kept[place] = (seen, row) }
    }

    /// The chosen rows in the file's order.
    var chosen: [Row] { kept.sorted { $0.number < $1.number }.map(\.row) }
  }

  /// `Row` is what is kept of a row.
  func choice<Row>(of _: Row.Type) -> Choice<Row> {
    Choice(limit: max(limit, 1), draws: RandomStream(seed: seed, purpose: .split, index: 1).uniform(1 << 16))
  }

  /// Chooses among so many rows, in their order: one at random from each of as many stretches of the same length.
  func chosen(of count: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    let draws = RandomStream(seed: seed, purpose: .split, index: 1).uniform(limit)
    return (0..<limit).map { index in
      let first = index * count / limit
      let end = (index + 1) * count / limit
      return min(first + Int(draws[index] * Float(end - first)), end - 1)
    }
  }
}
