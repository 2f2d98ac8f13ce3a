import ConfigSyntax
import Dialects
import Experiment
import Linting
import Rules
import SourceText

/// What is known of a place in a document.
struct HoverText {
  let analysis: Analysis
  let facts: DocumentFacts?
  /// The findings in the document.
  let findings: [LocatedFinding]
  /// The documentation of a rule with the URI of its page.
  let describe: (_ rule: String) -> (rule: RuleMetadata, page: String?)?

  /// Returns what to show at an offset of the present text and the range that it is about; nil where nothing is known.
  func text(at offset: Int, isMarkdown: Bool) -> (markup: Markup, range: TextRange)? {
    guard analysis.isConfig, let tree = analysis.read?.file.tree else { return nil }
    var markup = Markup(isMarkdown: isMarkdown)
    let place = tree.place(at: offset)
    if let place { add(place, to: &markup) }
    let here = findings.filter { $0.range.start <= offset && offset <= $0.range.end && $0.range.count > 0 }
    for finding in here { add(finding, to: &markup) }
    guard !markup.isEmpty else { return nil }
    return (markup, place?.word ?? here.first?.range ?? TextRange(at: offset))
  }

  // MARK: - Private

  private func add(_ place: SyntaxPlace, to markup: inout Markup) {
    let dialect = analysis.dialects.recognize(place.document) ?? facts?.experiments.first?.lowered.dialect
    if let guide = dialect?.guide(at: place) {
      if let key = guide.key { markup.add(key, in: guide.title) }
      if place.side == .value, let value = guide.value { markup.add(value) }
    }
    guard let facts, let value = place.steps.last?.value, let start = facts.past(value.range.start) else { return }
    for (lowered, index) in facts.experiments {
      let experiment = lowered.experiment
      if place.side == .value, let key = facts.past(place.word.start) {
        add(layerAt: key, experiment, index, to: &markup)
      }
      add(statedAt: start, experiment, index, to: &markup)
      if place.side == .key { add(defaultsAt: start, experiment, index, to: &markup) }
    }
  }

  /// What a layer is and how large, where it is named.
  private func add(layerAt offset: Int, _ experiment: Experiment, _ index: Int, to markup: inout Markup) {
    guard
      let group = experiment.layerGroups(inSource: index).first(where: {
        $0.location.range.start <= offset && offset <= $0.location.range.end
      }), let layer = group.layers.first
    else { return }
    let kind = experiment.layers[layer].kind
    // A file that names the kind as we do had it explained as a word already.
    if group.layers.count == 1, !kind.summary.isEmpty, !markup.text.contains(kind.summary) {
      markup.add("\(markup.code(kind.rawValue)): \(kind.summary)")
    }
    let record = experiment.layers[group.layers.last ?? layer].facts
    var lines: [String] = []
    // The shape of the first of several inputs would not be that of what goes in.
    if experiment.layers[layer].inputs.count <= 1,
      let input = experiment.layers[layer].facts.value(LayerKeys.inputShape),
      let output = record.value(LayerKeys.outputShape)
    {
      lines.append("\(input.description) → \(output.description), without the batch axis")
    }
    if let size = experiment.sizeSummary(of: group, shape: false) { lines.append(size) }
    if let fanIn = record.value(LayerKeys.fanIn), let fanOut = record.value(LayerKeys.fanOut) {
      lines.append("fan-in \(fanIn.grouped), fan-out \(fanOut.grouped)")
    }
    if let gain = record.value(LayerKeys.initialGain) {
      lines.append("starts with \(gain.rounded3) times the deviation that keeps the signal's variance")
    }
    markup.add(list: lines)
  }

  /// What the value that is written there comes to.
  private func add(statedAt start: Int, _ experiment: Experiment, _ index: Int, to markup: inout Markup) {
    var lines: [String] = []
    for section in experiment.factSections() {
      for fact in section.facts {
        guard case .stated(let location) = fact.origin, location.source == index, location.range.start == start else {
          continue
        }
        let unit = FactGuide.of(fact.key, at: fact.record)?.unit.map { " (\($0))" } ?? ""
        lines.append("\(markup.code(fact.path)) = \(markup.code(fact.value.description))\(unit)")
      }
    }
    markup.add(list: Array(lines.prefix(Self.lineLimit)))
  }

  /// What holds since nothing is written of it in the section that a key opens.
  private func add(defaultsAt start: Int, _ experiment: Experiment, _ index: Int, to markup: inout Markup) {
    var lines: [String] = []
    for section in experiment.factSections() {
      guard let container = experiment.record(at: section.path)?.container, container.source == index,
        container.range.start == start
      else { continue }
      for fact in section.facts {
        guard case .default = fact.origin else { continue }
        let origin = experiment.description(of: fact.origin)
        lines.append("\(markup.code(fact.path)) = \(markup.code(fact.value.description)), \(origin)")
      }
    }
    guard !lines.isEmpty else { return }
    markup.add("not written, so:")
    markup.add(list: Array(lines.prefix(Self.lineLimit)))
  }

  private func add(_ finding: LocatedFinding, to markup: inout Markup) {
    let described = describe(finding.rule)
    let rule = markup.link(finding.rule, to: described?.page)
    markup.add("\(markup.strong(finding.severity.rawValue)) \(rule): \(finding.message)")
    if let confirmation = finding.confirmation { VerdictText(confirmation: confirmation).add(to: &markup) }
    if let reason = finding.untestable { markup.add("a dry run cannot test this: \(reason)") }
    if let help = finding.help { markup.add("help: \(help)") }
    if let docs = described?.rule.docs, let first = docs.firstParagraph { markup.add(first) }
  }

  /// A hover is for a glance; `epochzero facts` shows all.
  private static let lineLimit = 12
}

extension String {
  /// The first paragraph that is no heading.
  fileprivate var firstParagraph: String? {
    var lines: [Substring] = []
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      let isText = line.contains { $0 != " " } && !line.hasPrefix("#")
      if !isText, !lines.isEmpty { break }
      if isText { lines.append(line) }
    }
    return lines.isEmpty ? nil : lines.joined(separator: " ")
  }
}

extension Double {
  /// The number with three digits behind the point at most.
  fileprivate var rounded3: String { String((self * 1000).rounded() / 1000) }
}
