internal import CKernels

/// Random numbers that are found, not kept: number i of a stream depends on the stream's four names and on i alone (Philox 4x32-10).
///
/// So two versions of a network draw the same numbers wherever purpose, index and place agree, whatever else differs between them, and so do
/// all threads and all runs.
package struct RandomStream: Hashable, Sendable {
  /// What the numbers are for.
  ///
  /// Streams of different purposes have nothing in common.
  package enum Purpose: UInt32, Sendable {
    case weights = 1
    case noise
    case shuffle
    case data
    case split
  }

  package let seed: UInt64
  package let purpose: Purpose
  /// Which of those that have this purpose: the place of a layer or a parameter, say.
  package let index: UInt32
  /// Which draw; dropout takes another at each step.
  package var step: UInt32

  package init(seed: UInt64, purpose: Purpose, index: Int, step: Int = 0) {
    self.seed = seed
    self.purpose = purpose
    self.index = UInt32(truncatingIfNeeded: index)
    self.step = UInt32(truncatingIfNeeded: step)
  }

  /// How many numbers a stream has.
  package static let length = 1 << 28

  var native: ck_stream {
    ck_stream(seed: seed, purpose: purpose.rawValue, index: index, step: step)
  }

  /// Numbers from `range`, its upper end left out.
  package func uniform(_ count: Int, in range: Range<Float> = 0..<1) -> [Float] {
    filled(count) { ck_random_uniform(native, range.lowerBound, range.upperBound, $0, count) }
  }

  package func normal(_ count: Int, mean: Float = 0, deviation: Float = 1) -> [Float] {
    filled(count) { ck_random_normal(native, mean, deviation, $0, count) }
  }

  /// Normal numbers, drawn again while they are more than two deviations from the mean.
  ///
  /// `deviation` is that before the cut, as in `keras.random.truncated_normal`: after it the numbers deviate by 0.8796
  /// of that.
  package func truncatedNormal(_ count: Int, mean: Float = 0, deviation: Float = 1) -> [Float] {
    filled(count) { ck_random_truncated_normal(native, mean, deviation, $0, count) }
  }

  /// The numbers below `count` in any order, all orders equally likely.
  package func permutation(_ count: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { ck_random_permutation(native, start, count) }
      initialized = count
    }
  }

  private func filled(_ count: Int, _ fill: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { fill(start) }
      initialized = count
    }
  }
}

/// The generator itself, for tests against its published numbers.
package enum Philox {
  package static func block(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: 4) { buffer, initialized in
      if let start = buffer.baseAddress { ck_philox(counter, key, start) }
      initialized = 4
    }
  }
}
