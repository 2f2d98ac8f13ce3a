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

  @Test func `does not take both`() throws {
    let folder = try self.folder()
    #expect(try Program.run(["check", "--fix", "--diff"], in: folder.url).status == 2)
  }

  private func folder() throws -> TemporaryFolder {
    try TemporaryFolder(["run.yaml": Sample.config, "my-rules/dropout/sample.lua": Sample.rule()])
  }
}
