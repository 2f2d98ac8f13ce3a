import DryRunClient
import DryRunMessages
import Experiment
import Foundation
import Testing

/// The runner as the linter uses it.
struct RunnerTests {
  @Test func `does one job after another in the same process`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("process")
    let client = DryRunClient(Runner.command(noting: file))
    var progress: [DryRunProgress] = []
    let first = client.run(try Sample.job(), progress: { progress.append($0) })
    let process = try number(in: file)
    let second = client.run(try Sample.job())
    #expect(first.verdict == .trained)
    #expect(try number(in: file) == process)
    #expect(!progress.isEmpty)
    #expect(progress.map(\.share) == progress.map(\.share).sorted())
    var comparable = (first, second)
    (comparable.0.seconds, comparable.1.seconds) = (0, 0)
    #expect(comparable.0 == comparable.1, "the same job gives the same report")
    client.close()
    #expect(kill(process, 0) != 0)
  }

  @Test(arguments: [
    (SIGKILL, "the runner was killed (SIGKILL): by somebody, or by the system for want of memory"),
    (SIGSEGV, "the runner crashed (SIGSEGV)"),
  ])
  func `says that the runner was killed in the midst of a job, and does the next one`(
    signal: Int32,
    reason: String
  ) throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("process")
    let client = DryRunClient(Runner.command(noting: file))
    let process = Box()
    let report = client.run(
      try Sample.longJob(),
      progress: { _ in
        process.value = try? number(in: file)
        if let process = process.value { kill(process, signal) }
      }
    )
    #expect(report.verdict.name == "not-runnable")
    #expect(report.verdict.reason?.hasPrefix(reason) ?? false, "\(report.verdict)")
    #expect(client.run(try Sample.job()).verdict == .trained)
    #expect(try number(in: file) != process.value)
  }

  @Test func `notices between two jobs that the runner is gone`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("process")
    let client = DryRunClient(Runner.command(noting: file))
    #expect(client.run(try Sample.job()).verdict == .trained)
    kill(try number(in: file), SIGKILL)
    Thread.sleep(forTimeInterval: 0.1)
    let verdict = client.run(try Sample.job()).verdict
    #expect(verdict == .trained)
  }

  @Test func `ends a job soon after it is cancelled, and does the next one`() throws {
    let client = DryRunClient(Runner.command())
    var cancelled: Date?
    let report = client.run(
      try Sample.longJob(),
      progress: { _ in cancelled = cancelled ?? Date() },
      isCancelled: { cancelled != nil }
    )
    let seconds = Date().timeIntervalSince(try #require(cancelled))
    #expect(report.verdict != .trained)
    #expect(seconds < 2, "0.2 s on a machine that does nothing else")
    #expect(client.run(try Sample.job()).verdict == .trained)
  }

  @Test func `trains through what is no number, and says where it came up`() throws {
    let report = DryRunClient(Runner.command()).run(try Sample.job(rate: "1e30"))
    #expect(report.verdict == .trained)
    let runs = try #require(report.written?.runs)
    #expect(!runs.isEmpty)
    #expect(runs.allSatisfy { $0.score == .infinity && $0.probes.nonFinite != nil })
  }

  @Test func `refuses what is larger than its memory before it takes any`() throws {
    let job = try Sample.job(units: 50_000_000, budget: DryRunBudget(memory: 64 << 20))
    let report = DryRunClient(Runner.command()).run(job)
    #expect(report.verdict.name == "not-runnable")
    #expect(report.verdict.reason?.contains("GB") ?? false, "\(report.verdict)")
  }

  @Test func `survives rows that are larger than its memory`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("rows.csv", "")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    let part = Data(String(repeating: "0.25,0.5,0.75,1.0,1.5\n", count: 100_000).utf8)
    for _ in 0..<200 { try file.write(contentsOf: part) }
    try file.close()
    let client = DryRunClient(Runner.command())
    let report = client.run(try Sample.job(budget: DryRunBudget(memory: 64 << 20), rows: path))
    #expect(report.verdict.name == "not-runnable")
    #expect(report.verdict.reason?.contains("64 MiB") ?? false, "\(report.verdict)")
    #expect(client.run(try Sample.job()).verdict == .trained)
  }

  @Test(arguments: [nil, "", "\n\n\n", "a,b,c\n", "\u{0}\u{1}\u{2}", "1,2\n3\n", "{\"rows\": []}"])
  func `says that rows cannot be read`(text: String?) throws {
    let folder = try TemporaryFolder()
    let path = try text.map { try folder.write("rows.csv", $0) } ?? folder.url.appendingPathComponent("gone.csv").path
    let report = DryRunClient(Runner.command()).run(try Sample.job(rows: path))
    #expect(report.verdict.name == "not-runnable")
    #expect(report.verdict.reason?.contains(".csv") ?? false, "\(report.verdict)")
  }

  // MARK: - Private

  private func number(in file: URL) throws -> Int32 {
    try #require(Int32(try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// A value that closures set.
  private final class Box {
    var value: Int32?
  }
}
