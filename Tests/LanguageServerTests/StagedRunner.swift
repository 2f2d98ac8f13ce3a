import Dispatch
import DryRunMessages
import LanguageServer
import Linting
import Synchronization

/// What stands in for the engine: says what the test has it say, when the test lets it.
final class StagedRunner: Sendable {
  private struct State {
    var jobs: [DryRunJob] = []
    var launchers: [[String]?] = []
    var cancelled = 0
    var verdicts: [Verdict] = []
  }

  private let state: Mutex<State>
  private let started = DispatchSemaphore(value: 0)
  private let rested = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)
  private let waits: Bool

  /// Makes one that gives these verdicts one after the other, the last one over and over.
  init(_ verdicts: Verdict..., waits: Bool = false) {
    state = Mutex(State(verdicts: verdicts))
    self.waits = waits
  }

  var jobs: [DryRunJob] { state.withLock { $0.jobs } }
  var launchers: [[String]?] { state.withLock { $0.launchers } }
  /// How many runs were given up.
  var cancelled: Int { state.withLock { $0.cancelled } }
  /// Waits until a run has begun; false where none does for long.
  func waitUntilStarted() -> Bool { started.wait(timeout: .now() + .seconds(20)) == .success }

  /// Waits until it is told that nothing more is to be trained for now; false where it is not for long.
  func waitUntilRested() -> Bool { rested.wait(timeout: .now() + .seconds(20)) == .success }

  /// Lets a run end.
  func goOn() { free.signal() }

  /// What the server is given.
  var runner: DryRunner {
    DryRunner { [self] job, launcher, progress, isCancelled in
      let verdict = state.withLock { state in
        state.jobs.append(job)
        state.launchers.append(launcher)
        return state.verdicts.count > 1 ? state.verdicts.removeFirst() : state.verdicts[0]
      }
      progress(DryRunProgress(share: 0.5, activity: "seed 1 of 3 to 9"))
      started.signal()
      while waits, !isCancelled(), free.wait(timeout: .now() + .milliseconds(2)) == .timedOut {}
      if isCancelled() { state.withLock { $0.cancelled += 1 } }
      return Self.report(verdict)
    } rest: { [self] in
      rested.signal()
    } page: { report in
      report.findings.map { "\($0.rule) \($0.confirmation?.report.verdict.name ?? "none")" }.joined(separator: "\n")
    }
  }

  static func report(_ verdict: Verdict) -> DryRunReport {
    if case .notRunnable = verdict { return DryRunReport(verdict: verdict) }
    let written = verdict == .confirmed ? 0.9 : 0.1
    var plan = PlanReport()
    plan.scalings = [PlanReport.Scaling(what: "batch", from: 256, to: 32)]
    plan.assumptions = ["loss: mean_squared_error, since nothing is said"]
    plan.omissions = ["augmentation"]
    plan.trainingRows = 400
    plan.heldOutRows = 100
    plan.writtenSteps = 200
    plan.changedSteps = 200
    func version(_ last: Double) -> VersionReport {
      let curve = [CurvePoint(1, 1), CurvePoint(200, last)]
      var probes = ProbeReport()
      if last > 0.5 { probes.nonFinite = ProbeReport.NonFinite(step: 7, layer: "dense_2", isGradient: false) }
      let run = RunReport(seed: 1, steps: 200, training: curve, heldOut: curve, score: last, probes: probes)
      return VersionReport(runs: [run])
    }
    return DryRunReport(
      verdict: verdict,
      judgement: Judgement(
        metric: "loss",
        pairs: (1...3).map { Judgement.Pair(seed: $0, written: written, changed: 0.1) },
        baseline: 1,
        ratio: written / 0.1,
        interval: 0.9...10,
        test: "paired t-test",
        minimumRatio: 1.15
      ),
      explanation: verdict == .confirmed ? "49 % of the units are dead, 0 % with the fix" : nil,
      written: version(written),
      changed: version(0.1),
      plan: plan,
      data: DataReport(descriptions: ["input \"x\": 8 numbers"], limits: "synthetic data show little"),
      seconds: 1.5,
      threads: 1,
      library: "oneDNN 2.6.3"
    )
  }
}
