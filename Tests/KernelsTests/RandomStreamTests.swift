import Kernels
import Testing

struct RandomStreamTests {
  private let stream = RandomStream(seed: 0x0123_4567_89AB_CDEF, purpose: .data, index: 3)

  /// The published answers: `kat_vectors` of Random123, philox4x32 with 10 rounds.
  @Test(
    arguments: [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])]
  )
  func `the generator gives the published answers`(counter: [UInt32], key: [UInt32], answer: [UInt32]) {
    #expect(Philox.block(counter: counter, key: key) == answer)
  }

  @Test func `streams are blocks of the generator, side by side`() {
    let values = RandomStream(seed: 0x0123_4567_89AB_CDEF, purpose: .data, index: 3, step: 9).uniform(2048)
    for (place, block, word) in [(0, 0, 0), (1, 1, 0), (256, 0, 1), (1023, 255, 3), (1024, 256, 0), (1800, 264, 3)] {
      let answer = Philox.block(
        counter: [UInt32(block), 9, 3, RandomStream.Purpose.data.rawValue],
        key: [0x89AB_CDEF, 0x0123_4567]
      )
      #expect(values[place] == Float(answer[word] >> 8) / 16_777_216, "number \(place)")
    }
  }

  @Test func `a number depends on its place, not on how many are drawn`() {
    let many = 5000
    for count in [1, 7, 1024, 1025, 4999] {
      #expect(stream.uniform(count) == Array(stream.uniform(many).prefix(count)))
      #expect(stream.normal(count) == Array(stream.normal(many).prefix(count)))
      #expect(stream.truncatedNormal(count) == Array(stream.truncatedNormal(many).prefix(count)))
    }
  }

  @Test func `each part of a stream's name changes all numbers`() {
    let others = [
      RandomStream(seed: 1, purpose: .data, index: 3), RandomStream(seed: stream.seed, purpose: .noise, index: 3),
      RandomStream(seed: stream.seed, purpose: .data, index: 4),
      RandomStream(seed: stream.seed, purpose: .data, index: 3, step: 1),
      RandomStream(seed: stream.seed ^ 1 << 63, purpose: .data, index: 3),
    ]
    let numbers = stream.uniform(1000)
    for other in others {
      let same = zip(numbers, other.uniform(1000)).count { $0 == $1 }
      #expect(same < 3)
      #expect(abs(correlation(numbers, other.uniform(1000))) < 0.15)
    }
  }

  @Test func `uniform numbers have the moments of the interval and stay in it`() {
    let values = stream.uniform(400_000, in: -1..<3)
    let moments = Moments(values)
    #expect(abs(moments.mean - 1) < 0.01)
    #expect(abs(moments.deviation - 4 / 12.0.squareRoot()) < 0.005)
    #expect(abs(moments.kurtosis - 1.8) < 0.01)
    #expect(values.allSatisfy { $0 >= -1 && $0 < 3 })
    #expect(moments.least < -0.9999 && moments.greatest > 2.9999)
  }

  @Test func `normal numbers have normal moments and tails`() {
    let values = stream.normal(1_000_000, mean: 2, deviation: 3)
    let moments = Moments(values)
    #expect(abs(moments.mean - 2) < 0.015)
    #expect(abs(moments.deviation - 3) < 0.01)
    #expect(abs(moments.skewness) < 0.012)
    #expect(abs(moments.kurtosis - 3) < 0.025)
    for (deviations, share) in [(1.0, 0.317311), (2.0, 0.045500), (3.0, 0.002700), (4.0, 0.0000633)] {
      let measured = Double(values.count { abs(Double($0) - 2) > 3 * deviations }) / 1e6
      #expect(abs(measured - share) < 5 * (share / 1e6).squareRoot(), "beyond \(deviations): \(measured)")
    }
    // The four that come of one block are 256 apart.
    for distance in [1, 256, 512, 768, 1024] {
      #expect(abs(correlation(Array(values.dropLast(distance)), Array(values.dropFirst(distance)))) < 0.005)
    }
  }

  @Test func `truncated normal numbers end at two deviations, and are otherwise normal`() {
    let values = stream.truncatedNormal(400_000, mean: 1, deviation: 2)
    let moments = Moments(values)
    #expect(moments.least >= -3 && moments.greatest <= 5)
    #expect(moments.least < -2.99 && moments.greatest > 4.99)
    #expect(abs(moments.mean - 1) < 0.015)
    #expect(abs(moments.deviation - 2 * 0.87962566) < 0.008)
    // No heap at the ends or in the middle, as clipping or a default would make.
    for (end, expected) in [(-2.0, 0.006251), (0, 0.041726), (1.9, 0.006251)] {
      let share = Double(values.count { (Double($0) - 1) / 2 >= end && (Double($0) - 1) / 2 < end + 0.1 }) / 400_000
      #expect(abs(share - expected) < 5 * (expected / 400_000).squareRoot(), "from \(end): \(share)")
    }
  }

  @Test func `permutations hold each number once, and each place gets each number equally often`() {
    #expect(stream.permutation(0).isEmpty)
    #expect(stream.permutation(1) == [0])
    let many = stream.permutation(5000)
    #expect(many.sorted() == (0..<5000).map(Int32.init))
    #expect(many.enumerated().count { $0.offset == Int($0.element) } < 10)
    var counts = [[Int]](repeating: [0, 0, 0, 0], count: 4)
    for index in 0..<8000 {
      let order = RandomStream(seed: 5, purpose: .shuffle, index: index).permutation(4)
      for (place, number) in order.enumerated() { counts[place][Int(number)] += 1 }
    }
    #expect(counts.joined().allSatisfy { abs($0 - 2000) < 200 }, "\(counts)")
  }

  private func correlation(_ left: [Float], _ right: [Float]) -> Double {
    let leftMoments = Moments(left), rightMoments = Moments(right)
    var sum = 0.0
    for (left, right) in zip(left, right) {
      sum += (Double(left) - leftMoments.mean) * (Double(right) - rightMoments.mean)
    }
    return sum / Double(left.count) / leftMoments.deviation / rightMoments.deviation
  }
}

/// What a draw looks like.
struct Moments {
  let mean: Double
  let deviation: Double
  let skewness: Double
  let kurtosis: Double
  let least: Float
  let greatest: Float

  init(_ values: [Float]) {
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / count
    var sums = (0.0, 0.0, 0.0)
    for value in values {
      let difference = Double(value) - mean, square = difference * difference
      sums = (sums.0 + square, sums.1 + square * difference, sums.2 + square * square)
    }
    self.mean = mean
    let variance = sums.0 / count
    deviation = variance.squareRoot()
    skewness = sums.1 / count / (variance * deviation)
    kurtosis = sums.2 / count / (variance * variance)
    least = values.min() ?? .nan
    greatest = values.max() ?? .nan
  }
}
