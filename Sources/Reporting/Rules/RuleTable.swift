package import Rules

/// All rules, for people and for programs.
package enum RuleTable {
  /// Returns a line for each rule: id, severity, cause, summary.
  package static func render(_ rules: [RuleMetadata], style: TextStyle) -> String {
    let width = rules.map(\.id.count).max() ?? 0
    var text = ""
    for rule in rules {
      let severity = style.apply(style.look(of: rule.severity), to: rule.severity.rawValue.padded(to: 7))
      let cause = (rule.cause.map(String.init) ?? "-").padded(to: 2)
      let state = rule.isOnByDefault ? "" : " (off)"
      text +=
        "\(style.apply(.bold, to: rule.id.padded(to: width)))  \(severity)  \(cause)  \(rule.summary.printable)\(state)\n"
    }
    return text
  }

  /// Returns the rules as one JSON object.
  package static func renderJSON(_ rules: [RuleMetadata]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", JSONReport.version)
      writer.key("rules")
      writer.array(of: rules) { writer, rule in
        writer.object { writer in
          writer.member("id", rule.id)
          writer.member("group", rule.group)
          writer.member("summary", rule.summary)
          writer.member("severity", rule.severity.rawValue)
          writer.member("cause", rule.cause)
          writer.member("on_by_default", rule.isOnByDefault)
          writer.key("options")
          writer.array(of: rule.options) { writer, option in
            writer.object { writer in
              writer.member("name", option.name)
              writer.member("type", option.kind.rawValue)
              writer.key("default")
              writer.value(option.defaultValue)
              writer.member("help", option.help)
            }
          }
          writer.member("file", rule.path)
        }
      }
    }
    return writer.text + "\n"
  }
}
