/// A layer that normalises along some axes and then scales and shifts.
struct NormalizationDefinition: LayerDefinition {
  /// How many vectors of running statistics are kept.
  var statistics = 0
  /// Whether an offset can be learned.
  var canShift = true

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let input = context.input else { return LayerForm(nil, parameters: nil) }
    var sizes: [Int?] = []
    for axis in context.facts.value(LayerKeys.axes) ?? [-1] {
      guard let position = try context.position(ofAxis: axis, in: input, key: "axes") else { continue }
      sizes.append(input.axes[position])
    }
    let vectors =
      statistics + (context.facts.value(LayerKeys.scale) ?? true ? 1 : 0)
      + (canShift && context.facts.value(LayerKeys.center) ?? true ? 1 : 0)
    return LayerForm(input, parameters: vectors == 0 ? 0 : Bounded.product([Bounded.product(sizes), vectors]))
  }
}

/// A layer that normalises groups of channels.
struct GroupNormalizationDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let input = context.input else { return LayerForm(nil, parameters: nil) }
    let axis = context.facts.value(LayerKeys.axes)?.first ?? -1
    let position = try context.position(ofAxis: axis, in: input, key: "axes")
    // -1 groups is one for each channel.
    if let groups = context.facts.value(LayerKeys.groups), groups != -1 {
      let groups = try context.size(LayerKeys.groups) ?? groups
      if let channels = position.flatMap({ input.axes[$0] }), channels % groups != 0 {
        throw .mismatch(
          "has \(groups) groups, which cannot share \(channels) channels evenly: \(context.words())",
          key: "groups",
          input: 0
        )
      }
    }
    return try NormalizationDefinition().build(context)
  }
}

/// A layer that brings its input to mean 0 and deviation 1 with statistics of the data.
struct FeatureNormalizationDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let input = context.input else { return LayerForm(nil, parameters: nil) }
    guard context.facts.value(LayerKeys.statisticsStated) != true else { return LayerForm(input) }
    var sizes: [Int?] = []
    for axis in context.facts.value(LayerKeys.axes) ?? [-1] {
      guard let position = try context.position(ofAxis: axis, in: input, key: "axes") else { continue }
      sizes.append(input.axes[position])
    }
    // Mean and variance, and a count that Keras keeps for older files.
    return LayerForm(input, parameters: Bounded.sum([Bounded.product([Bounded.product(sizes), 2]), 1]))
  }
}
