import DryRunMessages
import Foundation
import TestSupport
import Testing

/// `check --confirm` and `dryrun`, with a script that answers in the place of a runner.
struct ConfirmTests {
  private static let refuted = DryRunReport.sample(
    .refuted,
    written: [0.3, 0.31, 0.3],
    changed: [0.3, 0.3, 0.31],
    ratio: 1.0,
    interval: 0.95...1.06
  )
  /// The rule about dropout comes first: refuted, alone and with the rate mended; then the rate: confirmed.
  private static let answers = [refuted, refuted, .sample()]

  // MARK: - Goldens

  @Test(arguments: [
    ("full", ["check", "--confirm"]), ("concise", ["check", "--confirm", "--format", "concise"]),
    ("json", ["check", "--confirm", "--format", "json"]), ("agent", ["check", "--confirm", "--format", "agent"]),
    ("color", ["check", "--confirm", "--color", "always"]),
  ])
  func `prints what is kept`(name: String, arguments: [String]) throws {
    try compare(name, try run(arguments, Self.answers, environment: ["LANG": "C.UTF-8"]))
  }

  @Test(arguments: [("experiment", ["dryrun"]), ("experiment-json", ["dryrun", "--format", "json"])])
  func `prints what is kept of an experiment by itself`(name: String, arguments: [String]) throws {
    try compare(name, try run(arguments, [.sampleOfExperiment], environment: ["LANG": "C.UTF-8"]))
  }

  @Test func `every golden belongs to a run`() throws {
    let kept = try FileManager.default.contentsOfDirectory(atPath: Self.golden.path)
    let names = ["full", "concise", "json", "agent", "color", "experiment", "experiment-json"]
    #expect(Set(kept) == Set(names.map { "\($0).txt" }))
  }

  // MARK: - What counts

  @Test func `ends with 0 where all that failed the run is refuted`() throws {
    let result = try run(["check", "--confirm", "--ignore", "golden/rate"], [Self.refuted])
    #expect(result.status == 0)
    #expect(result.output.contains("hint[golden/dropout]"))
    #expect(try run(["check", "--ignore", "golden/rate"], []).status == 1)
  }

  @Test func `keeps the findings where the runner fails`() throws {
    let failing = try StandInRunner([])
    try Data("exit 7\n".utf8).write(to: failing.folder.url.appendingPathComponent("stand-in.sh"))
    let result = try Program.run(["check", "--confirm", "robot.yaml"], in: failing.folder.url)
    #expect(result.status == 1)
    #expect(result.output.contains("error[golden/rate]"))
    #expect(result.output.contains("not runnable: the launcher ended with status 7 before the runner was ready"))
  }

  @Test func `says that there is nothing to test`() throws {
    let result = try run(["check", "--confirm", "--select", "golden/monitor"], [])
    #expect(result.errors == "note: --confirm: there is no finding that a dry run can test\n")
    #expect(result.output.contains("not tested: a dry run cannot test this: what is looked at does not change"))
    #expect(try run(["check", "--confirm", "--select", "golden/monitor", "--quiet"], []).errors == "")
  }

  @Test func `draws curves of ASCII where the locale is not of UTF-8`() throws {
    let result = try run(["check", "--confirm"], Self.answers)
    #expect(result.output.utf8.allSatisfy { $0 < 0x80 })
    #expect(result.output.contains("held-out loss: as written #"))
  }

  @Test func `writes a page`() throws {
    let runner = try StandInRunner(Self.answers)
    let result = try Program.run(
      ["check", "--confirm", "--report", "out.html", "--quiet", "robot.yaml"],
      in: runner.folder.url
    )
    #expect(result.status == 1)
    let page = try runner.folder.text(of: "out.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("golden/rate"))
    let alone = try StandInRunner([.sampleOfExperiment])
    #expect(try Program.run(["dryrun", "robot.yaml", "--report", "out.html"], in: alone.folder.url).status == 1)
    #expect(try alone.folder.text(of: "out.html").contains("the loss of one batch stays at 0.9"))
  }

  @Test func `ends with 2 where an experiment cannot be trained`() throws {
    let result = try run(["dryrun"], [DryRunReport(verdict: .notRunnable("there is no kernel for \"x\""))])
    #expect(result.status == 2)
    #expect(result.output == "robot.yaml: not runnable: there is no kernel for \"x\"\n")
  }

  @Test func `shows the checks that were made before the time ran out`() throws {
    var report = DryRunReport.sampleOfExperiment
    report.verdict = .inconclusive("the time ran out after 3 checks")
    let result = try run(["dryrun"], [report])
    #expect(result.status == 1)
    #expect(result.output.contains("\n  note: the time ran out after 3 checks\n"))
    #expect(result.output.contains("\n  failed  overfit one batch: "))
  }

  @Test func `ends with 0 where no check failed`() throws {
    var report = DryRunReport.sampleOfExperiment
    report.checks.removeAll { $0.outcome == .failed }
    #expect(try run(["dryrun"], [report]).status == 0)
  }

  // MARK: - What is asked of the runner

  @Test func `asks for what the command line says, else for what settings say`() throws {
    let runner = try StandInRunner([.sampleOfExperiment])
    try runner.folder.write(
      "epochzero.yaml",
      try runner.folder.text(of: "epochzero.yaml").replacing("]}", with: "], seconds: 7, threads: 3}")
    )
    try runner.folder.write("rows.csv", "1,2\n")
    let arguments = [
      "dryrun", "robot.yaml", "--seconds", "2.5", "--data", "rows.csv", "--seed", "42", "--memory", "1 GiB",
    ]
    #expect(try Program.run(arguments, in: runner.folder.url).status == 1)
    let message = try runner.folder.text(of: "message")
    for part in ["\"seconds\":2.5", "\"threads\":3", "\"seed\":42", "\"memory\":1073741824", "rows.csv\""] {
      #expect(message.contains(part), "\(part) is not in \(message)")
    }
  }

  @Test func `shows who says how dry runs train`() throws {
    let runner = try StandInRunner([])
    let arguments = ["check", "--confirm", "--seconds", "2.5", "--show-settings", "robot.yaml"]
    let rows = try Program.run(arguments, in: runner.folder.url).output.split(separator: "\n")
    let launcher = try #require(rows.first { $0.contains("dryrun launcher") })
    #expect(launcher.hasSuffix("sh stand-in.sh  epochzero.yaml:1:1"))
    #expect(try #require(rows.first { $0.contains("dryrun seconds") }).hasSuffix("2.5      --seconds"))
  }

  @Test(arguments: [
    (["check", "--seconds", "2"], "Error: --seconds is about dry runs; give --confirm with it"),
    (["check", "--confirm", "--fix"], "Error: --confirm trains what --fix would change"),
    (["check", "--confirm", "--seconds", "0"], "Error: --seconds must be a number from 0.1 to 3600, not 0.0"),
    (["check", "--confirm", "--seeds", "12"], "Error: --seeds must be a whole number from 3 to 9, not 12"),
    (
      ["check", "--confirm", "--memory", "2"],
      "Error: --memory must be a size of 64 MiB at least, such as \"2 GB\", not 2"
    ),
    (["check", "--confirm", "--data", "gone.csv"], "error: --data: gone.csv: no such file"),
    (["check", "--confirm", "--report", "gone/a.html"], "error: --report: gone/a.html: there is no folder \"gone\""),
    (["check", "--confirm", "--report", "robot.yaml"], "error: --report: robot.yaml: is a file to lint"),
    (["dryrun", "--report", "rules"], "error: --report: rules: is a folder; name a file in it"),
    (["dryrun", "--data", "rules"], "error: --data: rules: is no file"),
  ])
  func `refuses what cannot be`(arguments: [String], message: String) throws {
    let result = try run(arguments, [])
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix(message), "\(result.errors)")
  }

  @Test func `refuses to train what is no config`() throws {
    let runner = try StandInRunner([])
    try runner.folder.write("notes.yaml", "a: b\n")
    let result = try Program.run(["dryrun", "notes.yaml"], in: runner.folder.url)
    #expect(result.status == 2)
    #expect(result.errors == "error: notes.yaml: not a config that epochzero knows\n")
  }

  // MARK: - While it runs

  @Test(.timeLimit(.minutes(1))) func `shows a bar on a terminal, and erases it`() throws {
    let shown = try terminalErrors(["check", "--confirm", "robot.yaml"])
    #expect(shown.contains("\r\u{1B}[K##########---------- 2 of 2 golden/rate: starting"))
    #expect(shown.hasSuffix("\r\u{1B}[K"))
    #expect(try terminalErrors(["check", "--confirm", "--quiet", "robot.yaml"]) == "")
  }

  @Test(.timeLimit(.minutes(1))) func `prints the findings when it is interrupted`() throws {
    let runner = try StandInRunner([Self.refuted, Self.refuted])
    let scratch = try TemporaryFolder(["out": "", "err": ""])
    let process = Process()
    // The tests may run where the signal is ignored, as in the background of a script.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal=INT", Program.executable.path, "check", "--confirm", "robot.yaml"]
    process.currentDirectoryURL = runner.folder.url
    process.standardOutput = try FileHandle(forWritingTo: scratch.url.appendingPathComponent("out"))
    process.standardError = try FileHandle(forWritingTo: scratch.url.appendingPathComponent("err"))
    try process.run()
    // The third job is never answered.
    while (try? runner.folder.text(of: "job-3")) == nil { usleep(10_000) }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == SIGINT)
    let output = try scratch.text(of: "out")
    #expect(output.contains("error[golden/rate]"))
    #expect(output.contains("4 findings (1 error, 3 hints); 2 refuted (now hints), 2 not tested"))
    #expect(try scratch.text(of: "err") == "note: interrupted: 1 finding was not put to the test\n")
  }

  // MARK: - Private

  private func run(
    _ arguments: [String],
    _ answers: [DryRunReport],
    environment: [String: String] = [:]
  ) throws -> Program.Result {
    let runner = try StandInRunner(answers)
    return try Program.run(arguments + ["robot.yaml"], in: runner.folder.url, environment: environment)
  }

  private static let golden = StandInRunner.fixtures.appendingPathComponent("golden")

  private func compare(_ name: String, _ result: Program.Result) throws {
    let actual = "\(result.output)--- standard error\n\(result.errors)--- exit \(result.status)\n"
    let file = Self.golden.appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["EPOCHZERO_RECORD"] == "1" { try Data(actual.utf8).write(to: file) }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    #expect(actual == expected, "record it with EPOCHZERO_RECORD=1 swift test --filter ConfirmTests")
  }

  /// What the program writes to standard error where that is a terminal.
  private func terminalErrors(_ arguments: [String]) throws -> String {
    let runner = try StandInRunner(Self.answers)
    // Swift does not see posix_openpt and its like: these are the calls that they make.
    let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var number: CInt = 0
    var lock: CInt = 0
    try #require(main >= 0 && ioctl(main, 0x4004_5431, &lock) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
    let process = Process()
    process.executableURL = Program.executable
    process.arguments = arguments
    process.currentDirectoryURL = runner.folder.url
    process.environment = ["PATH": "/usr/bin:/bin", "TERM": "xterm", "NO_COLOR": "1"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forUpdatingAtPath: "/dev/pts/\(number)")
    try process.run()
    process.waitUntilExit()
    // What was written comes out of the terminal a little later.
    var bytes: [UInt8] = []
    var descriptor = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
    while poll(&descriptor, 1, 500) > 0 {
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(main, &chunk, chunk.count)
      if count <= 0 { break }
      bytes += chunk[..<count]
    }
    close(main)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TemporaryFolder {
  fileprivate func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }
}
