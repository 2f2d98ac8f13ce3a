extension DryRunReport {
  /// The verdict with its figures in one line, for terminals, lenses and diagnostics alike: "confirmed: loss 7.6 times lower with the
  /// fix (3 of 3 seeds)".
  package var verdictLine: String {
    var parts: [String] = []
    if let reason = verdict.reason { parts.append(reason) }
    if let judgement { parts.append(judgement.line(for: verdict)) }
    let name = verdict == .notRunnable(verdict.reason ?? "") ? "not runnable" : verdict.name
    return parts.isEmpty ? name : "\(name): \(parts.joined(separator: "; "))"
  }
}

extension Judgement {
  /// How many pairs the version with the change won.
  package var wins: Int { pairs.count { $0.changed < $0.written } }

  /// How the two versions compare, without the verdict: "loss 7.6 times lower with the fix".
  package var comparison: String {
    let written = pairs.count { !$0.written.isFinite }
    let changed = pairs.count { !$0.changed.isFinite }
    if written > 0, changed == 0 { return "training stays finite only with the fix" }
    if changed > 0, written == 0 { return "training does not stay finite with the fix" }
    if written > 0 { return "training does not stay finite either way" }
    switch ratio {
    case 0: return "\(metric) 0 without the fix only"
    case ..<Self.evenRatios.lowerBound: return "\(metric) \((1 / ratio).asRatio) times higher with the fix"
    case ...Self.evenRatios.upperBound: return "\(metric) the same with the fix"
    case .infinity: return "\(metric) 0 with the fix"
    default: return "\(metric) \(ratio.asRatio) times lower with the fix"
    }
  }

  /// Ratios that two decimals write as 1.
  private static let evenRatios = 0.995...1.005

  fileprivate func line(for verdict: Verdict) -> String {
    // Of a fix that does harm nobody asks how much help would have counted.
    let falls = verdict == .refuted && ratio > 1 && ratio.isFinite && pairs.allSatisfy { $0.changed.isFinite }
    let bound = falls ? ", less than the \(minimumRatio.asRatio) that counts" : ""
    return "\(comparison)\(bound) (\(wins) of \(pairs.count) seeds)"
  }
}
