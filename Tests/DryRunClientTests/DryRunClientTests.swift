import DryRunClient
import DryRunMessages
import Experiment
import Foundation
import JSONText
import Testing

/// Whatever is started in the place of a runner, there is a report that says what happened.
struct DryRunClientTests {
  private static let nowhere = RunnerSearch(folders: [])
  private static let advice = "install it with \"pip install 'epochzero[dryrun]'\""

  @Test func `says what to install where there is no runner`() {
    #expect(reason(RunnerCommand(search: Self.nowhere)) == "the runner of dry runs is not installed; \(Self.advice)")
    let named = RunnerCommand(search: RunnerSearch(named: "/gone/runner"))
    #expect(reason(named) == "there is no program \"/gone/runner\", which the variable \"EPOCHZERO_DRYRUN\" names")
  }

  @Test func `says that there is no such launcher`() {
    #expect(
      reason(RunnerCommand(launcher: ["no-such-launcher", "-N1"]))
        == "the launcher \"no-such-launcher\" cannot be started: there is no such program; see the setting \"dryrun.launcher\""
    )
    #expect(
      reason(RunnerCommand(launcher: ["/"]))
        == "the launcher \"/\" cannot be started: permission denied; see the setting \"dryrun.launcher\""
    )
  }

  @Test(arguments: [
    (
      "exit 3", "the launcher ended with status 3 before the runner was ready; where the runner is not there, \(advice)"
    ),
    (
      "echo no machine is free >&2; exit 1",
      "the launcher ended with status 1 before the runner was ready: no machine is free; where the runner is not there, \(advice)"
    ),
    ("kill -SEGV $$", "the launcher crashed (SIGSEGV)"),
    ("kill -KILL $$", "the launcher was killed (SIGKILL): by somebody, or by the system for want of memory"),
    ("exec >&-; sleep 60", "the launcher crashed (SIGTERM)"),
    ("yes", "what was started is no runner of dry runs: it writes other things to its standard output"),
    ("\(ready("0.0.0")); cat", "the runner is of version 0.0.0 and this is 0.1.0; \(advice)"),
    ("\(ready(nil)); cat", "the runner is of no known version and this is 0.1.0; \(advice)"),
    ("\(ready()); exit 0", "the runner ended with status 0 in the midst of the job"),
    ("\(ready()); kill -ILL $$", "the runner crashed (SIGILL)"),
    (
      "\(ready()); echo 'Fatal error: failed to allocate 99 bytes of memory' >&2; kill -ILL $$",
      "it needs more than 2048 MiB of memory"
    ),
    ("\(ready()); \(send("{")); cat", "what the runner said cannot be read: 1:2: "),
    (
      "\(ready()); \(send(#"{"jsonrpc":"2.0","id":1,"result":{"verdict":"confirmed"}}"#)); cat",
      "what the runner said cannot be read: \"checks\" is missing"
    ),
    (
      "\(ready()); \(send(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"no"}}"#)); cat",
      "the runner refused the job: no"
    ),
  ])
  func `says what happened instead of an answer`(script: String, expected: String) {
    let reason = reason(shell(script))
    #expect(reason?.hasPrefix(expected) ?? false, "\(reason ?? "nil")")
  }

  @Test func `gives up on a runner that hangs`() {
    let job = DryRunJob(written: Experiment(dialect: "native", sources: []), budget: DryRunBudget(seconds: 0))
    let report = DryRunClient(shell("\(Self.ready()); exec sleep 100")).run(job)
    #expect(report.verdict == .notRunnable("it hung: there was no answer within 8 s"))
    #expect(report.seconds >= 8)
  }

  @Test func `takes a report in pieces, with other things around it, and all progress`() {
    let report = DryRunReport(verdict: .refuted, seconds: 1.5, library: "none")
    let answer = Self.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\(report.json)}")
    let script = """
      echo a banner of the machine; \(Self.ready())
      \(Self.send(#"{"jsonrpc":"2.0","method":"progress","params":{"share":0.5,"activity":"half"}}"#))
      \(Self.send(#"{"jsonrpc":"2.0","method":"news","params":[]}"#))
      (\(answer)) | (head -c 70; sleep 0.1; cat)
      exec sleep 100
      """
    var progress: [DryRunProgress] = []
    let client = DryRunClient(shell(script))
    #expect(client.run(job(), progress: { progress.append($0) }) == report)
    #expect(progress == [DryRunProgress(share: 0.5, activity: "half")])
  }

  @Test func `sends a large job to one who never reads`() {
    let experiment = Experiment(dialect: String(repeating: "x", count: 1 << 20), sources: [])
    let report = DryRunClient(shell("\(Self.ready()); sleep 0.2; exit 4")).run(DryRunJob(written: experiment))
    #expect(report.verdict.reason == "the runner ended with status 4 in the midst of the job")
  }

  @Test func `ends what was started, and what that started, within a moment of a cancellation`() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("epochzero-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let client = DryRunClient(shell("sleep 1000 & echo $! > \(file.path); \(Self.ready()); wait"))
    func isStarted() -> Bool { (try? String(contentsOf: file, encoding: .utf8))?.hasSuffix("\n") ?? false }
    var asked: Date?
    let report = client.run(
      job(),
      isCancelled: {
        if asked == nil, isStarted() { asked = Date() }
        return asked != nil
      }
    )
    #expect(report.verdict == .notRunnable("cancelled"))
    #expect(Date().timeIntervalSince(try #require(asked)) < 4)
    let text = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(isGone(try #require(Int32(text))))
  }

  @Test func `starts nothing for a job that is cancelled already`() {
    let report = DryRunClient(RunnerCommand(launcher: ["no-such-launcher"])).run(job(), isCancelled: { true })
    #expect(report.verdict == .notRunnable("cancelled"))
  }

  // MARK: - Private

  private func job() -> DryRunJob { DryRunJob(written: Experiment(dialect: "native", sources: [])) }

  private func reason(_ command: RunnerCommand) -> String? { DryRunClient(command).run(job()).verdict.reason }

  /// A shell that runs a script in the place of a launcher.
  private func shell(_ script: String) -> RunnerCommand {
    RunnerCommand(launcher: ["sh", "-c", script], search: Self.nowhere)
  }

  /// Shell commands that send a message as a runner does.
  private static func send(_ body: String) -> String {
    "printf 'Content-Length: %d\\r\\n\\r\\n%s' \(body.utf8.count) '\(body)'"
  }

  private static func ready(_ version: String? = "0.1.0") -> String {
    let member = version.map { "\"version\":\"\($0)\"" } ?? ""
    return send("{\"jsonrpc\":\"2.0\",\"method\":\"ready\",\"params\":{\(member)}}")
  }

  private func isGone(_ process: Int32) -> Bool {
    // One that ended stays as a zombie until whoever took it over waits for it.
    let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return status.map { $0.contains(") Z ") } ?? true
  }
}

extension DryRunReport {
  fileprivate var json: String {
    var writer = JSONWriter(isCompact: true)
    write(to: &writer)
    return writer.text
  }
}
