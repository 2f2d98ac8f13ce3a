package import DryRunMessages
import Linting

/// What an experiment by itself gave, with what it is called.
package struct NamedReport: Sendable {
  package var name: String
  package var report: DryRunReport

  package init(name: String, report: DryRunReport) {
    self.name = name
    self.report = report
  }
}

extension DryRunReport {
  /// Whether an experiment by itself was trained, be it that its time ran out before all was checked.
  package var isTrained: Bool {
    switch verdict {
    case .notRunnable: false
    case .confirmed, .refuted, .inconclusive, .trained: written != nil || !checks.isEmpty
    }
  }
}

/// What experiments by themselves gave, for people.
package enum ExperimentText {
  /// Returns a paragraph for each experiment.
  package static func render(_ reports: [NamedReport], style: TextStyle) -> String {
    reports.map { render($0, style) }.joined(separator: "\n")
  }

  private static func render(_ named: NamedReport, _ style: TextStyle) -> String {
    let report = named.report
    let name = style.apply(.bold, to: named.name.printable)
    guard report.isTrained else {
      let reason = (report.verdict.reason ?? "nothing was trained").printable
      return "\(name): \(style.apply(style.look(of: report.verdict), to: report.verdict.words)): \(reason)\n"
    }
    let version = report.written ?? VersionReport()
    let runs = "\(Summary.counted(version.runs.count, "run")) of \(version.steps) steps"
    var text = "\(name): \(runs)\(ends(of: version))   " + style.apply(.faint, to: "[\(report.circumstances)]") + "\n"
    if let reason = report.verdict.reason {
      text += "  " + style.apply(style.look(of: report.verdict), to: "note") + ": \(reason.printable)\n"
    }
    text += VerdictLines.sparklines(of: report, labels: [], style)
    for check in report.checks {
      text += "  " + style.apply(check.outcome.look, to: check.outcome.rawValue.padded(to: 6)) + "  "
      text += "\(check.kind.title): \(check.message.printable)\n"
    }
    text += layers(of: version)
    for (label, line) in report.circumstanceLines { text += style.apply(.faint, to: "  \(label): \(line)") + "\n" }
    for line in report.data.descriptions + [report.data.limits] where !line.isEmpty {
      text += style.apply(.faint, to: "    \(line.printable)") + "\n"
    }
    return text
  }

  /// As ", held-out loss from 1.1 to 0.08".
  private static func ends(of version: VersionReport) -> String {
    let points = version.median(of: .heldOut, points: 2)
    guard let first = points.first, let last = points.last else { return "" }
    return ", held-out loss from \(first.y.short) to \(last.y.isFinite ? last.y.short : "what is not finite")"
  }

  /// What was measured of each layer, as a table.
  private static func layers(of version: VersionReport) -> String {
    let layers = LayerSummary.all(of: version).map(\.probe)
    let columns: [(String, (LayerProbe) -> String?)] = [
      ("layer", { $0.name.printable }), ("kind", { $0.kind.printable }),
      ("gradient, first", { $0.firstGradientNorm?.short }), ("last", { $0.lastGradientNorm?.short }),
      ("update ratio", { $0.updateRatio?.short }), ("dead", { $0.deadUnits?.percent }),
      ("saturated", { $0.saturatedUnits?.percent }), ("symmetric", { $0.symmetricUnits?.percent }),
    ]
    let cells = columns.map { head, value in (head, layers.map { value($0) ?? "" }) }
      .filter { $0.1.contains { !$0.isEmpty } }
      .map { [$0.0] + $0.1 }
    let widths = cells.map { column in column.map(\.columnCount).max() ?? 0 }
    guard !layers.isEmpty else { return "" }
    return (0...layers.count)
      .map { row in
        var line = ""
        for (column, width) in zip(cells, widths) { line += "  " + column[row].padded(to: width) }
        while line.last == " " { line.removeLast() }
        return line + "\n"
      }
      .joined()
  }
}

extension ExperimentCheck.Outcome {
  fileprivate var look: TextStyle.Look {
    switch self {
    case .passed: .green
    case .failed: .red
    case .open: .blue
    }
  }
}
