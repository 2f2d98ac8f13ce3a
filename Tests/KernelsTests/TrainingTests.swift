import Kernels
import Testing

/// Whole networks, from the same weights over the same rows as PyTorch.
struct TrainingTests {
  private let backend = ProcessorBackend()

  @Test func `a perceptron's losses follow PyTorch's for 50 steps`() throws {
    try follow(
      "perceptron with adam",
      batch: 16,
      loss: .sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil),
      rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8, isAMSGrad: false, .torch),
      rate: 0.01
    ) { input in
      let hidden = try backend.dense(input, DenseOptions(units: 19, activation: .relu))
      return [hidden, try backend.dense(hidden.output, DenseOptions(units: 5))]
    }
  }

  @Test func `a convolutional network's losses follow PyTorch's for 50 steps`() throws {
    try follow(
      "convolution with clipped nesterov momentum",
      batch: 8,
      loss: .sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil),
      rule: .sgd(momentum: 0.9, nesterov: true, dampening: 0, .torch),
      rate: 0.05,
      decay: .coupled(0.001),
      clipping: .globalNorm(0.5)
    ) { input in
      let maps = try backend.convolution(input, ConvolutionOptions(filters: 6, kernel: [3, 3], activation: .relu))
      let pooled = try backend.pooling(maps.output, PoolingOptions(.maximum, window: [2, 2]))
      let flat = try backend.reshape(pooled.output, to: [8, 54])
      return [maps, pooled, flat, try backend.dense(flat.output, DenseOptions(units: 4))]
    }
  }

  @Test func `a recurrent network's losses follow PyTorch's for 50 steps`() throws {
    try follow(
      "lstm with rmsprop",
      batch: 8,
      loss: .meanSquaredError,
      rule: .rmsprop(decay: 0.9, momentum: 0, epsilon: 1e-4, isCentered: false, .torch),
      rate: 0.01
    ) { input in
      let states = try backend.recurrent(input, initial: [], RecurrentOptions(.lstm, units: 7))
      return [states, try backend.dense(states.output, DenseOptions(units: 1))]
    }
  }

  @Test func `a transformer's losses follow PyTorch's for 50 steps`() throws {
    try follow(
      "transformer with momentum",
      batch: 8,
      loss: .sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil),
      rule: .sgd(momentum: 0.9, nesterov: false, dampening: 0, .torch),
      rate: 0.05
    ) { input in
      let epsilon = NormalizationOptions(epsilon: 1e-5)
      let before = try backend.layerNormalization(input, epsilon)
      let options = AttentionOptions(heads: 2, keySize: 4, isCausal: true)
      let values = before.output
      let attention = try backend.multiHeadAttention(query: values, key: values, value: values, options)
      let sum = try backend.merge([input, attention.output], .add)
      let between = try backend.layerNormalization(sum.output, epsilon)
      let wide = try backend.dense(
        between.output,
        DenseOptions(units: 16, activation: .gelu(isApproximate: false))
      )
      let narrow = try backend.dense(wide.output, DenseOptions(units: 8))
      let last = try backend.merge([sum.output, narrow.output], .add)
      let mean = try backend.globalPooling(last.output, .average)
      let classes = try backend.dense(mean.output, DenseOptions(units: 3))
      return [before, attention, sum, between, wide, narrow, last, mean, classes]
    }
  }

  private func follow(
    _ name: String,
    batch: Int,
    loss: Loss,
    rule: OptimizerRule,
    rate: Double,
    decay: WeightDecay = .none,
    clipping: Clipping? = nil,
    operations: (Signal) throws -> [any Operation]
  ) throws {
    let reference = try #require(try ReferenceFile.read("training")[name])
    let rows = try #require(reference.tensors["rows"]), targets = try #require(reference.tensors["targets"])
    let shape = Array(rows.shape.dropFirst())
    let input = try Signal([batch] + shape, hasGradient: false)
    let made = try operations(input)
    let output = try #require(made.last).output
    let network = Network(name, operations: made, inputs: [input], outputs: [output])
    let given = reference.list("parameter")
    #expect(network.parameters.map(\.name) == given.map(\.name))
    for (parameter, start) in zip(network.parameters, given) { try parameter.write(start.tensor.values) }
    let head = try LossHead(loss, output)
    let optimizer = try Optimizer(rule, network.parameters, decay: decay, clipping: clipping)

    let targetShape = [batch] + targets.shape.dropFirst()
    let width = shape.reduce(1, *), targetWidth = targets.shape.dropFirst().reduce(1, *)
    let target = try Tensor(targetShape)
    let expected = try reference.values("losses")
    var losses: [Float] = []
    for step in expected.indices {
      let first = step * batch % rows.shape[0]
      try input.value.write(Array(rows.values[first * width..<(first + batch) * width]))
      try target.write(Array(targets.values[first * targetWidth..<(first + batch) * targetWidth]))
      network.resetGradients()
      try network.forward(isTraining: true)
      losses.append(Float(try head.evaluate(target: target, isTraining: true)))
      try network.backward()
      _ = try optimizer.step(rate: rate)
    }
    let worst = zip(losses, expected).map { abs(Double($0) / Double($1) - 1) }.max() ?? .infinity
    print("\(name): 50 losses from \(losses[0]) to \(losses[losses.count - 1]), off by \(worst) at most")
    #expect(expected[expected.count - 1] < expected[0] / 1.5, "it learns")
    #expect(worst < tolerance)
  }
}
