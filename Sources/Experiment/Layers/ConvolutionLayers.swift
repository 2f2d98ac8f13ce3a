/// A convolution over some spatial axes.
struct ConvolutionDefinition: LayerDefinition {
  let rank: Int

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let window = try SlidingWindow(context, rank: rank, size: LayerKeys.kernelSize)
    let filters = try context.size(LayerKeys.filters)
    let groups = try context.size(LayerKeys.groups) ?? 1
    if let filters, filters % groups != 0 {
      throw .invalid("has \(filters) filters, which \(groups) groups cannot share evenly", key: "groups")
    }
    guard let field = try context.field(rank: rank) else {
      return LayerForm(nil, kernel: window.kernel + [nil, filters], others: nil)
    }
    if let channels = field.channels, channels % groups != 0 {
      throw .mismatch(
        "has \(groups) groups, which cannot share \(channels) channels evenly: \(context.words())",
        key: "groups",
        input: 0
      )
    }
    return LayerForm(
      field.with(spatial: try window.output(of: field.spatial, context), channels: filters),
      kernel: window.kernel + [field.channels.map { $0 / groups }, filters],
      others: context.useBias ? filters : 0
    )
  }
}

/// A convolution that each channel has for itself.
struct DepthwiseConvolutionDefinition: LayerDefinition {
  let rank: Int

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let window = try SlidingWindow(context, rank: rank, size: LayerKeys.kernelSize)
    let multiplier = try context.size(LayerKeys.depthMultiplier) ?? 1
    guard let field = try context.field(rank: rank) else {
      return LayerForm(nil, kernel: window.kernel + [nil, multiplier], others: nil)
    }
    let channels = Bounded.product([field.channels, multiplier])
    return LayerForm(
      field.with(spatial: try window.output(of: field.spatial, context), channels: channels),
      kernel: window.kernel + [field.channels, multiplier],
      others: context.useBias ? channels : 0
    )
  }
}

/// A depthwise convolution and a 1x1 convolution behind it; the fans are those of the second.
struct SeparableConvolutionDefinition: LayerDefinition {
  let rank: Int

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let window = try SlidingWindow(context, rank: rank, size: LayerKeys.kernelSize)
    let multiplier = try context.size(LayerKeys.depthMultiplier) ?? 1
    let filters = try context.size(LayerKeys.filters)
    guard let field = try context.field(rank: rank) else { return LayerForm(nil, parameters: nil) }
    let depthwise = Bounded.product(window.kernel + [field.channels, multiplier])
    return LayerForm(
      field.with(spatial: try window.output(of: field.spatial, context), channels: filters),
      kernel: Array(repeating: 1, count: rank) + [Bounded.product([field.channels, multiplier]), filters],
      others: Bounded.sum([depthwise, context.useBias ? filters : 0])
    )
  }
}

/// The transpose of a convolution, which makes its input larger.
struct TransposedConvolutionDefinition: LayerDefinition {
  let rank: Int

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let window = try SlidingWindow(context, rank: rank, size: LayerKeys.kernelSize)
    let filters = try context.size(LayerKeys.filters)
    let extra = try context.sizes(LayerKeys.outputPadding, count: rank, atLeast: 0)
    guard let field = try context.field(rank: rank) else {
      return LayerForm(nil, kernel: window.kernel + [filters, nil], others: nil)
    }
    let spatial = field.spatial.enumerated().map { axis, size -> Int? in
      guard let size, let extent = window.extents[axis] else { return nil }
      let stride = window.strides[axis]
      switch (window.padding, extra?[axis]) {
      case ("valid", let extra):
        return Bounded.sum([Bounded.product([size - 1, stride]), extent, extra ?? max(extent, stride) - extent])
      case ("same", nil): return Bounded.product([size, stride])
      case ("same", let extra?): return Bounded.sum([Bounded.product([size - 1, stride]), extent % 2, extra])
      default: return nil
      }
    }
    return LayerForm(
      field.with(spatial: spatial, channels: filters),
      kernel: window.kernel + [filters, field.channels],
      others: context.useBias ? filters : 0
    )
  }
}

/// A window that slides over the spatial axes: of a convolution or a pooling.
struct SlidingWindow {
  /// The window's size along each axis; unknown where the file does not tell.
  let kernel: [Int?]
  let strides: [Int]
  /// The window's size with the gaps of its dilation.
  let extents: [Int?]
  let padding: String?
  /// Whether a window that reaches over the end counts.
  private let roundsUp: Bool
  private let sizeKey: String

  init(
    _ context: LayerContext,
    rank: Int,
    size: FactKey<[Int]>,
    stridesDefaultToSize: Bool = false
  ) throws(LayerFailure) {
    let sizes = try context.sizes(size, count: rank)
    let dilation = try context.sizes(LayerKeys.dilationRate, count: rank)
    kernel = sizes ?? Array(repeating: nil, count: rank)
    strides =
      try context.sizes(LayerKeys.strides, count: rank) ?? (stridesDefaultToSize ? sizes : nil)
      ?? Array(repeating: 1, count: rank)
    extents = kernel.enumerated().map { axis, size in
      Bounded.sum([Bounded.product([size.map { $0 - 1 }, dilation?[axis] ?? 1]), 1])
    }
    padding = context.facts.value(LayerKeys.padding)
    roundsUp = context.facts.value(LayerKeys.ceilMode) ?? false
    sizeKey = size.name
  }

  /// Returns the number of places the window takes along each axis.
  func output(of spatial: [Int?], _ context: LayerContext) throws(LayerFailure) -> [Int?] {
    var result: [Int?] = []
    for (axis, size) in spatial.enumerated() {
      guard let size else {
        result.append(nil)
        continue
      }
      switch padding {
      case "same", "causal": result.append((size - 1) / strides[axis] + 1)
      case "valid":
        guard let extent = extents[axis] else {
          result.append(nil)
          continue
        }
        guard size >= extent || (roundsUp && extent - size < strides[axis]) else {
          var failure = LayerFailure.mismatch(
            "has a window of \(extent) on an axis of \(size): \(context.words())",
            key: sizeKey,
            input: 0
          )
          failure.shrunkAxis = axis
          throw failure
        }
        let steps = max(size - extent, 0)
        result.append(steps / strides[axis] + (roundsUp && steps % strides[axis] != 0 ? 2 : 1))
      default: result.append(nil)
      }
    }
    return result
  }
}
