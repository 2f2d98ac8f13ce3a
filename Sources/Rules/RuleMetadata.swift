package import Experiment

/// What a plugin says of itself, checked.
package struct RuleMetadata: Hashable, Sendable {
  package var id: String
  /// One line: the problem that is looked for.
  package var summary: String
  package var severity: Severity
  /// The number of the cause in the list of eleven; nil for `files` and `shape`.
  package var cause: Int?
  package var options: [RuleOption]
  /// The kind of problems that the rule reports; such a rule has no check.
  package var reports: Problem.Kind?
  /// What must be there for the check to be called.
  package var needs: RuleNeeds
  /// What explains the rule's findings in a dry run.
  package var probe: Probe?
  /// Why no dry run can test findings of the rule that have no trial: the rest of "a dry run cannot test this: ...".
  package var untestable: String?
  /// Markdown sections: what, why, use instead, when to ignore, references.
  package var docs: String
  package var examples: [RuleExample]
  /// Whether it runs unless settings say otherwise.
  package var isOnByDefault: Bool
  /// The file it came from.
  package var path: String

  package init(
    id: String,
    summary: String,
    severity: Severity,
    cause: Int?,
    options: [RuleOption],
    reports: Problem.Kind? = nil,
    needs: RuleNeeds = RuleNeeds(),
    probe: Probe? = nil,
    untestable: String? = nil,
    docs: String = "",
    examples: [RuleExample] = [],
    isOnByDefault: Bool,
    path: String
  ) {
    self.id = id
    self.summary = summary
    self.severity = severity
    self.cause = cause
    self.options = options
    self.reports = reports
    self.needs = needs
    self.probe = probe
    self.untestable = untestable
    self.docs = docs
    self.examples = examples
    self.isOnByDefault = isOnByDefault
    self.path = path
  }

  /// The first part of the id.
  package var group: String { String(decoding: id.utf8.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self) }
}

/// An option a rule takes.
package struct RuleOption: Hashable, Sendable {
  /// The type of an option's value.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case number, integer, boolean, string, list
  }

  package var name: String
  package var kind: Kind
  package var defaultValue: FactValue
  package var help: String

  package init(name: String, kind: Kind, defaultValue: FactValue, help: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.help = help
  }
}

/// An example of a rule, which is also a test of it.
package struct RuleExample: Hashable, Sendable {
  /// Stands in a bad example before each place where a finding must start.
  package static let mark = "1️⃣"

  /// Returns whether a text has a mark; it looks at bytes, since a search by characters is slow.
  static func hasMark(_ text: String) -> Bool {
    let mark = Array(mark.utf8)
    let bytes = Array(text.utf8)
    return bytes.indices.contains { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
  }

  /// Whether the rule must stay silent on it.
  package var isGood: Bool
  /// A config of any dialect.
  ///
  /// In a bad example `1️⃣` stands before each place where a finding must start.
  package var text: String
  /// What a bad example is once its fixes are made.
  package var fixed: String?
  /// The line of the plugin where the example's text starts, one-based, as far as it was looked for and found.
  package var line: Int?

  package init(isGood: Bool, text: String, fixed: String? = nil, line: Int? = nil) {
    self.isGood = isGood
    self.text = text
    self.fixed = fixed
    self.line = line
  }
}

/// A plugin that could not be loaded, or that failed while it ran.
package struct PluginProblem: Hashable, Sendable, Error {
  /// The plugin's path.
  package var path: String
  /// The one-based line in the plugin, where Lua tells one.
  package var line: Int?
  /// What is wrong: lower case, no final period.
  package var message: String

  package init(path: String, line: Int?, message: String) {
    self.path = path
    self.line = line
    self.message = message
  }
}
