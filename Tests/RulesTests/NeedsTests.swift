import Experiment
import Rules
import SourceText
import Testing

struct NeedsTests {
  /// What a rule needs, and whether the sample has it.
  private static let needs: [(extra: String, isMet: Bool)] = [
    ("needs = { \"training.batch_size\" },", true),
    ("needs = { \"training.epochs\" },", false),
    ("needs = { \"training.batch_size\", \"training.epochs\" },", false),
    ("needs = { \"training.optimizer.learning_rate\" },", true),
    ("needs = { \"training.optimizer.momentum\" },", false),
    ("needs = { \"training.schedule.name\" },", false),
    ("needs = { \"outputs.task\" },", true),
    ("needs = { \"outputs.target.min\" },", false),
    ("needs = { \"layers.units\" },", true),
    ("needs = { \"layers.rate\" },", false),
    ("needs = { \"layers.kernel_initializer.name\" },", true),
    ("needs = { \"layers.kernel_initializer.value\" },", false),
    ("needs = { \"inputs.layer\" },", false),
    ("needs = { \"model_type\" },", false),
    ("needs = { \"data.samples\" },", false),
    ("needs = { \"training.epochs|training.batch_size\" },", true),
    ("needs = { \"training.epochs|data.samples\" },", false),
    ("needs = { \"outputs.task|training.epochs\", \"data.samples\" },", false),
    ("needs = { \"outputs.task = regression\" },", true),
    ("needs = { \"outputs.task = binary, regression\" },", true),
    ("needs = { \"outputs.task = binary, multiclass\" },", false),
    ("needs = { \"training.batch_size > 0\" },", true),
    ("needs = { \"training.batch_size < 0\" },", false),
    ("needs = { \"training.epochs > 0\" },", false),
    ("needs = { \"training.optimizer.learning_rate >= 0.01\" },", false),
    ("needs = { \"training.optimizer.learning_rate <= 0.001\" },", true),
    ("needs = { \"training.batch_size < 0|outputs.task=regression\" },", true),
    ("needs = { \"layers.kernel_initializer.name = none_such\" },", false),
    ("needs = { \"outputs.task > 0\" },", false),
    ("needs = { \"dialect = none_such\" },", false),
    ("needs = { \"dialect = native, keras\" },", true),
    ("kinds = { \"dense\" },", true),
    ("kinds = { \"lstm\", \"dense\" },", true),
    ("kinds = { \"lstm\" },", false),
    ("needs = { \"layers.units\" }, kinds = { \"lstm\" },", false),
  ]

  @Test(arguments: needs)
  func `a check is called where its rule has what it needs`(extra: String, isMet: Bool) {
    let run = run("report { at = experiment, message = \"called\" }", extra: extra)
    #expect(run.failures.isEmpty)
    #expect(run.findings.isEmpty != isMet)
  }

  @Test func `what is only known when it runs is not known`() {
    var experiment = Experiment.sample()
    experiment.training[name: "epochs"] = Fact(.deferred("auto"), .stated(.place(50)))
    let run = run(
      "report { at = experiment, message = \"called\" }",
      on: experiment,
      extra: "needs = { \"training.epochs\" },"
    )
    #expect(run.findings.isEmpty)
  }

  @Test func `one runner tells experiments apart`() {
    let rule = ruleText(extra: "needs = { \"training.epochs\" },", "report { at = experiment, message = \"called\" }")
    let runner = RuleRunner(RuleSet(loading: [plugin(rule)]), settings: RuleSettings())
    var long = Experiment.sample()
    long.training[TrainingKeys.epochs] = Fact(3, .stated(.place(50)))
    #expect(runner.check(.sample()).findings.isEmpty)
    #expect(runner.check(long).findings.count == 1)
    #expect(runner.check(.sample()).findings.isEmpty)
  }

  /// A rule that reports problems.
  private static func reporting(_ lines: String = "reports = \"wrong-type\",") -> String {
    """
    return {
      api = 1, id = "test/rule", summary = "a rule of the tests", severity = "warning",
      docs = "What it looks for.",
      examples = { { bad = "1️⃣x" }, { good = "x" } },
      \(lines)
    }
    """
  }

  @Test func `a rule can report a kind of problems without a check`() {
    var experiment = Experiment.sample()
    let edit = TextEdit(range: TextRange(start: 4, end: 5), replacement: "y")
    experiment.problems = [
      Problem(kind: .missingKey, message: "another kind", location: .place(3)),
      Problem(
        kind: .wrongType,
        message: "two\nlines",
        location: .place(4),
        help: "write y",
        related: [Related(message: "see", location: .place(5))],
        edits: [edit]
      ),
    ]
    var settings = RuleSettings()
    settings.severities["test"] = .hint
    let rules = RuleSet(loading: [plugin(Self.reporting())])
    #expect(rules.problems.isEmpty)
    let expected = Finding(
      rule: "test/rule",
      severity: .hint,
      message: "two lines",
      location: .place(4),
      related: [Related(message: "see", location: .place(5))],
      help: "write y",
      fix: Fix(textEdits: [edit], isSafe: true)
    )
    #expect(RuleRunner(rules, settings: settings).check(experiment).findings == [expected])
  }

  private static let mistakes: [(lines: String, message: String)] = [
    ("reports = \"wrong-typ\",", "no kind of problem is called \"wrong-typ\": did you mean \"wrong-type\"?"),
    ("reports = 3,", "\"reports\" must be a kind of problem, such as \"unknown-key\", not a number"),
    (
      "reports = \"wrong-type\",\n  check = function() end,",
      "a rule that has \"reports\" says what it reports and can have no \"check\""
    ),
    (
      "reports = \"wrong-type\",\n  needs = { \"data.samples\" },",
      "a rule that has \"reports\" says what it reports and can have no \"needs\""
    ),
    (
      "check = function() end,\n  needs = \"data.samples\",",
      "\"needs\" must be a list of facts: { \"training.batch_size\" }"
    ),
    ("check = function() end,\n  needs = {},", "\"needs\" must be a list of facts: { \"training.batch_size\" }"),
    (
      "check = function() end,\n  needs = { \"training..x\" },",
      "\"training..x\" is no fact: write its path, such as \"training.batch_size\" or \"outputs.task = regression\""
    ),
    (
      "check = function() end,\n  needs = { \"training.optimizer.a.b\" },",
      "\"training.optimizer.a.b\" is no fact: write its path, such as \"training.batch_size\" or \"outputs.task = regression\""
    ),
    (
      "check = function() end,\n  needs = { \"training.epochs >\" },",
      "\"training.epochs >\" is no fact: write its path, such as \"training.batch_size\" or \"outputs.task = regression\""
    ),
    (
      "check = function() end,\n  needs = { \"training.epochs > many\" },",
      "\"training.epochs > many\" is no fact: write its path, such as \"training.batch_size\" or \"outputs.task = regression\""
    ),
    (
      "check = function() end,\n  needs = { \"outputs.task =\" },",
      "\"outputs.task =\" is no fact: write its path, such as \"training.batch_size\" or \"outputs.task = regression\""
    ),
    (
      "check = function() end,\n  needs = { \"outputs.task = a,,b\" },",
      "\"outputs.task = a,,b\" is no fact: write its path, such as \"training.batch_size\" or \"outputs.task = regression\""
    ),
    (
      "check = function() end,\n  kinds = { \"denze\" },",
      "no kind of layer is called \"denze\": did you mean \"dense\"?"
    ),
  ]

  @Test(arguments: mistakes)
  func `says what is wrong with reports and needs`(lines: String, message: String) throws {
    let rules = RuleSet(loading: [plugin(Self.reporting(lines))])
    #expect(rules.problems.map(\.message) == [message])
    #expect(rules.problems.first?.line == lines.split(separator: "\n").count + 4)
  }
}
