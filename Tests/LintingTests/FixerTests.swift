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

  @Test func `makes safe fixes only, unless the others are asked for`() throws {
    #expect(fix(text, [SampleRules.unsafe]).changes.isEmpty)
    let outcome = fix(text, [SampleRules.unsafe], includesUnsafe: true)
    #expect(outcome.fixedCount == 2)
    #expect(
      try after(outcome) == text.replacing("rate: 0.8", with: "rate: 0").replacing("rate: 0.6", with: "rate: 0")
    )
  }

  @Test(arguments: [
    (["dropout"], [], 2), ([], ["dropout/sample-high"], 0), (["dropout/sample-high"], ["all"], 2), ([], ["dropout"], 0),
    (["width"], [], 0), (["all"], [], 2),
  ])
  func `makes the fixes of chosen rules`(fixable: [String], unfixable: [String], count: Int) {
    let layer = SettingsLayer(select: [], ignore: [], fixable: fixable, unfixable: unfixable)
    let outcome = fix(text, [SampleRules.dropout], layer)
    #expect(outcome.fixedCount == count)
    #expect(outcome.report.findings.allSatisfy { $0.fix == nil })
  }

  @Test func `says why a fix is left out`() {
    #expect(
      fix(text, [SampleRules.uselessFix]).notes == [
        FileProblem(
          file: "a.yaml",
          message: "a fix of \"init/sample-useless\" left out: the finding would still be there"
        )
      ]
    )
    let outcome = fix(text, [SampleRules.worsening, SampleRules.dropout])
    #expect(
      outcome.notes.map(\.message) == [
        "a fix of \"dropout/sample-high\" left out: it would make an error of \"dropout/sample-worsening\"",
        "a fix of \"dropout/sample-worsening\" left out: it would make an error of \"dropout/sample-worsening\"",
      ]
    )
    #expect(outcome.fixedCount == 1)
  }

  @Test func `makes the first of two fixes that touch each other, and then the second`() throws {
    let outcome = fix(text, [SampleRules.twice])
    #expect(outcome.fixedCount == 2)
    #expect(try after(outcome) == text.replacing("units: 4", with: "units: 6"))
  }

  @Test func `leaves a file to the other rules when fixes undo each other`() throws {
    let text = text.replacing("units: 4", with: "units: 10")
    let outcome = fix(text, [SampleRules.even, SampleRules.odd, SampleRules.dropout])
    #expect(
      outcome.warnings == [
        FileProblem(
          file: "a.yaml",
          message: "the fixes of \"width/sample-even\", \"width/sample-odd\" undo each other, so none of them is made"
        )
      ]
    )
    #expect(
      try after(outcome) == text.replacing("rate: 0.8", with: "rate: 0.4").replacing("rate: 0.6", with: "rate: 0.3")
    )
    #expect(outcome.fixedCount == 2)
  }

  @Test func `gives up on a fix that never comes to an end`() throws {
    let text = text.replacing("units: 4", with: "units: 9")
    let outcome = fix(text, [SampleRules.growing, SampleRules.dropout])
    #expect(
      outcome.warnings.map(\.message) == [
        "the fixes of \"width/sample-growing\" never come to an end, so none of them is made"
      ]
    )
    #expect(try after(outcome).contains("units: 9"))
    #expect(outcome.fixedCount == 2)
  }

  @Test func `finds the bad fixes among many good ones, and makes the good ones`() throws {
    let layers = (0..<120).map {
      $0 % 40 == 7 ? "    - {kind: dropout, rate: 0.8}" : "    - {kind: dropout, rate: 0.6}"
    }
    let text = "epochzero: 1\nmodel:\n  layers:\n" + layers.joined(separator: "\n") + "\n"
    let outcome = fix(text, [SampleRules.dropout, SampleRules.worsening])
    #expect(outcome.fixedCount == 117)
    #expect(try after(outcome) == text.replacing("0.6", with: "0.3"))
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `keeps line ends, comments and a byte-order mark`(newline: String) throws {
    let lines = [
      "\u{FEFF}# héllo", "epochzero: 1   ", "model: # one", "  layers:", "  - kind: dropout", "    rate: 0.8 # two", "",
      "# end \t",
    ]
    let text = lines.joined(separator: newline)
    let outcome = fix(text, [SampleRules.dropout])
    #expect(try after(outcome) == text.replacing("0.8", with: "0.4"))
  }

  @Test func `ends a line that it adds as the one above ends`() throws {
    let layers = ["\r\n", "\r", "\n"].map { "    - kind: dense\($0)      units: 8\($0)" }
    let text = "epochzero: 1\nmodel:\r\n  layers:\r" + layers.joined()
    let fixed = layers.map { layer in layer + "      l2: 0.5" + layer.suffix(1) }
    #expect(
      try after(fix(text, [SampleRules.adding])) == "epochzero: 1\nmodel:\r\n  layers:\r" + fixed.joined()
    )
  }

  @Test func `keeps bytes that are no text`() throws {
    var bytes = Array("epochzero: 1 # caf".utf8) + [0xE9, 0x0D, 0x0A]
    bytes += Array("model: {layers: [{kind: dropout, rate: 0.8}]}\r".utf8)
    let files = MemoryFileSystem()
    files["a.yaml"] = bytes
    let outcome = fix(in: files, [SampleRules.dropout])
    let change = try #require(outcome.changes.first)
    #expect(change.after.count == bytes.count)
    #expect(zip(change.after, bytes).count { $0 != $1 } == 1)
  }

  @Test func `writes every file it can and says which it could not`() throws {
    let files = MemoryFileSystem(["a.yaml": text, "b.yaml": text])
    let outcome = fix(in: files, [SampleRules.dropout])
    files["a.yaml"] = Array("epochzero: 1\n".utf8)
    let problems = FileWriter(files).write(outcome.changes)
    #expect(
      problems == [FileProblem(file: "a.yaml", message: "not written: the file changed while it was being fixed")]
    )
    #expect(files["b.yaml"] == outcome.changes.last?.after)
  }

  private func after(_ outcome: FixOutcome) throws -> String {
    String(decoding: try #require(outcome.changes.first).after, as: UTF8.self)
  }

  private func fix(
    _ text: String,
    _ rules: [PluginFile],
    _ layer: SettingsLayer = SettingsLayer(),
    includesUnsafe: Bool = false
  ) -> FixOutcome {
    fix(in: MemoryFileSystem(["a.yaml": text]), rules, layer, includesUnsafe: includesUnsafe)
  }

  private func fix(
    in files: MemoryFileSystem,
    _ rules: [PluginFile],
    _ layer: SettingsLayer = SettingsLayer(),
    includesUnsafe: Bool = false
  ) -> FixOutcome {
    let settings = SettingsResolver(fileSystem: files, rules: RuleSet(loading: rules), commandLine: layer)
    #expect(settings.pluginProblems == [])
    var fixer = Fixer(session: LintSession(fileSystem: files, settings: settings))
    fixer.includesUnsafe = includesUnsafe
    return fixer.fix(Discovery(["."], in: files).inputs)
  }
}
