/// What came out of a job.
package struct DryRunReport: Hashable, Sendable {
  package var verdict: Verdict
  /// How the verdict was reached; nil where nothing was trained or there was nothing to compare.
  package var judgement: Judgement?
  /// What explains the finding, in a sentence with its figures for both versions: "49 % of the targets are out of reach, 0 % with the fix".
  package var explanation: String?
  /// The experiment as written.
  package var written: VersionReport?
  /// The experiment with the change.
  package var changed: VersionReport?
  /// What one experiment by itself was put through; empty where two were compared.
  package var checks: [ExperimentCheck]
  package var plan: PlanReport
  package var data: DataReport
  /// Wall-clock time.
  package var seconds: Double
  package var threads: Int
  /// As "oneDNN 2.6.3".
  package var library: String

  package init(
    verdict: Verdict,
    judgement: Judgement? = nil,
    explanation: String? = nil,
    written: VersionReport? = nil,
    changed: VersionReport? = nil,
    checks: [ExperimentCheck] = [],
    plan: PlanReport = PlanReport(),
    data: DataReport = DataReport(),
    seconds: Double = 0,
    threads: Int = 1,
    library: String = ""
  ) {
    self.verdict = verdict
    self.judgement = judgement
    self.explanation = explanation
    self.written = written
    self.changed = changed
    self.checks = checks
    self.plan = plan
    self.data = data
    self.seconds = seconds
    self.threads = threads
    self.library = library
  }
}

/// What a dry run says of a finding.
package enum Verdict: Hashable, Sendable {
  /// The change makes it better by more than the least effect that counts.
  case confirmed
  /// The change surely makes it no better by as much.
  case refuted
  /// The figures allow neither to be said; the text says why: "the seeds differ too much".
  case inconclusive(String)
  /// Nothing was trained, and why: "there is no kernel for \"conv_lstm2d\"".
  case notRunnable(String)
  /// An experiment by itself was trained: there was nothing to judge.
  case trained

  /// The name in JSON: `confirmed`, `refuted`, `inconclusive`, `not-runnable`, `trained`.
  package var name: String {
    switch self {
    case .confirmed: "confirmed"
    case .refuted: "refuted"
    case .inconclusive: "inconclusive"
    case .notRunnable: "not-runnable"
    case .trained: "trained"
    }
  }

  package var reason: String? {
    switch self {
    case .inconclusive(let reason), .notRunnable(let reason): reason
    case .confirmed, .refuted, .trained: nil
    }
  }
}

/// How two versions were compared.
package struct Judgement: Hashable, Sendable {
  /// What was compared on held-out rows, in words: `loss`, `error rate`, `1 - R2`.
  ///
  /// Lower is better, always.
  package var metric: String
  /// The metric of each seed's pair, as written and with the change; infinite where a run did not stay finite.
  package var pairs: [Pair]
  /// The metric of the best constant prediction, which is what knowing nothing gets.
  package var baseline: Double
  /// The geometric mean of as-written over changed: 7.6 is "7.6 times lower with the fix".
  package var ratio: Double
  /// The bounds of the confidence interval of `ratio`.
  package var interval: ClosedRange<Double>
  /// `interval` where it says something: one pair has no spread, and two have next to none.
  package var tellingInterval: ClosedRange<Double>? { pairs.count < 3 ? nil : interval }
  /// The test in words, with its level: "paired t-test of log ratios, one-sided, 1 % at each look".
  package var test: String
  /// The least ratio that counts.
  package var minimumRatio: Double

  package struct Pair: Hashable, Sendable {
    package var seed: UInt64
    package var written: Double
    package var changed: Double

    package init(seed: UInt64, written: Double, changed: Double) {
      self.seed = seed
      self.written = written
      self.changed = changed
    }
  }

  package init(
    metric: String,
    pairs: [Pair],
    baseline: Double,
    ratio: Double,
    interval: ClosedRange<Double>,
    test: String,
    minimumRatio: Double
  ) {
    self.metric = metric
    self.pairs = pairs
    self.baseline = baseline
    self.ratio = ratio
    self.interval = interval
    self.test = test
    self.minimumRatio = minimumRatio
  }
}

/// One of the checks that an experiment by itself is put through.
package struct ExperimentCheck: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The loss before the first step against the expected one.
    case initialLoss = "initial-loss"
    /// Whether the network can learn one batch by heart.
    case overfitOneBatch = "overfit-one-batch"
    /// Whether the network does better with its inputs than with zeros in their place.
    case zeroedInput = "zeroed-input"
    /// The largest learning rate that does not explode.
    case learningRateSweep = "learning-rate-sweep"
    /// Whether training brings the held-out loss below that of a constant.
    case learns
  }

  package enum Outcome: String, Hashable, Sendable {
    case passed, failed
    /// Neither good nor bad, or it could not be told; the sentence says why.
    case open
  }

  package var kind: Kind
  package var outcome: Outcome
  /// What came out, with its figures: lower case, no final period.
  package var message: String
  /// The points that a check has to show: rates with their losses, steps with theirs.
  package var curve: [CurvePoint]

  package init(_ kind: Kind, _ outcome: Outcome, _ message: String, curve: [CurvePoint] = []) {
    self.kind = kind
    self.outcome = outcome
    self.message = message
    self.curve = curve
  }
}
