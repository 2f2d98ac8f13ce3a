package import Linting
import SourceText

/// Findings with the text they stand in, for people.
package enum FullReport {
  /// Returns the report, a paragraph for each finding.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - style: Whether to use colours.
  ///   - width: The width of the terminal in columns; longer source lines are cut around the place.
  /// - Returns: Text that ends with a line end, or nothing.
  package static func render(_ report: LintReport, style: TextStyle, width: Int = 120) -> String {
    var text = ""
    for problem in report.pluginProblems { text += problem.heading(style) + "\n\n" }
    var verdicts = VerdictLines(style: style)
    for finding in report.findings {
      let excerpt = Excerpt(
        of: finding.source,
        range: finding.range,
        label: label(of: finding),
        look: style.look(of: finding.severity),
        width: width
      )
      text += finding.heading(style) + "\n" + excerpt.render(style)
      for related in otherPlaces(of: finding) {
        let position = related.source.displayPosition(at: related.range.start)
        let place = "\(related.source.name.printable):\(position.line):\(position.column)"
        text += style.apply(.blue, to: "note:") + " \(related.message.printable) (\(place))\n"
      }
      if let help = help(for: finding) { text += style.apply(.green, to: "help:") + " \(help)\n" }
      if let confirmation = finding.confirmation {
        text += verdicts.render(confirmation)
      } else if report.isConfirmed {
        text += verdicts.render(untested: finding)
      }
      text += "\n"
    }
    return text
  }

  /// What to do about a finding, and whether the program can.
  private static func help(for finding: LocatedFinding) -> String? {
    switch (finding.help?.printable, finding.fixMark) {
    case (let help?, let mark?): "\(help)  \(mark)"
    case (let help?, nil): help
    case (nil, "[fixable]"?): "--fix mends it  [fixable]"
    case (nil, let mark?): "--fix --unsafe-fixes mends it  \(mark)"
    case (nil, nil): nil
    }
  }

  /// The text behind the carets: the other place, when there is only one, as in `set here (model.json:9)`.
  private static func label(of finding: LocatedFinding) -> String? {
    guard finding.related.count == 1, let related = finding.related.first else { return nil }
    let line = related.source.displayPosition(at: related.range.start).line
    let place = related.source.name == finding.source.name ? "line \(line)" : "\(related.source.name.printable):\(line)"
    return "\(related.message.printable) (\(place))"
  }

  private static func otherPlaces(of finding: LocatedFinding) -> [LocatedFinding.Place] {
    finding.related.count == 1 ? [] : finding.related
  }
}
