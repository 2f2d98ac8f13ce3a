internal import CKernels

/// Noise that a network is trained with, and that is absent otherwise.
package enum Noise: Equatable, Sendable {
  /// Drops a share `rate` of the numbers and divides the others by what is left of it (inverted dropout).
  case dropout(rate: Float)
  /// The same for whole maps: one draw for each channel of each row, over all places. Channels are last.
  case spatialDropout(rate: Float)
  /// Multiplies by normal numbers of mean 1 and deviation sqrt(rate / (1 - rate)).
  case gaussianDropout(rate: Float)
  /// Adds normal numbers of mean 0.
  case gaussianNoise(deviation: Float)
  /// Dropout to SELU's lowest value, with mean and variance restored (Klambauer et al., 2017).
  case alphaDropout(rate: Float)
}

extension ProcessorBackend {
  /// Each step draws from the stream's next `step`.
  package func noise(_ input: Signal, _ noise: Noise, _ stream: RandomStream) throws(KernelError) -> any Operation {
    try NoiseOperation(input, noise, stream)
  }
}

final class NoiseOperation: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let noise: Noise
  private var stream: RandomStream

  init(_ input: Signal, _ noise: Noise, _ stream: RandomStream) throws(KernelError) {
    let (name, isValid, draws) =
      switch noise {
      case .dropout(let rate): ("dropout", (0...1).contains(rate), input.value.count)
      case .spatialDropout(let rate): ("spatial_dropout", (0...1).contains(rate), input.value.count)
      case .gaussianDropout(let rate): ("gaussian_dropout", (0..<1).contains(rate), input.value.count)
      case .gaussianNoise(let deviation): ("gaussian_noise", deviation >= 0, input.value.count)
      case .alphaDropout(let rate): ("alpha_dropout", (0..<1).contains(rate), input.value.count)
      }
    guard isValid else {
      throw .unsupported(operation: name, reason: "its share is not one: \(noise)")
    }
    guard draws <= RandomStream.length else {
      throw .unsupported(operation: name, reason: "\(draws) numbers at a time are more than a random stream has")
    }
    if case .spatialDropout = noise, input.shape.count < 3 {
      throw .shapes(
        operation: name,
        shapes: [input.shape],
        reason: "there are no places between the batch and the channels"
      )
    }
    self.name = name
    self.noise = noise
    self.stream = stream
    inputs = [input]
    outputs = [try Signal(input.shape, hasGradient: input.gradient != nil)]
  }

  func forward(isTraining: Bool) {
    let source = inputs[0].value, target = output.value
    guard isTraining else {
      target.pointer.update(from: source.pointer, count: source.count)
      return
    }
    stream.step &+= 1
    if case .gaussianNoise(let deviation) = noise {
      ck_gaussian_noise(stream.native, deviation, source.pointer, target.pointer, source.count)
    } else {
      multiply(source, into: target, isGradient: false)
    }
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient?.sum else { return }
    try target.overwrite { (target) throws(KernelError) in
      if case .gaussianNoise = noise {
        target.pointer.update(from: gradient.pointer, count: gradient.count)
      } else {
        multiply(gradient, into: target, isGradient: true)
      }
    }
  }

  /// What multiplies the values multiplies their gradients, and is drawn again rather than kept.
  private func multiply(_ source: Tensor, into target: Tensor, isGradient: Bool) {
    let stream = stream.native
    switch noise {
    case .dropout(let rate):
      ck_dropout(stream, rate, Self.kept(rate), 0, 0, source.pointer, target.pointer, source.count)
    case .spatialDropout(let rate):
      let shape = source.shape
      let places = shape[1..<(shape.count - 1)].reduce(1, *)
      ck_dropout_maps(
        stream,
        rate,
        Self.kept(rate),
        source.pointer,
        target.pointer,
        shape[0],
        places,
        shape[shape.count - 1]
      )
    case .gaussianDropout(let rate):
      ck_gaussian_dropout(
        stream,
        (rate / (1 - rate)).squareRoot(),
        source.pointer,
        target.pointer,
        source.count
      )
    case .alphaDropout(let rate):
      // keras.layers.AlphaDropout: -alpha' is the value that SELU falls to.
      let lowest: Float = -1.7580993408473766
      let factor = 1 / ((1 - rate) * (1 + rate * lowest * lowest)).squareRoot()
      let shift = -factor * lowest * rate
      ck_dropout(
        stream,
        rate,
        factor,
        isGradient ? 0 : factor * lowest + shift,
        isGradient ? 0 : shift,
        source.pointer,
        target.pointer,
        source.count
      )
    case .gaussianNoise:
      break
    }
  }

  private static func kept(_ rate: Float) -> Float {
    rate < 1 ? 1 / (1 - rate) : 0
  }
}
