internal import CKernels

package struct BatchNormalizationOptions {
  /// How much of the moving statistics a step keeps.
  ///
  /// Keras: 0.99.
  package var momentum: Float
  /// Added to the variance.
  ///
  /// Keras: 0.001.
  package var epsilon: Float
  package var hasScale: Bool
  package var hasOffset: Bool
  /// Uses the moving statistics in training too and leaves them as they are, as Keras's layer does once it is not trainable.
  package var isFrozen: Bool

  package init(
    momentum: Float = 0.99,
    epsilon: Float = 0.001,
    hasScale: Bool = true,
    hasOffset: Bool = true,
    isFrozen: Bool = false
  ) {
    self.momentum = momentum
    self.epsilon = epsilon
    self.hasScale = hasScale
    self.hasOffset = hasOffset
    self.isFrozen = isFrozen
  }
}

extension ProcessorBackend {
  /// (x - mean) / sqrt(variance + epsilon) * gamma + beta, by channel, the last axis.
  ///
  /// In training mean and variance are the batch's own, and the moving ones follow: moving * momentum + batch * (1 - momentum). Both use the biased
  /// variance, as Keras 3 does in `BatchNormalization.call`; PyTorch's moving one is unbiased.
  package func batchNormalization(
    _ input: Signal,
    _ options: BatchNormalizationOptions
  ) throws(KernelError) -> any Operation {
    try BatchNormalization(input, options, self)
  }
}

final class BatchNormalization: Operation {
  let name = "batch_normalization"
  let inputs: [Signal]
  let outputs: [Signal]
  let parameters: [Parameter]
  private let options: BatchNormalizationOptions
  private let scale: Parameter?
  private let offset: Parameter?
  private let movingMean: Parameter
  private let movingVariance: Parameter
  private let mean: Tensor
  private let inverse: Tensor
  private let rows: Int64
  private let channels: Int64

  init(
    _ input: Signal,
    _ options: BatchNormalizationOptions,
    _ backend: ProcessorBackend
  ) throws(KernelError) {
    guard input.shape.count > 1, let channels = input.shape.last, input.value.count > 0 else {
      throw .shapes(operation: "batch_normalization", shapes: [input.shape], reason: "it wants a batch and channels")
    }
    scale = options.hasScale ? try backend.parameter("gamma", [channels], initial: 1) : nil
    offset = options.hasOffset ? try backend.parameter("beta", [channels]) : nil
    movingMean = try backend.parameter("moving_mean", [channels], isLearnt: false)
    movingVariance = try backend.parameter("moving_variance", [channels], isLearnt: false, initial: 1)
    mean = try Tensor([channels])
    inverse = try Tensor([channels])
    rows = Int64(input.value.count / channels)
    self.channels = Int64(channels)
    self.options = options
    inputs = [input]
    outputs = [try Signal(input.shape)]
    parameters = [scale, offset, movingMean, movingVariance].compactMap { $0 }
  }

  func forward(isTraining: Bool) throws(KernelError) {
    if isTraining && !options.isFrozen {
      // `inverse` holds the variance until it is turned round.
      ck_batch_statistics(rows, channels, inputs[0].value.pointer, mean.pointer, inverse.pointer)
      follow(movingMean, mean)
      follow(movingVariance, inverse)
    } else {
      for channel in 0..<Int(channels) {
        mean.pointer[channel] = movingMean.value.pointer[channel]
        inverse.pointer[channel] = movingVariance.value.pointer[channel]
      }
    }
    for channel in 0..<Int(channels) {
      inverse.pointer[channel] = 1 / (inverse.pointer[channel] + options.epsilon).squareRoot()
    }
    ck_batch_norm(
      rows,
      channels,
      inputs[0].value.pointer,
      mean.pointer,
      inverse.pointer,
      scale?.value.pointer,
      offset?.value.pointer,
      output.value.pointer
    )
  }

  private func follow(_ moving: Parameter, _ batch: Tensor) {
    for channel in 0..<batch.count {
      let kept = moving.value.pointer[channel] * options.momentum
      moving.value.pointer[channel] = kept + batch.pointer[channel] * (1 - options.momentum)
    }
  }

  func backward() throws(KernelError) {
    guard let gradient = output.gradient?.sum else { return }
    try scale?.gradient?.add { _ in }
    try offset?.gradient?.add { _ in }
    let contribute = { [self] (target: Tensor?) in
      ck_batch_norm_backward(
        rows,
        channels,
        options.isFrozen,
        inputs[0].value.pointer,
        mean.pointer,
        inverse.pointer,
        scale?.value.pointer,
        gradient.pointer,
        target?.pointer,
        scale?.gradient?.tensor.pointer,
        offset?.gradient?.tensor.pointer
      )
    }
    if let target = inputs[0].gradient {
      try target.overwrite { (tensor) throws(KernelError) in contribute(tensor) }
    } else {
      contribute(nil)
    }
  }
}
