/// A layer that takes the largest value, or the mean, under a sliding window.
struct PoolingDefinition: LayerDefinition {
  let rank: Int

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let window = try SlidingWindow(context, rank: rank, size: LayerKeys.poolSize, stridesDefaultToSize: true)
    guard window.kernel.allSatisfy({ $0 != nil }), let field = try context.field(rank: rank) else {
      return LayerForm(nil)
    }
    return LayerForm(field.with(spatial: try window.output(of: field.spatial, context), channels: field.channels))
  }
}

/// A layer that pools all spatial axes into one value for each channel.
struct GlobalPoolingDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let input = context.input else { return LayerForm(nil) }
    guard input.rank >= 2 else {
      throw .mismatch("needs an input with spatial axes and channels, but \(context.words())", input: 0)
    }
    let field = LayerContext.Field(input, channelsLast: context.channelsLast)
    guard context.facts.value(LayerKeys.keepDimensions) == true else { return LayerForm(Shape([field.channels])) }
    return LayerForm(field.with(spatial: field.spatial.map { _ in 1 }, channels: field.channels))
  }
}

/// A layer that pools to a stated size.
struct AdaptivePoolingDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let rank = context.facts.value(LayerKeys.size)?.count,
      let size = try context.sizes(LayerKeys.size, count: rank),
      let field = try context.field(rank: rank)
    else { return LayerForm(nil) }
    return LayerForm(field.with(spatial: size, channels: field.channels))
  }
}

/// A layer that reduces a sequence to one step.
struct SequencePoolingDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let input = context.input else { return LayerForm(nil) }
    guard input.rank >= 2 else {
      throw .mismatch("needs an input with steps and features, but \(context.words())", input: 0)
    }
    return LayerForm(Shape(Array(input.axes.dropFirst())))
  }
}
