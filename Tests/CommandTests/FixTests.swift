import Foundation
import Testing

struct FixTests {
  private let only = ["--rules", "my-rules", "--select", "dropout/sample"]
  private let fixed = Sample.config.replacing("0.8", with: "0.5")

  @Test func `writes fixed files and ends with 0 when nothing is left`() throws {
    let folder = try self.folder()
    let result = try Program.run(["check", ".", "--fix"] + only, in: folder.url)
    #expect(result.status == 0)
    #expect(result.output == "no findings in 1 file\n")
    #expect(result.errors == "fixed 1 finding\n")
    #expect(try folder.text(of: "run.yaml") == fixed)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(names.sorted() == ["my-rules", "run.yaml"])
  }

  @Test func `prints the difference, writes nothing and ends with 1`() throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "--diff"] + only, in: folder.url)
    #expect(result.status == 1)
    #expect(
      result.output == """
        --- run.yaml
        +++ run.yaml
        @@ -2,6 +2,6 @@
         model:
           layers:
             - {kind: input, shape: [8]}
        -    - {kind: dropout, rate: 0.8}
        +    - {kind: dropout, rate: 0.5}
             - {kind: dense, units: 1}
         training: {loss: mse}

        """
    )
    #expect(try folder.text(of: "run.yaml") == Sample.config)
  }

  @Test func `writes fixed standard input to standard output and the rest to standard error`() throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "-", "--fix"] + only, in: folder.url, input: Sample.config)
    #expect(result.status == 0)
    #expect(result.output == fixed)
    #expect(result.errors.contains("fixed 1 finding"))
  }

  @Test func `passes standard input on when there is nothing to fix`() throws {
    let folder = try self.folder()
    let result = try Program.run(["check", "-", "--fix", "-q"] + only, in: folder.url, input: fixed)
    #expect(result.output == fixed)
    #expect(result.errors == "")
  }

  @Test(arguments: [["--fix", "--diff"], ["--unsafe-fixes"], ["--fix", "--fixable", "dropout/none"]])
  func `refuses options that do not fit`(options: [String]) throws {
    let folder = try self.folder()
    #expect(try Program.run(["check"] + options + only, in: folder.url).status == 2)
    #expect(try folder.text(of: "run.yaml") == Sample.config)
  }

  @Test func `leaves unsafe fixes and those of other rules alone unless told to`() throws {
    let rule = Sample.rule().replacing("fix = set", with: "safe = false, fix = set")
    let folder = try TemporaryFolder(["run.yaml": Sample.config, "my-rules/dropout/sample.lua": rule])
    let plain = try Program.run(["check", "--fix"] + only, in: folder.url)
    #expect(plain.status == 1)
    #expect(plain.output.contains("help: drop half of them at most  [unsafe fix]\n"))
    #expect(plain.output.hasSuffix("1 finding (1 warning); 1 fixable with --fix --unsafe-fixes\n"))
    #expect(try folder.text(of: "run.yaml") == Sample.config)
    let unfixable = ["check", "--fix", "--unsafe-fixes", "--unfixable", "dropout"]
    #expect(try Program.run(unfixable + only, in: folder.url).output.hasSuffix("1 finding (1 warning)\n"))
    #expect(try folder.text(of: "run.yaml") == Sample.config)
    #expect(try Program.run(["check", "--fix", "--unsafe-fixes"] + only, in: folder.url).status == 0)
    #expect(try folder.text(of: "run.yaml") == fixed)
  }

  @Test func `says what it could not write, and why`() throws {
    let folder = try self.folder()
    let path = folder.url.appendingPathComponent("run.yaml").path
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    let result = try Program.run(["check", ".", "--fix"] + only, in: folder.url)
    #expect(result.status == 2)
    #expect(result.errors == "error: run.yaml: not written: the file is read-only\n")
    #expect(try folder.text(of: "run.yaml") == Sample.config)
  }

  private func folder() throws -> TemporaryFolder {
    try TemporaryFolder(["run.yaml": Sample.config, "my-rules/dropout/sample.lua": Sample.rule()])
  }
}
