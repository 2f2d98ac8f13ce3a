/// A layer that makes one axis of all.
struct FlattenDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    LayerForm(context.input.map { Shape([$0.elementCount]) })
  }
}

/// A layer that gives the same elements other axes.
struct ReshapeDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let target = context.facts.value(LayerKeys.targetShape) else { return LayerForm(nil) }
    guard target.allSatisfy({ $0 >= -1 }), target.count(where: { $0 == -1 }) <= 1 else {
      throw .invalid("has a target shape with more than one unknown axis", key: "target_shape")
    }
    let known = Bounded.product(target.filter { $0 >= 0 })
    guard let count = context.input?.elementCount, let known else {
      return LayerForm(Shape(target.map { $0 < 0 ? nil : $0 }))
    }
    guard target.contains(-1) ? known > 0 && count % known == 0 : count == known else {
      throw .mismatch(
        "cannot bring \(count) elements into \(Shape(target.map { $0 < 0 ? nil : $0 })): \(context.words())",
        key: "target_shape",
        input: 0
      )
    }
    return LayerForm(Shape(target.map { $0 < 0 ? count / known : $0 }))
  }
}

/// A layer that puts its axes into another order.
struct PermuteDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let order = context.facts.value(LayerKeys.dimensions) else { return LayerForm(nil) }
    guard order.sorted() == Array(1..<order.count + 1) else {
      throw .invalid("has an order that does not name each axis once", key: "dims")
    }
    guard let input = try context.input(rank: order.count, axes: "those that it orders") else { return LayerForm(nil) }
    return LayerForm(Shape(order.map { input.axes[$0 - 1] }))
  }
}

/// A layer that repeats a vector as the steps of a sequence.
struct RepeatVectorDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let count = try context.sizes(LayerKeys.factors, count: 1)
    guard let input = try context.input(rank: 1, axes: "features") else { return LayerForm(nil) }
    return LayerForm(Shape([count?[0], input.axes[0]]))
  }
}

/// A layer that adds to, or takes from, both ends of the spatial axes.
struct MarginDefinition: LayerDefinition {
  let isCropping: Bool

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let count = context.facts.value(LayerKeys.amounts)?.count, count % 2 == 0,
      let amounts = try context.sizes(LayerKeys.amounts, count: count, atLeast: 0),
      let field = try context.field(rank: count / 2)
    else { return LayerForm(nil) }
    var spatial: [Int?] = []
    for (axis, size) in field.spatial.enumerated() {
      let margin = amounts[2 * axis] + amounts[2 * axis + 1]
      if isCropping, let size, margin >= size {
        throw .mismatch("crops \(margin) from an axis of \(size): \(context.words())", key: "amounts", input: 0)
      }
      spatial.append(Bounded.sum([size, isCropping ? -margin : margin]))
    }
    return LayerForm(field.with(spatial: spatial, channels: field.channels))
  }
}

/// A layer that repeats, or interpolates, along the spatial axes.
struct UpSamplingDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let rank = context.facts.value(LayerKeys.factors)?.count,
      let factors = try context.sizes(LayerKeys.factors, count: rank),
      let field = try context.field(rank: rank)
    else { return LayerForm(nil) }
    let spatial = zip(field.spatial, factors).map { Bounded.product([$0, $1]) }
    return LayerForm(field.with(spatial: spatial, channels: field.channels))
  }
}
