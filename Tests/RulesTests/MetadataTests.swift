import Experiment
import Rules
import Testing

struct MetadataTests {
  private static let complete = """
    -- A comment with id = "not/this".
    local docs = "id = wrong"
    return {
      api = 1,
      id = "dropout/keep-as-drop",
      summary = "a keep probability written \\
        as a drop rate",
      severity = "error",
      cause = 4, probe = "saturated_units", untestable = "nobody knows",
      default = false,
      options = {
        limit = { type = "number", default = 0.5, help = "the highest rate" },
        layers = { type = "list", default = { "a", "b" }, help = "layers that may" },
      },
      docs = [==[
    # What it looks for
    severity = "none"
    ]==],
      check = function(experiment, report, options) local severity = 3 end,
      examples = {
        { bad = [[
    rate: 1️⃣0.9
    ]], fixed = [[
    rate: 0.1
    ]] },
        { good = "rate: 0.1" },
      },
    }
    """

  @Test func `reads a complete rule`() throws {
    let rules = RuleSet(loading: [plugin(Self.complete)], for: .describing)
    #expect(rules.problems.isEmpty)
    let rule = try #require(rules.rules.first)
    #expect(rule.id == "dropout/keep-as-drop")
    #expect(rule.group == "dropout")
    #expect(rule.summary == "a keep probability written as a drop rate")
    #expect(rule.severity == .error)
    #expect(rule.cause == 4)
    #expect(rule.probe == .saturatedUnits)
    #expect(rule.untestable == "nobody knows")
    #expect(!rule.isOnByDefault)
    #expect(rule.docs == "# What it looks for\nseverity = \"none\"\n")
    #expect(rule.path == "my/rule.lua")
    #expect(rule.options.map(\.name) == ["layers", "limit"])
    #expect(rule.options.map(\.defaultValue) == [.list([.text("a"), .text("b")]), .number(0.5)])
    #expect(rule.examples.map(\.text) == ["rate: 1️⃣0.9\n", "rate: 0.1"])
    #expect(rule.examples.map(\.fixed) == ["rate: 0.1\n", nil])
    #expect(rule.examples.map(\.isGood) == [false, true])
    #expect(rule.examples.map(\.line) == [22, 26])
  }

  @Test func `reads a file with a byte-order mark and carriage returns`() {
    let bytes = Array(("\u{FEFF}" + Self.complete).replacing("\n", with: "\r\n").utf8)
    let rules = RuleSet(loading: [PluginFile(path: "r.lua", bytes: bytes)], for: .describing)
    #expect(rules.problems.isEmpty)
    #expect(rules.rules.first?.examples.map(\.line) == [22, 26])
  }

  /// A replacement in a right rule, and what is said of it.
  private static let mistakes: [(old: String, new: String, line: Int?, message: String)] = [
    ("api = 1", "api = 2", 4, "rule API version 2 is not known here: this epochzero speaks version 1"),
    ("api = 1", "api = \"1\"", 4, "\"api\" must be the number 1"),
    ("api = 1,", "", 5, "\"api\" is missing: write api = 1"),
    (
      "id = \"dropout/keep-as-drop\"", "id = \"KeepAsDrop\"", 5,
      "the id \"KeepAsDrop\" is not of the form \"group/name\": lower case letters, digits and \"-\""
    ),
    (
      "id = \"dropout/keep-as-drop\"", "id = \"a/b/c\"", 5,
      "the id \"a/b/c\" is not of the form \"group/name\": lower case letters, digits and \"-\""
    ),
    (
      "id = \"dropout/keep-as-drop\"", "id = \"a/-b\"", 5,
      "the id \"a/-b\" is not of the form \"group/name\": lower case letters, digits and \"-\""
    ),
    ("id = \"dropout/keep-as-drop\"", "id = 3", 5, "\"id\" must be a string, not a number"),
    (
      "severity = \"error\"", "severity = \"fatal\"", 8,
      "\"severity\" must be \"hint\", \"warning\" or \"error\", not \"fatal\""
    ),
    ("severity = \"error\"", "severty = \"error\"", 8, "a rule has no key \"severty\": did you mean \"severity\"?"),
    ("severity = \"error\",", "", 5, "\"severity\" is missing: \"hint\", \"warning\" or \"error\""),
    ("cause = 4", "cause = 12", 9, "\"cause\" must be a number from 1 to 11, or left out"),
    ("cause = 4", "cause = 4.5", 9, "\"cause\" must be a number from 1 to 11, or left out"),
    (
      "probe = \"saturated_units\"", "probe = \"saturated_unit\"", 9,
      "no probe is called \"saturated_unit\": did you mean \"saturated_units\"?"
    ),
    (
      "probe = \"saturated_units\"", "probe = 3", 9,
      "\"probe\" must be what a dry run measures, such as \"dead_units\", not a number"
    ),
    (
      "untestable = \"nobody knows\"", "untestable = \"\"", 9,
      "\"untestable\" is empty: why no dry run can test what it reports without a trial"
    ),
    ("default = false", "default = 0", 10, "\"default\" must be true or false, not a number"),
    ("default = false", "\"a stray text\"", nil, "a rule has named values only, such as id = \"group/name\""),
    (
      "type = \"number\"", "type = \"float\"", 12,
      "option \"limit\": the type \"float\" is not known: one of \"number\", \"integer\", \"boolean\", \"string\", \"list\""
    ),
    (
      "type = \"number\"", "type = \"string\"", 12,
      "option \"limit\": the default is a number, but the type is \"string\""
    ),
    ("default = 0.5, help", "help", 12, "option \"limit\": \"default\" is missing"),
    (
      "default = 0.5, help", "defualt = 0.5, help", 12,
      "option \"limit\": an option has no key \"defualt\": did you mean \"default\"?"
    ),
    (", help = \"the highest rate\"", "", 12, "option \"limit\": \"help\" is missing: what it changes"),
    (
      "{ type = \"number\", default = 0.5, help = \"the highest rate\" }", "3", 12,
      "option \"limit\": it must be a table { type = ..., default = ..., help = ... }"
    ),
    (
      "docs = [==[", "docs = \"  \", [\"check\"] = [==[", 15,
      "\"docs\" is empty: Markdown: what it looks for, why it is bad, what to use instead"
    ),
    ("check = function", "chek = function", 19, "a rule has no key \"chek\": did you mean \"check\"?"),
    (
      "check = function(experiment, report, options) local severity = 3 end", "check = 3", 19,
      "\"check\" must be a function(experiment, report, options)"
    ),
    (
      "check = function(experiment, report, options) local severity = 3 end,", "", 5,
      "\"check\" is missing: a function(experiment, report, options)"
    ),
    (
      "{ good = \"rate: 0.1\" }", "{ good = \"1️⃣x\" }", 26,
      "example 2: a \"good\" example has no findings, so it can have no mark 1️⃣"
    ),
    (
      "{ good = \"rate: 0.1\" }", "{ god = \"x\" }", 20,
      "example 2: an example has no key \"god\": did you mean \"good\"?"
    ),
    (
      "{ good = \"rate: 0.1\" }", "{ good = \"x\", fixed = \"y\" }", 26,
      "example 2: only a \"bad\" example can have \"fixed\""
    ),
    ("{ good = \"rate: 0.1\" }", "{ good = 3 }", 26, "example 2: \"good\" must be a string"),
    (
      "{ good = \"rate: 0.1\" }", "{ bad = \"1️⃣x\" }", 20,
      "\"examples\" needs at least one \"bad\" and one \"good\": they are the rule's tests"
    ),
    (
      "rate: 1️⃣0.9", "rate: 0.9", 21,
      "example 1: a \"bad\" example needs a mark 1️⃣ before each place where a finding must start"
    ),
  ]

  @Test(arguments: mistakes)
  func `says what is wrong, and where`(old: String, new: String, line: Int?, message: String) {
    #expect(Self.complete.contains(old))
    let rules = RuleSet(loading: [plugin(Self.complete.replacing(old, with: new, maxReplacements: 1))])
    #expect(rules.problems == [PluginProblem(path: "my/rule.lua", line: line, message: message)])
    #expect(rules.rules.isEmpty)
  }

  @Test func `one id can be taken once`() {
    let rules = RuleSet(loading: [
      plugin(ruleText(""), path: "a.lua"), plugin(ruleText(""), path: "b.lua"),
    ])
    #expect(rules.rules.map(\.path) == ["a.lua"])
    #expect(
      rules.problems == [PluginProblem(path: "b.lua", line: 4, message: "the id \"test/rule\" is taken by a.lua")]
    )
  }

  @Test func `the template is a working rule`() throws {
    let rules = RuleSet(loading: [plugin(try #require(RuleTemplate.text(id: "layer-size/too-small-head")))])
    #expect(rules.problems.isEmpty)
    #expect(rules.rules.map(\.id) == ["layer-size/too-small-head"])
    #expect(RuleTemplate.text(id: "No Such Id") == nil)
    var experiment = Experiment.sample()
    let runner = RuleRunner(rules, settings: RuleSettings())
    #expect(runner.check(experiment).findings.isEmpty)
    experiment.layers[1].facts[LayerKeys.units] = Fact(1, .stated(.place(11)))
    let run = runner.check(experiment)
    #expect(run.failures.isEmpty)
    #expect(run.findings.map(\.location) == [.place(11)])
  }
}

struct SettingsTests {
  private static let options = """
    options = {
      rate = { type = "number", default = 0.5, help = "h" }, count = { type = "integer", default = 3, help = "h" },
      deep = { type = "boolean", default = false, help = "h" }, word = { type = "string", default = "w", help = "h" },
      names = { type = "list", default = {}, help = "h" },
    },
    """
  private static let show = """
    report { at = experiment, message = ("%g %d %s %s %s"):format(
      options.rate, options.count, options.deep, options.word, table.concat(options.names, ",")) }
    """

  private func message(_ values: [String: FactValue]) -> String? {
    var settings = RuleSettings()
    settings.options["test/rule"] = values
    return run(Self.show, extra: Self.options, settings: settings).findings.first?.message
  }

  @Test func `options have defaults`() {
    #expect(message([:]) == "0.5 3 false w")
  }

  @Test func `settings give options values of their types`() {
    let values: [String: FactValue] = [
      "rate": .integer(1), "count": .number(7), "deep": .boolean(true), "word": .text("x"),
      "names": .list([.text("a"), .integer(2)]),
    ]
    #expect(message(values) == "1 7 true x a,2")
  }

  @Test func `values of other types are problems, and the defaults count`() {
    let values: [String: FactValue] = [
      "rate": .text("high"), "count": .number(0.5), "deep": .integer(1), "word": .list([]), "names": .text("a"),
      "nmaes": .list([]),
    ]
    #expect(message(values) == "0.5 3 false w")
    let rules = RuleSet(loading: [plugin(ruleText(extra: Self.options, ""))])
    var settings = RuleSettings()
    settings.options = ["test/rule": values, "test/rul": [:]]
    settings.isOn = ["tset": true, "test": true]
    settings.severities = ["test/rule": .hint, "other/rule": .hint]
    #expect(
      rules.problems(in: settings).map(\.message) == [
        "no rule or group is called \"other/rule\"", "no rule or group is called \"tset\": did you mean \"test\"?",
        "no rule or group is called \"test/rul\": did you mean \"test/rule\"?",
        "option \"count\" of rule \"test/rule\" must be a whole number",
        "option \"deep\" of rule \"test/rule\" must be true or false",
        "option \"names\" of rule \"test/rule\" must be a list",
        "rule \"test/rule\" has no option \"nmaes\": did you mean \"names\"?",
        "option \"rate\" of rule \"test/rule\" must be a number",
        "option \"word\" of rule \"test/rule\" must be a string",
      ]
    )
  }

  @Test func `the id counts before the group, the group before the rule's default`() {
    let body = "report { at = experiment, message = 'm' }"
    func runs(_ isOn: [String: Bool], extra: String = "") -> Bool {
      var settings = RuleSettings()
      settings.isOn = isOn
      return !run(body, extra: extra, settings: settings).findings.isEmpty
    }
    #expect(runs([:]))
    #expect(!runs([:], extra: "default = false,"))
    #expect(runs(["test": true], extra: "default = false,"))
    #expect(!runs(["test": true, "test/rule": false]))
    #expect(runs(["test": false, "test/rule": true]))
  }
}
