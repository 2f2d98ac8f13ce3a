/// A layer that looks ids up in a table.
struct EmbeddingDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let vocabulary = try context.size(LayerKeys.vocabularySize)
    let width = try context.size(LayerKeys.outputDimension)
    return LayerForm(
      context.input.map { Shape($0.axes + [width]) },
      kernel: [vocabulary, width],
      others: 0
    )
  }
}
