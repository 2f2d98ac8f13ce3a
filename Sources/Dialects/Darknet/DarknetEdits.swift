import ConfigSyntax
import Experiment
import SourceText

/// Turns changes of an experiment that a Darknet config states into text edits.
///
/// Sections of one name are told apart by where they stand. What is not an option of one section, such as another layer, is not
/// written.
struct DarknetEdits {
  private let experiment: Experiment
  private let root: SyntaxNode?

  init(_ experiment: Experiment, trees: [SyntaxTree]) {
    self.experiment = experiment
    root = trees.first?.documents.first
  }

  /// Returns the text edits that make all changes, or nil where one of them has no option.
  func textEdits(for edits: [ExperimentEdit]) -> [SourceEdit]? {
    // Options that are added to one section stand behind each other.
    var added: [Int: (edit: TextEdit, text: String)] = [:]
    var replaced: [TextEdit] = []
    for edit in edits {
      guard let option = option(of: edit), let text = Self.text(of: edit.value, option: option),
        let section = section(of: edit.record)
      else { return nil }
      if let member = section.writtenMembers.first(where: { $0.name == option }), member.value.kind != .missing {
        replaced.append(TextEdit(range: member.value.range, replacement: text))
      } else {
        guard section.member(option) == nil,
          let insertion = section.inserting([option], value: .deferred(text))
        else { return nil }
        let start = insertion.range.start
        let before = added[start]?.text ?? ""
        added[start] = (insertion, before + insertion.replacement)
      }
    }
    let insertions = added.values.map { TextEdit(range: $0.edit.range, replacement: $0.text) }
    return (replaced + insertions).map { SourceEdit(source: 0, edit: $0) }
  }

  // MARK: - Private

  /// The section that a record was read from.
  private func section(of path: RecordPath) -> SyntaxNode? {
    guard let root else { return nil }
    guard case .layer = path.root else { return root.writtenMembers.first?.value }
    guard let range = experiment.record(at: RecordPath(path.root))?.container?.range else { return nil }
    return root.writtenMembers.first { $0.value.range == range }?.value
  }

  /// The option that states a fact.
  private func option(of edit: ExperimentEdit) -> String? {
    let keys = edit.record.nested + [edit.key]
    return switch edit.record.root {
    case .layer: keys.count == 1 ? Self.layerOption(keys[0], kind: kind(of: edit.record)) : nil
    case .training: Self.trainingOption(keys.joined(separator: "."))
    case .about, .input, .output, .data: nil
    }
  }

  private func kind(of path: RecordPath) -> LayerKind? {
    guard case .layer(let index) = path.root, experiment.layers.indices.contains(index) else { return nil }
    return experiment.layers[index].kind
  }

  private static func layerOption(_ key: String, kind: LayerKind?) -> String? {
    switch key {
    case "filters", "activation", "groups": key
    case "units": kind == .dense || kind == .lstm || kind == .gru ? "output" : nil
    case "rate": kind == .dropout ? "probability" : nil
    case "kernel_size", "pool_size": "size"
    case "strides": "stride"
    default: nil
    }
  }

  private static func trainingOption(_ path: String) -> String? {
    switch path {
    case "batch_size": "batch"
    case "accumulation_steps": "subdivisions"
    case "steps": "max_batches"
    case "optimizer.learning_rate": "learning_rate"
    case "optimizer.momentum": "momentum"
    case "optimizer.weight_decay": "decay"
    case "optimizer.beta_1": "B1"
    case "optimizer.beta_2": "B2"
    case "optimizer.epsilon": "eps"
    case "schedule.warmup_steps": "burn_in"
    default: nil
    }
  }

  private static func text(of value: FactValue, option: String) -> String? {
    switch value {
    case .integer(let value): return "\(value)"
    case .number: return value.written(in: .ini)
    case .text(let name): return option == "activation" ? DarknetActivation.name(of: name) : nil
    case .list(let elements):
      // One option for both sides of a window.
      guard let first = elements.first, elements.allSatisfy({ $0 == first }) else { return nil }
      return text(of: first, option: option)
    case .boolean, .unknown, .deferred, .record: return nil
    }
  }
}
