import ConfigSyntax
import Experiment
import SourceText

/// Turns changes of facts into text edits, and makes sure of them: the edited text must say what was asked for.
struct ObjectTreeEdits {
  private let trees: [SyntaxTree]
  private let family: TreeFamily
  private let lowering: ObjectTreeLowering

  /// Makes the edits of an experiment; nil when the trees do not hold it.
  init?(_ experiment: Experiment, _ family: TreeFamily, _ trees: [SyntaxTree]) {
    let place = experiment.about.container
    guard let main = trees.first, let document = main.documents.first(where: { $0.location(source: 0) == place }) else {
      return nil
    }
    self.trees = trees
    self.family = family
    var lowering = ObjectTreeLowering(document, family, in: Self.context(trees), forEdits: true)
    lowering.run()
    self.lowering = lowering
  }

  /// Returns the text edits, or nil where the files cannot say the changes safely.
  func textEdits(for edits: [ExperimentEdit]) -> [SourceEdit]? {
    let edits = edits.flatMap(Self.flattened)
    var texts: [SourceEdit] = []
    for edit in edits where !holds(edit, in: lowering.experiment) {
      guard let text = textEdit(for: edit) else { return nil }
      if !texts.contains(text) { texts.append(text) }
    }
    guard !texts.isEmpty, let changed = changedTrees(texts), let document = changed.first?.documents.first else {
      return nil
    }
    guard zip(changed, trees).allSatisfy({ $0.problems.count <= $1.problems.count }) else { return nil }
    var again = ObjectTreeLowering(document, family, in: Self.context(changed), forEdits: false)
    again.run()
    guard edits.allSatisfy({ holds($0, in: again.experiment) }) else { return nil }
    return texts
  }

  // MARK: - Private

  private func textEdit(for edit: ExperimentEdit) -> SourceEdit? {
    guard let slot = lowering.slots?[TreeSlot.Place(record: edit.record, key: edit.key)], slot.isKnown else {
      return nil
    }
    switch edit.value {
    case .record, .unknown, .deferred: return nil
    // Names of classes are no words to be exchanged.
    case .text: return nil
    default: break
    }
    if let stated = slot.stated, trees.indices.contains(slot.source), stated.tree === trees[slot.source] {
      return stated.replacing(with: edit.value).map { SourceEdit(source: slot.source, edit: $0) }
    }
    guard let container = slot.container, !slot.names.isEmpty else { return nil }
    return container.inserting(slot.names, value: edit.value).map { SourceEdit(source: slot.containerSource, edit: $0) }
  }

  private func changedTrees(_ texts: [SourceEdit]) -> [SyntaxTree]? {
    var changed: [SyntaxTree] = []
    for (index, tree) in trees.enumerated() {
      let own = texts.filter { $0.source == index }.map(\.edit)
      if own.isEmpty {
        changed.append(tree)
      } else if let bytes = tree.source.applying(own) {
        changed.append(parse(SourceText(name: tree.source.name, bytes: bytes), as: tree.format))
      } else {
        return nil
      }
    }
    return changed
  }

  /// What gives the files of the experiment again, by their paths from the first one's folder.
  private static func context(_ trees: [SyntaxTree]) -> LoweringContext {
    let main = trees.first?.source.name ?? ""
    let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
    return LoweringContext { path in
      trees.dropFirst().first { $0.source.name == folder + path }.map { .tree($0) }
        ?? .failed("it is not part of the experiment")
    }
  }

  private func holds(_ edit: ExperimentEdit, in experiment: Experiment) -> Bool {
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
