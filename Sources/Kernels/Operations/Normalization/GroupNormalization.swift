internal import CKernels

/// What normalisations that look at one sample at a time have in common.
package struct NormalizationOptions {
  /// Added to the variance.
  ///
  /// Keras: 0.001 for layer and group normalisation, 1e-6 for RMS normalisation.
  package var epsilon: Float
  /// Whether there is "gamma" ("scale" in RMS normalisation).
  package var hasScale: Bool
  /// Whether there is "beta"; RMS normalisation never has one.
  package var hasOffset: Bool

  package init(epsilon: Float, hasScale: Bool = true, hasOffset: Bool = true) {
    self.epsilon = epsilon
    self.hasScale = hasScale
    self.hasOffset = hasOffset
  }
}

extension ProcessorBackend {
  /// (x - mean) / sqrt(variance + epsilon) * gamma + beta over the last `axes` axes of each place.
  package func layerNormalization(
    _ input: Signal,
    axes: Int = 1,
    _ options: NormalizationOptions
  ) throws(KernelError) -> any Operation {
    let shape = try trailing("layer_normalization", input, axes)
    return try GroupNormalization(
      "layer_normalization",
      input,
      options,
      self,
      shape: shape,
      groups: 1,
      places: 1
    )
  }

  /// x / sqrt(mean of squares + epsilon) * scale over the last axis; the parameter is called "scale", as in Keras.
  package func rmsNormalization(
    _ input: Signal,
    axes: Int = 1,
    _ options: NormalizationOptions
  ) throws(KernelError) -> any Operation {
    var options = options
    options.hasOffset = false
    let shape = try trailing("rms_normalization", input, axes)
    return try GroupNormalization(
      "rms_normalization",
      input,
      options,
      self,
      shape: shape,
      groups: 1,
      places: 1,
      centers: false
    )
  }

  /// As layer normalisation, over all places of [batch, axes ..., channels] and the channels of a group, which are neighbours.
  package func groupNormalization(
    _ input: Signal,
    groups: Int,
    _ options: NormalizationOptions
  ) throws(KernelError) -> any Operation {
    guard input.shape.count > 1, let channels = input.shape.last, groups > 0, channels > 0, channels % groups == 0
    else {
      throw .shapes(
        operation: "group_normalization",
        shapes: [input.shape],
        reason: "the channels do not divide into \(groups) groups"
      )
    }
    return try GroupNormalization(
      "group_normalization",
      input,
      options,
      self,
      shape: [channels],
      groups: groups,
      places: input.shape.dropFirst().dropLast().reduce(1, *)
    )
  }

  private func trailing(_ name: String, _ input: Signal, _ axes: Int) throws(KernelError) -> [Int] {
    guard axes > 0, axes < input.shape.count, input.value.count > 0 else {
      throw .shapes(operation: name, shapes: [input.shape], reason: "it has no \(axes) axes behind the batch")
    }
    return input.shape.suffix(axes)
  }
}

final class GroupNormalization: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  let parameters: [Parameter]
  private let scale: Parameter?
  private let offset: Parameter?
  private var groups: ck_groups
  private let mean: Tensor
  private let inverse: Tensor

  /// The parameters have the shape `shape`, and each sample has `places` times as many numbers.
  init(
    _ name: String,
    _ input: Signal,
    _ options: NormalizationOptions,
    _ backend: ProcessorBackend,
    shape: [Int],
    groups: Int,
    places: Int,
    centers: Bool = true
  ) throws(KernelError) {
    let channels = shape.reduce(1, *)
    let samples = input.value.count / (channels * places)
    scale = options.hasScale ? try backend.parameter(centers ? "gamma" : "scale", shape, initial: 1) : nil
    offset = options.hasOffset ? try backend.parameter("beta", shape) : nil
    self.groups = ck_groups(
      samples: Int64(samples),
      places: Int64(places),
      groups: Int64(groups),
      size: Int64(channels / groups),
      centers: centers,
      epsilon: options.epsilon
    )
    mean = try Tensor([samples, groups])
    inverse = try Tensor([samples, groups])
    self.name = name
    inputs = [input]
    outputs = [try Signal(input.shape)]
    parameters = [scale, offset].compactMap { $0 }
  }

  func forward(isTraining: Bool) throws(KernelError) {
    ck_group_norm(
      &groups,
      inputs[0].value.pointer,
      scale?.value.pointer,
      offset?.value.pointer,
      output.value.pointer,
      mean.pointer,
      inverse.pointer
    )
  }

  func backward() throws(KernelError) {
    guard let gradient = output.gradient?.sum else { return }
    try scale?.gradient?.add { _ in }
    try offset?.gradient?.add { _ in }
    let contribute = { [self] (target: Tensor?) in
      ck_group_norm_backward(
        &groups,
        inputs[0].value.pointer,
        scale?.value.pointer,
        mean.pointer,
        inverse.pointer,
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
