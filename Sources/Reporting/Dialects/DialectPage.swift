import Dialects
import Experiment
package import Rules

/// The documentation of dialects as Markdown: what each can say, which rules have something to say of it, where its defaults were read.
package enum DialectPage {
  /// The page's path below the folder of the documentation.
  package static let path = "dialects.md"

  /// Returns the page; the rules were loaded to be described.
  package static func render(_ rules: [RuleMetadata]) -> String {
    let examples = DialectExamples(of: rules)
    let dialects = DialectSet.bundled.all
    var text = "<!-- Written by scripts/generate-docs from the dialects and rules themselves. -->\n\n# Dialects\n\n"
    text += """
      \(dialects.count) ways of writing experiments down are known. A file is recognised by what is in it, not by its name. "Facts" are what its keys say, what the
      framework does without them, and what follows; `epochzero facts FILE` shows them with their source. "Rules" are those that find something in
      such files; the rules about syntax and about comments hold for all. A dialect that a file describes is linked to it, and your own is written in the same way:
      [writing-dialects.md](writing-dialects.md).

      | dialect | of | facts | rules |
      | --- | --- | --- | --- |

      """
    let entries = dialects.map { Entry($0, rules, examples) }
    for entry in entries {
      let counts = [entry.facts.count, entry.rules.count].map { $0 > 0 ? "\($0)" : "" }
      let cells = ["[\(entry.name)](#\(entry.name))", entry.title] + counts
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    for entry in entries { text += "\n" + entry.section }
    return text
  }
}

/// What the page says of one dialect.
private struct Entry {
  let name: String
  let title: String
  let facts: [String]
  let rules: [RuleMetadata]
  private let summary: String
  private let layerKinds: [LayerKind]
  private let sources: [String]

  init(_ dialect: any Dialect, _ all: [RuleMetadata], _ examples: DialectExamples) {
    name = dialect.name
    sources = dialect.sources
    let seen = examples.seen[dialect.name] ?? DialectExamples.Seen()
    if let mapped = dialect as? MappedDialect {
      let definition = mapped.definition
      let scope = mapped.scope
      title = definition.title
      summary =
        (definition.summary.map { "\($0). " } ?? "")
        + "Described by [`dialects/\(name).yaml`](../dialects/\(name).yaml)."
      facts = Set(scope.facts.map(\.name)).sorted()
      layerKinds = scope.layerKinds
      let reach = Reach(scope, derivedOfLayers: examples.derivedOfLayers)
      rules = all.filter { seen.rules.contains($0.id) || reach.allows($0) }
    } else {
      title = seen.framework ?? name
      summary =
        seen.stated.isEmpty
        ? "Read by code. No rule has an example in this dialect, so its facts and rules are not listed."
        : "Read by code; the facts are those of the rules' examples in this dialect."
      facts = seen.stated.sorted()
      layerKinds = seen.kinds
      rules = all.filter { seen.rules.contains($0.id) || seen.allows($0) }
    }
  }

  var section: String {
    var text = "## \(name)\n\n\(title). \(summary)\n\n"
    if !sources.isEmpty {
      text += "Defaults were read in " + sources.map { "`\($0)`" }.joined(separator: ", ") + ".\n\n"
    }
    if !facts.isEmpty { text += "Facts: " + facts.map { "`\($0)`" }.joined(separator: ", ") + ".\n" }
    if !layerKinds.isEmpty {
      text += "\nLayers: " + layerKinds.map { "`\($0.rawValue)`" }.joined(separator: ", ") + ".\n"
    }
    let links = rules.filter { !Self.groupsOfAll.contains($0.group) }.map { "[\($0.id)](rules/\($0.id).md)" }
    if !links.isEmpty { text += "\nRules: " + links.joined(separator: ", ") + ".\n" }
    return text
  }

  /// Groups whose rules speak of every text.
  private static let groupsOfAll: Set<String> = ["suppression"]
}

/// What the examples of rules tell of the dialects that they are written in.
private struct DialectExamples {
  struct Seen {
    var framework: String?
    /// The paths of facts before anything is derived, and after.
    var stated: Set<String> = []
    var known: Set<String> = []
    var kinds: [LayerKind] = []
    /// The rules that have a bad example.
    var rules: Set<String> = []

    /// Whether all that a rule needs has been seen.
    func allows(_ rule: RuleMetadata) -> Bool {
      guard rule.reports == nil, !rule.needs.facts.isEmpty || !rule.needs.kinds.isEmpty else { return false }
      return (rule.needs.kinds.isEmpty || rule.needs.kinds.contains(where: kinds.contains))
        && rule.needs.facts.allSatisfy { fact in
          ([fact] + fact.alternatives).contains { known.contains($0.name) }
        }
    }
  }

  var seen: [String: Seen] = [:]
  /// The facts of layers that are worked out, whatever the dialect.
  var derivedOfLayers: Set<String> = []

  init(of rules: [RuleMetadata]) {
    for rule in rules {
      for example in rule.examples { add(example, of: rule) }
    }
  }

  private mutating func add(_ example: RuleExample, of rule: RuleMetadata) {
    for (document, dialect) in example.known {
      var seen = self.seen[dialect.name] ?? Seen()
      if !example.isGood { seen.rules.insert(rule.id) }
      for experiment in dialect.lower(document, in: LoweringContext()) {
        seen.framework = seen.framework ?? experiment.about.value(ExperimentKeys.framework)
        let stated = experiment.factNames
        var derived = experiment
        derived.derive()
        let known = derived.factNames
        seen.stated.formUnion(stated)
        seen.known.formUnion(known)
        derivedOfLayers.formUnion(known.subtracting(stated).filter { $0.hasPrefix("layers.") })
        for layer in derived.layers where !seen.kinds.contains(layer.kind) { seen.kinds.append(layer.kind) }
      }
      self.seen[dialect.name] = seen
    }
  }
}

/// What can be known of the configs of a mapped dialect.
private struct Reach {
  private let facts: [String: [FactValue]?]
  private let kinds: [LayerKind]
  private let problems: Set<Problem.Kind>

  init(_ scope: DialectScope, derivedOfLayers: Set<String>) {
    kinds = scope.layerKinds
    problems = scope.problems
    var facts: [String: [FactValue]?] = [:]
    for fact in scope.facts { facts[fact.name] = .some(fact.values) }
    func has(_ names: String...) -> Bool { names.allSatisfy { facts[$0] != nil } }
    if has("data.samples", "training.batch_size") { facts["about.steps_per_epoch"] = .some(nil) }
    if has("training.steps") || has("training.epochs", "data.samples", "training.batch_size") {
      facts["about.total_steps"] = .some(nil)
    }
    if has("outputs.loss") { facts["outputs.loss_expects"] = .some(nil) }
    if !kinds.isEmpty {
      let ofNetwork = ["parameters", "weight_depth", "has_skips", "has_normalization", "plain"].map { "about.\($0)" }
      let ofOutputs = ["outputs.units", "outputs.activation", "outputs.activations"]
      for name in ofNetwork + ofOutputs + derivedOfLayers where facts[name] == nil { facts[name] = .some(nil) }
    }
    self.facts = facts
  }

  func allows(_ rule: RuleMetadata) -> Bool {
    if let kind = rule.reports { return problems.contains(kind) }
    let needs = rule.needs
    guard !needs.facts.isEmpty || !needs.kinds.isEmpty else { return false }
    return (needs.kinds.isEmpty || needs.kinds.contains(where: kinds.contains))
      && needs.facts.allSatisfy { fact in ([fact] + fact.alternatives).contains(where: isPossible) }
  }

  private func isPossible(_ fact: NeededFact) -> Bool {
    guard let values = facts[fact.name] else { return false }
    return values.map { $0.contains { fact.condition?.accepts($0) ?? true } } ?? true
  }
}

extension NeededFact {
  /// The path with the part in front, such as `training.optimizer.name` and `about.total_steps`.
  fileprivate var name: String { ([part.rawValue] + [record, key].compactMap(\.self)).joined(separator: ".") }
}

extension DialectScope.Fact {
  fileprivate var name: String { record.kindName + "." + key }
}

extension RecordPath {
  /// The path without the numbers of layers, inputs and outputs, and without the names of columns.
  fileprivate var kindName: String {
    let root =
      switch root {
      case .about: "about"
      case .input: "inputs"
      case .layer: "layers"
      case .output: "outputs"
      case .training: "training"
      case .data: "data"
      }
    let isOfColumn = self.root == .data && nested.first == DataKeys.columns.name && nested.count > 1
    return ([root] + (isOfColumn ? [DataKeys.columns.name, "*"] + nested.dropFirst(2) : nested)).joined(separator: ".")
  }
}

extension Experiment {
  /// The paths of all facts, without the numbers of layers, inputs and outputs.
  fileprivate var factNames: Set<String> {
    Set(factSections().flatMap(\.facts).map { "\($0.record.kindName).\($0.key)" })
  }
}
