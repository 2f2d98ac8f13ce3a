import ConfigSyntax
import Experiment
import SourceText

/// Turns one config into an experiment, and remembers where each fact stands for edits.
struct LudwigLowering {
  let config: SyntaxNode
  let version: LudwigVersion
  let source = 0
  var experiment: Experiment
  /// Where the facts stand, or would; nil where nobody is going to edit the file.
  var slots: [LudwigSlot.Place: LudwigSlot]?
  /// The parameters that a hyperparameter search decides, by their dotted names.
  let searched: [String: SyntaxNode]
  /// The layers of each input's encoder, by the input's name; for tied inputs.
  var encoders: [String: EncoderLayers] = [:]

  /// Where the layers of an encoder stand: from `first` to before `end`; what comes out of it is `last`.
  struct EncoderLayers {
    var first: Int
    var end: Int
    var last: Int
  }

  init(_ config: SyntaxNode, version told: FrameworkVersions.Version?, forEdits: Bool) {
    self.config = config
    slots = forEdits ? [:] : nil
    version = LudwigVersion(of: config, told: told)
    experiment = Experiment(dialect: "ludwig", sources: [config.tree.source])
    var searched: [String: SyntaxNode] = [:]
    for member in config["hyperopt"]?["parameters"]?.members ?? [] { searched[member.name] = member.value }
    self.searched = searched
  }

  /// Lowers the config.
  mutating func run() {
    let location = config.location(source: source)
    experiment.about.location = location
    experiment.about.container = location
    let root = LudwigSection(root: config)
    lowerAbout(root)
    let isNetwork = experiment.about.value(ExperimentKeys.modelType) == "network"
    let isTrees = experiment.about.value(ExperimentKeys.modelType) == "trees"
    let inputs = lowerInputs(root, asLayers: !isTrees, encoded: isNetwork)
    let trunk: Int? =
      if isNetwork {
        lowerCombiner(root, inputs: inputs)
      } else if isTrees {
        nil
      } else {
        lowerLanguageModel(root, inputs: inputs.compactMap(\.last))
      }
    lowerOutputs(root, trunk: trunk, model: isNetwork ? .network : isTrees ? .trees : .languageModel)
    lowerTraining(root, isTrees: isTrees)
    lowerData(root)
    checkKeys()
    checkIgnoredKeys()
    checkNumbers()
    if experiment.layers.contains(where: { $0.facts.value(LayerKeys.pretrained) == true }) {
      experiment.about.setIfUnknown(ExperimentKeys.fineTuned, true, .inferred(from: "pretrained weights", at: nil))
    }
    dropRepeatedProblems()
  }

  // MARK: - Reading

  /// What a key says.
  enum Reading<Value> {
    case stated(Value, SyntaxNode)
    case deferred(String, SyntaxNode)
    case null(SyntaxNode)
    case absent
    /// Something that was noted as a problem.
    case invalid
  }

  /// Reads the first of the keys that the file states.
  mutating func read<Value: FactRepresentable>(
    _ type: Value.Type,
    _ keys: [LudwigKey],
    words: LudwigTable? = nil
  ) -> Reading<Value> {
    for key in keys {
      for path in key.section.searchPaths where !searched.isEmpty {
        for name in key.names {
          guard let space = searched["\(path).\(name)"] else { continue }
          return .deferred(Self.searchText(space), space)
        }
      }
      guard let member = key.section.member(key.names) else { continue }
      return read(type, member, words: words)
    }
    return .absent
  }

  /// Sets a fact to what the first of the keys says, else to Ludwig's default, and notes the fact's place.
  ///
  /// `words` has the standard word of each word that Ludwig allows. `null` is what null means, nil where it means the
  /// default; `since` is the first release with that default, where it changed.
  mutating func set<Value: FactRepresentable>(
    _ key: FactKey<Value>,
    in record: inout Record,
    at path: RecordPath,
    from keys: [LudwigKey],
    words: LudwigTable? = nil,
    null: Value? = nil,
    default: Value? = nil,
    since: String? = nil,
    note: String? = nil
  ) {
    let reading = read(Value.self, keys, words: words)
    noteSlot(path, key.name, reading: reading, keys: keys, words: words, null: null)
    switch reading {
    case .stated(let value, let node): record[key] = Fact(value, stated(node))
    case .deferred(let text, let node): record[name: key.name] = Fact(.deferred(text), stated(node))
    case .null(let node):
      if let null { record[key] = Fact(null, stated(node)) } else { fallthrough }
    case .absent:
      if let `default` { record[key] = Fact(`default`, Self.default(since: since, note: note)) }
    case .invalid: break
    }
  }

  /// Sets a fact whose default depends on the release, unless the file says the fact.
  func noteDependence(_ name: String, in record: inout Record, _ defaults: String) {
    if record[name: name] == nil { record[name: name] = Fact(.depending(onVersion: defaults), Self.default()) }
  }

  /// Remembers where a fact stands, or would.
  mutating func noteSlot<Value: FactRepresentable>(
    _ path: RecordPath,
    _ name: String,
    reading: Reading<Value>,
    keys: [LudwigKey],
    words: LudwigTable? = nil,
    null: Value? = nil
  ) {
    guard slots != nil, let first = keys.first else { return }
    var slot = LudwigSlot(stated: nil, key: first, words: words.map(inverted) ?? [:])
    if case .text(let word)? = null?.factValue { slot.null = word }
    switch reading {
    case .stated(_, let node), .null(let node): slot.stated = node
    case .deferred, .invalid: return
    case .absent: break
    }
    slots?[LudwigSlot.Place(record: path, key: name)] = slot
  }

  /// Remembers where a word stands that the layers follow from, such as a feature's type; one that is absent has no place.
  mutating func noteWord(_ name: String, of record: RecordPath, at node: SyntaxNode?, in section: LudwigSection) {
    guard slots != nil, let node, node.kind == .scalar, !node.isNull else { return }
    slots?[LudwigSlot.Place(record: record, key: name)] = LudwigSlot(stated: node, key: section.key("type"))
  }

  func stated(_ node: SyntaxNode) -> Origin {
    .stated(node.location(source: source))
  }

  static func `default`(since: String? = nil, note: String? = nil) -> Origin {
    .default(DefaultSource(framework: "Ludwig", since: since, note: note))
  }

  // MARK: - Problems

  mutating func note(
    _ kind: Problem.Kind,
    _ message: String,
    at node: SyntaxNode,
    fact: String? = nil,
    help: String? = nil,
    edits: [TextEdit] = []
  ) {
    let location = node.location(source: source)
    experiment.problems.append(
      Problem(kind: kind, message: message, location: location, fact: fact, help: help, edits: edits)
    )
  }

  // MARK: - Private

  private mutating func read<Value: FactRepresentable>(
    _ type: Value.Type,
    _ member: SyntaxNode.Member,
    words: LudwigTable?
  ) -> Reading<Value> {
    let node = member.value
    if node.isNull { return .null(node) }
    if node.string?.lowercased() == "auto" { return .deferred("auto", node) }
    if node.kind == .mapping, node["space"] != nil { return .deferred(Self.searchText(node), node) }
    if let words, let word = node.string {
      guard let standard = words[word] ?? words[word.lowercased()] else {
        noteUnknownWord(word, at: node, key: member.name, words: words.words)
        return .invalid
      }
      if let value = Value(.text(standard)) { return .stated(value, node) }
    }
    let meaning = Self.meaning(of: node, as: type, source: source)
    guard let value = Value(meaning) else {
      // Before 0.3 layers said whether to drop, and "dropout_rate" of "training" how much.
      let isSwitch = type == Double.self && member.name.hasSuffix("dropout") && node.boolean != nil
      if isSwitch, version.mayBeBeforeTorch { return .invalid }
      note(
        .wrongType,
        "\"\(member.name)\" must be \(Self.wanted(type)), not \(node.typeDescription)",
        at: node,
        help: isSwitch ? "since 0.3 it is the share that is dropped: write \"\(member.name): 0.2\", or 0 for none" : nil
      )
      return .invalid
    }
    if type == Int.self || type == Double.self, meaning != FactValue(node, source: source) {
      noteOldInteger(member, read: meaning)
    }
    return .stated(value, node)
  }

  /// Notes a word that is not known; where newer releases may know it, only if it is near one that is.
  mutating func noteUnknownWord(
    _ word: String,
    at node: SyntaxNode,
    key: String,
    words: some Sequence<String>,
    isOpen: Bool = true
  ) {
    let nearest = Spelling.nearest(to: word, among: words)
    guard nearest != nil || !isOpen else { return }
    note(
      .invalidValue,
      "\"\(word)\" is not a known value of \"\(key)\"",
      at: node,
      help: nearest.map { "did you mean \"\($0)\"?" },
      edits: nearest.map { [node.replacingText(with: $0)] } ?? []
    )
  }

  /// What a search space looks like, on one line.
  private static func searchText(_ space: SyntaxNode) -> String {
    guard space.kind == .mapping else { return space.text ?? "a search" }
    let parts = space.members.compactMap { member -> String? in
      let value = member.value.text ?? member.value.elements.compactMap(\.text).joined(separator: ", ")
      return member.name == "space" ? value : value.isEmpty ? nil : "\(member.name) \(value)"
    }
    return parts.joined(separator: " ")
  }

  private static func wanted<Value: FactRepresentable>(_ type: Value.Type) -> String {
    switch type {
    case is Bool.Type: "true or false"
    case is Int.Type: "an integer"
    case is Double.Type: "a number"
    case is String.Type: "text"
    default: "a list"
    }
  }

  /// The word to write for each meaning: the current one, else the meaning itself, else the first of the alphabet.
  private func inverted(_ words: LudwigTable) -> [String: String] {
    var result: [String: String] = [:]
    for (word, meaning) in words.entries.sorted(by: { $0.0 > $1.0 }) where result[meaning] != meaning {
      result[meaning] = word
    }
    guard version.isAtLeast(0, 5) else { return result }
    for (meaning, word) in LudwigWords.currentSpellings.entries where words[word] == meaning {
      result[meaning] = word
    }
    return result
  }

  private mutating func dropRepeatedProblems() {
    guard experiment.problems.count > 1 else { return }
    var seen: Set<Problem> = []
    experiment.problems = experiment.problems.filter { seen.insert($0).inserted }
  }
}
