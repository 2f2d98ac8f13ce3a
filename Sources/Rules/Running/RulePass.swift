import Experiment
import SourceText

/// A run of the rules over one experiment: gathers what the rule that runs reports, and answers what it asks.
final class RulePass: LuaReceiver {
  /// More findings than anybody reads, or a rule that loops.
  static let findingLimit = 2000

  /// What the rule reported so far.
  private(set) var findings: [Finding] = []
  let experiment: Experiment
  private var rule: LoadedRule
  /// The severity that settings give the rule.
  private var severity: Severity
  private let references: [LuaReference]

  /// Makes a pass, for the run of a first rule.
  init(_ rule: LoadedRule, severity: Severity, experiment: Experiment, references: [LuaReference]) {
    self.rule = rule
    self.severity = severity
    self.experiment = experiment
    self.references = references
  }

  /// Forgets what was reported, for a run of a rule.
  func begin(_ rule: LoadedRule, severity: Severity) {
    findings = []
    self.rule = rule
    self.severity = severity
  }

  func report(_ value: LuaValue) throws(RuleError) {
    guard findings.count < Self.findingLimit else {
      throw RuleError("it reports more than \(Self.findingLimit) findings")
    }
    guard case .table(let report) = value else {
      throw RuleError("\"report\" takes a table: report { at = ..., message = \"...\" }")
    }
    try report.checkKeys(Self.reportKeys, of: "report")
    let place = try place(report["at"], of: "report")
    // One key may be what several layers are made from: saying so of the first is enough.
    if try report.flag("once") ?? false, let location = place.location,
      findings.contains(where: { $0.location == location })
    {
      return
    }
    guard let message = try report.text("message"), !message.isEmpty else {
      throw RuleError("a report needs a \"message\"")
    }
    let metadata = rule.metadata
    var finding = Finding(
      rule: metadata.id,
      severity: try severity(report.text("severity")),
      message: message,
      location: place.location,
      help: try report.text("help") ?? place.problem?.help
    )
    finding.related = (place.problem?.related ?? []) + (try related(report["related"]))
    let fix = Fix(
      edits: try edits(report["fix"], of: "fix"),
      textEdits: place.problem?.edits ?? [],
      isSafe: try report.flag("safe") ?? true
    )
    if !fix.edits.isEmpty || !fix.textEdits.isEmpty { finding.fix = fix }
    finding.trial = try trial(report, fix: fix.edits)
    if finding.canConfirm { finding.probe = metadata.probe } else { finding.untestable = metadata.untestable }
    findings.append(finding)
  }

  private static let reportKeys = [
    "at", "message", "help", "severity", "fix", "safe", "related", "confirm", "trial", "once",
  ]

  /// Returns the severity of a report, which may be milder than its rule.
  ///
  /// Settings that replace the rule's severity leave a milder report as mild.
  private func severity(_ name: String?) throws(RuleError) -> Severity {
    guard let name else { return severity }
    guard let stated = Severity(rawValue: name) else {
      throw RuleError("\"severity\" must be \"hint\", \"warning\" or \"error\", not \"\(name)\"")
    }
    guard stated <= rule.severity else {
      throw RuleError(
        "a report may only lower its rule's severity, \"\(rule.severity.rawValue)\", not raise it to \"\(name)\""
      )
    }
    return stated < rule.severity ? min(stated, severity) : severity
  }

  private func related(_ value: LuaValue?) throws(RuleError) -> [Related] {
    guard let value, !value.isNothing else { return [] }
    let mistake = RuleError("\"related\" must be a list: { { at = ..., message = \"...\" } }")
    guard let list = value.table?.list else { throw mistake }
    var result: [Related] = []
    for element in list {
      guard case .table(let entry) = element else { throw mistake }
      try entry.checkKeys(["at", "message"], of: "related place")
      guard let message = try entry.text("message") else { throw RuleError("a related place needs a \"message\"") }
      if let location = try place(entry["at"], of: "related place").location {
        result.append(Related(message: message, location: location))
      }
    }
    return result
  }

  // MARK: - Places

  /// Where a report stands; what is unknown leads to the experiment as a whole.
  private func place(
    _ value: LuaValue?,
    of what: String
  ) throws(RuleError) -> (location: SourceLocation?, problem: Problem?) {
    switch value {
    case nil, .nothing:
      return (experiment.location(of: RecordPath(.about)), nil)
    case .reference(let id):
      guard case .problem(let index) = try reference(id) else { return (experiment.location(of: try path(id)), nil) }
      let problem = experiment.problems[index]
      return (problem.location, problem)
    case .table(let pair) where pair.isPair:
      switch (pair[1], pair[2]) {
      case (.reference(let id), .string(let key)): return (experiment.location(of: try path(id), key: key), nil)
      case (.reference(let id), nil): return (experiment.location(of: try path(id)), nil)
      case (nil, .string), (nil, nil): return (experiment.location(of: RecordPath(.about)), nil)
      default: break
      }
    default: break
    }
    throw RuleError("the \"at\" of a \(what) must be a record, { record, \"key\" } or a problem")
  }

  private func reference(_ id: Int) throws(RuleError) -> LuaReference {
    guard references.indices.contains(id) else { throw RuleError("a list is no record: give one of its elements") }
    return references[id]
  }

  /// Returns the path of the record that an id stands for.
  func path(_ id: Int) throws(RuleError) -> RecordPath {
    switch try reference(id) {
    case .record(let root): return RecordPath(root)
    case .nested(let outer, let key): return try path(outer).appending(key)
    case .problem: throw RuleError("a problem has no facts: give a record of the experiment")
    }
  }

  // MARK: - Fixes

  /// Returns what a dry run trains to test a report: its `trial`, else with `confirm` what its fix does.
  private func trial(_ report: LuaTable, fix: [ExperimentEdit]) throws(RuleError) -> [ExperimentEdit] {
    let trial = try edits(report["trial"], of: "trial")
    let confirms = try report.flag("confirm")
    if confirms == false { return [] }
    guard confirms == true, trial.isEmpty else { return trial }
    guard !fix.isEmpty else {
      throw RuleError("\"confirm\" needs a change to train: give a \"trial\" or a \"fix\"")
    }
    return fix
  }

  private func edits(_ value: LuaValue?, of what: String) throws(RuleError) -> [ExperimentEdit] {
    guard let value, !value.isNothing else { return [] }
    let mistake = RuleError("a \"\(what)\" must be set(record, \"key\", value) or a list of them")
    guard case .table(let table) = value else { throw mistake }
    if table["record"] != nil { return [try edit(table, mistake)] }
    guard table.fields.isEmpty, !table.hasOtherKeys else { throw mistake }
    var result: [ExperimentEdit] = []
    // A `set` on something unknown is nil and leaves a hole in the list.
    for (_, element) in table.elements.sorted(by: { $0.index < $1.index }) {
      guard case .table(let table) = element else { throw mistake }
      result.append(try edit(table, mistake))
    }
    return result
  }

  private func edit(_ table: LuaTable, _ mistake: RuleError) throws(RuleError) -> ExperimentEdit {
    guard case .reference(let id) = table["record"], let key = table["key"]?.string, let value = table["value"] else {
      throw mistake
    }
    guard let fact = FactValue(value) else {
      throw RuleError("\"set\" cannot give \"\(key)\" \(value.typeName): a boolean, number, string or list is needed")
    }
    let edit = ExperimentEdit(record: try path(id), key: key, value: fact)
    if edit.isOfKind, edit.newKind == nil {
      let known = LayerKind.allCases.map(\.rawValue)
      let meant = value.string.flatMap { Spelling.nearest(to: $0, among: known) }.map { ": did you mean \"\($0)\"?" }
      throw RuleError("\"set\" can make a layer of another kind only by the kind's name" + (meant ?? ""))
    }
    return edit
  }
}

extension LuaValue {
  fileprivate var isNothing: Bool {
    if case .nothing = self { true } else { false }
  }
}

extension LuaTable {
  fileprivate var isPair: Bool {
    fields.isEmpty && !hasOtherKeys && elements.allSatisfy { $0.index == 1 || $0.index == 2 }
  }

  fileprivate func checkKeys(_ known: [String], of what: String) throws(RuleError) {
    if let name = names.first(where: { !known.contains($0) }) {
      let meant = Spelling.nearest(to: name, among: known).map { ": did you mean \"\($0)\"?" } ?? ""
      throw RuleError("a \(what) has no key \"\(PlainText.line(name, limit: 60))\"\(meant)")
    }
    if !elements.isEmpty || hasOtherKeys {
      throw RuleError("a \(what) has named values only, such as \"at = ...\" and \"message = ...\"")
    }
  }

  fileprivate func text(_ key: String) throws(RuleError) -> String? {
    switch self[key] {
    case nil, .nothing: return nil
    case .string(let text): return PlainText.line(text, limit: PlainText.messageLimit)
    case let value?: throw RuleError("\"\(key)\" must be a string, not \(value.typeName)")
    }
  }

  fileprivate func flag(_ key: String) throws(RuleError) -> Bool? {
    switch self[key] {
    case nil, .nothing: return nil
    case .boolean(let value): return value
    case let value?: throw RuleError("\"\(key)\" must be true or false, not \(value.typeName)")
    }
  }
}

extension FactValue {
  /// A value that a rule gives; nil for what the IR cannot hold.
  init?(_ value: LuaValue) {
    switch value {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(value)
    case .table(let table):
      guard let list = table.list else { return nil }
      var elements: [FactValue] = []
      for element in list {
        guard let element = FactValue(element) else { return nil }
        elements.append(element)
      }
      self = .list(elements)
    case .nothing, .function, .reference: return nil
    }
  }
}

extension Experiment {
  /// Where a finding on a record stands: at the record, else at the nearest one around it that has a place.
  func location(of path: RecordPath) -> SourceLocation? {
    if let location = record(at: path)?.location { return location }
    guard let key = path.nested.last else {
      return path.root == .about ? nil : location(of: RecordPath(.about))
    }
    let outer = RecordPath(path.root, nested: Array(path.nested.dropLast()))
    return record(at: outer)?[name: key]?.origin.location ?? location(of: outer)
  }

  /// Where a finding on a fact stands: at its value when a file states it, else at what it was inferred from or the record.
  func location(of path: RecordPath, key: String) -> SourceLocation? {
    record(at: path)?[name: key]?.origin.location ?? location(of: path)
  }
}
