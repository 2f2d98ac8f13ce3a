import DryRunMessages
import Linting

/// What stands below a finding that was put to the test, for people.
struct VerdictLines {
  let style: TextStyle
  /// The confirmations that were shown in full: findings that were tested together share theirs.
  private var shown: Set<ObjectIdentifier> = []

  init(style: TextStyle) {
    self.style = style
  }

  /// Returns the lines, each with its line end.
  mutating func render(_ confirmation: Confirmation) -> String {
    let report = confirmation.report
    let line = confirmation.line
    let word = report.verdict.words
    var text = style.apply(style.look(of: report.verdict), to: word) + line.dropFirst(word.count)
    guard shown.insert(ObjectIdentifier(confirmation)).inserted else {
      return text + style.apply(.faint, to: "   [together with a finding above]") + "\n"
    }
    if case .notRunnable = report.verdict { return text + "\n" }
    text += "   " + style.apply(.faint, to: "[\(report.circumstances)]") + "\n"
    let names = confirmation.names
    text += Self.sparklines(of: report, labels: [names.writtenLabel, names.changedLabel], style)
    for (label, line) in report.circumstanceLines { text += style.apply(.faint, to: "  \(label): \(line)") + "\n" }
    return text
  }

  /// Returns the line for a finding that nothing can put to the test, or that nothing did.
  func render(untested finding: LocatedFinding) -> String {
    let reason = finding.untestable.map { "a dry run cannot test this: \($0.printable)" }
    return reason.map { style.apply(style.look(of: .notRunnable("")), to: "not tested") + ": \($0)\n" } ?? ""
  }

  /// Returns the median loss of each version in a line; nothing where there are no curves.
  static func sparklines(of report: DryRunReport, labels: [String], _ style: TextStyle) -> String {
    let versions = [report.written, report.changed].compactMap(\.self)
    let curve: LossCurve =
      versions.allSatisfy { $0.runs.allSatisfy { $0.heldOut.count > 2 } } ? .heldOut : .training
    let curves = versions.map { version in
      let points = LossCurve.drawn(version.median(of: curve, points: sparklineColumns))
      // Each is drawn from its first step to its last: with another batch there are more or fewer steps.
      return points.enumerated().map { CurvePoint(Double($0), $1.y) }
    }
    let rows = Sparkline.lines(curves, width: sparklineColumns).compactMap(\.self)
    guard !rows.isEmpty, rows.count == versions.count else { return "" }
    let looks: [TextStyle.Look] = rows.count == 1 ? [.cyan] : [.yellow, .cyan]
    let parts = rows.indices.map { index in
      (rows.count == 1 ? "" : labels[index] + " ") + style.apply(looks[index], to: style.curve(rows[index]))
    }
    return "  \(curve == .heldOut ? "held-out loss" : "training loss"): \(parts.joined(separator: "   "))\n"
  }

  private static let sparklineColumns = 16
}

extension TextStyle {
  /// Returns the look of a verdict.
  func look(of verdict: Verdict) -> Look {
    switch verdict {
    case .confirmed: .red
    case .refuted: .green
    case .inconclusive, .notRunnable: .blue
    case .trained: .bold
    }
  }

  /// Returns a curve of blocks as the terminal can show it.
  fileprivate func curve(_ blocks: String) -> String {
    if hasBlocks { return blocks }
    let letters: [Character: Character] = [
      "▁": "_", "▂": ".", "▃": "-", "▄": ":", "▅": "=", "▆": "+", "▇": "*", "█": "#", "×": "x",
    ]
    return String(blocks.map { letters[$0] ?? $0 })
  }
}
