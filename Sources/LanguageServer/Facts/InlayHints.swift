import ConfigSyntax
import Dialects
import Experiment
import Linting
import SourceText

/// What a reader of a config would have to work out: sizes of layers, and defaults that nobody wrote.
struct InlayHints {
  /// A text behind a place.
  struct Hint: Hashable, Sendable {
    var offset: Int
    var label: String
    var tooltip: String?
  }

  let settings: ServerSettings.InlayHints
  let facts: DocumentFacts
  /// The present text.
  let source: SourceText

  /// All hints in order, each place once.
  var all: [Hint] {
    var hints: [Int: Hint] = [:]
    for (lowered, index) in facts.experiments {
      for hint in sizes(in: lowered.experiment, index) + defaults(in: lowered.experiment, index)
      where hints[hint.offset] == nil { hints[hint.offset] = hint }
    }
    return hints.values.sorted { $0.offset < $1.offset }
  }

  // MARK: - Private

  private func sizes(in experiment: Experiment, _ index: Int) -> [Hint] {
    guard settings.shapes || settings.parameters else { return [] }
    let groups = experiment.layerGroups(inSource: index).compactMap { group in
      facts.present(group.location.range).map { (group: group, range: $0) }
    }
    var groupsByLine: [Int: Int] = [:]
    for (_, range) in groups { groupsByLine[source.line(at: range.start), default: 0] += 1 }
    return groups.compactMap { group, range in
      guard
        let label = experiment.sizeSummary(of: group, shape: settings.shapes, parameters: settings.parameters),
        let last = group.layers.last
      else { return nil }
      // Several layers on a line, as in a file without line breaks: each hint stands by its own layer.
      let line = source.line(at: range.start)
      let offset = groupsByLine[line] == 1 ? source.lineRange(line).end : range.end
      return Hint(
        offset: offset,
        label: label,
        tooltip: "what \"\(experiment.layers[last].name)\" gives for one example"
      )
    }
  }

  /// The defaults of training that change what is learned, behind the section that could say otherwise.
  private func defaults(in experiment: Experiment, _ index: Int) -> [Hint] {
    guard settings.defaults, let place = sectionEnd(of: experiment, index) else { return [] }
    var parts: [String] = []
    var frameworks: Set<String> = []
    func isDefault(_ record: Record?, _ name: String) -> FactValue? {
      guard let fact = record?[name: name], case .default(let origin) = fact.origin else { return nil }
      frameworks.insert(origin.framework)
      return fact.value
    }
    let clip = experiment.training.value(TrainingKeys.clip)
    if let kind = isDefault(clip, ClipKeys.kind.name), let threshold = isDefault(clip, ClipKeys.threshold.name) {
      parts.append("gradients clipped by \(kind.plainWords) to \(threshold.plainWords)")
    }
    let optimizer = experiment.training.value(TrainingKeys.optimizer)
    for (record, key, words) in [
      (optimizer, OptimizerKeys.name.name, "optimizer"), (optimizer, OptimizerKeys.learningRate.name, "learning rate"),
      (experiment.training, TrainingKeys.batchSize.name, "batch size"),
    ] {
      if let value = isDefault(record, key) { parts.append("\(words) \(value.plainWords)") }
    }
    guard !parts.isEmpty else { return [] }
    return [
      Hint(
        offset: place,
        label: "not written, so: " + parts.joined(separator: ", "),
        tooltip: "defaults of \(frameworks.sorted().joined(separator: " and "))"
      )
    ]
  }

  /// Where the key of the training section ends its line, or the first line of a config without one.
  private func sectionEnd(of experiment: Experiment, _ index: Int) -> Int? {
    guard let container = experiment.training.container ?? experiment.training.location, container.source == index,
      let range = facts.present(container.range)
    else { return nil }
    let documents = facts.read.file.tree.documents
    let key = documents.lazy.flatMap(\.members).first { $0.value.range == container.range }?.key.range
    let start = key.flatMap { facts.present($0) } ?? range
    return source.lineRange(source.line(at: start.start)).end
  }
}

extension FactValue {
  /// The value without the quotes around a text, and without its underscores.
  fileprivate var plainWords: String {
    switch self {
    case .text(let text): text.replacing("_", with: " ")
    case .deferred(let text): dependsOnVersion ? "by version" : text
    default: description
    }
  }
}
