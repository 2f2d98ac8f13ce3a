import Foundation
import Testing

struct CheckTests {
  private let only = ["--rules", "my-rules", "--select", "dropout/sample"]

  @Test func `shows what a rule of the user's finds, and ends with 1`() throws {
    let result = try run(["check", "run.yaml"] + only)
    #expect(result.status == 1)
    #expect(
      result.output == """
        run.yaml:5:29: warning[dropout/sample]: layer "dropout_1" drops 0.8 of its inputs
          |
        5 |     - {kind: dropout, rate: 0.8}
          |                             ^^^
        help: drop half of them at most  [fixable]

        1 finding (1 warning); 1 fixable with --fix

        """
    )
    #expect(result.errors == "")
  }

  @Test func `writes a line for each finding, and the sum to standard error`() throws {
    let result = try run(["check", "run.yaml", "--format", "concise"] + only)
    #expect(
      result.output == "run.yaml:5:29: warning[dropout/sample]: layer \"dropout_1\" drops 0.8 of its inputs [fixable]\n"
    )
    #expect(result.errors == "1 finding (1 warning); 1 fixable with --fix\n")
  }

  @Test func `writes the fix of a finding as JSON`() throws {
    let result = try run(["check", "run.yaml", "--format", "json"] + only)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let finding = try #require((object["findings"] as? [[String: Any]])?.first)
    let fix = try #require(finding["fix"] as? [String: Any])
    let edit = try #require((fix["edits"] as? [[String: Any]])?.first)
    #expect(fix["safe"] as? Bool == true)
    #expect(edit["file"] as? String == "run.yaml")
    #expect(edit["line"] as? Int == 5)
    #expect(edit["column"] as? Int == 29)
    #expect(edit["replacement"] as? String == "0.5")
    let start = try #require(edit["start"] as? Int)
    #expect(Array(Sample.config.utf8)[start..<(start + 3)].elementsEqual("0.8".utf8))
  }

  @Test func `ends with 0 when there are hints alone`() throws {
    let result = try run(["check", "run.yaml"] + only, severity: "hint")
    #expect(result.status == 0)
    #expect(result.output.contains("hint[dropout/sample]"))
  }

  @Test func `leaves out what is below the severity asked for`() throws {
    let result = try run(["check", "run.yaml", "--min-severity", "error"] + only)
    #expect(result.status == 0)
    #expect(result.output == "no findings in 1 file\n")
  }

  @Test func `goes on when a rule fails, reports it and ends with 1`() throws {
    let files = ["run.yaml": Sample.config, "my-rules/a.lua": Sample.failingRule, "my-rules/b.lua": Sample.rule()]
    let folder = try TemporaryFolder(files)
    let result = try Program.run(
      ["check", "run.yaml", "--rules", "my-rules", "--select", "dropout/failing", "--format", "concise", "-q"],
      in: folder.url
    )
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("my-rules/a.lua:"))
    #expect(result.output.contains(": error[plugin]: "))
    #expect(result.output.contains("no luck"))
    #expect(result.errors == "")
  }

  @Test(arguments: [["--ignore", "dropout/sample"], ["--ignore", "dropout"], ["--ignore", "all"]])
  func `does not run rules that are ignored`(arguments: [String]) throws {
    let result = try run(["check", "run.yaml", "--rules", "my-rules"] + arguments)
    #expect(!result.output.contains("[dropout/sample]"))
  }

  @Test func `runs a rule that is selected though its group is ignored`() throws {
    let result = try run(["check", "run.yaml"] + only + ["--ignore", "dropout"])
    #expect(result.status == 1)
  }

  @Test func `proposes the rule that was meant`() throws {
    let result = try run(["check", "run.yaml", "--rules", "my-rules", "--select", "dropout/sampel"])
    #expect(result.status == 2)
    #expect(result.errors.contains("did you mean \"dropout/sample\"?"))
  }

  @Test func `reads standard input under the name it is given`() throws {
    let result = try run(
      ["check", "-", "--stdin-filename", "sub/other.yaml", "--format", "concise", "-q"] + only,
      input: Sample.config
    )
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("sub/other.yaml:5:29: "))
  }

  @Test func `reports broken JSON that is named`() throws {
    let folder = try TemporaryFolder(["model.json": "{\"class_name\": \"Sequential\", \"config\": }"])
    let result = try Program.run(["check", "model.json", "--format", "concise", "-q"], in: folder.url)
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("model.json:1:"))
    #expect(result.output.contains("error[files/invalid-syntax]"))
  }

  @Test func `colours by choice only`() throws {
    #expect(try !run(["check", "run.yaml"] + only).output.contains("\u{1B}"))
    #expect(
      try run(["check", "run.yaml", "--color", "always"] + only).output.contains("\u{1B}[1;33mwarning[dropout/sample]")
    )
  }

  private func run(_ arguments: [String], severity: String = "warning", input: String = "") throws -> Program.Result {
    let files = ["run.yaml": Sample.config, "my-rules/dropout/sample.lua": Sample.rule(severity: severity)]
    let folder = try TemporaryFolder(files)
    return try Program.run(arguments, in: folder.url, input: input)
  }
}
