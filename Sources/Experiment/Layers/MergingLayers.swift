/// A layer that joins its inputs element by element; axes of size 1 are stretched.
struct BroadcastDefinition: LayerDefinition {
  /// How many inputs it needs, where that is fixed.
  var count: Int?

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    if let count, !context.inputs.isEmpty, context.inputs.count != count {
      throw .mismatch("needs \(count) inputs, but has \(context.inputs.count)")
    }
    guard var result = context.input?.axes else { return LayerForm(nil) }
    for index in context.inputs.indices.dropFirst() {
      guard let other = context.inputs[index]?.axes else { return LayerForm(nil) }
      let (long, short) = result.count >= other.count ? (result, other) : (other, result)
      var joined = long
      for (offset, size) in short.enumerated() {
        let position = long.count - short.count + offset
        switch (long[position], size) {
        case (1?, _): joined[position] = size
        case (_, 1?): break
        case (nil, _), (_, nil): joined[position] = nil
        case (let left?, let right?) where left == right: break
        default:
          throw .mismatch(
            "joins shapes that do not fit: \(context.words(forInput: 0)), but \(context.words(forInput: index))",
            input: index
          )
        }
      }
      result = joined
    }
    return LayerForm(Shape(result))
  }
}

/// A layer that puts its inputs one behind the other along an axis.
struct ConcatenateDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let first = context.input else { return LayerForm(nil) }
    let axis = context.facts.value(LayerKeys.axes)?.first ?? -1
    guard let position = try context.position(ofAxis: axis, in: first, key: "axes") else { return LayerForm(nil) }
    var result = first.axes
    for index in context.inputs.indices.dropFirst() {
      guard let other = context.inputs[index] else { return LayerForm(nil) }
      guard other.rank == first.rank else { throw mismatch(context, index) }
      for (place, size) in other.axes.enumerated() {
        if place == position {
          result[place] = Bounded.sum([result[place], size])
        } else if let known = result[place], let size, known != size {
          throw mismatch(context, index)
        } else {
          result[place] = result[place] ?? size
        }
      }
    }
    return LayerForm(Shape(result))
  }

  private func mismatch(_ context: LayerContext, _ index: Int) -> LayerFailure {
    .mismatch(
      "can join only shapes that are equal but for one axis: \(context.words(forInput: 0)), but "
        + context.words(forInput: index),
      key: "axes",
      input: index
    )
  }
}

/// A layer that takes the product of two inputs along one axis of each.
struct DotDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard context.inputs.isEmpty || context.inputs.count == 2 else {
      throw .mismatch("needs 2 inputs, but has \(context.inputs.count)")
    }
    guard let axes = context.facts.value(LayerKeys.axes), let first = axes.first, let last = axes.last,
      context.inputs.count == 2, let left = context.inputs[0], let right = context.inputs[1],
      let leftPosition = try context.position(ofAxis: first, in: left, key: "axes"),
      let rightPosition = try context.position(ofAxis: last, in: right, key: "axes")
    else { return LayerForm(nil) }
    if let size = left.axes[leftPosition], let other = right.axes[rightPosition], size != other {
      throw .mismatch(
        "multiplies an axis of \(size) with one of \(other): \(context.words(forInput: 0)), but "
          + context.words(forInput: 1),
        key: "axes",
        input: 1
      )
    }
    var result = left.axes
    result.remove(at: leftPosition)
    var rest = right.axes
    rest.remove(at: rightPosition)
    result += rest
    return LayerForm(Shape(result.isEmpty ? [1] : result))
  }
}
