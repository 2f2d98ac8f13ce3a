import ConfigSyntax
import Experiment
import SourceText

/// Lowers one config that is a tree of objects.
struct ObjectTreeLowering {
  let family: TreeFamily
  let tree: ConfigTree
  /// Whether all parts of the config were found, so that an absent key is absent indeed.
  let isComplete: Bool
  var experiment: Experiment
  /// Where facts stand, or would; nil unless edits are to be made.
  var slots: [TreeSlot.Place: TreeSlot]?

  /// How many keys of a bundle may lead into the depth.
  private static let overrideLimit = 500

  init(_ document: SyntaxNode, _ family: TreeFamily, in context: LoweringContext, forEdits: Bool) {
    self.family = family
    slots = forEdits ? [:] : nil
    let sources: [SourceText]
    switch family {
    case .hydra, .nemo:
      let composition = HydraComposition(document, in: context)
      tree = ConfigTree(composition.sheets, references: family.references)
      sources = composition.sources
      // A file that is an object itself is one of a group, and others lie over it.
      isComplete = composition.isComplete && (family == .nemo || document[family.classKey] == nil)
    case .monai:
      var sheets = [ConfigTree.Sheet(prefix: [], node: document, source: 0)]
      for member in document.members {
        guard sheets.count < Self.overrideLimit, let path = IdentifierReference.path(ofKey: member.name) else {
          continue
        }
        sheets.append(ConfigTree.Sheet(prefix: path, node: member.value, source: 0))
      }
      tree = ConfigTree(sheets, references: family.references)
      sources = [document.tree.source]
      // A file of overrides is read behind the one that it changes.
      isComplete = sheets.count == 1
    case .lightning, .torchtune:
      let root =
        family == .lightning ? document["fit"].flatMap { $0.kind == .mapping ? $0 : nil } ?? document : document
      tree = ConfigTree([ConfigTree.Sheet(prefix: [], node: root, source: 0)], references: family.references)
      sources = [document.tree.source]
      isComplete = true
    }
    experiment = Experiment(dialect: family.rawValue, sources: sources)
    let place = document.location(source: 0)
    experiment.about = Record(container: place)
    experiment.about[ExperimentKeys.framework] = Fact(family.framework, .inferred(from: "the format", at: nil))
    experiment.training = Record(container: place)
    experiment.data = Record(container: place)
  }

  mutating func run() {
    setAbout(ExperimentKeys.name, from: tree.root, ["name", "task_name"])
    switch family {
    case .monai: lowerBundle()
    case .nemo: lowerNeMo()
    case .torchtune: lowerRecipe()
    case .lightning, .hydra: lowerLightning()
    }
  }

  // MARK: - Objects

  /// A mapping that names a class.
  struct Object {
    var node: TreeNode
    /// The class's name with its package.
    var name: String
    /// What holds the arguments.
    var arguments: TreeNode
  }

  /// Returns the object that a node is; nil for other nodes and for objects that are switched off.
  func object(_ node: TreeNode?) -> Object? {
    guard let node, node.isMapping, let name = node[family.classKey]?.resolved?.text, !name.isEmpty else { return nil }
    if node["_disabled_"].map({ $0.own?.node.boolean ?? true }) == true { return nil }
    return Object(node: node, name: name, arguments: family.argumentsKey.flatMap { node.value($0) } ?? node)
  }

  /// Returns the objects of the whole config, outer ones first; those that references lead to stand where they are written.
  func objects(below start: TreeNode? = nil) -> [Object] {
    var found: [Object] = []
    var waiting = [start ?? tree.root]
    var remaining = 4000
    while let node = waiting.popLast(), remaining > 0 {
      remaining -= 1
      if let object = object(node) { found.append(object) }
      guard node.path.count < 24 else { continue }
      let inner = node.isMapping ? node.members.filter { !Self.foreign.contains($0.name) } : node.elements
      waiting += inner.filter { $0.isMapping || $0.isSequence }.reversed()
    }
    return found
  }

  /// What configures Hydra itself.
  private static let foreign: Set<String> = ["hydra", "defaults", "callbacks", "logger"]

  // MARK: - Values

  /// Returns the fact that a node states, references followed; nil where it states none of the type.
  mutating func read<Value: FactRepresentable>(_ type: Value.Type, _ node: TreeNode?) -> Fact<Value>? {
    guard let node = node?.resolved, let value = Value(factValue(of: node)), let location = node.location else {
      return nil
    }
    noteTextForNumber(type, node)
    return Fact(value, .stated(location))
  }

  /// Sets a fact to what the first of the keys states, and remembers where that is.
  ///
  /// - Returns: Whether no key states anything, so that a default holds.
  @discardableResult
  mutating func set<Value: FactRepresentable>(
    _ key: FactKey<Value>,
    in record: inout Record,
    at path: RecordPath,
    from holder: TreeNode?,
    _ names: [String]
  ) -> Bool {
    guard let holder else { return false }
    var stated: TreeNode?
    for name in names {
      if let node = holder[name], stated == nil || stated?.isNull == true { stated = node }
    }
    if slots != nil, let own = holder.own {
      let target = stated?.resolved
      slots?[TreeSlot.Place(record: path, key: key.name)] = TreeSlot(
        stated: target?.own?.node,
        source: (target ?? holder).own?.source ?? own.source,
        container: own.node,
        containerSource: own.source,
        names: Array(names.prefix(1)),
        isKnown: stated == nil || target != nil
      )
    }
    guard let stated, !stated.isNull else { return true }
    if let fact = read(Value.self, stated) { record[key] = fact }
    return false
  }

  /// Sets a fact of training, as ``set(_:in:at:from:_:)``.
  @discardableResult
  mutating func setTraining<Value: FactRepresentable>(
    _ key: FactKey<Value>,
    from holder: TreeNode?,
    _ names: [String]
  ) -> Bool {
    var training = experiment.training
    let isAbsent = set(key, in: &training, at: RecordPath(.training), from: holder, names)
    experiment.training = training
    return isAbsent
  }

  /// Sets a fact of the experiment as a whole, as ``set(_:in:at:from:_:)``.
  mutating func setAbout<Value: FactRepresentable>(
    _ key: FactKey<Value>,
    from holder: TreeNode?,
    _ names: [String]
  ) {
    var about = experiment.about
    set(key, in: &about, at: RecordPath(.about), from: holder, names)
    experiment.about = about
  }

  /// Makes a record for what a node holds.
  func record(of node: TreeNode?) -> Record {
    Record(location: node?.location, container: node?.location)
  }

  /// A default of the framework, or of a package that it uses.
  func byDefault(_ framework: String? = nil, note: String? = nil) -> Origin {
    .default(DefaultSource(framework: framework ?? family.framework, note: note))
  }

  // MARK: - Private

  private func factValue(of node: TreeNode) -> FactValue {
    if node.isSequence {
      return .list(node.elements.map { element in element.resolved.map { factValue(of: $0) } ?? .unknown })
    }
    guard let own = node.own, !node.isMapping else { return .unknown }
    if family == .monai, let text = own.node.string, let literal = IdentifierReference.literal(text) {
      if let boolean = ["True": true, "False": false][literal] { return .boolean(boolean) }
      if let integer = Int(literal) { return .integer(integer) }
      return Double(literal).map { .number($0) } ?? .unknown
    }
    return switch own.node.pythonValue {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let value): .text(value)
    case .null, nil: .unknown
    }
  }

  /// Notes a number that PyYAML takes for text, where nothing after it makes it a number again.
  ///
  /// MONAI loads YAML with PyYAML's own loader (`ConfigParser.load_config_file`, 1.6.1). OmegaConf and jsonargparse have a resolver that
  /// takes `1e-4` for a number.
  private mutating func noteTextForNumber<Value>(_ type: Value.Type, _ node: TreeNode) {
    guard family == .monai, type == Double.self || type == Int.self, let own = node.own, let text = own.node.text,
      case .text? = own.node.yaml11Value, let pointed = YAML11Spelling.pointed(text)
    else { return }
    let problem = Problem(
      kind: .ambiguousNumber,
      message: "MONAI takes \"\(node.name): \(text)\" for text, not for a number",
      location: own.node.location(source: own.source),
      help: "YAML 1.1 readers want a point and a signed exponent: write \(pointed)",
      edits: [TextEdit(range: own.node.range, replacement: pointed)]
    )
    if !experiment.problems.contains(problem) { experiment.problems.append(problem) }
  }
}

/// Where a config states a fact, or would.
struct TreeSlot {
  /// A fact of the experiment.
  struct Place: Hashable {
    let record: RecordPath
    let key: String
  }

  /// The value as it stands, at the end of its references.
  var stated: SyntaxNode?
  /// The source of `stated`.
  var source: Int
  /// The mapping that a missing key goes into.
  var container: SyntaxNode?
  /// The source of `container`.
  var containerSource: Int
  /// The keys that lead from `container` to the value.
  var names: [String]
  /// Whether what stands there is a value, and no code that makes one.
  var isKnown = true
  /// The spelling of a value where it differs from that of the fact.
  var spelling: [FactValue: FactValue] = [:]
}
