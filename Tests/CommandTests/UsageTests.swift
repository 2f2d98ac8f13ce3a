import Foundation
import Testing

struct UsageTests {
  @Test func `says its version`() throws {
    let result = try run(["--version"])
    #expect(result.status == 0)
    #expect(result.output.split(separator: ".").count == 3)
    #expect(result.errors == "")
  }

  @Test(arguments: [["check", "--bogus"], ["explain"], ["check", "--format", "xml"], ["rules", "extra"]])
  func `ends with 2 for wrong usage`(arguments: [String]) throws {
    let result = try run(arguments)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("Usage:"))
  }

  @Test func `shows its help and ends with 2 when nothing is asked`() throws {
    let result = try run([])
    #expect(result.status == 2)
    #expect(result.errors.contains("SUBCOMMANDS"))
  }

  @Test func `ends with 2 for a file that is not there, and still lints the rest`() throws {
    let folder = try TemporaryFolder(["notes.yaml": "just: notes\n"])
    let result = try Program.run(["check", "gone.json", "notes.yaml", "--format", "json"], in: folder.url)
    #expect(result.status == 2)
    #expect(result.errors.contains("error: gone.json: no such file or folder"))
    #expect(result.errors.contains("note: notes.yaml: not a config that epochzero knows"))
  }

  @Test func `is silent about files that are no configs in a folder`() throws {
    let folder = try TemporaryFolder(["package.json": "{\"name\": \"x\"}", "broken.json": "{\"a\": "])
    let result = try Program.run(["check"], in: folder.url)
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output == "no findings in 0 files\n")
  }

  @Test func `takes files that a hook names as if they were found in a folder`() throws {
    let files = [
      "package.json": "{\"name\": \"x\"}", "broken.json": "{\"a\": ", "chart.yaml": "a: {{ .Values.a }}\nb: [\n",
      "notes.txt": "a note", "weights.keras": "PK\u{3}\u{4}", "run.yaml": "epochzero: 1\n",
    ]
    let folder = try TemporaryFolder(files)
    let named = try Program.run(["check"] + files.keys.sorted(), in: folder.url)
    #expect(named.status == 2)
    #expect(named.output.contains("broken.json:1:"))
    #expect(named.errors.contains("note: package.json"))
    let hook = try Program.run(["check", "--force-exclude"] + files.keys.sorted(), in: folder.url)
    #expect(hook.status == 0)
    #expect(hook.output == "no findings in 1 file\n")
    #expect(hook.errors == "note: weights.keras: the archive is cut off: its list of members is missing\n")
  }

  @Test func `reports the broken syntax of a config that a hook names`() throws {
    let folder = try TemporaryFolder(["run.yaml": "epochzero: 1\nmodel: [\n"])
    let result = try Program.run(["check", "--force-exclude", "run.yaml"], in: folder.url)
    #expect(result.status == 1)
    #expect(result.output.contains("files/invalid-syntax"))
  }

  @Test func `looks at what the command line includes, passes over what it excludes`() throws {
    let config = "epochzero: 1\n"
    let folder = try TemporaryFolder(["a.yaml": config, "b.conf": config, "old/c.yaml": config, "sub/d.yaml": config])
    #expect(try count([], in: folder) == "3 files")
    #expect(try count(["--exclude", "old"], in: folder) == "2 files")
    #expect(try count(["--exclude", "old", "--exclude", "sub/*.yaml"], in: folder) == "1 file")
    #expect(try count(["--include", "*.conf"], in: folder) == "1 file")
    #expect(try count(["--include", "*.conf", "--include", "sub"], in: folder) == "2 files")
    #expect(try count(["--exclude", "old", "old/c.yaml"], in: folder) == "1 file")
    #expect(try count(["--exclude", "old", "--force-exclude", "old/c.yaml"], in: folder) == "0 files")
  }

  private func count(_ arguments: [String], in folder: TemporaryFolder) throws -> String {
    let result = try Program.run(["check"] + arguments, in: folder.url)
    return result.output.trimmingCharacters(in: .newlines).replacing("no findings in ", with: "")
  }

  /// Forms that are read without the argument parser, with what makes each one that it reads.
  @Test(
    arguments: [
      ["a.yaml"], ["a.yaml", "old"], ["missing.yaml"], ["--force-exclude", "a.yaml", "old/b.yaml"],
      ["a.yaml", "--force-exclude", "old/b.yaml"], ["--fix", "a.yaml", "old/b.yaml"],
      ["--force-exclude", "--fix", "a.yaml", "old/b.yaml"], ["--fix", "--fix", "a.yaml"],
      ["--force-exclude", "--force-exclude", "old/b.yaml"],
    ]
  )
  func `reads the forms of hooks as the argument parser does`(arguments: [String]) throws {
    let results = try [[], ["--color", "auto"]].map { more in
      let config = """
        epochzero: 1
        model: {layers: [{kind: dense, units: 64, activation: relu}, {kind: dense, units: 1, activation: softmax}]}
        data: {inputs: {features: 20}}
        training: {loss: binary_crossentropy}

        """
      let folder = try TemporaryFolder(["a.yaml": config, "old/b.yaml": config, "epochzero.yaml": "exclude: old\n"])
      let result = try Program.run(["check"] + arguments + more, in: folder.url)
      return (result, try folder.text(of: "a.yaml"), try folder.text(of: "old/b.yaml"))
    }
    #expect(results[0] == results[1])
  }

  @Test func `takes a path for check`() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["."], in: folder.url)
    #expect(result.status == 0)
    #expect(result.output == "no findings in 0 files\n")
  }

  @Test(arguments: [
    ["check", "--select", "nonsense"], ["check", "--rules", "nowhere"], ["explain", "no/rule"], ["facts", "x"],
  ])
  func `ends with 2 for names that mean nothing`(arguments: [String]) throws {
    let result = try run(arguments)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error: "))
  }

  @Test func `ends quietly when nobody reads`() throws {
    let folder = try TemporaryFolder()
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "{ '\(Program.executable.path)' --help; echo $? > status; } 2> errors | true"]
    shell.currentDirectoryURL = folder.url
    try shell.run()
    shell.waitUntilExit()
    #expect(try folder.text(of: "errors") == "")
    #expect(try folder.text(of: "status") == "0\n")
  }

  private func run(_ arguments: [String]) throws -> Program.Result {
    let folder = try TemporaryFolder()
    return try Program.run(arguments, in: folder.url)
  }
}
