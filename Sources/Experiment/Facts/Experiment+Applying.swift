extension ExperimentEdit {
  /// The key under which an edit says the kind of a layer, which is no fact.
  package static let kindKey = "kind"

  /// Whether the edit changes what a layer is.
  package var isOfKind: Bool {
    guard case .layer = record.root else { return false }
    return record.nested.isEmpty && key == Self.kindKey
  }

  /// The kind that the edit gives a layer; nil where it is another edit or names no kind.
  package var newKind: LayerKind? {
    guard isOfKind, case .text(let name) = value else { return nil }
    return LayerKind(rawValue: name)
  }

  /// The name that the edit gives a layer; nil where it is another edit.
  fileprivate var newName: String? {
    guard case .layer = record.root, record.nested.isEmpty, key == "name", case .text(let name) = value else {
      return nil
    }
    return name
  }

  /// Where the edited fact comes from, from then on.
  fileprivate static let origin = Origin.inferred(from: "the change that is tried", at: nil)
}

extension Experiment {
  /// Returns the experiment with changed facts, as if its files stated them; nil where a place does not exist.
  ///
  /// Meant for an experiment that is not derived, since nothing is taken back that followed from the old facts. Nested records
  /// are made where they are missing. Another initialiser, by its name, has none of the old one's facts. A layer that becomes
  /// an `identity` passes its first input on and keeps nothing else. All applications of a layer change together.
  ///
  /// What an input is and how it is encoded cannot be changed so: the dialect makes layers of it.
  package func applying(_ edits: [ExperimentEdit]) -> Experiment? {
    var result = self
    for edit in edits {
      guard result.apply(edit) else { return nil }
    }
    return result
  }

  // MARK: - Private

  private mutating func apply(_ edit: ExperimentEdit) -> Bool {
    let path = edit.record.nested
    switch edit.record.root {
    case .about: about.apply(edit, at: path[...])
    case .training: training.apply(edit, at: path[...])
    case .data: data.apply(edit, at: path[...])
    case .input(let index):
      let isOfLayers = edit.key == InputKeys.type.name || edit.key == InputKeys.encoder.name
      guard inputs.indices.contains(index), !isOfLayers else { return false }
      inputs[index].apply(edit, at: path[...])
    case .output(let index):
      guard outputs.indices.contains(index) else { return false }
      outputs[index].facts.apply(edit, at: path[...])
    case .layer(let index):
      guard layers.indices.contains(index) else { return false }
      for application in applications(ofLayer: index) {
        if let name = edit.newName {
          layers[application].name = name
          continue
        }
        guard edit.isOfKind else {
          layers[application].facts.apply(edit, at: path[...])
          continue
        }
        guard let kind = edit.newKind else { return false }
        change(application, to: kind)
      }
    }
    return true
  }

  /// The layers that have the same weights as one, and it itself.
  private func applications(ofLayer index: Int) -> [Int] {
    let first = layers[index].sharesWeightsWith ?? index
    return layers.indices.filter { $0 == index || $0 == first || layers[$0].sharesWeightsWith == first }
  }

  private mutating func change(_ index: Int, to kind: LayerKind) {
    layers[index].kind = kind
    guard kind == .identity else { return }
    let facts = layers[index].facts
    layers[index].facts = Record(location: facts.location, container: facts.container)
    layers[index].inputs = Array(layers[index].inputs.prefix(1))
    layers[index].inputSlots = Array(layers[index].inputSlots.prefix(1))
    layers[index].sharesWeightsWith = nil
  }
}

extension Record {
  /// Sets the fact of an edit in the record that a path leads to.
  fileprivate mutating func apply(_ edit: ExperimentEdit, at path: ArraySlice<String>) {
    if let key = path.first {
      var nested = value(FactKey<Record>(key)) ?? Record(location: location)
      nested.apply(edit, at: path.dropFirst())
      self[name: key] = Fact(.record(nested), self[name: key]?.origin ?? ExperimentEdit.origin)
      return
    }
    if edit.key == InitializerKeys.name.name, edit.record.nested.last?.hasSuffix("_initializer") == true {
      self = Record(location: location, container: container)
    }
    self[name: edit.key] = Fact(spelledOut(edit), ExperimentEdit.origin)
  }

  /// The value of an edit, a record where a word stands for one: the name of an initialiser, the kind of clipping.
  private func spelledOut(_ edit: ExperimentEdit) -> FactValue {
    guard case .text = edit.value else { return edit.value }
    let name: String
    if edit.key.hasSuffix("_initializer") {
      name = InitializerKeys.name.name
    } else if edit.key == TrainingKeys.clip.name, edit.record == RecordPath(.training) {
      name = ClipKeys.kind.name
    } else {
      return edit.value
    }
    var record = Record(location: location)
    record[name: name] = Fact(edit.value, ExperimentEdit.origin)
    return .record(record)
  }
}
