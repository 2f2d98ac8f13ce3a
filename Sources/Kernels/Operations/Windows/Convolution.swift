internal import CKernels

package struct ConvolutionOptions {
  package var filters: Int
  /// One entry for each spatial axis, as in `strides` and `dilations`.
  package var kernel: [Int]
  package var strides: [Int]
  package var dilations: [Int]
  package var padding: Padding
  package var groups: Int
  package var hasBias: Bool
  package var activation: Activation

  package init(
    filters: Int,
    kernel: [Int],
    strides: [Int]? = nil,
    dilations: [Int]? = nil,
    padding: Padding = .valid,
    groups: Int = 1,
    hasBias: Bool = true,
    activation: Activation = .linear
  ) {
    self.filters = filters
    self.kernel = kernel
    self.strides = strides ?? kernel.map { _ in 1 }
    self.dilations = dilations ?? kernel.map { _ in 1 }
    self.padding = padding
    self.groups = groups
    self.hasBias = hasBias
    self.activation = activation
  }
}

extension ProcessorBackend {
  /// A convolution over 1 to 3 spatial axes of [batch, axes ..., channels].
  ///
  /// The kernel is [axes ..., channels / groups, filters]; the filters of a group are neighbours. As in all frameworks, the kernel is not flipped.
  package func convolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation {
    let kernel = try ConvolutionKernel("conv", input, options)
    let channels = kernel.channels / options.groups
    let filters = options.filters / options.groups
    // Strides of the kernel's own axes, [axes ..., channels, filters].
    let strides = (options.kernel + [channels, options.filters]).contiguousStrides
    return try weighted(
      kernel,
      shape: options.kernel + [channels, options.filters],
      sizes: [options.groups, filters, channels],
      strides: [filters, 1, options.filters],
      axisStrides: Array(strides.dropLast(2))
    )
  }

  /// A convolution of each channel by itself into `filters` / channels outputs.
  ///
  /// The kernel is [axes ..., channels, multiplier]; the outputs of a channel are neighbours.
  package func depthwiseConvolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation
  {
    var options = options
    options.groups = input.shape.last ?? 1
    let kernel = try ConvolutionKernel("depthwise_conv", input, options)
    let multiplier = options.filters / kernel.channels
    let shape = options.kernel + [kernel.channels, multiplier]
    return try weighted(
      kernel,
      shape: shape,
      sizes: [kernel.channels, multiplier, 1],
      strides: [multiplier, 1, 1],
      axisStrides: Array(shape.contiguousStrides.dropLast(2))
    )
  }

  /// A depthwise convolution and one of size 1 behind it, which alone has bias and activation.
  ///
  /// The kernels are those of both, in this order; `multiplier`: how many outputs of each channel the first one gives.
  package func separableConvolution(
    _ input: Signal,
    multiplier: Int,
    _ options: ConvolutionOptions
  ) throws(KernelError) -> any Operation {
    var first = options
    first.filters = (input.shape.last ?? 1) * multiplier
    first.hasBias = false
    first.activation = .linear
    let depthwise = try depthwiseConvolution(input, first)
    let last = ConvolutionOptions(
      filters: options.filters,
      kernel: options.kernel.map { _ in 1 },
      hasBias: options.hasBias,
      activation: options.activation
    )
    let pointwise = try convolution(depthwise.output, last)
    return Network(
      "separable_conv",
      operations: [depthwise, pointwise],
      inputs: [input],
      outputs: pointwise.outputs
    )
  }

  /// Spreads each input place over the output: the gradient of a convolution with respect to its input.
  ///
  /// The kernel is [axes ..., filters, channels].
  package func transposedConvolution(
    _ input: Signal,
    _ options: ConvolutionOptions
  ) throws(KernelError) -> any Operation {
    guard options.groups == 1 else {
      throw .unsupported(operation: "conv_transpose", reason: "it has no groups")
    }
    let kernel = try ConvolutionKernel("conv_transpose", input, options, isTransposed: true)
    let shape = options.kernel + [options.filters, kernel.channels]
    return try weighted(
      kernel,
      shape: shape,
      sizes: [1, options.filters, kernel.channels],
      strides: [0, kernel.channels, 1],
      axisStrides: Array(shape.contiguousStrides.dropLast(2))
    )
  }

  /// `sizes` and `strides`: of groups, filters and channels within a group.
  private func weighted(
    _ kernel: ConvolutionKernel,
    shape: [Int],
    sizes: [Int],
    strides: [Int],
    axisStrides: [Int]
  ) throws(KernelError) -> any Operation {
    let options = kernel.options
    // The library has an axis for groups only where there are some.
    let first = sizes[0] == 1 ? 1 : 0
    var geometry = kernel.window.geometry
    let isTransposed = kernel.isTransposed
    let plan = WeightedOperation.Plan(
      name: kernel.name,
      outputShape: kernel.outputShape,
      kernelShape: shape,
      biasSize: options.hasBias ? options.filters : nil,
      isRectified: options.activation == .relu && !isTransposed,
      source: try Layout(kernel.name, channelsLast: kernel.input.shape),
      weightsSizes: sizes[first...] + options.kernel,
      weightsStrides: strides[first...] + axisStrides,
      destination: try Layout(kernel.name, channelsLast: kernel.outputShape)
    ) { pass, source, weights, bias, destination, isRectified, made in
      ck_convolution(
        pass,
        isTransposed,
        source.handle,
        weights.handle,
        bias?.handle,
        destination.handle,
        &geometry,
        isRectified,
        made
      )
    }
    let operation = try WeightedOperation(kernel.input, plan, self)
    return try followed(operation, by: options.activation, isFused: plan.isRectified)
  }
}

/// What the kinds of convolution check and compute alike.
private struct ConvolutionKernel {
  let name: String
  let input: Signal
  let options: ConvolutionOptions
  let isTransposed: Bool
  let window: Window

  init(
    _ name: String,
    _ input: Signal,
    _ options: ConvolutionOptions,
    isTransposed: Bool = false
  ) throws(KernelError) {
    guard input.shape.count == options.kernel.count + 2 else {
      throw .shapes(
        operation: name,
        shapes: [input.shape, options.kernel],
        reason: "the input needs a batch, as many spatial axes as the kernel, and channels"
      )
    }
    let channels = input.shape[input.shape.count - 1]
    guard options.groups > 0, options.filters > 0, channels > 0, channels % options.groups == 0,
      options.filters % options.groups == 0
    else {
      throw .shapes(
        operation: name,
        shapes: [input.shape, [options.filters]],
        reason: "channels and filters do not divide into \(options.groups) groups"
      )
    }
    let sizes = Array(input.shape[1..<input.shape.count - 1])
    if isTransposed {
      window = try Window(
        name,
        backTo: sizes,
        kernel: options.kernel,
        strides: options.strides,
        dilations: options.dilations,
        padding: options.padding
      )
    } else {
      window = try Window(
        name,
        over: sizes,
        kernel: options.kernel,
        strides: options.strides,
        dilations: options.dilations,
        padding: options.padding
      )
    }
    self.name = name
    self.input = input
    self.options = options
    self.isTransposed = isTransposed
  }

  var channels: Int { input.shape[input.shape.count - 1] }

  var outputShape: [Int] { [input.shape[0]] + window.outputSizes + [options.filters] }
}
