import Dialects
import Experiment
import Linting
import Rules
import SourceText
import Testing

/// Where settings come from, and what they make of a file.
struct SettingsTests {
  private static let high = "epochzero: 1\nmodel: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8}]}\n"
  private let rules = RuleSet(loading: [SampleRules.dropout, SampleRules.halving, SampleRules.optional])

  // MARK: - Where they are found

  @Test func `takes the nearest settings file above a file, and only that`() {
    let found = check([
      "epochzero.yaml": "ignore: [dropout/sample-halving]",
      "a.yaml": Self.high,
      "deep/epochzero.yaml": "ignore: [dropout/sample-high]",
      "deep/er/b.yaml": Self.high,
    ])
    #expect(found == ["a.yaml dropout/sample-high warning", "deep/er/b.yaml dropout/sample-halving warning"])
  }

  @Test func `prefers the name without a dot`() {
    let found = check([
      "epochzero.yaml": "ignore: [dropout/sample-halving]", ".epochzero.yaml": "ignore: [all]", "a.yaml": Self.high,
    ])
    #expect(found == ["a.yaml dropout/sample-high warning"])
  }

  @Test func `takes a hidden settings file`() {
    #expect(check([".epochzero.yaml": "ignore: [all]", "a.yaml": Self.high]) == [])
  }

  @Test func `takes the file that is named, with patterns from the working folder`() {
    let files = [
      "epochzero.yaml": "ignore: [all]",
      "shared/team.yaml": "ignore: [all]\noverrides: [{files: x/*.yaml, rules: {dropout/sample-high: error}}]",
      "x/a.yaml": Self.high,
      "b.yaml": Self.high,
    ]
    #expect(check(files, search: .file("shared/team.yaml")) == ["x/a.yaml dropout/sample-high error"])
    #expect(check(files, search: .none).count == 4)
  }

  @Test func `finds the settings of standard input by the name that it is given`() {
    let files = MemoryFileSystem(["sub/epochzero.yaml": "ignore: [dropout/sample-halving]"])
    let input = LintInput(name: "sub/new.yaml", path: "sub/new.yaml", isNamed: true, content: Array(Self.high.utf8))
    let session = LintSession(fileSystem: files, settings: SettingsResolver(fileSystem: files, rules: rules))
    #expect(session.check([input]).findings.map(\.rule) == ["dropout/sample-high"])
  }

  @Test func `opens a settings file once for many folders`() {
    var texts = ["epochzero.yaml": "min-severity: error"]
    for index in 0..<20 { texts["runs/\(index)/a.yaml"] = Self.high }
    let files = CountingFileSystem(texts)
    let resolver = SettingsResolver(fileSystem: files, rules: rules)
    let settings = (0..<20).map { resolver.settings(for: "runs/\($0)/a.yaml") }
    #expect(settings.allSatisfy { $0 === settings[0] && $0.minimumSeverity == .error })
    #expect(files.reads == ["/home/epochzero.yaml"])
  }

  // MARK: - What they say

  @Test(arguments: [
    ("", ["sample-halving warning", "sample-high warning"]),
    ("select: dropout", ["sample-halving warning", "sample-high warning", "sample-optional warning"]),
    ("select: [all]\nignore: dropout", []),
    ("select: [dropout/sample-high]\nignore: dropout", ["sample-high warning"]),
    ("rules: {dropout: off, dropout/sample-high: hint}", ["sample-high hint"]),
    ("rules: {dropout: error}", ["sample-halving error", "sample-high error", "sample-optional error"]),
    (
      "rules: {all: hint, dropout/sample-high: error}",
      [
        "sample-halving hint", "sample-high error", "sample-optional hint",
      ]
    ),
    ("rules: {dropout/sample-optional: {options: {limit: 0.1}}}", ["sample-halving warning", "sample-high warning"]),
    ("select: [dropout/sample-optional]\nrules: {dropout/sample-optional: {options: {limit: 0.9}}}", []),
    (
      "rules: {dropout/sample-optional: on, dropout/sample-high: off}",
      [
        "sample-halving warning", "sample-optional warning",
      ]
    ),
    ("rules: {dropout/sample-high: false}", ["sample-halving warning"]),
    ("rules: {dropout/sample-high: {severity: error}}\nmin-severity: error", ["sample-high error"]),
  ])
  func `turns rules on and off, sets severities and options`(text: String, expected: [String]) {
    #expect(check(["epochzero.yaml": text, "a.yaml": Self.high]) == expected.map { "a.yaml dropout/\($0)" })
  }

  @Test func `lets overrides follow each other, and the command line come last`() {
    let files = [
      "epochzero.yaml": """
      ignore: [dropout/sample-halving]
      overrides:
        - {files: "old/**", rules: {dropout: hint}}
        - {files: [old/b.yaml], ignore: [dropout/sample-optional, dropout/sample-halving]}
      """,
      "a.yaml": Self.high, "old/a.yaml": Self.high, "old/b.yaml": Self.high,
    ]
    #expect(
      check(files) == [
        "a.yaml dropout/sample-high warning",
        "old/a.yaml dropout/sample-halving hint", "old/a.yaml dropout/sample-high hint",
        "old/a.yaml dropout/sample-optional hint",
        "old/b.yaml dropout/sample-high hint",
      ]
    )
    let line = SettingsLayer(select: ["dropout/sample-halving"], ignore: [])
    #expect(
      check(files, commandLine: line) == [
        "a.yaml dropout/sample-halving warning", "old/a.yaml dropout/sample-halving hint",
        "old/b.yaml dropout/sample-halving hint",
      ]
    )
  }

  @Test func `says which versions configs are for, of the file, the folder and the command line`() throws {
    let features = "input_features: [{name: a, type: number}]\noutput_features: [{name: b, type: binary}]\n"
    let files = MemoryFileSystem([
      "epochzero.yaml": """
      framework-versions: {ludwig: 0.10, keras: "2.4"}
      overrides: [{files: "old/**", framework-versions: {ludwig: 0.6}}]
      """,
      "a.yaml": features, "old/b.yaml": features, "old/c.yaml": features + "ludwig_version: 0.7.1\n",
    ])
    func versions(_ commandLine: SettingsLayer) throws -> [String] {
      let resolver = SettingsResolver(fileSystem: files, rules: rules, commandLine: commandLine)
      return try ["a.yaml", "old/b.yaml", "old/c.yaml"].map { name in
        let input = LintInput(name: name, path: name, isNamed: true)
        let read = try ConfigReader(files).experiments(in: input, under: resolver.reading(of: name))
        let experiment = try #require(read.experiments.first?.experiment)
        let version = try #require(experiment.about[ExperimentKeys.frameworkVersion])
        let normalization = try #require(experiment.inputs.first?.value(InputKeys.normalization))
        return "\(version.value) \(experiment.description(of: version.origin)) \(normalization)"
      }
    }
    let stated = "0.7.1 old/c.yaml:3:17 zscore"
    let bySettings = "inferred from the settings"
    #expect(try versions(SettingsLayer()) == ["0.10 \(bySettings) zscore", "0.6 \(bySettings) none", stated])
    var commandLine = SettingsLayer()
    commandLine.versions.common = .init("0.5", from: "--framework-version")
    let byOption = "0.5 inferred from --framework-version none"
    #expect(try versions(commandLine) == [byOption, byOption, stated])
  }

  @Test func `says which findings make the run fail`() {
    let files = ["epochzero.yaml": "fail-on: error\nrules: {dropout/sample-high: error}", "a.yaml": Self.high]
    let report = session(files).check(Discovery(["."], in: MemoryFileSystem(files)).inputs)
    #expect(report.findings.map(\.failsRun) == [false, true])
  }

  @Test(arguments: [
    ("", ["a.yaml", "old/b.yaml"]), ("unfixable: dropout", []), ("fixable: files", []),
    ("overrides: [{files: old, unfixable: [all]}]", ["a.yaml"]),
  ])
  func `says which fixes are made`(text: String, expected: [String]) {
    let files = ["epochzero.yaml": text, "a.yaml": Self.high, "old/b.yaml": Self.high]
    let outcome = Fixer(session: session(files)).fix(Discovery(["."], in: MemoryFileSystem(files)).inputs)
    #expect(outcome.changes.map(\.name) == expected)
  }

  @Test func `looks nowhere for a path that is too long to be one`() {
    let files = CountingFileSystem([:])
    let resolver = SettingsResolver(fileSystem: files, rules: rules)
    let path = String(repeating: "a/", count: 60_000) + "a.yaml"
    #expect(resolver.settings(for: path) === resolver.settings(for: "a.yaml"))
  }

  @Test func `includes and excludes files in folders, not files that are named`() {
    let files = MemoryFileSystem([
      "epochzero.yaml": "exclude: [archive, '*.gen.yaml']\ninclude: ['*.yaml', '*.conf']",
      "a.yaml": Self.high, "b.gen.yaml": Self.high, "c.conf": Self.high, "d.json": "{}", "archive/e.yaml": Self.high,
      "sub/archive/f.yaml": Self.high,
    ])
    let settings = SettingsResolver(fileSystem: files, rules: rules)
    func names(_ paths: [String], forced: Bool = false) -> [String] {
      Discovery(paths, in: files, settings: settings, forcesExclusion: forced).inputs.map(\.name)
    }
    #expect(names(["."]) == ["a.yaml", "c.conf", "epochzero.yaml"])
    #expect(names(["*/*.yaml"]) == [])
    #expect(names(["archive", "b.gen.yaml", "d.json"]) == ["archive/e.yaml", "b.gen.yaml", "d.json"])
    #expect(names(["archive", "b.gen.yaml", "d.json"], forced: true) == ["d.json"])
  }

  // MARK: - Extending

  @Test func `builds on other files in order`() {
    let files = [
      "sub/epochzero.yaml": "extends: [../one.yaml, ../two.yaml]\nrules: {dropout/sample-high: hint}",
      "one.yaml": "rules: {dropout: error}",
      "two.yaml": "ignore: [dropout/sample-optional]\noverrides: [{files: a.yaml, ignore: dropout/sample-halving}]",
      "sub/a.yaml": Self.high, "sub/b.yaml": Self.high,
    ]
    #expect(
      check(files, ["sub"]) == [
        "sub/a.yaml dropout/sample-high hint",
        "sub/b.yaml dropout/sample-halving error", "sub/b.yaml dropout/sample-high hint",
      ]
    )
  }

  @Test func `loads plugins beside the file that names them, and lets it speak of their rules`() {
    let files = [
      "shared/team.yaml": "plugins: [mine]\nrules: {dropout/sample-extra: hint}",
      "shared/mine/extra.lua": SampleRules.text(of: SampleRules.extra),
      "a/epochzero.yaml": "extends: ../shared/team.yaml\nignore: [dropout/sample-high, dropout/sample-halving]",
      "a/run.yaml": Self.high,
      "run.yaml": Self.high,
    ]
    let report = session(files).check(Discovery(["a", "run.yaml"], in: MemoryFileSystem(files)).inputs)
    #expect(report.pluginProblems == [])
    let found = report.findings.filter { $0.source.name == "a/run.yaml" && $0.rule.hasPrefix("dropout/sample") }
    #expect(found.map { "\($0.rule) \($0.severity)" } == ["dropout/sample-extra hint"])
    #expect(!report.findings.contains { $0.source.name == "run.yaml" && $0.rule == "dropout/sample-extra" })
  }

  @Test func `reports a broken plugin once, as any other`() {
    let files = [
      "epochzero.yaml": "plugins: mine\nselect: [team/broken]", "mine/broken.lua": "return {", "a.yaml": Self.high,
      "sub/b.yaml": Self.high,
    ]
    let session = session(files)
    #expect(session.settings.problems(for: Discovery(["."], in: MemoryFileSystem(files)).inputs).isEmpty)
    let report = session.check(Discovery(["."], in: MemoryFileSystem(files)).inputs)
    #expect(report.pluginProblems.map(\.path) == ["mine/broken.lua"])
  }

  // MARK: - Support

  private func session(
    _ texts: [String: String],
    search: SettingsResolver.Search = .nearest,
    commandLine: SettingsLayer = SettingsLayer()
  ) -> LintSession {
    let files = MemoryFileSystem(texts)
    let settings = SettingsResolver(fileSystem: files, rules: rules, search: search, commandLine: commandLine)
    return LintSession(fileSystem: files, settings: settings)
  }

  private func check(
    _ texts: [String: String],
    _ paths: [String] = ["."],
    search: SettingsResolver.Search = .nearest,
    commandLine: SettingsLayer = SettingsLayer()
  ) -> [String] {
    let session = session(texts, search: search, commandLine: commandLine)
    let inputs = Discovery(paths, in: MemoryFileSystem(texts)).inputs
    let problems = session.settings.problems(for: inputs)
    #expect(problems.map(\.message) == [])
    // By rule, since several stand in one place.
    return session.check(inputs).findings.map { "\($0.source.name) \($0.rule) \($0.severity)" }.sorted()
  }
}
