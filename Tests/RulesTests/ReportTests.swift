import Experiment
import Rules
import SourceText
import Testing

struct ReportTests {
  private static let places: [(at: String, start: Int)] = [
    ("experiment.layers[2]", 10),
    ("{ experiment.layers[2], \"units\" }", 11),
    ("{ experiment.layers[2] }", 10),
    ("{ experiment.layers[2], \"dropout\" }", 10),
    ("experiment.layers[2].kernel_initializer", 10),
    ("{ experiment.layers[2].kernel_initializer, \"name\" }", 10),
    ("{ experiment.outputs[1], \"task\" }", 32),
    ("{ experiment.outputs[1].layer, \"activation\" }", 22),
    ("experiment.outputs[1].head", 20),
    ("experiment.inputs[1].layer", 8),
    ("{ experiment.training, \"batch_size\" }", 40),
    ("experiment.training.optimizer", 41),
    ("{ experiment.training.optimizer, \"learning_rate\" }", 41),
    ("{ experiment.training.optimizer, \"decay\" }", 43),
    ("{ experiment.data, \"samples\" }", 0),
    ("experiment.problems[1]", 50),
    ("experiment", 0),
    ("nil", 0),
    ("{ experiment.outputs[1].activation_layer, \"activation\" }", 0),
  ]

  @Test func `leaves out what was said of the same place once`() {
    let twice = "report { at = { experiment.layers[2], \"units\" }, message = \"%@\", once = true }"
    let run = run(
      """
      \(twice.replacing("%@", with: "first"))
      \(twice.replacing("%@", with: "second"))
      report { at = experiment.layers[2], message = "elsewhere", once = true }
      report { at = { experiment.layers[2], "units" }, message = "always" }
      """
    )
    #expect(run.failures.isEmpty)
    #expect(run.findings.map(\.message) == ["first", "elsewhere", "always"])
  }

  @Test(arguments: places)
  func `places a finding`(at: String, start: Int) {
    let run = run("report { at = \(at), message = \"here\" }")
    #expect(run.failures.isEmpty)
    #expect(run.findings.map(\.location) == [Place(source: 0, range: TextRange(start: start, end: start + 1))])
  }

  @Test func `carries everything a report says`() {
    let run = run(
      """
      local layer = experiment.layers[3]
      report {
        at = { layer, "activation" }, message = "bounded", help = "use \\"linear\\"", severity = "hint", confirm = true,
        fix = { set(layer, "activation", "linear"), set(layer.kernel_initializer, "name", "he_normal") }, safe = false,
        related = { { at = experiment.inputs[1], message = "what goes in" } },
      }
      """
    )
    #expect(run.failures.isEmpty)
    let edits = [
      ExperimentEdit(record: RecordPath(.layer(2)), key: "activation", value: .text("linear")),
      ExperimentEdit(
        record: RecordPath(.layer(2), nested: ["kernel_initializer"]),
        key: "name",
        value: .text("he_normal")
      ),
    ]
    #expect(
      run.findings == [
        Finding(
          rule: "test/rule",
          severity: .hint,
          message: "bounded",
          location: .place(22),
          related: [Related(message: "what goes in", location: .place(5))],
          help: "use \"linear\"",
          fix: Fix(edits: edits, isSafe: false),
          trial: edits
        )
      ]
    )
  }

  @Test func `a problem brings its place, help, related places and edits`() {
    let run = run("for _, p in ipairs(experiment.problems) do report { at = p, message = p.message } end")
    #expect(run.failures.isEmpty)
    #expect(run.findings.first?.message == "unknown key \"unit\"")
    #expect(run.findings.first?.location == .place(50))
    #expect(run.findings.first?.help == "did you mean \"units\"?")
    #expect(run.findings.first?.related.map(\.location) == [.place(10)])
    #expect(run.findings.first?.fix?.textEdits.map(\.replacement) == ["units"])
    #expect(run.findings.first?.fix?.isSafe == true)
  }

  @Test func `a trial is what a dry run trains, with the rule's probe`() {
    let body = """
      local layer = experiment.layers[2]
      report { at = layer, message = "its own", fix = set(layer, "units", 1), trial = set(layer, "kind", "identity") }
      report { at = layer, message = "the fix", fix = set(layer, "units", 1), confirm = true }
      report { at = layer, message = "not", trial = set(layer, "units", 1), confirm = false }
      report { at = layer, message = "of nothing", trial = { set(experiment.training.clip, "kind", "off") } }
      report { at = layer, message = "none", fix = set(layer, "units", 1) }
      """
    let run = run(body, extra: "probe = \"dead_units\", untestable = \"nothing to compare\",")
    #expect(run.failures.isEmpty)
    let layer = RecordPath(.layer(1))
    let identity = ExperimentEdit(record: layer, key: "kind", value: .text("identity"))
    let narrow = ExperimentEdit(record: layer, key: "units", value: .integer(1))
    #expect(run.findings.map(\.trial) == [[identity], [narrow], [], [], []])
    #expect(run.findings.map(\.canConfirm) == [true, true, false, false, false])
    #expect(run.findings.map(\.probe) == [.deadUnits, .deadUnits, nil, nil, nil])
    #expect(run.findings.map { $0.untestable != nil } == [false, false, true, true, true])
  }

  @Test func `a fix of something unknown is no fix`() {
    let run = run("report { at = experiment, message = \"m\", fix = set(experiment.training.clip, \"kind\", \"off\") }")
    #expect(run.failures.isEmpty)
    #expect(run.findings.map(\.fix) == [nil])
  }

  @Test func `a fix may hold numbers, booleans and lists`() {
    let run = run(
      """
      local layer = experiment.layers[2]
      report { at = layer, message = "m", fix = { set(layer, "rate", 0.5), set(layer, "use_bias", false), nil,
        set(layer, "strides", { 1, 2 }), set(layer, "shape", layer.output_shape) } }
      """
    )
    #expect(run.failures.isEmpty)
    let values: [FactValue] = [
      .number(0.5), .boolean(false), .list([.integer(1), .integer(2)]), .list([.boolean(false), .integer(64)]),
    ]
    #expect(run.findings.first?.fix?.edits.map(\.value) == values)
  }

  @Test func `messages are one valid line of bounded length`() {
    let run = run(
      #"""
      report { at = experiment, message = "a\n  b\tc\27[31m\255" .. string.rep("x", 5000) }
      """#
    )
    let message = run.findings.first?.message ?? ""
    #expect(message.hasPrefix("a b c [31m\u{FFFD}xxx"))
    #expect(message.hasSuffix("x…"))
    #expect(message.unicodeScalars.count == 601)
  }

  @Test func `settings replace the severity, and a milder report stays mild`() {
    let body = """
      report { at = experiment, message = "own" }
      report { at = experiment, message = "mild", severity = "hint" }
      """
    var settings = RuleSettings()
    settings.severities = ["test": .error]
    #expect(run(body, settings: settings).findings.map(\.severity) == [.error, .hint])
    settings.severities = ["test": .error, "test/rule": .hint]
    #expect(run(body, settings: settings).findings.map(\.severity) == [.hint, .hint])
  }

  private static let mistakes: [(body: String, message: String)] = [
    ("report { at = experiment }", "a report needs a \"message\""),
    ("report { at = experiment, message = \" \" }", "a report needs a \"message\""),
    ("report { at = experiment, mesage = \"m\" }", "a report has no key \"mesage\": did you mean \"message\"?"),
    (
      "report { experiment, message = \"m\" }",
      "a report has named values only, such as \"at = ...\" and \"message = ...\""
    ),
    ("report(\"m\")", "\"report\" takes a table: report { at = ..., message = \"...\" }"),
    ("report { at = {}, message = 3 }", "\"message\" must be a string, not a number"),
    (
      "report { at = { \"units\", experiment }, message = \"m\" }",
      "the \"at\" of a report must be a record, { record, \"key\" } or a problem"
    ),
    (
      "report { at = { kind = \"dense\" }, message = \"m\" }",
      "the \"at\" of a report must be a record, { record, \"key\" } or a problem"
    ),
    (
      "report { at = experiment.layers, message = \"m\" }",
      "the \"at\" of a report must be a record, { record, \"key\" } or a problem"
    ),
    (
      "report { at = experiment, message = \"m\", severity = \"error\" }",
      "a report may only lower its rule's severity, \"warning\", not raise it to \"error\""
    ),
    (
      "report { at = experiment, message = \"m\", severity = \"loud\" }",
      "\"severity\" must be \"hint\", \"warning\" or \"error\", not \"loud\""
    ),
    (
      "report { at = experiment, message = \"m\", fix = \"linear\" }",
      "a \"fix\" must be set(record, \"key\", value) or a list of them"
    ),
    (
      "report { at = experiment, message = \"m\", fix = set(experiment.problems[1], \"kind\", 1) }",
      "a problem has no facts: give a record of the experiment"
    ),
    (
      "report { at = experiment, message = \"m\", trial = 32 }",
      "a \"trial\" must be set(record, \"key\", value) or a list of them"
    ),
    (
      "report { at = experiment, message = \"m\", confirm = true }",
      "\"confirm\" needs a change to train: give a \"trial\" or a \"fix\""
    ),
    (
      "report { at = experiment, message = \"m\", trial = set(experiment.layers[2], \"kind\", \"identiy\") }",
      "\"set\" can make a layer of another kind only by the kind's name: did you mean \"identity\"?"
    ),
    (
      "report { at = experiment, message = \"m\", trial = set(experiment.layers[2], \"kind\", 1) }",
      "\"set\" can make a layer of another kind only by the kind's name"
    ),
    ("report { at = experiment, message = \"m\", safe = 1 }", "\"safe\" must be true or false, not a number"),
    (
      "report { at = experiment, message = \"m\", related = { at = experiment } }",
      "\"related\" must be a list: { { at = ..., message = \"...\" } }"
    ),
    ("set(\"layer\", \"units\", 3)", "\"set\" takes a record of the experiment first, such as a layer"),
    ("origin(experiment.layers, \"units\")", "\"origin\" takes a record of the experiment first, such as a layer"),
    ("origin(experiment)", "\"origin\" takes the name of a fact second"),
  ]

  @Test(arguments: mistakes)
  func `a bad report is an error of the rule with its line`(body: String, message: String) {
    let run = run("\n" + body)
    #expect(run.findings.isEmpty)
    #expect(run.failures == [PluginProblem(path: "my/rule.lua", line: 11, message: message)])
  }

  @Test func `a rule that fails has no findings, and the others keep theirs`() {
    let rules = RuleSet(loading: [
      plugin(ruleText(id: "test/a", "report { at = experiment, message = \"a\" } error(\"broken\")"), path: "a.lua"),
      plugin(ruleText(id: "test/b", "report { at = experiment, message = \"b\" }"), path: "b.lua"),
    ])
    let run = RuleRunner(rules, settings: RuleSettings()).check(.sample())
    #expect(run.findings.map(\.message) == ["b"])
    #expect(run.failures == [PluginProblem(path: "a.lua", line: 10, message: "broken")])
  }

  @Test func `tells where a fact comes from`() {
    let body = """
      local function show(o)
        if not o then return "nothing" end
        local parts = {}
        for key, value in pairs(o) do table.insert(parts, key .. "=" .. value) end
        return table.concat(parts, " ")
      end
      report { at = experiment, message = show(origin(experiment.layers[2], "units")) }
      report { at = experiment, message = show(origin(experiment.training, "batch_size")) }
      report { at = experiment, message = show(origin(experiment.outputs[1], "task")) }
      report { at = experiment, message = show(origin(experiment.training.optimizer, "clip")) }
      report { at = experiment, message = show(origin(experiment.training.clip, "kind")) }
      """
    let run = run(body)
    #expect(run.failures.isEmpty)
    #expect(
      run.findings.map(\.message) == [
        "column=2 file=model.json kind=stated line=2", "framework=Keras kind=default since=2.0",
        "column=3 file=model.json from=the loss kind=inferred line=4", "nothing", "nothing",
      ]
    )
  }
}
