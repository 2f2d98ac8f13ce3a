import DryRunMessages
import Linting
import Rules

/// What the two versions of a comparison are called.
struct VersionNames {
  /// In a sentence, behind a figure.
  let written: String
  let changed: String
  /// Above a curve or a column.
  let writtenLabel: String
  let changedLabel: String

  init(_ contrast: Confirmation.Contrast) {
    switch contrast {
    case .alone:
      (written, changed) = ("as written", "with the fix")
      (writtenLabel, changedLabel) = (written, changed)
    case .amongMended:
      (written, changed) = ("with all other findings mended", "with this one mended too")
      (writtenLabel, changedLabel) = ("others mended", "all mended")
    }
  }
}

/// A verdict in one sentence with its figures, without the word for it.
struct VerdictSentence {
  private let report: DryRunReport
  private let names: VersionNames

  init(_ report: DryRunReport, _ names: VersionNames) {
    self.report = report
    self.names = names
  }

  /// As "5 of 5 seeds, held-out loss after 200 steps 0.61 as written, 0.08 with the fix (7.6x lower); 49 % of the targets are out of reach".
  var text: String {
    var parts: [String] = []
    if let reason = report.verdict.reason { parts.append(reason) }
    if let judgement = report.judgement { parts.append(comparison(judgement)) }
    if let explanation = report.explanation { parts.append(explanation) }
    return parts.joined(separator: "; ").printable
  }

  /// As "5 of 5 seeds, held-out loss after 200 steps 0.61 as written, 0.08 with the fix (7.6x lower)".
  private func comparison(_ judgement: Judgement) -> String {
    let pairs = judgement.pairs
    let seeds = "\(judgement.wins) of \(Summary.counted(pairs.count, "seed"))"
    let lead = report.verdict == .confirmed ? seeds : "better in \(seeds)"
    let written = Self.score(pairs.map(\.written)), changed = Self.score(pairs.map(\.changed))
    return "\(lead), held-out \(judgement.metric)\(steps) \(written) \(names.written), \(changed) \(names.changed)"
      + (ratio(judgement).map { " (\($0))" } ?? "")
  }

  /// As " after 200 steps"; runs that do not stay finite end before.
  private var steps: String {
    let plan = report.plan
    let written = plan.writtenSteps > 0 ? plan.writtenSteps : report.written?.steps ?? 0
    let changed = plan.changedSteps > 0 ? plan.changedSteps : report.changed?.steps ?? 0
    if max(written, changed) == 0 { return "" }
    return written == changed
      ? " after \(written) steps" : " after \(written) and \(changed) steps"
  }

  /// The geometric mean of what is finite, since that is what ratios are made of.
  private static func score(_ scores: [Double]) -> String {
    let finite = scores.filter(\.isFinite)
    guard let mean = finite.geometricMean else { return "not finite" }
    return finite.count == scores.count
      ? mean.short : "\(mean.short), not finite in \(scores.count - finite.count) of \(scores.count),"
  }

  private func ratio(_ judgement: Judgement) -> String? {
    let ratio = judgement.ratio
    let written = judgement.pairs.map(\.written), changed = judgement.pairs.map(\.changed)
    guard ratio.isFinite, ratio > 0, (written + changed).allSatisfy(\.isFinite) else { return nil }
    let shown = Self.times(ratio)
    switch report.verdict {
    case .confirmed:
      // Scores far worse than a constant count as a few times that only, so the ratio may be held down.
      let raw = (written.geometricMean ?? 0) / max(changed.geometricMean ?? 0, .leastNormalMagnitude)
      return raw > 1.5 * ratio ? "more than \(shown)" : shown
    case .refuted:
      let most = judgement.interval.upperBound
      return most > 1 ? "\(shown), at most \(Self.times(most))" : shown
    case .inconclusive, .notRunnable, .trained:
      guard let bounds = judgement.tellingInterval else { return shown }
      return "\(shown), somewhere from \(Self.times(bounds.lowerBound)) to \(Self.times(bounds.upperBound))"
    }
  }

  /// As "7.6x lower", "1.2x higher", "the same".
  private static func times(_ ratio: Double) -> String {
    let factor = (ratio >= 1 ? ratio : 1 / ratio).asRatio
    return factor == "1" ? "the same" : "\(factor)x \(ratio >= 1 ? "lower" : "higher")"
  }
}

extension Confirmation {
  var names: VersionNames { VersionNames(contrast) }

  /// The verdict in a line, as "refuted, now a hint: better in 2 of 6 seeds, ...".
  var line: String {
    let lowered = loweredFrom == nil ? "" : ", now a hint"
    let text = VerdictSentence(report, names).text
    return report.verdict.words + lowered + (text.isEmpty ? "" : ": \(text)")
  }
}

extension Verdict {
  /// As "not runnable".
  var words: String { name.replacing("-", with: " ") }
}

extension DryRunReport {
  /// What the figures were made with, as "1.8 s, oneDNN 2.6.3, 1 thread".
  var circumstances: String {
    let tenths = (seconds * 10).rounded() / 10
    var parts = [tenths > 0 ? "\(tenths.short) s" : "<0.1 s"]
    if !library.isEmpty { parts.append(library.printable) }
    parts.append(Summary.counted(threads, "thread"))
    return parts.joined(separator: ", ")
  }

  /// What was trained otherwise than the experiment says, and on what; each line a label and its text.
  var circumstanceLines: [(label: String, text: String)] {
    var lines: [(String, String)] = []
    if !plan.scalings.isEmpty {
      let scalings = plan.scalings.map { "\($0.what) \($0.from) -> \($0.to)" }
      lines.append(("scaled", scalings.joined(separator: ", ")))
    }
    if !plan.assumptions.isEmpty { lines.append(("assumed", plan.assumptions.joined(separator: "; "))) }
    if !plan.omissions.isEmpty { lines.append(("left out", plan.omissions.joined(separator: "; "))) }
    if plan.trainingRows > 0 {
      let rows = "\(plan.trainingRows) rows to train on, \(plan.heldOutRows) held out"
      lines.append(("data", [data.path ?? "synthetic", rows].joined(separator: "; ")))
    }
    return lines.map { ($0, $1.printable) }
  }
}
