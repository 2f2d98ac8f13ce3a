import Experiment
import JSONText
package import Rules

/// All rules, for people and for programs.
package enum RuleTable {
  /// Returns a heading for each cause and each group without one, and a line for each rule: id, severity, summary.
  ///
  /// Whether a rule mends what it finds is only known of rules that were loaded to be described.
  package static func render(_ rules: [RuleMetadata], style: TextStyle) -> String {
    let width = rules.map(\.id.count).max() ?? 0
    var blocks: [String] = []
    for chapter in RuleChapter.chapters(of: rules) {
      var text = style.apply(.bold, to: chapter.heading) + "\n"
      if chapter.rules.isEmpty { text += "  no rule yet\n" }
      for rule in chapter.rules {
        let severity = style.apply(style.look(of: rule.severity), to: rule.severity.rawValue.padded(to: 7))
        let notes = [rule.isFixable ? "fixable" : nil, rule.isOnByDefault ? nil : "off"].compactMap(\.self)
        let note = notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
        text += "  \(rule.id.padded(to: width))  \(severity)  \(rule.summary.printable)\(note)\n"
      }
      blocks.append(text)
    }
    return blocks.joined(separator: "\n")
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
          writer.member("fixable", rule.isFixable)
          writer.member("probe", rule.probe?.rawValue)
          writer.member("untestable", rule.untestable)
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
