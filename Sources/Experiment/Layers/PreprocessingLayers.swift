/// A layer that gives images a stated height and width, where one is stated.
struct ImageSizeDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let size = try context.sizes(LayerKeys.size, count: 2) else { return LayerForm(context.input) }
    guard let field = try context.field(rank: 2) else { return LayerForm(nil) }
    return LayerForm(field.with(spatial: size, channels: field.channels))
  }
}

/// A resizing or crop: its size must be known for its output to be.
struct ResizingDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard context.facts.value(LayerKeys.size) != nil else { return LayerForm(nil) }
    return try ImageSizeDefinition().build(context)
  }
}

/// A layer that turns ids, words or bins into ids or into vectors as long as the vocabulary.
struct EncodingDefinition: LayerDefinition {
  /// The mode when none is stated.
  let defaultMode: String

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let width = try context.size(LayerKeys.vocabularySize)
    guard let input = context.input else { return LayerForm(nil) }
    switch context.facts.value(LayerKeys.outputMode) ?? defaultMode {
    case "int": return LayerForm(input)
    case "one_hot": return LayerForm(Shape((input.axes.last == 1 ? input.axes.dropLast() : input.axes) + [width]))
    case "multi_hot", "count", "tf_idf": return LayerForm(Shape(input.axes.dropLast() + [width]))
    default: return LayerForm(nil)
    }
  }
}

/// A layer that turns texts into ids, or into vectors as long as the vocabulary.
struct TextVectorizationDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let width = try context.size(LayerKeys.vocabularySize)
    let length = try context.size(LayerKeys.outputLength)
    let isIDs = (context.facts.value(LayerKeys.outputMode) ?? "int") == "int"
    return LayerForm(Shape([isIDs ? length : width]))
  }
}
