import Linting
import Rules
import TestSupport
import SourceText
import Testing

/// Counting what was there before.
struct BaselineTests {
  private static let rules = RuleSet(loading: [SampleRules.dropout, SampleRules.uselessFix])
  private static let head = "epochzero: 1\nmodel:\n  layers:\n    - {kind: input, shape: [8]}\n"
  private static let dropout = "    - {kind: dropout, rate: 0.8}\n"
  private static let dense = "    - {kind: dense, units: 4}\n"
  private static let key = Baseline.Key(file: "a.yaml", rule: "dropout/sample-high")

  @Test func `leaves out as many findings as it counts, wherever they move to`() {
    let run = Run(["a.yaml": Self.head + Self.dropout + Self.dense + Self.dropout])
    let baseline = Baseline(folder: "/home", counts: [Self.key: 2])
    var report = run.report
    baseline.apply(to: &report, workingFolder: "/home")
    #expect(report.findings.map(\.rule) == ["init/sample-useless"])
    #expect(report.suppressed.map(\.kind) == [.baseline, .baseline])
  }

  @Test func `shows all findings of a file and rule that go beyond the count`() {
    let run = Run(["a.yaml": Self.head + Self.dropout + Self.dropout, "b.yaml": Self.head + Self.dropout])
    let other = Baseline.Key(file: "b.yaml", rule: "dropout/sample-high")
    var report = run.report
    Baseline(folder: "/home", counts: [Self.key: 1, other: 1]).apply(to: &report, workingFolder: "/home")
    #expect(report.findings.map(\.source.name) == ["a.yaml", "a.yaml"])
    #expect(report.suppressed.count == 1)
  }

  @Test func `has paths from its own folder`() {
    let run = Run(["a.yaml": Self.head + Self.dropout])
    for (folder, file) in [("/home/lint", "../a.yaml"), ("/", "home/a.yaml"), ("/other", "../home/a.yaml")] {
      var report = run.report
      let key = Baseline.Key(file: file, rule: "dropout/sample-high")
      Baseline(folder: folder, counts: [key: 1]).apply(to: &report, workingFolder: "/home")
      #expect(report.findings.isEmpty)
      #expect(Baseline(folder: folder).updated(with: run.report, run.coverage).counts == [key: 1])
    }
  }

  @Test func `names the entries that count too much, for files and rules that were looked at`() {
    let keys = [
      Self.key, Baseline.Key(file: "a.yaml", rule: "init/sample-useless"),
      Baseline.Key(file: "a.yaml", rule: "no/such-rule"), Baseline.Key(file: "gone.yaml", rule: "dropout/sample-high"),
      Baseline.Key(file: "other.yaml", rule: "dropout/sample-high"),
    ]
    let baseline = Baseline(folder: "/home", counts: Dictionary(uniqueKeysWithValues: keys.map { ($0, 2) }))
    let run = Run(["a.yaml": Self.head + Self.dropout, "other.yaml": Self.head], paths: ["a.yaml"], off: ["init"])
    let excesses = baseline.excesses(over: run.report, run.coverage)
    #expect(excesses.map(\.key) == [keys[0], keys[2], keys[3]])
    #expect(excesses.map(\.found) == [1, 0, 0])
    #expect(baseline.pruned(by: excesses).counts == [keys[0]: 1, keys[1]: 2, keys[4]: 2])
    #expect(baseline.pruned(by: excesses).excesses(over: run.report, run.coverage).isEmpty)
  }

  @Test func `counts anew what was looked at and keeps the rest`() {
    let useless = Baseline.Key(file: "a.yaml", rule: "init/sample-useless")
    let other = Baseline.Key(file: "other.yaml", rule: "dropout/sample-high")
    let run = Run(
      ["a.yaml": Self.head + Self.dropout + Self.dropout, "other.yaml": Self.head],
      paths: ["a.yaml"],
      off: ["init"]
    )
    let old = Baseline(folder: "/home", counts: [Self.key: 7, useless: 3, other: 1])
    #expect(old.updated(with: run.report, run.coverage).counts == [Self.key: 2, useless: 3, other: 1])
  }

  @Test func `is sorted text that reads back as the same`() throws {
    let keys = ["b \"1\".yaml", "a.yaml", "ü/\u{1}.yaml"].flatMap { file in
      ["z/rule", "a/rule"].map { Baseline.Key(file: file, rule: $0) }
    }
    let baseline = Baseline(folder: "/home", counts: Dictionary(uniqueKeysWithValues: keys.map { ($0, 3) }))
    let text = BaselineFile.text(of: baseline)
    #expect(
      text.hasPrefix(
        """
        {
          "version": 1,
          "findings": {
            "a.yaml": {
              "a/rule": 3,
              "z/rule": 3
            },
            "b \\"1\\".yaml": {

        """
      )
    )
    let files = MemoryFileSystem(["base.json": text])
    #expect(try BaselineFile(reading: "base.json", in: files).baseline == baseline)
    #expect(BaselineFile.text(of: Baseline(folder: "/home")) == "{\n  \"version\": 1,\n  \"findings\": {}\n}\n")
  }

  @Test func `writes a new file, replaces an old one, and leaves one that says the same`() throws {
    let files = MemoryFileSystem()
    let baseline = Baseline(folder: "/home", counts: [Self.key: 1])
    try BaselineFile(newAt: "base.json", in: files).write(baseline, to: files)
    let file = try BaselineFile(reading: "base.json", in: files)
    #expect(file.baseline == baseline)
    try file.write(Baseline(folder: "/home"), to: files)
    #expect(try BaselineFile(reading: "base.json", in: files).baseline.counts.isEmpty)
    #expect(throws: FileError.self) { try file.write(Baseline(folder: "/home", counts: [Self.key: 2]), to: files) }
  }

  @Test(arguments: [
    ("{", "1:2: \"}\" is missing at the end of the file"),
    ("[]", "1:1: no baseline: it has no \"version\" and \"findings\""),
    ("{\"version\": 2, \"findings\": {}}", "1:13: a baseline of another version; write it anew"),
    ("{\"version\": 1, \"findings\": {\"a\": {\"b\": \"c\"}}}", "1:40: a count must be a number of findings"),
    ("{\"version\": 1, \"findings\": {\"a\": {\"b\": -1}}}", "1:40: a count must be a number of findings"),
  ])
  func `says what is wrong with a file that is no baseline`(text: String, message: String) {
    let files = MemoryFileSystem(["base.json": text])
    #expect(throws: FileError(.other, message)) { try BaselineFile(reading: "base.json", in: files) }
  }

  @Test func `says that a file is missing`() {
    let files = MemoryFileSystem()
    #expect(throws: FileError(.missing, "no such file or folder")) { try BaselineFile(reading: "base.json", in: files) }
  }

  @Test func `keeps what it counts from being fixed`() {
    let files = MemoryFileSystem(["a.yaml": Self.head + Self.dropout, "b.yaml": Self.head + Self.dropout])
    var fixer = Fixer(session: LintSession(fileSystem: files, rules: Self.rules))
    fixer.baseline = Baseline(folder: "/home", counts: [Self.key: 1])
    let outcome = fixer.fix(Discovery(["."], in: files).inputs)
    #expect(outcome.changes.map(\.name) == ["b.yaml"])
    #expect(outcome.report.findings.map(\.source.name) == ["a.yaml"])
  }

  /// One run over files in memory.
  private struct Run {
    let report: LintReport
    let coverage: BaselineCoverage

    init(_ texts: [String: String], paths: [String] = ["."], off: [String] = []) {
      let files = MemoryFileSystem(texts)
      let resolver = SettingsResolver(
        fileSystem: files,
        rules: BaselineTests.rules,
        commandLine: SettingsLayer(select: [], ignore: off)
      )
      let inputs = Discovery(paths, in: files).inputs
      report = LintSession(fileSystem: files, settings: resolver).check(inputs)
      coverage = BaselineCoverage(of: inputs, report, in: files, settings: resolver)
    }
  }
}
