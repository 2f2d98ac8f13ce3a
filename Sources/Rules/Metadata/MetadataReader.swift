import Experiment
import SourceText

/// Checks what a plugin says of itself.
struct MetadataReader {
  /// The version of the rule API that this host speaks.
  static let apiVersion = 1

  private let path: String
  private let table: LuaTable
  /// Made when a line is wanted only.
  private let outline: () -> PluginOutline

  init(path: String, table: LuaTable, outline: @escaping () -> PluginOutline) {
    self.path = path
    self.table = table
    self.outline = outline
  }

  /// Returns the metadata.
  ///
  /// - Parameters:
  ///   - hasCheck: Whether the table's `check` is a function.
  ///   - locatingExamples: Whether to find the lines of the examples, which takes a scan of the text.
  /// - Returns: What the plugin says of itself.
  /// - Throws: The first thing that is wrong.
  func read(hasCheck: Bool, locatingExamples: Bool) throws(PluginProblem) -> RuleMetadata {
    // A rule of another version may have other keys: say that first.
    try readVersion()
    try checkKeys()
    let reports = try readReports()
    if reports == nil, !hasCheck { throw missingCheck }
    let id = try readID()
    let severity = try readSeverity()
    return RuleMetadata(
      id: id,
      summary: PlainText.line(try text("summary", "one line: the problem that is looked for"), limit: 200),
      severity: severity,
      cause: try readCause(),
      options: try readOptions(),
      reports: reports,
      needs: try readNeeds(),
      probe: try readProbe(),
      untestable: try readUntestable(),
      docs: try text("docs", "Markdown: what it looks for, why it is bad, what to use instead"),
      examples: try readExamples(locating: locatingExamples),
      isOnByDefault: try readDefault(),
      path: path
    )
  }

  /// Says that the table has no function `check`.
  private var missingCheck: PluginProblem {
    let form = "a function(experiment, report, options)"
    return table["check"] == nil
      ? problem("id", "\"check\" is missing: \(form)") : problem("check", "\"check\" must be \(form)")
  }

  // MARK: - Keys

  private static let keys = [
    "api", "id", "summary", "severity", "cause", "options", "needs", "kinds", "docs", "check", "reports", "examples",
    "default", "probe", "untestable",
  ]

  private func problem(_ key: String?, _ message: String) -> PluginProblem {
    PluginProblem(path: path, line: key.flatMap(outline().line(of:)), message: message)
  }

  private func readVersion() throws(PluginProblem) {
    switch table["api"] {
    case nil: throw problem("id", "\"api\" is missing: write api = \(Self.apiVersion)")
    case .integer(Self.apiVersion): return
    case .integer(let version):
      throw problem(
        "api",
        "rule API version \(version) is not known here: this epochzero speaks version \(Self.apiVersion)"
      )
    default: throw problem("api", "\"api\" must be the number \(Self.apiVersion)")
    }
  }

  private func checkKeys() throws(PluginProblem) {
    if let name = table.names.first(where: { !Self.keys.contains($0) }) {
      throw problem(name, "a rule has no key \(Self.quoted(name))" + Self.meant(name, Self.keys))
    }
    if !table.elements.isEmpty || table.hasOtherKeys {
      throw problem(nil, "a rule has named values only, such as id = \"group/name\"")
    }
  }

  private func text(_ key: String, _ meaning: String) throws(PluginProblem) -> String {
    switch table[key] {
    case nil: throw problem("id", "\"\(key)\" is missing: \(meaning)")
    case .string(let text):
      guard text.contains(where: { !$0.isWhitespace }) else { throw problem(key, "\"\(key)\" is empty: \(meaning)") }
      return text
    case let value?: throw problem(key, "\"\(key)\" must be a string, not \(value.typeName)")
    }
  }

  private func readID() throws(PluginProblem) -> String {
    let id = try text("id", "\"group/name\"")
    guard RuleMetadata.isValidID(id) else {
      throw problem(
        "id",
        "the id \(Self.quoted(id)) is not of the form \"group/name\": lower case letters, digits and \"-\""
      )
    }
    return id
  }

  private func readSeverity() throws(PluginProblem) -> Severity {
    let name = try text("severity", "\"hint\", \"warning\" or \"error\"")
    guard let severity = Severity(rawValue: name) else {
      throw problem(
        "severity",
        "\"severity\" must be \"hint\", \"warning\" or \"error\", not \(Self.quoted(name))"
      )
    }
    return severity
  }

  private func readCause() throws(PluginProblem) -> Int? {
    switch table["cause"] {
    case nil: return nil
    case .integer(let cause) where (1...11).contains(cause): return cause
    default: throw problem("cause", "\"cause\" must be a number from 1 to 11, or left out")
    }
  }

  private func readDefault() throws(PluginProblem) -> Bool {
    switch table["default"] {
    case nil: return true
    case .boolean(let value): return value
    case let value?: throw problem("default", "\"default\" must be true or false, not \(value.typeName)")
    }
  }

  // MARK: - What it reports and needs

  private func readReports() throws(PluginProblem) -> Problem.Kind? {
    guard let value = table["reports"] else { return nil }
    let kinds = Problem.Kind.allCases.map(\.rawValue)
    guard let name = value.string else {
      throw problem("reports", "\"reports\" must be a kind of problem, such as \"unknown-key\", not \(value.typeName)")
    }
    guard let kind = Problem.Kind(rawValue: name) else {
      throw problem("reports", "no kind of problem is called \(Self.quoted(name))" + Self.meant(name, kinds))
    }
    for key in ["check", "needs", "kinds", "options", "probe"] where table[key] != nil {
      throw problem(key, "a rule that has \"reports\" says what it reports and can have no \"\(key)\"")
    }
    return kind
  }

  private func readNeeds() throws(PluginProblem) -> RuleNeeds {
    var needs = RuleNeeds()
    for paths in try words("needs", "a list of facts: { \"training.batch_size\" }") {
      guard let fact = NeededFact(paths: paths) else {
        let form = "write its path, such as \"training.batch_size\" or \"outputs.task = regression\""
        throw problem("needs", "\(Self.quoted(paths)) is no fact: \(form)")
      }
      needs.facts.append(fact)
    }
    for name in try words("kinds", "a list of kinds of layers: { \"dense\" }") {
      guard let kind = LayerKind(rawValue: name) else {
        let known = LayerKind.allCases.map(\.rawValue)
        throw problem("kinds", "no kind of layer is called \(Self.quoted(name))" + Self.meant(name, known))
      }
      needs.kinds.append(kind)
    }
    return needs
  }

  private func words(_ key: String, _ form: String) throws(PluginProblem) -> [String] {
    guard let value = table[key] else { return [] }
    guard let list = value.table?.list, !list.isEmpty else { throw problem(key, "\"\(key)\" must be \(form)") }
    var result: [String] = []
    for element in list {
      guard let word = element.string else { throw problem(key, "\"\(key)\" must be \(form)") }
      result.append(word)
    }
    return result
  }

  // MARK: - Dry runs

  private func readProbe() throws(PluginProblem) -> Probe? {
    guard let value = table["probe"] else { return nil }
    guard let name = value.string else {
      throw problem("probe", "\"probe\" must be what a dry run measures, such as \"dead_units\", not \(value.typeName)")
    }
    guard let probe = Probe(rawValue: name) else {
      let known = Probe.allCases.map(\.rawValue)
      let meant = Self.meant(name, known)
      let help = meant.isEmpty ? ": one of " + known.map { "\"\($0)\"" }.joined(separator: ", ") : meant
      throw problem("probe", "no probe is called \(Self.quoted(name))" + help)
    }
    return probe
  }

  private func readUntestable() throws(PluginProblem) -> String? {
    guard table["untestable"] != nil else { return nil }
    let reason = try text("untestable", "why no dry run can test what it reports without a trial")
    return PlainText.line(reason, limit: PlainText.messageLimit)
  }

  // MARK: - Options

  private func readOptions() throws(PluginProblem) -> [RuleOption] {
    guard let value = table["options"] else { return [] }
    guard case .table(let options) = value, options.elements.isEmpty, !options.hasOtherKeys else {
      throw problem("options", "\"options\" must be a table: { name = { type = ..., default = ..., help = ... } }")
    }
    var result: [RuleOption] = []
    for name in options.names {
      result.append(try readOption(name, options[name]))
    }
    return result
  }

  private func readOption(_ name: String, _ value: LuaValue?) throws(PluginProblem) -> RuleOption {
    func wrong(_ message: String) -> PluginProblem {
      let line = outline().line(of: name, in: "options") ?? outline().line(of: "options")
      return PluginProblem(path: path, line: line, message: "option \(Self.quoted(name)): \(message)")
    }
    guard let option = value?.table, option.elements.isEmpty else {
      throw wrong("it must be a table { type = ..., default = ..., help = ... }")
    }
    if let key = option.names.first(where: { !Self.optionKeys.contains($0) }) {
      throw wrong("an option has no key \(Self.quoted(key))" + Self.meant(key, Self.optionKeys))
    }
    let kinds = RuleOption.Kind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    guard let type = option["type"]?.string else { throw wrong("\"type\" is missing: one of \(kinds)") }
    guard let kind = RuleOption.Kind(rawValue: type) else {
      throw wrong("the type \(Self.quoted(type)) is not known: one of \(kinds)")
    }
    guard let given = option["default"] else { throw wrong("\"default\" is missing") }
    guard let defaultValue = FactValue(given).flatMap(kind.accept) else {
      throw wrong("the default is \(given.typeName), but the type is \"\(type)\"")
    }
    guard let help = option["help"]?.string, !help.isEmpty else { throw wrong("\"help\" is missing: what it changes") }
    return RuleOption(
      name: name,
      kind: kind,
      defaultValue: defaultValue,
      help: PlainText.line(help, limit: PlainText.messageLimit)
    )
  }

  private static let optionKeys = ["type", "default", "help"]

  // MARK: - Examples

  private func readExamples(locating isLocating: Bool) throws(PluginProblem) -> [RuleExample] {
    let form = "a list of { bad = [[...]], fixed = [[...]] } and { good = [[...]] }"
    guard let value = table["examples"] else { throw problem("id", "\"examples\" is missing: \(form)") }
    guard let list = value.table?.list else { throw problem("examples", "\"examples\" must be \(form)") }
    var result: [RuleExample] = []
    for (index, element) in list.enumerated() {
      result.append(try readExample(element, index, form))
    }
    let lines = isLocating ? outline().exampleKeys : []
    if lines.count == result.count {
      for index in result.indices { result[index].line = lines[index].textLine }
    }
    guard result.contains(where: { !$0.isGood }), result.contains(where: \.isGood) else {
      throw problem("examples", "\"examples\" needs at least one \"bad\" and one \"good\": they are the rule's tests")
    }
    return result
  }

  private func readExample(_ value: LuaValue, _ index: Int, _ form: String) throws(PluginProblem) -> RuleExample {
    func wrong(_ message: String) -> PluginProblem {
      let keys = outline().exampleKeys
      let line = keys.indices.contains(index) ? keys[index].line : outline().line(of: "examples")
      return PluginProblem(path: path, line: line, message: "example \(index + 1): \(message)")
    }
    guard let example = value.table, example.elements.isEmpty else { throw wrong("\"examples\" must be \(form)") }
    if let key = example.names.first(where: { !Self.exampleKeys.contains($0) }) {
      throw wrong("an example has no key \(Self.quoted(key))" + Self.meant(key, Self.exampleKeys))
    }
    for key in example.names where example[key]?.string == nil {
      throw wrong("\"\(key)\" must be a string")
    }
    switch (example["bad"]?.string, example["good"]?.string) {
    case (let bad?, nil):
      guard RuleExample.hasMark(bad) else {
        throw wrong("a \"bad\" example needs a mark \(RuleExample.mark) before each place where a finding must start")
      }
      return RuleExample(isGood: false, text: bad, fixed: example["fixed"]?.string, line: nil)
    case (nil, let good?):
      guard example["fixed"] == nil else { throw wrong("only a \"bad\" example can have \"fixed\"") }
      guard !RuleExample.hasMark(good) else {
        throw wrong("a \"good\" example has no findings, so it can have no mark \(RuleExample.mark)")
      }
      return RuleExample(isGood: true, text: good, fixed: nil, line: nil)
    default: throw wrong("an example has either \"bad\" or \"good\"")
    }
  }

  private static let exampleKeys = ["bad", "good", "fixed"]

  // MARK: - Words

  private static func quoted(_ name: String) -> String {
    "\"" + PlainText.line(name, limit: 60) + "\""
  }

  private static func meant(_ name: String, _ known: [String]) -> String {
    Spelling.nearest(to: name, among: known).map { ": did you mean \"\($0)\"?" } ?? ""
  }
}

extension RuleMetadata {
  /// Whether a text is an id: two kebab-case words with a slash between them.
  package static func isValidID(_ id: String) -> Bool {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && id.utf8.count <= 80
      && parts.allSatisfy { part in
        part.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
          !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
      }
  }
}

extension RuleOption.Kind {
  /// Returns the value as one of this type, or nil when it is of another.
  func accept(_ value: FactValue) -> FactValue? {
    switch (self, value) {
    case (.integer, .integer), (.number, .integer), (.number, .number), (.boolean, .boolean), (.string, .text): value
    case (.integer, .number(let number)): Int(exactly: number).map(FactValue.integer)
    case (.list, .list(let elements)): elements.allSatisfy(\.isScalar) ? value : nil
    default: nil
    }
  }

  /// The type in words, as in "must be a list".
  package var words: String {
    switch self {
    case .number: "a number"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .string: "a string"
    case .list: "a list"
    }
  }
}

extension FactValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .boolean, .integer, .number, .text: true
    case .list, .unknown, .deferred, .record: false
    }
  }
}
