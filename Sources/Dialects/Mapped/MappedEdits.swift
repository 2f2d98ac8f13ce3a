import ConfigSyntax
import Experiment
import SourceText

/// Turns changes of facts into text edits, and makes sure of them: the edited text must say what was asked for.
struct MappedEdits {
  private let definition: DialectDefinition
  private let tree: SyntaxTree
  private let lowering: MappedLowering
  /// Which experiment of the file it is.
  private let index: Int

  /// Makes the edits of an experiment; nil when the tree does not hold it.
  init?(_ definition: DialectDefinition, tree: SyntaxTree, experiment: Experiment) {
    self.definition = definition
    self.tree = tree
    let lowered = Self.lower(tree, definition)
    guard
      let index = lowered.firstIndex(where: { $0.experiment.about.container == experiment.about.container })
    else { return nil }
    self.index = index
    lowering = lowered[index]
  }

  /// Returns the text edits, or nil where the file cannot say the changes safely.
  func textEdits(for edits: [ExperimentEdit]) -> [SourceEdit]? {
    var edits = edits.flatMap(Self.flattened)
    // A threshold says by itself what is clipped.
    if edits.contains(where: { $0.key == ClipKeys.threshold.name }) {
      edits.removeAll { $0.key == ClipKeys.kind.name && $0.record.nested == [TrainingKeys.clip.name] }
    }
    var texts: [TextEdit] = []
    for edit in edits where !Self.holds(edit, in: lowering.experiment) {
      guard let text = textEdit(for: edit) else { return nil }
      if !texts.contains(text) { texts.append(text) }
    }
    guard !texts.isEmpty, let bytes = tree.source.applying(texts) else { return nil }
    let edited = parse(SourceText(name: tree.source.name, bytes: bytes), as: tree.format)
    guard edited.problems.count <= tree.problems.count else { return nil }
    let lowered = Self.lower(edited, definition)
    guard lowered.indices.contains(index),
      lowered[index].experiment.problems.count <= lowering.experiment.problems.count,
      edits.allSatisfy({ Self.holds($0, in: lowered[index].experiment) })
    else { return nil }
    return texts.map { SourceEdit(source: 0, edit: $0) }
  }

  // MARK: - Private

  private static func lower(_ tree: SyntaxTree, _ definition: DialectDefinition) -> [MappedLowering] {
    tree.documents.filter { definition.recognition.matches($0) > .no }.flatMap { document in
      definition.places(in: document).map { place in
        var lowering = MappedLowering(place, in: document, definition, LoweringContext())
        _ = lowering.run()
        return lowering
      }
    }
  }

  private func textEdit(for edit: ExperimentEdit) -> TextEdit? {
    guard let key = lowering.slots[MappedTarget(record: edit.record, key: edit.key)] else { return nil }
    guard let value = key.written(edit.value) else { return nil }
    for path in [key.path] + key.aliases {
      guard let place = lowering.document.find(path) else { continue }
      // What another file or a shared place says holds for others too.
      guard place.source == 0, place.node.tree === tree else { return nil }
      return place.node.replacing(with: value)
    }
    guard let (mapping, missing) = lowering.document.placeToWrite(key.path) else { return nil }
    return mapping.inserting(missing, value: value)
  }

  /// Whether the experiment says what the edit asks for.
  private static func holds(_ edit: ExperimentEdit, in experiment: Experiment) -> Bool {
    guard let value = experiment.record(at: edit.record)?[name: edit.key]?.value else { return false }
    return value.means(edit.value)
  }

  /// A change of a record is a change of each of its facts.
  private static func flattened(_ edit: ExperimentEdit) -> [ExperimentEdit] {
    guard case .record(let record) = edit.value else { return [edit] }
    return record.entries.flatMap { entry in
      flattened(ExperimentEdit(record: edit.record.appending(edit.key), key: entry.name, value: entry.fact.value))
    }
  }
}
