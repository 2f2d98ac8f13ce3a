import Linting
import Rules
import SourceText
import TestSupport
import Testing

struct LintSessionTests {
  private let dropout = RuleSet(loading: [SampleRules.dropout])

  @Test func `reports what a rule finds, where the value stands`() {
    expectFindings(
      """
      epochzero: 1
      model:
        layers:
          - {kind: input, shape: [8]}
          - {kind: dropout, rate: 1️⃣0.8}
          - {kind: dropout, rate: 0.1}
      """,
      [1: "drops too much"],
      rules: dropout
    )
  }

  @Test func `reports a model file once, linted by itself and as a part of two experiments`() {
    let report = check([
      "a.yaml": "epochzero: 1\nmodel: models/m.yaml\n",
      "b.yaml": "epochzero: 1\nmodel: ./models/../models/m.yaml\n",
      "models/m.yaml": "epochzero: 1\nmodel: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8}]}\n",
    ])
    #expect(report.findings.map(\.source.name) == ["models/m.yaml"])
    #expect(report.checkedFiles == 3)
  }

  @Test func `of a finding in a model and in an experiment with it, keeps the severer one`() {
    // A softmax under a squared error may be meant; where the task is said to be a classification it hardly is.
    let model = """
      {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 3, "activation": "softmax"}}
      ]}, "compile_config": {"optimizer": "adam", "loss": "mse"}}
      """
    let plugins = RuleLibrary.bundledPlugins.filter { $0.path == "rules/loss/squared-error-for-classes.lua" }
    let report = check(
      ["a/m.json": model, "b.yaml": "epochzero: 1\nmodel: a/m.json\ntask: multiclass\n"],
      rules: RuleSet(loading: plugins, for: .running)
    )
    #expect(report.findings.map(\.severity) == [.warning])
  }

  @Test func `judges a model by the experiment that names it, not by itself`() {
    let model = """
      {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "tanh"}}
      ]}, "compile_config": {"optimizer": "adam", "loss": "mse"}}
      """
    let plugins = RuleLibrary.bundledPlugins.filter {
      $0.path == "rules/final-activation/bounded-regression-output.lua"
    }
    let rules = RuleSet(loading: plugins, for: .running)
    #expect(check(["m.json": model], rules: rules).findings.map(\.severity) == [.hint])
    let experiment = "epochzero: 1\nmodel: m.json\ndata: {targets: {range: [-1, 1]}}\n"
    let report = check(["m.json": model, "run.yaml": experiment], rules: rules)
    #expect(report.findings.map(\.message) == [])
    #expect(report.checkedFiles == 2)
  }

  @Test func `ends with files that name themselves or each other`() {
    let report = check([
      "a.yaml": "epochzero: 1\nmodel: a.yaml\n",
      "b.yaml": "epochzero: 1\nmodel: c.yaml\n",
      "c.yaml": "epochzero: 1\nmodel: b.yaml\n",
    ])
    #expect(report.checkedFiles == 3)
  }

  @Test func `sorts findings by file and place, however many workers there are`() {
    var files: [String: String] = [:]
    for index in 0..<40 {
      files["run\(index).yaml"] =
        "epochzero: 1\nmodel: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.9}, {kind: dropout, rate: 0.8}]}\n"
    }
    let one = places(check(files, workers: 1))
    #expect(one.count == 80)
    #expect(one == one.sorted())
    #expect(places(check(files, workers: 8)) == one)
  }

  @Test func `goes on when a rule fails, and says so once`() {
    let rules = RuleSet(loading: [SampleRules.broken, SampleRules.dropout])
    let text = "epochzero: 1\nmodel: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8}]}\n"
    let report = check(["a.yaml": text, "b.yaml": text], rules: rules)
    #expect(report.findings.count == 2)
    #expect(report.pluginProblems.map(\.path) == ["my-rules/depth/sample-broken.lua"])
  }

  @Test func `reports the broken syntax of a file that is named, and is silent about one that is found`() {
    let files = MemoryFileSystem(["broken.json": "{\"a\": 1,, }"])
    let session = LintSession(fileSystem: files, rules: RuleSet(loading: [SampleRules.problems]))
    let named = session.check(Discovery(["broken.json"], in: files).inputs)
    #expect(named.findings.map(\.rule) == ["files/sample-problems"])
    let found = session.check(Discovery(["."], in: files).inputs)
    #expect(found.findings.isEmpty)
    #expect(found.notes.isEmpty)
  }

  @Test func `takes no offence at comments in a file that is no config`() {
    let files = MemoryFileSystem(["tsconfig.json": "{\n  // for the compiler\n  \"strict\": true,\n}"])
    let session = LintSession(fileSystem: files, rules: RuleSet(loading: RuleLibrary.bundledPlugins))
    let report = session.check(Discovery(["tsconfig.json"], in: files).inputs)
    #expect(report.findings.map(\.rule) == [])
    #expect(report.notes.map(\.message) == ["not a config that epochzero knows"])
  }

  @Test func `leaves out findings below the severity that is asked for`() {
    let files = MemoryFileSystem([
      "a.yaml": "epochzero: 1\nmodel: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8}]}\n"
    ])
    let settings = SettingsResolver(
      fileSystem: files,
      rules: dropout,
      commandLine: SettingsLayer(select: [], ignore: [], minimumSeverity: .error)
    )
    let session = LintSession(fileSystem: files, settings: settings)
    #expect(session.check(Discovery(["."], in: files).inputs).findings.isEmpty)
  }

  @Test(arguments: [
    ("{\"epochzero\": 1}", true), ("# note\nepochzero: 1\n", true), ("  {epochzero: 1}\n", true),
    ("just a text\n", false),
  ])
  func `knows a format by its first bytes where no extension tells`(text: String, isKnown: Bool) {
    let input = LintInput(name: "<stdin>", path: "<stdin>", isNamed: true, content: Array(text.utf8))
    let report = LintSession(fileSystem: MemoryFileSystem(), rules: dropout).check([input])
    #expect(report.checkedFiles == (isKnown ? 1 : 0))
    #expect(report.notes.isEmpty == isKnown)
  }

  private func check(_ texts: [String: String], rules: RuleSet? = nil, workers: Int = 2) -> LintReport {
    let files = MemoryFileSystem(texts)
    var session = LintSession(fileSystem: files, rules: rules ?? dropout)
    session.workerLimit = workers
    return session.check(Discovery(["."], in: files).inputs)
  }

  private func places(_ report: LintReport) -> [String] {
    report.findings.map { "\($0.source.name):\(1000 + $0.range.start)" }
  }
}
