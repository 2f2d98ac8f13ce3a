/// The forms of weight layers that were built: large models are made of a few layers that stand there many times.
///
/// To compare the facts of two layers takes a tenth of the time that building a convolution takes.
struct KnownForms {
  private struct Built {
    var kind: LayerKind
    var facts: Record
    var inputs: [Shape?]
    var form: LayerForm
  }

  private var forms: [Built] = []
  /// How many forms are kept: a model with more of them has few layers that are alike.
  private static let limit = 64

  /// Returns the form of a layer of the same kind that was built from equal facts on equal inputs.
  func form(of layer: Layer, _ inputs: [Shape?]) -> LayerForm? {
    guard layer.kind.isWeightLayer else { return nil }
    let index = forms.indices.first {
      forms[$0].kind == layer.kind && forms[$0].inputs == inputs && forms[$0].facts.hasSameValues(as: layer.facts)
    }
    return index.map { forms[$0].form }
  }

  /// Keeps a form; the layer has no facts but those it is built from.
  mutating func keep(_ form: LayerForm, of layer: Layer, _ inputs: [Shape?]) {
    guard layer.kind.isWeightLayer, forms.count < Self.limit else { return }
    forms.append(Built(kind: layer.kind, facts: layer.facts, inputs: inputs, form: form))
  }
}

/// The value of the shape that was last asked for: mostly one layer's output is the next one's input, and as large.
struct KnownShapeValue {
  private var last: (shape: Shape, value: FactValue)?

  mutating func value(of shape: Shape) -> FactValue {
    if let last, last.shape == shape { return last.value }
    let value = shape.factValue
    last = (shape, value)
    return value
  }
}

extension Record {
  /// Whether both know the same, in the same order, wherever it stands.
  fileprivate func hasSameValues(as other: Record) -> Bool {
    guard entries.count == other.entries.count else { return false }
    for index in entries.indices {
      guard entries[index].name == other.entries[index].name else { return false }
      switch (entries[index].fact.value, other.entries[index].fact.value) {
      case (.record(let left), .record(let right)): guard left.hasSameValues(as: right) else { return false }
      case (let left, let right): guard left == right else { return false }
      }
    }
    return true
  }
}
