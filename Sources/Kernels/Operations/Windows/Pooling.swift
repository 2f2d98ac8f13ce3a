internal import CKernels

package struct PoolingOptions {
  package enum Kind: Sendable { case maximum, average }

  package var kind: Kind
  /// One entry for each spatial axis.
  package var window: [Int]
  package var strides: [Int]
  package var padding: Padding

  /// Without strides, windows lie side by side.
  package init(_ kind: Kind, window: [Int], strides: [Int]? = nil, padding: Padding = .valid) {
    self.kind = kind
    self.window = window
    self.strides = strides ?? window
    self.padding = padding
  }
}

extension ProcessorBackend {
  /// The maximum or the average of each window of [batch, axes ..., channels].
  ///
  /// An average counts what lies inside the input only, as TensorFlow's and Keras's do.
  package func pooling(_ input: Signal, _ options: PoolingOptions) throws(KernelError) -> any Operation {
    try PoolingOperation(options.kind == .maximum ? "max_pooling" : "average_pooling", input, options)
  }

  /// The maximum or the average over all spatial axes: [batch, channels], or with axes of size 1 kept.
  package func globalPooling(
    _ input: Signal,
    _ kind: PoolingOptions.Kind,
    keepsAxes: Bool = false
  ) throws(KernelError) -> any Operation {
    let name = kind == .maximum ? "global_max_pooling" : "global_average_pooling"
    let options = PoolingOptions(kind, window: Array(input.shape.dropFirst().dropLast()))
    let pooling = try PoolingOperation(name, input, options)
    guard !keepsAxes, let channels = input.shape.last else { return pooling }
    let reshape = try ReshapeOperation(name, pooling.output, shape: [input.shape[0], channels])
    return Network(name, operations: [pooling, reshape], inputs: [input], outputs: reshape.outputs)
  }
}

final class PoolingOperation: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let forward: Primitive
  private let backwards: Primitive

  init(_ name: String, _ input: Signal, _ options: PoolingOptions) throws(KernelError) {
    guard input.shape.count == options.window.count + 2 else {
      throw .shapes(
        operation: name,
        shapes: [input.shape, options.window],
        reason: "the input needs a batch, as many spatial axes as the window, and channels"
      )
    }
    let window = try Window(
      name,
      over: Array(input.shape[1..<input.shape.count - 1]),
      kernel: options.window,
      strides: options.strides,
      dilations: options.window.map { _ in 1 },
      padding: options.padding
    )
    let shape = [input.shape[0]] + window.outputSizes + [input.shape[input.shape.count - 1]]
    let output = try Signal(shape, hasGradient: input.gradient != nil)
    let source = try Layout(name, channelsLast: input.shape)
    let destination = try Layout(name, channelsLast: shape)
    var geometry = window.geometry
    let isMaximum = options.kind == .maximum
    forward = try Primitive(name, [input.shape, options.window]) { made in
      ck_pooling(CK_FORWARD_TRAINING, isMaximum, source.handle, destination.handle, &geometry, made)
    }
    backwards = try Primitive(name, [input.shape, options.window]) { made in
      ck_pooling(CK_BACKWARD_DATA, isMaximum, source.handle, destination.handle, &geometry, made)
    }
    try forward.bind(.source, input.value)
    try forward.bind(.destination, output.value)
    if let gradient = output.gradient { try backwards.bind(.destinationGradient, gradient.tensor) }
    if forward.has(.workspace) {
      // Which entry of each window was the largest.
      let workspace = try Tensor([try forward.layout(.workspace).count])
      try forward.bind(.workspace, workspace)
      try backwards.bind(.workspace, workspace)
    }
    self.name = name
    inputs = [input]
    outputs = [output]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    try forward.run()
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient else { return }
    _ = gradient.sum
    try target.overwrite { (gradient) throws(KernelError) in
      try backwards.bind(.sourceGradient, gradient)
      try backwards.run()
    }
  }
}
