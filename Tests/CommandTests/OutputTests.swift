import Foundation
import Testing

struct OutputTests {
  private let only = ["--rules", "my-rules", "--select", "dropout/sample"]

  // MARK: - Formats and files

  @Test func `writes each format to the output behind it`() throws {
    let folder = try self.folder()
    let result = try Program.run(
      ["check", "--format", "concise", "--format=sarif", "--output=a b.sarif", "run.yaml", "--format", "github"]
        + ["--output", "sub/log", "--output", "sub/log2"] + only,
      in: folder.url
    )
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("run.yaml:5:29: warning[dropout/sample]: "))
    #expect(result.errors == "1 finding (1 warning); 1 fixable with --fix\n")
    #expect(try folder.text(of: "a b.sarif").hasPrefix("{\n  \"$schema\": "))
    #expect(try folder.text(of: "sub/log").hasPrefix("::warning file=run.yaml,line=5,"))
    #expect(try folder.text(of: "sub/log2") == folder.text(of: "sub/log"))
    #expect(try folder.names(in: "sub") == ["log", "log2"])
  }

  @Test func `writes full to an output without a format, and the summary to standard error`() throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "run.yaml", "--output", "report.txt"] + only, in: folder.url)
    #expect(result.output == "")
    #expect(result.errors == "1 finding (1 warning); 1 fixable with --fix\n")
    #expect(try folder.text(of: "report.txt").contains("help: drop half of them at most"))
  }

  @Test func `takes - for standard output`() throws {
    let folder = try self.folder()
    let result = try Program.run(
      ["check", "run.yaml", "--format", "agent", "--output", "-", "-q"] + only,
      in: folder.url
    )
    #expect(result.output.hasPrefix("run.yaml\n5:29 warning dropout/sample "))
  }

  @Test func `replaces a file and keeps its mode and the link to it`() throws {
    let folder = try self.folder()
    let file = folder.url.appendingPathComponent("sub/kept")
    try Data("old".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let link = folder.url.appendingPathComponent("link")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "sub/kept")
    _ = try Program.run(["check", "run.yaml", "--format", "github", "--output", "link"] + only, in: folder.url)
    #expect(try folder.text(of: "sub/kept").hasPrefix("::warning "))
    #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "sub/kept")
  }

  @Test(arguments: [
    (
      ["--format", "json", "--output", "no/where/x"],
      "error: --output: no/where/x: there is no folder \"no/where\"; make it first\n"
    ),
    (["--output", "./run.yaml"], "error: --output: ./run.yaml: is a file to lint, which the report would replace\n"),
    (["--output", "sub"], "error: --output: sub: is a folder; name a file in it\n"),
    (["--output", "run.yaml/x"], "error: --output: run.yaml/x: there is no folder \"run.yaml\"; make it first\n"),
  ])
  func `says what is wrong with an output before it lints`(arguments: [String], message: String) throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "run.yaml"] + arguments + only, in: folder.url)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors == message)
    #expect(try folder.names(in: ".") == ["my-rules", "run.yaml", "sub"])
  }

  @Test(arguments: [
    (["--format", "json", "--format", "full"], "two formats would write to standard output"),
    (["--output", "x", "--format", "json"], "--output x stands before every --format"),
    (["--format", "json", "--output", "x", "--format", "full", "--output", "./x"], "two formats would write to ./x"),
    (["--statistics", "--format", "sarif"], "--statistics counts in the formats full, concise and json"),
    (["--fail-on", "note"], "fail-on"),
  ])
  func `refuses options that contradict each other`(arguments: [String], message: String) throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "run.yaml"] + arguments, in: folder.url)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(message))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `ends with 2 when a report cannot be written`() throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "run.yaml", "--output", "/dev/full"] + only, in: folder.url)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error: --output: /dev/full: no space left on device\n"))
  }

  // MARK: - Exit status

  @Test(arguments: [
    ("error", "error", 1), ("error", "warning", 0), ("warning", "warning", 1), ("hint", "hint", 1),
    ("hint", "warning", 1),
    ("never", "error", 0), ("warning", "hint", 0),
  ])
  func `fails from the severity asked for`(threshold: String, severity: String, status: Int32) throws {
    let folder = try self.folder(severity: severity)
    let result = try Program.run(["check", "run.yaml", "--fail-on", threshold] + only, in: folder.url)
    #expect(result.status == status)
  }

  @Test func `ends with 0 whatever is found, but not when something cannot be read`() throws {
    let folder = try self.folder(severity: "error")
    #expect(try Program.run(["check", "run.yaml", "--exit-zero"] + only, in: folder.url).status == 0)
    #expect(try Program.run(["check", "run.yaml", "--diff", "--exit-zero"] + only, in: folder.url).status == 0)
    #expect(try Program.run(["check", "gone.yaml", "--exit-zero"] + only, in: folder.url).status == 2)
    let report = try Program.run(["check", "run.yaml", "--exit-zero", "--format", "junit"] + only, in: folder.url)
    #expect(report.output.contains(" failures=\"1\""))
    let never = try Program.run(
      ["check", "run.yaml", "--fail-on", "never", "--format", "junit"] + only,
      in: folder.url
    )
    #expect(never.output.contains(" failures=\"0\""))
  }

  // MARK: - Statistics

  @Test func `counts in place of the findings for people, and beside them for programs`() throws {
    let folder = try self.folder()
    let text = try Program.run(["check", "run.yaml", "--statistics"] + only, in: folder.url)
    #expect(
      text.output == "1  warning  dropout/sample  [fixable]\n1 finding (1 warning); 1 fixable with --fix\n"
    )
    let json = try Program.run(["check", "run.yaml", "--statistics", "--format", "json"] + only, in: folder.url)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["findings"] as? [Any])?.count == 1)
    let count = try #require((object["statistics"] as? [[String: Any]])?.first)
    #expect(count["rule"] as? String == "dropout/sample")
    #expect(count["count"] as? Int == 1)
    #expect(count["fixable"] as? Int == 1)
  }

  // MARK: - Colours

  @Test(arguments: [
    (["FORCE_COLOR": "1"], true), (["CLICOLOR_FORCE": "1"], true), (["FORCE_COLOR": "0"], false), ([:], false),
    (["NO_COLOR": "1", "FORCE_COLOR": "1"], false), (["NO_COLOR": "", "FORCE_COLOR": "1"], true),
    (["FORCE_COLOR": "1", "TERM": "dumb"], true), (["CLICOLOR": "0"], false),
  ])
  func `heeds the environment`(environment: [String: String], isColored: Bool) throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "run.yaml"] + only, in: folder.url, environment: environment)
    #expect(result.output.contains("\u{1B}[") == isColored)
  }

  @Test func `heeds the option before the environment, and colours no file unasked`() throws {
    let folder = try self.folder()
    let never = try Program.run(
      ["check", "run.yaml", "--color", "never", "--output", "plain"] + only,
      in: folder.url,
      environment: ["FORCE_COLOR": "1"]
    )
    #expect(!never.output.contains("\u{1B}["))
    #expect(try !folder.text(of: "plain").contains("\u{1B}["))
    _ = try Program.run(["check", "run.yaml", "--color", "always", "--output", "colored"] + only, in: folder.url)
    #expect(try folder.text(of: "colored").contains("\u{1B}["))
  }

  // MARK: - Readers that go away

  @Test func `ends with its own status and without a word when nobody reads a long report`() throws {
    let layers = (0..<900).map { "    - {kind: dropout, name: d\($0), rate: 0.9}" }
    let config = "epochzero: 1\nmodel:\n  layers:\n" + layers.joined(separator: "\n") + "\n"
    let folder = try TemporaryFolder(["run.yaml": config, "my-rules/sample.lua": Sample.rule()])
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    let command = "'\(Program.executable.path)' check run.yaml \(only.joined(separator: " "))"
    shell.arguments = ["-c", "{ \(command); echo $? > status; } 2> errors | head -1 > first"]
    shell.currentDirectoryURL = folder.url
    try shell.run()
    shell.waitUntilExit()
    #expect(try folder.text(of: "errors") == "")
    #expect(try folder.text(of: "status") == "1\n")
    #expect(try folder.text(of: "first").hasPrefix("run.yaml:4:"))
  }

  // MARK: - Support

  private func folder(severity: String = "warning") throws -> TemporaryFolder {
    let folder = try TemporaryFolder([
      "run.yaml": Sample.config, "my-rules/sample.lua": Sample.rule(severity: severity),
    ])
    let sub = folder.url.appendingPathComponent("sub")
    try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: true)
    return folder
  }
}

extension TemporaryFolder {
  fileprivate func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent(folder).path).sorted()
  }
}
