import Kernels
import Testing

struct NoiseTests {
  private let stream = RandomStream(seed: 3, purpose: .noise, index: 1)

  private struct Run {
    let input: Signal
    let operation: any Operation
    var output: [Float] { operation.output.value.values }

    init(_ noise: Noise, _ shape: [Int], _ stream: RandomStream, fill: (Int) -> Float = { _ in 1 }) throws {
      input = try Signal(shape)
      try input.value.write((0..<input.value.count).map(fill))
      operation = try ProcessorBackend().noise(input, noise, stream)
      try operation.forward(isTraining: true)
    }

    /// The gradient of the input where that of the output is `cotangent`.
    func gradient(_ cotangent: (Int) -> Float) throws -> [Float] {
      let values = (0..<input.value.count).map(cotangent)
      operation.output.gradient?.reset()
      try operation.output.gradient?.overwrite { (tensor) throws(KernelError) in try tensor.write(values) }
      try operation.backward()
      return input.gradient?.sum.values ?? []
    }
  }

  @Test(arguments: [Float(0.1), 0.5, 0.9])
  func `dropout drops its share, keeps the mean, and the gradient has the same mask`(rate: Float) throws {
    let run = try Run(.dropout(rate: rate), [200, 1000], stream)
    let output = run.output
    let dropped = Double(output.count { $0 == 0 }) / Double(output.count)
    #expect(abs(dropped - Double(rate)) < 0.004)
    #expect(output.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) })
    #expect(abs(Moments(output).mean - 1) < 0.02)
    let gradient = try run.gradient { Float($0 % 7) - 3 }
    #expect(gradient == output.enumerated().map { $0.element * (Float($0.offset % 7) - 3) })
  }

  @Test func `each step drops others, and a run can be repeated`() throws {
    let first = try Run(.dropout(rate: 0.5), [1000], stream), again = try Run(.dropout(rate: 0.5), [1000], stream)
    #expect(first.output == again.output)
    let before = first.output
    try first.operation.forward(isTraining: true)
    let same = zip(before, first.output).count { $0 == $1 }
    #expect((400...600).contains(same))
  }

  @Test func `a rate of 0 drops nothing, and a rate of 1 all, even what is infinite`() throws {
    #expect(try Run(.dropout(rate: 0), [2000], stream).output.allSatisfy { $0 == 1 })
    #expect(try Run(.dropout(rate: 1), [2000], stream) { _ in .infinity }.output.allSatisfy { $0 == 0 || $0.isNaN })
    #expect(
      try Run(.dropout(rate: 0.5), [2000], stream) { _ in .infinity }.output.allSatisfy { $0 == 0 || $0 == .infinity }
    )
  }

  @Test(arguments: [[40, 7, 300], [6, 5, 4, 500], [3, 4, 2000]])
  func `spatial dropout drops whole maps`(shape: [Int]) throws {
    let run = try Run(.spatialDropout(rate: 0.3), shape, stream)
    let channels = shape[shape.count - 1], places = shape[1..<(shape.count - 1)].reduce(1, *)
    let output = run.output
    var dropped = 0, kept = 0
    for row in 0..<shape[0] {
      for channel in 0..<channels {
        let map = (0..<places).map { output[(row * places + $0) * channels + channel] }
        if Set(map) == [0] { dropped += 1 } else if Set(map) == [1 / 0.7] { kept += 1 }
      }
    }
    #expect(dropped + kept == shape[0] * channels)
    let maps = Double(shape[0] * channels)
    #expect(abs(Double(dropped) / maps - 0.3) < 4.5 * (0.21 / maps).squareRoot())
    #expect(try run.gradient { _ in 2 } == output.map { $0 * 2 })
  }

  @Test func `gaussian dropout multiplies by numbers of mean 1`() throws {
    let run = try Run(.gaussianDropout(rate: 0.2), [300_000], stream)
    let moments = Moments(run.output)
    #expect(abs(moments.mean - 1) < 0.005)
    #expect(abs(moments.deviation - 0.5) < 0.005)
    #expect(try run.gradient { _ in 1 } == run.output)
  }

  @Test func `gaussian noise adds numbers of mean 0, and the gradient goes through`() throws {
    let run = try Run(.gaussianNoise(deviation: 0.5), [300_000], stream)
    let moments = Moments(run.output)
    #expect(abs(moments.mean - 1) < 0.005)
    #expect(abs(moments.deviation - 0.5) < 0.005)
    #expect(try run.gradient { Float($0 % 5) } == (0..<300_000).map { Float($0 % 5) })
  }

  @Test func `alpha dropout keeps mean 0 and variance 1`() throws {
    let normal = RandomStream(seed: 8, purpose: .data, index: 0).normal(300_000)
    let run = try Run(.alphaDropout(rate: 0.3), [300_000], stream) { normal[$0] }
    let output = run.output
    let moments = Moments(output)
    #expect(abs(moments.mean) < 0.01)
    #expect(abs(moments.deviation - 1) < 0.01)
    // keras.layers.AlphaDropout: a * (kept ? x : lowest) + b.
    let lowest = -1.6732632423543772 * 1.0507009873554805
    let factor = 1 / (0.7 * (1 + 0.3 * lowest * lowest)).squareRoot(), shift = -0.3 * factor * lowest
    let gradient = try run.gradient { _ in 1 }
    var dropped = 0, worst = 0.0
    for (place, value) in output.enumerated() {
      let isKept = gradient[place] != 0
      if isKept { worst = max(worst, abs(Double(gradient[place]) - factor)) } else { dropped += 1 }
      worst = max(worst, abs(Double(value) - factor * (isKept ? Double(normal[place]) : lowest) - shift))
    }
    #expect(worst < 1e-6)
    #expect(abs(Double(dropped) / 300_000 - 0.3) < 0.005)
  }

  @Test(arguments: [
    Noise.dropout(rate: 0.5), .gaussianDropout(rate: 0.5), .gaussianNoise(deviation: 1), .alphaDropout(rate: 0.5),
  ])
  func `nothing happens outside training`(noise: Noise) throws {
    let run = try Run(noise, [100], stream) { Float($0) }
    try run.operation.forward(isTraining: false)
    #expect(run.output == (0..<100).map { Float($0) })
  }

  @Test(arguments: [
    Noise.dropout(rate: 1.5), .dropout(rate: -0.1), .gaussianDropout(rate: 1), .gaussianNoise(deviation: -1),
    .alphaDropout(rate: 1), .spatialDropout(rate: 0.5),
  ])
  func `what cannot be is an error`(noise: Noise) throws {
    let input = try Signal([4, 4])
    #expect(throws: KernelError.self) { try ProcessorBackend().noise(input, noise, stream) }
  }
}
