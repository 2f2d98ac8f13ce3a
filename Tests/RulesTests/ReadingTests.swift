import Experiment
import Rules
import SourceText
import Testing

/// What a rule sees of an experiment, and how it may count with what it does not see.
struct ReadingTests {
  private static let expressions: [(body: String, result: String)] = [
    ("return experiment.dialect", "keras"),
    ("return experiment.framework", "Keras"),
    ("return experiment.framework_version", "unknown"),
    ("return #experiment.layers", "3"),
    ("return experiment.layers[2].name .. experiment.layers[2].index", "hidden2"),
    ("return experiment.layers[2].kind", "dense"),
    ("return experiment.layers[2].units + 1", "65"),
    ("return experiment.layers[2].inputs[1].name", "features"),
    ("return experiment.layers[2].consumers[1].name", "angles"),
    ("return experiment.layers[2].inputs[1] == experiment.layers[1]", "true"),
    ("return #experiment.layers[3].consumers", "0"),
    ("return experiment.layers[2].shared", "unknown"),
    ("return experiment.layers[2].kernel_initializer.name", "glorot_uniform"),
    ("return experiment.layers[2].output_shape[1]", "false"),
    ("return table.concat(experiment.layers[2].output_shape, \" x \")", "? x 64"),
    ("return experiment.inputs[1].layer.name", "features"),
    ("return experiment.inputs[1].layer_index", "0"),
    ("return experiment.outputs[1].layer.activation", "tanh"),
    ("return experiment.outputs[1].head.name", "angles"),
    ("return experiment.outputs[1].activation_layer", "unknown"),
    ("return experiment.training.optimizer.learning_rate", "0.001"),
    ("return experiment.training.optimizer.decay", "unknown"),
    ("return experiment.training.clip.kind", "unknown"),
    ("return experiment.problems[1].kind", "unknown-key"),
    ("return experiment.problems[1].help", "did you mean \"units\"?"),
    (
      "local t = {} for k, v in pairs(experiment.training) do t[#t + 1] = k end return table.concat(t, \" \")",
      "batch_size optimizer"
    ),
    (
      "local t = {} for i, l in ipairs(experiment.layers) do t[i] = l.name end return table.concat(t, \" \")",
      "features hidden angles"
    ),
    ("return next(experiment.training)", "batch_size"),
    // Layers are read fact by fact; what was read before changes nothing.
    (
      "local l, t = experiment.layers[2], {} for k in pairs(l) do t[#t + 1] = k end return #t > 6 and l[t[1]] ~= nil",
      "true"
    ),
    (
      "local l, t = experiment.layers[2], {} for k, v in pairs(l) do t[k] = v end "
        + "return t.units .. t.name .. t.kind .. t.inputs[1].name",
      "64hiddendensefeatures"
    ),
    ("local l = experiment.layers[2] local u = l.units for _ in pairs(l) do end return u == l.units", "true"),
    ("local l = experiment.layers[2] local i = l.inputs for _ in pairs(l) do end return i == l.inputs", "true"),
    ("local l = experiment.layers[2] return l.kernel_initializer == l.kernel_initializer", "true"),
    ("return experiment.layers[2].no_such_fact", "unknown"),
    ("return experiment.layers[2].learning_rate", "unknown"),
    ("return experiment.layers[2][1]", "unknown"),
    ("return experiment.layers[2][1.5] == nil and experiment.layers[2][{}] == nil", "true"),
    ("return next(experiment.layers[2], \"index\")", "inputs"),
    ("return next(experiment.data) == nil", "true"),
    ("return type(experiment)", "table"),
    ("return tostring(experiment)", "table"),
    ("return tostring(report) .. tostring(nil)", "functionunknown"),
    // The order of keys.
    (
      "local t = {} for k in pairs({ b = 1, a = 1, [2] = 1, [1] = 1, [true] = 1, [1.5] = 1 }) do t[#t + 1] = tostring(k) end return table.concat(t, \" \")",
      "true 1 1.5 2 a b"
    ),
    (
      "local t, k = {}, nil repeat k = next({ c = 1, a = 1, b = 1 }, k) t[#t + 1] = k until not k return table.concat(t)",
      "abc"
    ),
    // Unknown values.
    ("local x return x.y.z", "unknown"),
    ("local x return x[1]", "unknown"),
    ("local x return x < 3 or x > 3 or x <= 3 or x >= 3", "false"),
    ("local x return 3 < x or 3 > x or 3 <= x or 3 >= x", "false"),
    ("local x, y return x < y or x <= y or x < \"a\" or \"a\" < x", "false"),
    ("local x local n = 5 return x < n or n < x or x <= n or n <= x", "false"),
    ("local x return 2.5 < x or x < 2.5", "false"),
    ("local x return x == 3", "false"),
    ("local x return x + 1", "unknown"),
    ("local x return 1 - x * 2 / x // 1 % 3 ^ 2", "unknown"),
    ("local x return -x", "unknown"),
    ("local x return ~x | 1 & x ~ 3 << 2 >> x", "unknown"),
    ("local x return #x", "0"),
    ("local x return \"a \" .. x .. \" b\"", "a unknown b"),
    ("local x return x .. 1", "unknown1"),
    ("local x for _ in ipairs(x) do return \"some\" end return \"none\"", "none"),
    ("local x for _ in pairs(x) do return \"some\" end return \"none\"", "none"),
    ("local x return one_of(x, { 1 })", "false"),
    ("return one_of(1, nil)", "false"),
    ("return one_of(\"b\", { \"a\", \"b\" }) and one_of(2, { 2.0 })", "true"),
    ("return one_of(64, experiment.layers[2].output_shape)", "true"),
    ("return table.concat(words_of(\"userId2 HTTPServer-USER_ID.x9Y\"), \" \")", "user id2 http server user id x9y"),
    ("local x return #words_of(x) + #words_of(\"\") + #words_of(\"__ä\")", "0"),
    ("return math.max(nil, 3)", "unknown"),
    ("return math.floor(nil)", "unknown"),
    ("return string.find(nil, \"x\")", "unknown"),
    ("return table.concat(nil)", "unknown"),
    ("return (\"%d %s %5.2f %q\"):format(nil, nil, nil, nil)", "unknown unknown unknown unknown"),
    ("return (\"%d%%, %s, %g, %5.1f|%q\"):format(3, true, 0.5, 2.25, \"a\")", "3%, true, 0.5, 2.2|\"a\""),
    ("return (\"%s %s\"):format(experiment, report)", "table function"),
    ("return select(\"#\", 1, nil, 3)", "3"),
    ("return tonumber(\"0x10\") + math.tointeger(2.0)", "18"),
    ("return math.huge > math.maxinteger", "true"),
    ("return (\"abc\"):upper():reverse():sub(1, 2):len() .. (\"x\"):rep(3, \"-\")", "2x-x-x"),
    ("return (\"abc\"):byte() + select(\"#\", (\"abc\"):byte(1, -1)) + (\"abc\"):byte(-1)", "199"),
    (
      "return select(\"#\", (\"abc\"):byte(4)) + select(\"#\", (\"abc\"):byte(0, 9)) + select(\"#\", (\"\"):byte(-1))",
      "3"
    ),
    ("return (\"x\"):rep(-1) == \"\"", "true"),
    ("local t = { 3, 1, 2 } table.sort(t) return table.concat(t, \",\")", "1,2,3"),
    ("local t = { 3, 1, 2 } table.sort(t, function(a, b) return a > b end) return table.concat(t, \",\")", "3,2,1"),
    (
      "local t = { \"bb\", \"a\", \"cc\", \"d\" } table.sort(t, function(a, b) return #a < #b end) return table.concat(t, \",\")",
      "a,d,bb,cc"
    ),
    (
      "local t = { 1, 2, 3 } table.insert(t, 2, 9) table.remove(t) table.insert(t, 4) return table.concat(t, \",\")",
      "1,9,2,4"
    ),
    ("local t = { 1, 2 } return table.remove(t, 1) + table.remove(t) + #t", "3"),
    ("local a, b = table.unpack({ 1, 2 }) return a + b", "3"),
    ("return table.unpack(experiment.layers).name", "features"),
  ]

  @Test(arguments: expressions)
  func `reads and counts`(body: String, result: String) {
    #expect(evaluate(body) == result)
  }

  private static let patterns: [(body: String, result: String)] = [
    ("return (\"encoder/conv1\"):match(\"^(%w+)/(%a+)(%d)$\")", "encoder"),
    ("local a, b, c = (\"encoder/conv1\"):match(\"^(%w+)/(%a+)(%d)$\") return a .. b .. c", "encoderconv1"),
    ("return (\"hello\"):find(\"l\")", "3"),
    ("local a, b = (\"hello\"):find(\"l+\") return a .. b", "34"),
    ("local a, b, c = (\"hello\"):find(\"(l)l\") return a .. b .. c", "34l"),
    ("return (\"hello\"):find(\"xyz\")", "unknown"),
    ("return (\"hello\"):find(\"\")", "1"),
    ("return (\"hello\"):find(\"\", 10)", "unknown"),
    ("return (\"hello\"):find(\"o\", -1)", "5"),
    ("return (\"a.b\"):find(\".\", 1, true)", "2"),
    ("return (\"a+b\"):find(\"+\", 1, true)", "2"),
    ("return (\"hello\"):match(\".-(l.*)$\")", "llo"),
    ("return (\"hello\"):match(\"^ell\")", "unknown"),
    ("return (\"  x \"):match(\"^%s*(.-)%s*$\") .. \"|\"", "x|"),
    ("return (\"key = value\"):match(\"(%w+)%s*=%s*(%w+)\")", "key"),
    ("return (\"hello\"):match(\"()ll()\")", "3"),
    ("return (\"[x]\"):match(\"%[(.)%]\")", "x"),
    ("return (\"a]b\"):match(\"[]]\")", "]"),
    ("return (\"a-b\"):match(\"[a%-]+\")", "a-"),
    ("return (\"Az9_\"):match(\"[^%w]\")", "_"),
    ("return (\"x=(a(b)c)d\"):match(\"%b()\")", "(a(b)c)"),
    ("return (\"THE (quick) fox\"):find(\"%f[%a]%a+%f[%A]\")", "1"),
    ("return (\"abab\"):match(\"(ab)%1\")", "ab"),
    ("return (\"colour color\"):gsub(\"colou?r\", \"C\")", "C C"),
    ("return (\"abc\"):gsub(\"%w\", \"%0%0\")", "aabbcc"),
    ("return (\"abc\"):gsub(\"\", \"-\")", "-a-b-c-"),
    ("return (\"hello world\"):gsub(\"o\", \"0\", 1)", "hell0 world"),
    ("return (\"a b\"):gsub(\"(%w) (%w)\", \"%2 %1\")", "b a"),
    ("return (\"abc\"):gsub(\"%w\", { a = \"1\", b = false })", "1bc"),
    ("return (\"abc\"):gsub(\"%w\", function(c) if c == \"b\" then return \"B\" end end)", "aBc"),
    ("return (\"aaa\"):gsub(\"^a\", \"b\")", "baa"),
    ("return (\"100%\"):gsub(\"%%\", \" percent\")", "100 percent"),
    (
      "local t = {} for w in (\"one two\"):gmatch(\"%a+\") do t[#t + 1] = w end return table.concat(t, \",\")",
      "one,two"
    ),
    (
      "local t = {} for k, v in (\"a=1, b=2\"):gmatch(\"(%w+)=(%w+)\") do t[#t + 1] = k .. v end return table.concat(t, \",\")",
      "a1,b2"
    ),
    ("local n = 0 for _ in (\"abc\"):gmatch(\"\") do n = n + 1 end return n", "4"),
  ]

  @Test(arguments: patterns)
  func `matches as Lua does`(body: String, result: String) {
    #expect(evaluate(body) == result)
  }

  private static let malformed: [(pattern: String, message: String)] = [
    ("%", "malformed pattern (ends with \"%\")"),
    ("[a", "malformed pattern (missing \"]\")"),
    ("[", "malformed pattern (missing \"]\")"),
    ("[%", "malformed pattern (missing \"]\")"),
    ("[]", "malformed pattern (missing \"]\")"),
    ("[^]", "malformed pattern (missing \"]\")"),
    ("%b", "malformed pattern (missing arguments to \"%b\")"),
    ("%bx", "malformed pattern (missing arguments to \"%b\")"),
    ("%f", "malformed pattern (missing \"[\" after \"%f\")"),
    ("(", "unfinished capture"),
    (")", "invalid pattern capture"),
    ("%1", "invalid capture index \"%1\""),
    ("(%1)", "invalid capture index \"%1\""),
    (String(repeating: "()", count: 33), "too many captures"),
  ]

  @Test(arguments: malformed)
  func `refuses a malformed pattern`(pattern: String, message: String) {
    let run = run("(\"\"):match(\"\(pattern)\")")
    #expect(run.failures.map(\.message) == [message])
    #expect(run.failures.map(\.line) == [10])
  }

  @Test func `a later experiment is a fresh one`() {
    let rules = RuleSet(loading: [
      plugin(ruleText("for _, l in ipairs(experiment.layers) do report { at = l, message = l.name } end"))
    ])
    let runner = RuleRunner(rules, settings: RuleSettings())
    var experiment = Experiment.sample()
    #expect(runner.check(experiment).findings.map(\.message) == ["features", "hidden", "angles"])
    experiment.layers.removeFirst(2)
    #expect(runner.check(experiment).findings.map(\.message) == ["angles"])
    experiment.layers = []
    #expect(runner.check(experiment).findings.isEmpty)
  }

  @Test func `a layer that a rule kept is not read in a later experiment`() {
    let body = "kept[#kept + 1] = experiment.layers[2] report { at = experiment, message = tostring(kept[1].units) }"
    let rules = RuleSet(loading: [plugin(ruleText(before: "local kept = {}", body))])
    let runner = RuleRunner(rules, settings: RuleSettings())
    #expect(runner.check(.sample()).findings.map(\.message) == ["64"])
    // What was read stays readable; the rest is gone with the experiment.
    #expect(runner.check(.sample()).findings.map(\.message) == ["64"])

    let other = plugin(
      ruleText(
        before: "local kept",
        """
        kept = kept or experiment.layers[2]
        if kept ~= experiment.layers[2] then report { at = experiment, message = tostring(kept.units) } end
        """
      )
    )
    // Of a large graph nothing is read before a rule asks.
    var large = Experiment.sample()
    large.layers += Array(repeating: large.layers[1], count: 100)
    let second = RuleRunner(RuleSet(loading: [other]), settings: RuleSettings())
    #expect(second.check(large).failures.isEmpty)
    #expect(
      second.check(large).failures.map(\.message) == [
        "a layer can be read only while its own experiment is checked"
      ]
    )
  }

  @Test func `reading many layers costs a rule nothing`() {
    var experiment = Experiment.sample()
    let layer = experiment.layers[1]
    for _ in 0..<20_000 { experiment.layers.append(layer) }
    let body = """
      local count = 0
      for _, layer in ipairs(experiment.layers) do
        if layer.units == 64 and #layer.output_shape == 2 and layer.kernel_initializer.name then count = count + 1 end
      end
      report { at = experiment, message = tostring(count) }
      """
    let run = run(body, on: experiment)
    #expect(run.failures.isEmpty)
    #expect(run.findings.map(\.message) == ["20001"])
  }

  @Test func `a layer applied twice names the first application`() {
    var experiment = Experiment.sample()
    var again = experiment.layers[1]
    again.sharesWeightsWith = 1
    again.inputs = [0, 0]
    experiment.layers.append(again)
    #expect(evaluate("return experiment.layers[4].shared.index", on: experiment) == "2")
    #expect(evaluate("return #experiment.layers[4].inputs", on: experiment) == "2")
    #expect(evaluate("return #experiment.layers[1].consumers", on: experiment) == "2")
  }

  @Test func `each runner of a rule set has a state of its own`() {
    let count = "local seen = 0"
    let body = "seen = seen + 1 report { at = experiment, message = tostring(seen) }"
    let rules = RuleSet(loading: [plugin(ruleText(before: count, body))])
    let runners = (0..<3).map { _ in RuleRunner(rules, settings: RuleSettings()) }
    for expected in ["1", "2"] {
      for runner in runners { #expect(runner.check(.sample()).findings.map(\.message) == [expected]) }
    }
  }
}
