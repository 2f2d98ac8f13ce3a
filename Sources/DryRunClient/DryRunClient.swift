package import DryRunMessages
import JSONRPC
import MonotonicClock
import Release
import Synchronization

/// Has jobs done by a runner, which is a process of its own: whatever happens to it, there is a report.
///
/// The process is started with the first job, serves the following ones too, and is started anew after it ended.
package final class DryRunClient: Sendable {
  private let command: RunnerCommand
  private let process = Mutex<RunnerProcess?>(nil)
  private let lastID = Atomic(0)

  package init(_ command: RunnerCommand = RunnerCommand()) {
    self.command = command
  }

  deinit { close() }

  /// Has a job done, after those that other threads asked for before.
  ///
  /// - Parameters:
  ///   - job: What to train.
  ///   - progress: Called on this thread with how far the job is, some 10 times a second at most.
  ///   - isCancelled: Asked on this thread some 50 times a second.
  /// - Returns: The runner's report, or one that says why there is none: the verdict is `notRunnable` then.
  package func run(
    _ job: DryRunJob,
    progress: (DryRunProgress) -> Void = { _ in },
    isCancelled: () -> Bool = { false }
  ) -> DryRunReport {
    let start = MonotonicTime.now
    func failure(_ reason: String) -> DryRunReport {
      DryRunReport(
        verdict: .notRunnable(reason),
        seconds: MonotonicTime.now - start,
        threads: job.budget.threads
      )
    }
    return process.withLock { process in
      if isCancelled() { return failure(RunnerFailure.cancelled.reason) }
      // One that ended since the last job says nothing of this one.
      if process?.isRunning == false {
        process?.end(patience: 0)
        process = nil
      }
      do throws(RunnerFailure) {
        var running: RunnerProcess
        if let current = process { running = current } else { running = try command.start() }
        process = nil
        var conversation = Conversation(job, id: nextID, isLaunched: !command.launcher.isEmpty)
        do throws(RunnerFailure) {
          let report = try conversation.run(with: &running, progress: progress, isCancelled: isCancelled)
          process = running
          return report
        } catch {
          // A launcher must take what it started on another machine down with it, which takes a while.
          running.end(patience: command.launcher.isEmpty ? 0.1 : 3)
          throw error
        }
      } catch {
        return failure(error.reason)
      }
    }
  }

  /// Ends the process, if there is one; the next job starts another.
  package func close() {
    process.withLock { process in
      process?.end(patience: command.launcher.isEmpty ? 0.5 : 3)
      process = nil
    }
  }

  private var nextID: Int { lastID.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// Why there is no report: the reason of the verdict.
struct RunnerFailure: Error, Hashable {
  var reason: String

  init(_ reason: String) {
    self.reason = reason
  }

  static let cancelled = RunnerFailure("cancelled")

  /// What to do where the runner is missing or of another version.
  static let installation = "install it with \"pip install 'epochzero[dryrun]'\""
}
