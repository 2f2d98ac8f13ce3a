/// Attention with query, key and value projections for several heads.
///
/// Its inputs are the query, the value and, unless it is the value too, the key. The fans are those of the query's projection.
struct MultiHeadAttentionDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let heads = try context.size(LayerKeys.headCount)
    let keyHeads = try context.size(LayerKeys.keyValueHeadCount) ?? heads
    let keyWidth = try context.size(LayerKeys.keyDimension)
    let valueWidth = try context.size(LayerKeys.valueDimension) ?? keyWidth
    if let heads, let keyHeads, heads % keyHeads != 0 {
      throw .invalid(
        "has \(heads) query heads, which \(keyHeads) key and value heads cannot share evenly",
        key: "num_key_value_heads"
      )
    }
    guard let query = context.input else { return LayerForm(nil, parameters: nil) }
    guard query.rank >= 2 else {
      throw .mismatch("needs a query with steps and features, but \(context.words())", input: 0)
    }
    let value = context.inputs.count > 1 ? context.inputs[1] : query
    let key = context.inputs.count > 2 ? context.inputs[2] : value
    if let value, let key, value.axes.dropLast() != key.axes.dropLast(), !value.axes.contains(nil),
      !key.axes.contains(nil)
    {
      throw .mismatch("needs a key and a value of equal length, but gets \(key) and \(value)", input: 1)
    }
    let queryFeatures = query.axes.last ?? nil
    let stated = context.facts.value(LayerKeys.statedOutputShape)?.map { $0 < 0 ? nil : $0 }
    let outputAxes: [Int?] = stated.flatMap { $0.isEmpty ? nil : $0 } ?? [queryFeatures]
    func projection(_ features: Int??, _ heads: Int?, _ width: Int?) -> Int? {
      let units = Bounded.product([heads, width])
      return Bounded.sum([Bounded.product([features ?? nil, units]), context.useBias ? units : 0])
    }
    let output = Bounded.product(outputAxes)
    var form = LayerForm(Shape(query.axes.dropLast() + outputAxes))
    form.parameters = Bounded.sum([
      projection(queryFeatures, heads, keyWidth),
      projection(key?.axes.last, keyHeads, keyWidth),
      projection(value?.axes.last, keyHeads, valueWidth),
      context.facts.value(LayerKeys.useGate) == true ? projection(queryFeatures, heads, valueWidth) : 0,
      Bounded.sum([Bounded.product([heads, valueWidth, output]), context.useBias ? output : 0]),
    ])
    form.fans = (queryFeatures, Bounded.product([heads, keyWidth]))
    form.outputs.append(Shape([heads] + [query.axes[0], (value ?? query).axes.first ?? nil]))
    return form
  }
}

/// Attention without projections: the inputs are a query, a value and, unless it is the value too, a key.
struct AttentionDefinition: LayerDefinition {
  /// Whether the scores are a learned sum over the features rather than a product.
  let isAdditive: Bool

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard context.inputs.count != 1 else {
      throw .mismatch("needs a query and a value, but has one input", input: 0)
    }
    guard let query = context.input, let value = context.inputs[1] else { return LayerForm(nil, parameters: nil) }
    for index in 0..<2 where (index == 0 ? query : value).rank < 2 {
      throw .mismatch("needs steps and features, but \(context.words(forInput: index))", input: index)
    }
    let key = context.inputs.count > 2 ? context.inputs[2] : value
    if let width = query.axes.last ?? nil, let other = key?.axes.last ?? nil, width != other {
      throw .mismatch("compares queries of \(width) features with keys of \(other)", input: 0)
    }
    let hasScale = context.facts.value(LayerKeys.useScale) ?? isAdditive
    let scale = hasScale ? (isAdditive ? query.axes.last ?? nil : 1) : 0
    let concatenation = !isAdditive && context.facts.value(LayerKeys.scoreMode) == "concat" ? 1 : 0
    var form = LayerForm(
      Shape(query.axes.dropLast() + [value.axes.last ?? nil]),
      parameters: Bounded.sum([scale, concatenation])
    )
    form.outputs.append(Shape(query.axes.dropLast() + [key.flatMap { $0.rank >= 2 ? $0.axes[$0.rank - 2] : nil }]))
    return form
  }
}
