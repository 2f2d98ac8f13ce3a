import Kernels

/// Trains one network for a while and prints how many steps a second it made; `scripts/benchmark-kernels` sets this beside PyTorch.
@main
enum BenchmarkKernels {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let network = BenchmarkNetwork(rawValue: arguments[1]),
      let seconds = Double(arguments[2]), let threads = Int(arguments[3])
    else {
      let names = BenchmarkNetwork.allCases.map(\.rawValue).joined(separator: "|")
      print("usage: benchmark-kernels \(names) SECONDS THREADS")
      return
    }
    KernelLibrary.setThreads(threads)
    print(try stepsPerSecond(network, seconds: seconds))
  }

  private static func stepsPerSecond(_ kind: BenchmarkNetwork, seconds: Double) throws(KernelError) -> Double {
    let network = try kind.make()
    for (index, parameter) in network.parameters.enumerated() where parameter.name.contains("kernel") {
      let stream = RandomStream(seed: 1, purpose: .weights, index: index)
      try parameter.write(try Initializer.glorotUniform.values(parameter.shape, from: stream))
    }
    let input = network.inputs[0].value
    try input.write(RandomStream(seed: 1, purpose: .data, index: 0).uniform(input.count))
    let target = try Tensor([kind.batch], (0..<kind.batch).map { Float($0 % 10) })
    let loss = Loss.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil)
    let head = try LossHead(loss, network.output)
    let optimizer = try Optimizer(.sgd(momentum: 0, nesterov: false, dampening: 0, .keras), network.parameters)

    func step() throws(KernelError) {
      network.resetGradients()
      try network.forward(isTraining: true)
      _ = try head.evaluate(target: target, isTraining: true)
      try network.backward()
      _ = try optimizer.step(rate: 0.001)
    }
    for _ in 0..<5 { try step() }
    let clock = ContinuousClock()
    let start = clock.now
    var steps = 0
    while clock.now - start < .seconds(seconds) {
      try step()
      steps += 1
    }
    let elapsed = (clock.now - start).components
    return Double(steps) / (Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
  }
}
