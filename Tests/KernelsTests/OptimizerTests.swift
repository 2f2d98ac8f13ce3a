import Kernels
import Testing

struct OptimizerTests {
  private struct Setup {
    var rule: OptimizerRule
    var decay = WeightDecay.none
    var clipping: Clipping?
  }

  private static let sgd = OptimizerRule.sgd(momentum: 0, nesterov: false, dampening: 0, .keras)
  private static let torchMomentum = OptimizerRule.sgd(momentum: 0.9, nesterov: false, dampening: 0, .torch)
  private static let adafactor = OptimizerRule.adafactor(
    beta2Decay: -0.8,
    epsilon1: 1e-30,
    epsilon2: 1e-3,
    clipThreshold: 1,
    limitsRate: true
  )

  private static func adam(_ convention: OptimizerRule.Convention, _ epsilon: Double) -> OptimizerRule {
    .adam(beta1: 0.9, beta2: 0.999, epsilon: epsilon, isAMSGrad: false, convention)
  }

  private static let setups: KeyValuePairs<String, Setup> = [
    "torch sgd": Setup(rule: .sgd(momentum: 0, nesterov: false, dampening: 0, .torch)),
    "torch momentum": Setup(rule: torchMomentum),
    "torch dampened": Setup(rule: .sgd(momentum: 0.8, nesterov: false, dampening: 0.3, .torch)),
    "torch nesterov": Setup(rule: .sgd(momentum: 0.9, nesterov: true, dampening: 0, .torch), decay: .coupled(0.1)),
    "torch rmsprop": Setup(rule: .rmsprop(decay: 0.9, momentum: 0, epsilon: 1e-3, isCentered: false, .torch)),
    "torch rmsprop centered": Setup(
      rule: .rmsprop(decay: 0.9, momentum: 0.7, epsilon: 1e-3, isCentered: true, .torch)
    ),
    "torch adagrad": Setup(rule: .adagrad(initial: 0, epsilon: 1e-3, .torch)),
    "torch adadelta": Setup(rule: .adadelta(decay: 0.9, epsilon: 1e-4)),
    "torch adam": Setup(rule: .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3, isAMSGrad: false, .torch)),
    "torch adam decaying": Setup(rule: adam(.torch, 1e-8), decay: .coupled(0.1)),
    "torch amsgrad": Setup(rule: .adam(beta1: 0.8, beta2: 0.9, epsilon: 1e-3, isAMSGrad: true, .torch)),
    "torch adamw": Setup(rule: adam(.torch, 1e-8), decay: .decoupled(0.1)),
    "torch nadam": Setup(rule: .nadam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3, momentumDecay: 4e-3)),
    "torch adamax": Setup(rule: .adamax(beta1: 0.8, beta2: 0.95, epsilon: 1e-3, .torch)),
    "torch radam": Setup(rule: .radam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3)),
    "keras lamb": Setup(rule: .lamb(beta1: 0.8, beta2: 0.95, epsilon: 1e-3), decay: .decoupled(0.1)),
    "torch value": Setup(rule: torchMomentum, clipping: .value(0.3)),
    "torch global norm": Setup(rule: torchMomentum, clipping: .globalNorm(0.9)),
    "keras sgd": Setup(rule: sgd),
    "keras momentum": Setup(rule: .sgd(momentum: 0.9, nesterov: false, dampening: 0, .keras)),
    "keras nesterov": Setup(rule: .sgd(momentum: 0.9, nesterov: true, dampening: 0, .keras), decay: .decoupled(0.1)),
    "keras rmsprop": Setup(rule: .rmsprop(decay: 0.9, momentum: 0, epsilon: 1e-3, isCentered: false, .keras)),
    "keras rmsprop centered": Setup(
      rule: .rmsprop(decay: 0.9, momentum: 0.7, epsilon: 1e-3, isCentered: true, .keras)
    ),
    "keras adagrad": Setup(rule: .adagrad(initial: 0.1, epsilon: 1e-3, .keras)),
    "keras adadelta": Setup(rule: .adadelta(decay: 0.9, epsilon: 1e-4)),
    "keras adam": Setup(rule: .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3, isAMSGrad: false, .keras)),
    "keras amsgrad": Setup(rule: .adam(beta1: 0.8, beta2: 0.9, epsilon: 1e-3, isAMSGrad: true, .keras)),
    "keras adamw": Setup(rule: adam(.keras, 1e-7), decay: .decoupled(0.1)),
    "keras nadam": Setup(rule: .nadam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3, momentumDecay: 1)),
    "keras adamax": Setup(rule: .adamax(beta1: 0.8, beta2: 0.95, epsilon: 1e-3, .keras)),
    "keras lion": Setup(rule: .lion(beta1: 0.9, beta2: 0.95)),
    "keras ftrl": Setup(rule: .ftrl(power: -0.5, initial: 0.1, l1: 0, l2: 0, shrinkage: 0, beta: 0)),
    "keras ftrl with all options": Setup(
      rule: .ftrl(power: -0.5, initial: 0.1, l1: 0.01, l2: 0.02, shrinkage: 0.03, beta: 0.1)
    ),
    "keras ftrl of another power": Setup(
      rule: .ftrl(power: -0.4, initial: 0.1, l1: 0, l2: 0, shrinkage: 0, beta: 0)
    ),
    "keras adafactor": Setup(rule: adafactor),
    "keras adafactor decaying": Setup(
      rule: .adafactor(beta2Decay: -0.8, epsilon1: 1e-30, epsilon2: 1e-3, clipThreshold: 0.5, limitsRate: true),
      decay: .decoupled(0.1)
    ),
    "keras value": Setup(rule: sgd, clipping: .value(0.3)),
    "keras norm": Setup(rule: sgd, clipping: .norm(0.9)),
    "keras global norm": Setup(rule: sgd, clipping: .globalNorm(0.9)),
  ]

  @Test func `paths of 20 steps agree with Keras and PyTorch`() throws {
    let references = try ReferenceFile.read("optimizers")
    #expect((["given"] + Self.setups.map(\.key)).sorted() == references.keys.sorted())
    let given = try #require(references["given"])
    var worst = 0.0
    for (name, setup) in Self.setups {
      let reference = try #require(references[name])
      let errors = try Self.names.map { try self.errors(of: setup, $0, given, reference) }
      worst = max(worst, errors.max() ?? .infinity)
      #expect(errors.allSatisfy { $0 < tolerance }, "\(name): a path is off by \(errors)")
    }
    print("optimizers: \(Self.setups.count) paths, largest relative error of the distance moved \(worst)")
  }

  private static let names = ["kernel", "bias"]

  /// Of the way that `measured` went from its start, which is what an optimiser answers for.
  private func errors(of setup: Setup, _ measured: String, _ given: Reference, _ reference: Reference) throws -> Double
  {
    var parameters: [Parameter] = []
    for name in Self.names {
      let start = try #require(given.tensors["start.\(name)"])
      let parameter = try Parameter(name, start.shape)
      try parameter.write(start.values)
      parameters.append(parameter)
    }
    let optimizer = try Optimizer(setup.rule, parameters, decay: setup.decay, clipping: setup.clipping)
    var path: [Float] = [], expected: [Float] = []
    let wanted = try reference.values("path.\(measured)"), start = try given.values("start.\(measured)")
    for (step, rate) in try given.values("rates").enumerated() {
      for parameter in parameters {
        let gradients = try given.values("gradients.\(parameter.name)")
        let gradient = try #require(parameter.gradient)
        gradient.reset()
        try gradient.overwrite { (tensor) throws(KernelError) in
          try tensor.write(Array(gradients[step * tensor.count..<(step + 1) * tensor.count]))
        }
      }
      _ = try optimizer.step(rate: Double(rate))
      for parameter in parameters where parameter.name == measured {
        path += zip(parameter.value.values, start).map { $0 - $1 }
        expected += zip(wanted[step * start.count..<(step + 1) * start.count], start).map { $0 - $1 }
      }
    }
    return relativeError(path, expected)
  }

  @Test func `a step tells the norm before clipping and whether it clipped`() throws {
    for (clipping, expected) in [
      (Clipping.value(3.5), Optimizer.Report(norm: 5, isClipped: true)),
      (.value(4), Optimizer.Report(norm: 5, isClipped: false)),
      (.norm(4.5), Optimizer.Report(norm: 5, isClipped: false)),
      (.norm(3.5), Optimizer.Report(norm: 5, isClipped: true)),
      (.globalNorm(4.5), Optimizer.Report(norm: 5, isClipped: true)),
      (.globalNorm(5), Optimizer.Report(norm: 5, isClipped: false)),
    ] {
      let parameters = try [parameter([0], gradient: [3]), parameter([0], gradient: [-4])]
      let report = try Optimizer(Self.sgd, parameters, clipping: clipping).step(rate: 1, measuresNorm: true)
      #expect(report == expected, "\(clipping)")
    }
    let parameters = try [parameter([0], gradient: [3])]
    #expect(try Optimizer(Self.sgd, parameters).step(rate: 1).norm == nil)
  }

  @Test func `an infinite gradient leaves nothing finite after clipping by the global norm`() throws {
    let parameters = try [parameter([0, 0], gradient: [.infinity, 1])]
    let report = try Optimizer(Self.sgd, parameters, clipping: .globalNorm(1)).step(rate: 1)
    #expect(report.isClipped)
    #expect(parameters[0].value.values.allSatisfy { $0.isNaN })
  }

  @Test func `weight decay spares what it is told to, and what is not learnt is not moved`() throws {
    let weights = try parameter([1], gradient: [0]), bias = try parameter([1], gradient: [0])
    let mean = try Parameter("moving_mean", [1], isLearnt: false)
    try mean.write([1])
    let optimizer = try Optimizer(Self.sgd, [weights, bias, mean], decay: .decoupled(0.5), decays: { $0 !== bias })
    _ = try optimizer.step(rate: 0.5)
    #expect([weights, bias, mean].map { $0.value.values[0] } == [0.75, 1, 1])
  }

  @Test(arguments: setups.map { ($0.key, $0.value.rule) })
  func `what is zero with a gradient of zero stays zero`(name: String, rule: OptimizerRule) throws {
    let still = try parameter([0, 1], gradient: [0, 1])
    let optimizer = try Optimizer(rule, [still])
    for _ in 0..<3 { _ = try optimizer.step(rate: 0.1) }
    // Adafactor divides by the mean of a column.
    #expect(still.value.values[0] == 0)
  }

  private func parameter(_ values: [Float], gradient: [Float]) throws -> Parameter {
    let parameter = try Parameter("weights", [values.count])
    try parameter.write(values)
    try parameter.gradient?.overwrite { (tensor) throws(KernelError) in try tensor.write(gradient) }
    return parameter
  }
}

struct PenaltyTests {
  @Test func `penalties of weights add to loss and gradient`() throws {
    let weights = try Parameter("kernel", [2, 2])
    try weights.write([1, -2, 0, 0.5])
    try weights.gradient?.overwrite { (tensor) throws(KernelError) in try tensor.write([1, 1, 1, 1]) }
    let value = try Penalty(l1: 0.5, l2: 0.25).apply(to: weights)
    #expect(value == 0.5 * 3.5 + 0.25 * 5.25)
    #expect(try weights.readGradient() == [2, -0.5, 1, 1.75])
  }

  @Test func `a penalty of activity is shared over the batch`() throws {
    let signal = try Signal([2, 2])
    try signal.value.write([1, -2, 0, 0.5])
    let value = try Penalty(l1: 0.5, l2: 0.25).apply(to: signal)
    #expect(value == (0.5 * 3.5 + 0.25 * 5.25) / 2)
    #expect(signal.gradient?.sum.values == [0.5, -0.75, 0, 0.375])
  }
}
