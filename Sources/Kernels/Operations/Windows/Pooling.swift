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
    try LibraryOperation(options.kind == .maximum ? "max_pooling" : "average_pooling", input, options)
  }

  /// The maximum or the average over all spatial axes: [batch, channels], or with axes of size 1 kept.
  package func globalPooling(
    _ input: Signal,
    _ kind: PoolingOptions.Kind,
    keepsAxes: Bool = false
  ) throws(KernelError) -> any Operation {
    let name = kind == .maximum ? "global_max_pooling" : "global_average_pooling"
    let options = PoolingOptions(kind, window: Array(input.shape.dropFirst().dropLast()))
    let pooling = try LibraryOperation(name, input, options)
    guard !keepsAxes, let channels = input.shape.last else { return pooling }
    let reshape = try ReshapeOperation(name, pooling.output, shape: [input.shape[0], channels])
    return Network(name, operations: [pooling, reshape], inputs: [input], outputs: reshape.outputs)
  }
}

extension LibraryOperation {
  /// Makes a pooling over windows of one to three spatial axes.
  fileprivate convenience init(_ name: String, _ input: Signal, _ options: PoolingOptions) throws(KernelError) {
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
    let source = try Layout(name, channelsLast: input.shape)
    let destination = try Layout(name, channelsLast: shape)
    let geometry = window.geometry
    let isMaximum = options.kind == .maximum
    // The workspace says which entry of each window was the largest.
    try self.init(
      name,
      input,
      shape: shape,
      shapes: [input.shape, options.window],
      remembering: .workspace
    ) { pass, made in
      withUnsafePointer(to: geometry) {
        ck_pooling(pass, isMaximum, source.handle, destination.handle, $0, made)
      }
    }
  }
}
