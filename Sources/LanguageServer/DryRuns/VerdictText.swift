import DryRunMessages
import Linting

/// What a dry run said of a finding, with its figures: a part of a hover.
struct VerdictText {
  let confirmation: Confirmation

  private var report: DryRunReport { confirmation.report }

  func add(to markup: inout Markup) {
    let line = confirmation.line
    let word = line.prefix { $0 != ":" }
    markup.add("dry run: " + markup.strong(String(word)) + line.dropFirst(word.count))
    if let explanation = report.explanation { markup.add(explanation) }
    if let judgement = report.judgement { markup.add(figures(of: judgement, isTable: markup.isMarkdown)) }
    if let curves { markup.add(block: curves) }
    markup.add(list: notes(in: markup))
  }

  // MARK: - Private

  /// What the two versions are called.
  private var names: (written: String, changed: String) {
    switch confirmation.contrast {
    case .alone: ("as written", "with the fix")
    case .amongMended: ("others mended", "all mended")
    }
  }

  /// The scores of all seeds.
  private func figures(of judgement: Judgement, isTable: Bool) -> String {
    let metric = "held-out \(judgement.metric)"
    guard isTable else {
      let pairs = judgement.pairs.map { "\($0.written.short) and \($0.changed.short)" }
      return "\(metric) \(names.written) and \(names.changed), by seed: \(pairs.joined(separator: "; "))"
    }
    var rows = ["| \(metric) | \(names.written) | \(names.changed) |", "| --- | --- | --- |"]
    for pair in judgement.pairs { rows.append("| seed \(pair.seed) | \(pair.written.short) | \(pair.changed.short) |") }
    rows.append("| a constant | \(judgement.baseline.short) | \(judgement.baseline.short) |")
    return rows.joined(separator: "\n")
  }

  /// The training loss of the first seed's runs, one line for each version.
  private var curves: String? {
    guard let written = report.written?.runs.first, let changed = report.changed?.runs.first else { return nil }
    let curves = [written.training, changed.training]
    let lines = Sparkline.lines(curves)
    let width = max(names.written.count, names.changed.count)
    let rows = zip(zip([names.written, names.changed], lines), curves).compactMap { named, curve -> String? in
      guard let line = named.1, let first = curve.first, let last = curve.last else { return nil }
      let label = named.0 + String(repeating: " ", count: width - named.0.count)
      return "\(label)  \(line)  \(first.y.short) → \(last.y.short)"
    }
    return rows.isEmpty ? nil : "training loss, seed \(written.seed)\n" + rows.joined(separator: "\n")
  }

  private func notes(in markup: Markup) -> [String] {
    var notes: [String] = []
    if !confirmation.changes.isEmpty {
      let all = confirmation.contrast == .alone ? "" : ", and what mends the other findings in both versions"
      notes.append("the fix: \(confirmation.changes.map(markup.code).joined(separator: ", "))\(all)")
    }
    if let judgement = report.judgement {
      let spread = judgement.tellingInterval.map { "; ratio \($0.lowerBound.short) to \($0.upperBound.short)" }
      notes.append(judgement.test + (spread ?? ""))
    }
    let plan = report.plan
    if plan.trainingRows > 0 {
      let steps =
        plan.writtenSteps == plan.changedSteps
        ? "\(plan.writtenSteps)" : "\(plan.writtenSteps) and \(plan.changedSteps)"
      notes.append("\(steps) steps on \(plan.trainingRows) rows, \(plan.heldOutRows) held out")
    }
    if !plan.scalings.isEmpty {
      notes.append("scaled: " + plan.scalings.map { "\($0.what) \($0.from) → \($0.to)" }.joined(separator: ", "))
    }
    notes += plan.assumptions.map { "assumed: \($0)" }
    if !plan.omissions.isEmpty { notes.append("left out: " + plan.omissions.joined(separator: ", ")) }
    notes += report.data.descriptions.map { "data: \($0)" }
    if !report.data.limits.isEmpty { notes.append("data: \(report.data.limits)") }
    if report.judgement != nil {
      let threads = report.threads == 1 ? "1 thread" : "\(report.threads) threads"
      notes.append("\(report.seconds.short) s on \(threads), \(report.library)")
    }
    return notes
  }
}

extension Confirmation {
  /// The verdict in a line, which says where other findings were mended in both versions.
  var line: String {
    report.verdictLine + (contrast == .amongMended ? ", all other findings mended" : "")
  }
}
