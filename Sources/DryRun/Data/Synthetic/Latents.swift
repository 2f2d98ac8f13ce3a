import Kernels

/// What lies behind the examples: a few numbers for each row, of which inputs show something and targets are made.
///
/// Every input has some of its own. Where there are classes, the rows of a class lie in a few clusters each, in as many
/// directions as there are numbers; else the numbers are normal. What a category stands for is a number that each id has of its own.
struct Latents {
  /// [rows, numbers], each of mean 0 and deviation 1.
  var values: Matrix
  /// The columns that belong to each input.
  let ranges: [Range<Int>]
  /// The class of each row, where the first target is a class.
  let labels: [Int32]?

  /// How many numbers a single input has behind it where nothing is to be told apart.
  private static let usual = 8
  /// How many clusters there are together, so that few classes are not told apart by one plane.
  private static let leastClusters = 12
  /// More classes than this have a cluster each.
  private static let mostClassesInClusters = 64
  /// How far the nearest clusters of two classes lie apart, in deviations: 1 % of the rows are nearer to the other one.
  private static let distance: Float = 4.5

  /// `classes`: how many there are to tell apart, with their shares; nil where there are none.
  init(inputs: [InputForm], rows: Int, classes: (count: Int, shares: [Double])?, draw: DataStream) {
    let wanted = classes.map { min(max(2 * $0.count.bits + 4, 6), 32) } ?? Self.usual
    let share = max(2, (wanted + inputs.count - 1) / max(inputs.count, 1))
    var ranges: [Range<Int>] = []
    for input in inputs {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + input.latentCount(wanted: inputs.count == 1 ? wanted : share))
    }
    self.ranges = ranges
    let count = ranges.last?.upperBound ?? 0
    let noise = draw(DataStream.shared, .latents).normal(rows * count)
    values = Matrix(rows: rows, columns: count, noise)
    guard let classes, count > 0 else {
      labels = nil
      return
    }
    let labels = Self.labels(rows: rows, classes: classes, draw: draw)
    self.labels = labels
    cluster(labels, classes: classes.count, draw: draw)
    values.standardizeColumns()
  }

  /// The class of each row: as many of each as its share says, in any order.
  private static func labels(rows: Int, classes: (count: Int, shares: [Double]), draw: DataStream) -> [Int32] {
    let shares =
      classes.shares.count == classes.count
      ? classes.shares : [Double](repeating: 1 / Double(classes.count), count: classes.count)
    let order = draw(DataStream.shared, .order).permutation(rows)
    var labels = [Int32](repeating: 0, count: rows)
    var label = 0
    var bound = shares[0] * Double(rows)
    for place in 0..<rows {
      while Double(place) + 0.5 > bound, label < classes.count - 1 {
        label += 1
        bound += shares[label] * Double(rows)
      }
      labels[Int(order[place])] = Int32(label)
    }
    return labels
  }

  /// Moves the rows to clusters of their classes.
  private mutating func cluster(_ labels: [Int32], classes: Int, draw: DataStream) {
    let each = classes > Self.mostClassesInClusters ? 1 : max(2, Self.leastClusters / classes)
    let count = classes * each
    let width = values.columns
    let prototypes = Self.spread(count, width: width, draw: draw)
    var nearest: [Float] = []
    // A sample is enough to know how near the clusters lie.
    for first in 0..<min(count, 256) {
      var least = Float.infinity
      for second in 0..<count where second % classes != first % classes {
        var sum: Float = 0
        for axis in 0..<width {
          let distance = prototypes[first * width + axis] - prototypes[second * width + axis]
          sum += distance * distance
        }
        least = min(least, sum)
      }
      if least.isFinite { nearest.append(least.squareRoot()) }
    }
    nearest.sort()
    let typical = nearest.isEmpty ? 1 : nearest[nearest.count / 2]
    let noise = typical / Self.distance
    let choice = draw(DataStream.shared, .words).uniform(labels.count)
    values.values.withUnsafeMutableBufferPointer { values in
      for (row, label) in labels.enumerated() {
        let prototype = Int(label) + classes * min(Int(choice[row] * Float(each)), each - 1)
        for axis in 0..<width {
          values[row * width + axis] = values[row * width + axis] * noise + prototypes[prototype * width + axis]
        }
      }
    }
  }

  /// Points that do not lie close: each the farthest from those before it among a few drawn (Mitchell's best candidate).
  private static func spread(_ count: Int, width: Int, draw: DataStream) -> [Float] {
    // Many points in many directions lie apart by themselves, and comparing all would take long.
    let candidates = count > 256 ? 1 : 8
    let drawn = draw(DataStream.shared, .prototypes).normal(count * width * candidates)
    guard candidates > 1 else { return drawn }
    var points: [Float] = []
    points.reserveCapacity(count * width)
    for index in 0..<count {
      var best = (distance: -Float.infinity, start: 0)
      for candidate in 0..<candidates {
        let start = (index * candidates + candidate) * width
        var least = Float.infinity
        for other in 0..<index {
          var sum: Float = 0
          for axis in 0..<width {
            let distance = drawn[start + axis] - points[other * width + axis]
            sum += distance * distance
          }
          least = min(least, sum)
        }
        if least > best.distance { best = (least, start) }
      }
      points += drawn[best.start..<best.start + width]
    }
    return points
  }
}

extension InputForm {
  /// How many latent numbers stand behind the input; `wanted` where it has room for them.
  fileprivate func latentCount(wanted: Int) -> Int {
    switch kind {
    case .columns(let columns):
      let numbers = columns.count { $0.meaning == .number }
      return min(numbers, wanted) + columns.count - numbers
    case .field(let places, let channels, _): return min(places.reduce(channels, *), wanted)
    case .tokens(let vocabulary): return max(1, min(vocabulary / 2, wanted))
    }
  }
}

extension Int {
  /// The binary logarithm, rounded up.
  fileprivate var bits: Int { self < 2 ? 0 : Int.bitWidth - (self - 1).leadingZeroBitCount }
}
