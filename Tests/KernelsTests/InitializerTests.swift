import Kernels
import Testing

struct InitializerTests {
  private let stream = RandomStream(seed: 11, purpose: .weights, index: 0)

  private static let initializers: KeyValuePairs<String, Initializer> = [
    "glorot_uniform": .glorotUniform,
    "glorot_normal": .glorotNormal,
    "he_uniform": .heUniform,
    "he_normal": .heNormal,
    "lecun_uniform": .lecunUniform,
    "lecun_normal": .lecunNormal,
    "variance_scaling": .varianceScaling(scale: 1.7, .fanOut, .normal),
    "random_uniform": .randomUniform(-0.2..<0.5),
    "random_normal": .randomNormal(mean: 0.3, deviation: 0.2),
    "truncated_normal": .truncatedNormal(mean: 0.3, deviation: 0.2),
    "orthogonal": .orthogonal(gain: 1.5),
  ]

  @Test func `draws have the moments of Keras's, within the error of sampling`() throws {
    let references = try ReferenceFile.read("initializers")
    var unused = Set(references.keys)
    for (name, initializer) in Self.initializers {
      for (key, reference) in references where key == name || key.hasPrefix("\(name) ") {
        unused.remove(key)
        let shape = try reference.values("shape").map { Int($0) }
        let moments = Moments(try initializer.values(shape, from: stream))
        let expected = try reference.values("moments").map { Double($0) }
        // Both are draws of at least 100 000 numbers.
        #expect(abs(moments.mean - expected[0]) < 0.015 * expected[1], "\(key): mean \(moments.mean)")
        #expect(abs(moments.deviation / expected[1] - 1) < 0.01, "\(key): deviation \(moments.deviation)")
        #expect(abs(moments.kurtosis - expected[4]) < 0.08, "\(key): kurtosis \(moments.kurtosis)")
        // The ends of what is bounded; of what is not, the farthest of many.
        let slack = expected[4] < 2.5 ? 0.002 : 0.3
        for (end, expected) in [(moments.least, expected[2]), (moments.greatest, expected[3])] {
          #expect(abs(Double(end) / expected - 1) < slack, "\(key): end \(end)")
        }
      }
    }
    #expect(unused.isEmpty)
  }

  @Test(arguments: [[40, 40], [3, 3, 8, 50], [30, 90], [1, 6], [300, 200]])
  func `orthogonal rows or columns are at right angles`(shape: [Int]) throws {
    let values = try Initializer.orthogonal(gain: 2).values(shape, from: stream)
    let columns = shape[shape.count - 1], rows = values.count / columns
    let few = min(rows, columns), many = max(rows, columns)
    var worst = 0.0
    for left in 0..<few {
      for right in 0...left {
        var product = 0.0
        for place in 0..<many {
          let indices =
            rows > columns
            ? (place * columns + left, place * columns + right) : (left * columns + place, right * columns + place)
          product += Double(values[indices.0]) * Double(values[indices.1])
        }
        worst = max(worst, abs(product - (left == right ? 4 : 0)))
      }
    }
    #expect(worst < 2e-5)
  }

  @Test func `the first entries of orthogonal matrices have either sign`() throws {
    var positive = 0
    for index in 0..<400 {
      let stream = RandomStream(seed: 1, purpose: .weights, index: index)
      if try Initializer.orthogonal(gain: 1).values([3, 3], from: stream)[0] > 0 { positive += 1 }
    }
    #expect((140...260).contains(positive))
  }

  @Test func `constants and identities are what they say`() throws {
    #expect(try Initializer.zeros.values([2, 2], from: stream) == [0, 0, 0, 0])
    #expect(try Initializer.ones.values([3], from: stream) == [1, 1, 1])
    #expect(try Initializer.identity(gain: 2).values([2, 3], from: stream) == [2, 0, 0, 0, 2, 0])
  }

  @Test(arguments: [Initializer.identity(gain: 1), .orthogonal(gain: 1)])
  func `vectors can be neither identity nor orthogonal`(initializer: Initializer) {
    #expect(throws: KernelError.self) { try initializer.values([4], from: stream) }
  }

  @Test(arguments: [([], 1, 1), ([7], 7, 7), ([5, 3], 5, 3), ([3, 4, 5], 12, 15), ([3, 3, 8, 16], 72, 144)])
  func `fans are counted as Keras counts them`(shape: [Int], fanIn: Int, fanOut: Int) {
    #expect(Fans(shape).in == fanIn)
    #expect(Fans(shape).out == fanOut)
  }

  @Test func `PyTorch's default for weights is a scale of a third`() throws {
    let values = try Initializer.varianceScaling(scale: 1.0 / 3, .fanIn, .uniform).values([100, 1000], from: stream)
    #expect(abs(Moments(values).greatest - 0.1) < 1e-4)
  }
}
