import SourceText

/// The facts of one thing, in the order in which they were set: a block of `epochzero facts`.
package struct FactSection: Hashable, Sendable {
  /// What the facts are of.
  package var path: RecordPath
  /// For a layer its kind and the indices of the layers it takes from; nil for other things.
  package var layer: LayerSummary?
  /// The name of a layer, an input or an output.
  package var name: String?
  /// The facts, those of nested records behind the place where the record stands.
  package var facts: [ListedFact]

  /// What a layer is, beside its facts.
  package struct LayerSummary: Hashable, Sendable {
    package var kind: LayerKind
    package var inputs: [Int]
    package var sharesWeightsWith: Int?
  }
}

/// A fact with its place: a line of `epochzero facts`.
package struct ListedFact: Hashable, Sendable {
  /// The record that holds the fact; nested ones have their own path, such as `training.optimizer`.
  package var record: RecordPath
  package var key: String
  /// The value; never a record, since those are laid out flat.
  package var value: FactValue
  package var origin: Origin

  /// The path with the key, such as `training.optimizer.learning_rate`.
  package var path: String { "\(record).\(key)" }
}

extension Experiment {
  /// Returns every fact with its place: the experiment's own, then inputs, layers, outputs, training and data.
  ///
  /// The order depends on the experiment alone. Records without facts give no section, layers always do.
  package func factSections() -> [FactSection] {
    var sections = [section(.about, about)]
    sections += inputs.indices.map { section(.input($0), inputs[$0], name: inputs[$0].value(InputKeys.name)) }
    sections += layers.indices.map { index in
      let layer = layers[index]
      var section = section(.layer(index), layer.facts, name: layer.name)
      section.layer = .init(kind: layer.kind, inputs: layer.inputs, sharesWeightsWith: layer.sharesWeightsWith)
      return section
    }
    sections += outputs.indices.map {
      section(.output($0), outputs[$0].facts, name: outputs[$0].facts.value(OutputKeys.name))
    }
    sections += [section(.training, training), section(.data, data)]
    return sections.filter { !$0.facts.isEmpty || $0.layer != nil }
  }

  /// Returns where a fact comes from in words: `model.json:41:23`, `default of Keras since 3.0`, `inferred from the loss`.
  package func description(of origin: Origin) -> String {
    switch origin {
    case .stated(let location):
      return placeName(of: location)
    case .default(let source):
      let since = source.since.map { " since \($0)" } ?? ""
      let note = source.note.map { " (\($0))" } ?? ""
      return "default of \(source.framework)\(since)\(note)"
    case .inferred(let basis, let location):
      let place = location.map { " (\(placeName(of: $0)))" } ?? ""
      return "inferred from \(basis)\(place)"
    }
  }

  /// Returns a place as linters print it, `file:line:column`.
  package func placeName(of location: SourceLocation) -> String {
    guard sources.indices.contains(location.source) else { return "?" }
    let source = sources[location.source]
    let (line, column) = source.displayPosition(at: location.range.start)
    return "\(source.name):\(line):\(column)"
  }

  private func section(_ root: RecordPath.Root, _ record: Record, name: String? = nil) -> FactSection {
    let path = RecordPath(root)
    var facts: [ListedFact] = []
    record.appendFacts(at: path, to: &facts)
    return FactSection(path: path, layer: nil, name: name, facts: facts)
  }
}

extension Record {
  fileprivate func appendFacts(at path: RecordPath, to facts: inout [ListedFact]) {
    for entry in entries {
      if case .record(let nested) = entry.fact.value {
        nested.appendFacts(at: path.appending(entry.name), to: &facts)
      } else {
        facts.append(ListedFact(record: path, key: entry.name, value: entry.fact.value, origin: entry.fact.origin))
      }
    }
  }
}

extension FactValue: CustomStringConvertible {
  /// The value as `epochzero facts` prints it: text in double quotes, lists in brackets, `?` for what is not known.
  @usableFromInline package var description: String {
    switch self {
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .text(let value): "\"\(value)\""
    case .list(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .unknown: "?"
    case .deferred(let text): dependsOnVersion ? text : "\(text) (known only when it runs)"
    case .record(let record):
      "{" + record.entries.map { "\($0.name): \($0.fact.value.description)" }.joined(separator: ", ") + "}"
    }
  }
}
