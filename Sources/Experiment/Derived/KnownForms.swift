/// The forms of weight layers that were built: large models are made of a few layers that stand there many times.
///
/// To compare the facts of two layers takes a tenth of the time that building a convolution takes.
struct KnownForms {
  private struct Built {
    var facts: Record
    var inputs: [Shape?]
    var form: LayerForm
  }

  private var forms: [LayerKind: [Built]] = [:]
  /// How many forms are kept for one kind: a model with more of them has few layers that are alike.
  private static let limit = 16

  /// Returns the form of a layer of the same kind that was built from equal facts on equal inputs.
  func form(of layer: Layer, _ inputs: [Shape?]) -> LayerForm? {
    guard layer.kind.isWeightLayer, let candidates = forms[layer.kind] else { return nil }
    return candidates.first { $0.inputs == inputs && $0.facts.hasSameValues(as: layer.facts) }?.form
  }

  /// Keeps a form; the layer has no facts but those it is built from.
  mutating func keep(_ form: LayerForm, of layer: Layer, _ inputs: [Shape?]) {
    guard layer.kind.isWeightLayer, forms[layer.kind, default: []].count < Self.limit else { return }
    forms[layer.kind, default: []].append(Built(facts: layer.facts, inputs: inputs, form: form))
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
