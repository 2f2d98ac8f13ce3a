import Kernels
import Testing

struct LossTests {
  private static let cases: KeyValuePairs<String, (Loss, Loss.Reduction)> = [
    "mse": (.meanSquaredError, .mean),
    "mse weighted": (.meanSquaredError, .mean),
    "mse summed": (.meanSquaredError, .sum),
    "mse one column": (.meanSquaredError, .mean),
    "mae one column": (.meanAbsoluteError, .mean),
    "mae": (.meanAbsoluteError, .mean),
    "mape": (.meanAbsolutePercentageError, .mean),
    "msle": (.meanSquaredLogarithmicError, .mean),
    "huber": (.huber(delta: 0.7), .mean),
    "log_cosh": (.logCosh, .mean),
    "log_cosh near": (.logCosh, .mean),
    "binary": (.binaryCrossentropy(fromLogits: false, smoothing: 0), .mean),
    "binary smoothed": (.binaryCrossentropy(fromLogits: false, smoothing: 0.1), .mean),
    "binary clipped": (.binaryCrossentropy(fromLogits: false, smoothing: 0), .mean),
    "binary logits": (.binaryCrossentropy(fromLogits: true, smoothing: 0), .mean),
    "binary logits far out": (.binaryCrossentropy(fromLogits: true, smoothing: 0), .mean),
    "categorical": (.categoricalCrossentropy(fromLogits: false, smoothing: 0), .mean),
    "categorical of no shares": (.categoricalCrossentropy(fromLogits: false, smoothing: 0), .mean),
    "categorical clipped": (.categoricalCrossentropy(fromLogits: false, smoothing: 0), .mean),
    "categorical smoothed": (.categoricalCrossentropy(fromLogits: false, smoothing: 0.1), .mean),
    "categorical logits": (.categoricalCrossentropy(fromLogits: true, smoothing: 0.2), .mean),
    "categorical logits soft": (.categoricalCrossentropy(fromLogits: true, smoothing: 0), .mean),
    "sparse": (.sparseCategoricalCrossentropy(fromLogits: false, smoothing: 0, ignored: nil), .mean),
    "sparse logits": (.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil), .mean),
    "sparse logits of a sequence": (
      .sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil), .mean
    ),
    "sparse logits far out": (.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil), .mean),
    "sparse logits ignoring": (.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: 1), .mean),
    "sparse logits smoothed": (.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0.1, ignored: nil), .mean),
    "sparse logits by class":
      (.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil), .weightedMean),
    "nll": (.negativeLogLikelihood(ignored: nil), .mean),
    "hinge": (.hinge, .mean),
    "hinge of bits": (.hinge, .mean),
    "squared_hinge": (.squaredHinge, .mean),
    "squared_hinge of bits": (.squaredHinge, .mean),
    "categorical_hinge": (.categoricalHinge, .mean),
    "kl": (.klDivergence, .mean),
    "kl of logarithms": (.divergenceOfLogarithms, .mean),
    "poisson": (.poisson, .mean),
    "cosine": (.cosineSimilarity, .mean),
    "categorical focal": (
      .categoricalFocalCrossentropy(gamma: 1.5, alpha: 0.3, fromLogits: false, smoothing: 0), .mean
    ),
    "categorical focal logits": (
      .categoricalFocalCrossentropy(gamma: 2, alpha: 0.25, fromLogits: true, smoothing: 0.1), .mean
    ),
    "focal": (.binaryFocalCrossentropy(gamma: 2, alpha: nil, fromLogits: false, smoothing: 0), .mean),
    "focal balanced": (.binaryFocalCrossentropy(gamma: 1.5, alpha: 0.3, fromLogits: false, smoothing: 0.1), .mean),
    "focal logits": (.binaryFocalCrossentropy(gamma: 2, alpha: nil, fromLogits: true, smoothing: 0), .mean),
  ]

  @Test func `losses and their gradients agree with Keras and PyTorch`() throws {
    let references = try ReferenceFile.read("losses")
    #expect(Self.cases.map(\.key).sorted() == references.keys.sorted())
    var worst = 0.0
    for (name, (loss, reduction)) in Self.cases {
      let reference = try #require(references[name])
      let given = try #require(reference.tensors["input.0"])
      let predicted = try Signal(given.shape)
      try predicted.value.write(given.values)
      let head = try LossHead(loss, predicted, reduction: reduction)
      let target = try #require(try tensor(reference, "target")), weights = try tensor(reference, "weights")
      let alone = try head.evaluate(target: target, weights: weights, isTraining: false)
      let value = try head.evaluate(target: target, weights: weights, isTraining: true)
      #expect(alone == value)
      let gradient = try #require(predicted.gradient)
      for (values, what) in [([Float(value)], "loss"), (gradient.sum.values, "gradient")] {
        let error = relativeError(values, try reference.values(what))
        worst = max(worst, error)
        #expect(error < tolerance, "\(name): the \(what) is off by \(error)")
      }
    }
    print("losses: \(Self.cases.count) cases, largest relative error \(worst)")
  }

  @Test(arguments: [Float(3), -1, .nan])
  func `a class that does not exist has no loss`(number: Float) throws {
    let predicted = try Signal([1, 3])
    let head = try LossHead(.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil), predicted)
    #expect(try head.evaluate(target: Tensor([1], [number]), isTraining: true).isNaN)
    #expect(predicted.gradient?.sum.values.allSatisfy { $0.isNaN } == true)
  }

  @Test func `a head's weight counts where the weights of classes are divided by`() throws {
    func loss(_ scale: Double) throws -> (loss: Double, gradient: [Float]) {
      let predicted = try Signal([2, 1])
      try predicted.value.write([1, 3])
      let head = try LossHead(.meanSquaredError, predicted, reduction: .weightedMean, scale: scale)
      let weights = try Tensor([2], [Float(scale), 3 * Float(scale)])
      let loss = try head.evaluate(target: Tensor([2, 1]), weights: weights, isTraining: true)
      return (loss, try #require(predicted.gradient).sum.values)
    }
    let (plain, gradient) = try loss(1)
    let (weighed, steeper) = try loss(0.5)
    #expect(abs(plain - 7) < 1e-6)
    #expect(abs(weighed - 3.5) < 1e-6)
    #expect(zip(gradient, steeper).allSatisfy { abs($0 - 2 * $1) < 1e-6 })
  }

  @Test func `targets and weights of another count are errors`() throws {
    let head = try LossHead(.meanSquaredError, Signal([4, 2]))
    let target = try Tensor([4, 2])
    #expect(throws: KernelError.self) { try head.evaluate(target: Tensor([4]), isTraining: false) }
    #expect(throws: KernelError.self) { try head.evaluate(target: target, weights: target, isTraining: false) }
  }

  private func tensor(_ reference: Reference, _ name: String) throws -> Tensor? {
    try reference.tensors[name].map { try Tensor($0.shape, $0.values) }
  }
}
