/// A layer that keeps its input's shape and has no parameters.
struct UnchangedDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    LayerForm(context.input)
  }
}

/// An activation; `prelu` learns a slope for each element, shared along the shared axes.
struct ActivationDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard context.facts.value(LayerKeys.activation) == "prelu" else { return LayerForm(context.input) }
    guard let input = context.input else { return LayerForm(nil, parameters: nil) }
    var slopes = input.axes
    for axis in context.facts.value(LayerKeys.sharedAxes) ?? [] {
      guard let position = try context.position(ofAxis: axis, in: input, key: "shared_axes") else { continue }
      slopes[position] = 1
    }
    return LayerForm(input, parameters: Bounded.product(slopes))
  }
}

/// A learned scale for each channel.
struct LayerScaleDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let stated = try context.size(LayerKeys.units)
    return LayerForm(context.input, parameters: stated ?? context.input?.axes.last ?? nil)
  }
}

/// The place where data enter.
struct InputDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let shape = context.facts.value(LayerKeys.inputShapeStated) else { return LayerForm(nil) }
    for axis in shape.axes {
      guard let axis, !(1...LayerContext.largestSize).contains(axis) else { continue }
      throw .invalid("has an axis of \(axis) in its shape \(shape), which no tensor can have", key: "shape")
    }
    return LayerForm(shape)
  }
}

/// Code that is not in the file: its shape is the stated one, or its inputs' when it works on each element by itself.
struct OperationDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    if let stated = context.facts.value(LayerKeys.statedOutputShape) {
      return LayerForm(Shape(stated.map { $0 < 0 ? nil : $0 }))
    }
    guard context.facts.value(LayerKeys.elementwise) == true else { return LayerForm(nil) }
    return try BroadcastDefinition().build(context)
  }
}

/// A layer of which nothing but a stated output shape is known.
struct OpaqueDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let stated = context.facts.value(LayerKeys.statedOutputShape)
    return LayerForm(stated.map { Shape($0.map { $0 < 0 ? nil : $0 }) }, parameters: nil)
  }
}
