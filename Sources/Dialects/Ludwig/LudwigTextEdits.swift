import ConfigSyntax
import Experiment
import SourceText

/// Turns changes of facts into text edits, and makes sure of them: the edited text must say what was asked for.
struct LudwigTextEdits {
  private let tree: SyntaxTree
  private let lowering: LudwigLowering
  /// Which config of the file it is.
  private let index: Int
  /// The release that the experiment was lowered for, where that was known.
  private let version: FrameworkVersions.Version?

  /// Makes the edits of an experiment's config; nil when the tree does not hold it.
  init?(tree: SyntaxTree, experiment: Experiment) {
    self.tree = tree
    let configs = tree.documents.flatMap(LudwigDialect.configs)
    guard let index = configs.firstIndex(where: { $0.location(source: 0) == experiment.about.container }) else {
      return nil
    }
    self.index = index
    let version = experiment.about[ExperimentKeys.frameworkVersion]
    self.version = version.map { FrameworkVersions.Version($0.value, from: "the experiment") }
    lowering = LudwigDialect.lowered(configs[index], version: self.version, forEdits: true)
  }

  /// Returns the text edits, or nil where the file cannot say the changes safely.
  func textEdits(for edits: [ExperimentEdit]) -> [SourceEdit]? {
    let edits = edits.flatMap(Self.flattened)
    var texts: [TextEdit] = []
    for edit in edits where !holds(edit, in: lowering.experiment) {
      guard let text = textEdit(for: edit) else { return nil }
      if !texts.contains(text) { texts.append(text) }
    }
    guard !texts.isEmpty, let bytes = tree.source.applying(texts) else { return nil }
    let edited = parse(SourceText(name: tree.source.name, bytes: bytes), as: tree.format)
    let configs = edited.documents.flatMap(LudwigDialect.configs)
    guard edited.problems.count <= tree.problems.count, configs.indices.contains(index) else { return nil }
    let experiment = LudwigDialect.lowered(configs[index], version: version, forEdits: false).experiment
    guard experiment.problems.count <= lowering.experiment.problems.count,
      edits.allSatisfy({ holds($0, in: experiment) })
    else { return nil }
    return texts.map { SourceEdit(source: 0, edit: $0) }
  }

  // MARK: - Private

  private func textEdit(for edit: ExperimentEdit) -> TextEdit? {
    guard let slot = lowering.slots?[LudwigSlot.Place(record: edit.record, key: edit.key)] else { return nil }
    let value: FactValue
    switch edit.value {
    case .text(let word) where word == slot.null: value = .unknown
    case .text(let word) where !slot.words.isEmpty:
      guard let spelling = slot.words[word], !spelling.isEmpty else { return nil }
      value = .text(spelling)
    case .record, .unknown: return nil
    default: value = edit.value
    }
    if let stated = slot.stated {
      guard stated.tree === tree else { return nil }
      return stated.replacing(with: value)
    }
    guard let anchor = slot.key.section.anchor, let name = slot.key.names.first else { return nil }
    return anchor.inserting(slot.key.section.missing + [name], value: value)
  }

  /// Whether the experiment says what the edit asks for.
  ///
  /// Layers are known by their names, for an edit may take one away: Ludwig has no dropout layer of rate 0.
  private func holds(_ edit: ExperimentEdit, in experiment: Experiment) -> Bool {
    var edit = edit
    if case .layer(let index) = edit.record.root, lowering.experiment.layers.indices.contains(index) {
      let layer = lowering.experiment.layers[index]
      guard let found = experiment.layers.firstIndex(where: { $0.name == layer.name }) else {
        return layer.kind == .dropout && edit.key == LayerKeys.rate.name && Double(edit.value) == 0
      }
      edit.record.root = .layer(found)
    }
    guard let value = experiment.record(at: edit.record)?[name: edit.key]?.value else { return false }
    if let wanted = Double(edit.value), let found = Double(value) { return wanted == found }
    return value == edit.value
  }

  /// A change of a record is a change of each of its facts.
  private static func flattened(_ edit: ExperimentEdit) -> [ExperimentEdit] {
    guard case .record(let record) = edit.value else { return [edit] }
    return record.entries.flatMap { entry in
      flattened(ExperimentEdit(record: edit.record.appending(edit.key), key: entry.name, value: entry.fact.value))
    }
  }
}
