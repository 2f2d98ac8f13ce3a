package import DryRunMessages
internal import Kernels

/// The engine of dry runs: a job in, a report out.
///
/// Everything is in the report, failures too: nothing is thrown, and nothing but the user's rows is read.
package enum DryRun {
  /// Runs a job on the calling thread.
  ///
  /// `progress` is called between steps, with shares that never fall; `isCancelled` is asked between steps. `patience` is the
  /// wall-clock time in seconds after which it gives up, where that is not the budget's: what is planned depends on the budget alone.
  package static func run(
    _ job: DryRunJob,
    patience: Double? = nil,
    progress: @escaping (DryRunProgress) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) -> DryRunReport {
    let start = Gate.now
    KernelLibrary.setThreads(job.budget.threads)
    let gate = Gate(seconds: patience ?? job.budget.seconds, isCancelled: isCancelled)
    var report: DryRunReport
    do {
      let plan = try Plan.make(job)
      if plan.trainsAlike {
        report = DryRunReport(verdict: .notRunnable("the change alters nothing that is trained"))
      } else if plan.changed != nil {
        var trial = Trial(job, plan, gate: gate, progress: progress)
        report = trial.report()
      } else {
        report = Exploration(job, plan, gate: gate, progress: progress).report()
      }
      report.plan = plan.report
    } catch {
      report = DryRunReport(verdict: .notRunnable(error.reason))
    }
    report.seconds = Gate.now - start
    report.threads = job.budget.threads
    report.library = KernelLibrary.version
    return report
  }
}
