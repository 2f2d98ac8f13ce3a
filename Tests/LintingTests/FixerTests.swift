import Linting
import Rules
import Testing

struct FixerTests {
  private let text = """
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [8]}
        - {kind: dense, units: 4}
        - {kind: dropout, rate: 0.8}  # keep me
        - {kind: dropout, rate: 0.6}

    """

  @Test func `makes fixes until nothing is left to fix, and changes nothing else`() throws {
    let outcome = fix(text, [SampleRules.halving])
    let change = try #require(outcome.changes.first)
    #expect(outcome.fixedCount == 4)
    #expect(outcome.report.findings.isEmpty)
    #expect(
      String(decoding: change.after, as: UTF8.self) == text.replacing("0.8", with: "0.2").replacing("0.6", with: "0.15")
    )
  }

  @Test func `leaves a file as it is when a fix does not mend the finding`() {
    let outcome = fix(text, [SampleRules.uselessFix])
    #expect(outcome.changes.isEmpty)
    #expect(outcome.fixedCount == 0)
    #expect(outcome.report.findings.map(\.message) == ["has units"])
  }

  @Test func `makes the good fixes beside one that does not hold`() {
    let outcome = fix(text, [SampleRules.dropout, SampleRules.uselessFix])
    #expect(outcome.fixedCount == 2)
    #expect(outcome.changes.count == 1)
  }

  @Test func `writes nothing by itself, and then only to an unchanged file`() throws {
    let files = MemoryFileSystem(["a.yaml": text])
    let outcome = fix(in: files, [SampleRules.dropout])
    #expect(files["a.yaml"] == Array(text.utf8))
    let change = try #require(outcome.changes.first)
    try change.write(to: files)
    #expect(files["a.yaml"] == change.after)
    #expect(throws: FileError.self) { try change.write(to: files) }
  }

  @Test func `mends a file that two others name once`() throws {
    let model = "epochzero: 1\nmodel:\n  layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8}]\n"
    let files = MemoryFileSystem([
      "a.yaml": "epochzero: 1\nmodel: m.yaml\n", "b.yaml": "epochzero: 1\nmodel: m.yaml\n", "m.yaml": model,
    ])
    let outcome = fix(in: files, [SampleRules.dropout])
    #expect(outcome.changes.map(\.name) == ["m.yaml"])
    #expect(outcome.report.findings.isEmpty)
    #expect(outcome.changes.first?.after == Array(model.replacing("0.8", with: "0.4").utf8))
  }

  @Test func `fixes text that comes from no file`() {
    let input = LintInput(name: "<stdin>", path: "<stdin>", isNamed: true, content: Array(text.utf8))
    let session = LintSession(fileSystem: MemoryFileSystem(), rules: RuleSet(loading: [SampleRules.dropout]))
    let outcome = Fixer(session: session).fix([input])
    #expect(outcome.changes.map(\.name) == ["<stdin>"])
    #expect(outcome.report.findings.isEmpty)
  }

  private func fix(_ text: String, _ rules: [PluginFile]) -> FixOutcome {
    fix(in: MemoryFileSystem(["a.yaml": text]), rules)
  }

  private func fix(in files: MemoryFileSystem, _ rules: [PluginFile]) -> FixOutcome {
    let session = LintSession(fileSystem: files, rules: RuleSet(loading: rules))
    #expect(session.settings.pluginProblems == [])
    return Fixer(session: session).fix(Discovery(["."], in: files).inputs)
  }
}
