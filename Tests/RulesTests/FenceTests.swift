import Experiment
import Glibc
import Rules
import Testing

/// Each attack becomes one problem of its plugin, soon, and harms nothing else.
struct FenceTests {
  private static let tooLong = "stopped: it takes too many steps; does a loop never end?"
  private static let tooDeep = "stopped: calls are nested too deep"
  private static let tooLarge = "stopped: it takes too much memory"

  /// What a check does, and what is said of it; nil where the message is Lua's own.
  private static let attacks: [(name: String, body: String, message: String?)] = [
    ("endless loop", "while true do end", tooLong),
    ("endless recursion by tail calls", "local function f() return f() end f()", tooLong),
    ("deep recursion", "local function f() return 1 + f() end f()", tooDeep),
    ("unknown text on a deep stack", "local function f() local x return f() .. x .. f() end f()", tooDeep),
    ("memory bomb", "local t = {} for i = 1, 1e9 do t[i] = {} end", tooLarge),
    ("string doubling", "local s = 'x' while true do s = s .. s end", tooLarge),
    ("garbage strings", "local s = string.rep('x', 1e5) while true do local t = s .. 'y' end", tooLong),
    ("string.rep bomb", "string.rep('x', 1 << 40)", "\"string.rep\" makes at most 100000 bytes"),
    ("string.rep of nothing", "string.rep('', 1 << 60)", "\"string.rep\" makes at most 100000 bytes"),
    ("string.rep by a method", "(('x'):rep(1e9))()", "\"string.rep\" makes at most 100000 bytes"),
    ("string.rep again and again", "while true do string.rep('x', 1e5) end", tooLong),
    ("pattern bomb", "string.rep('a', 3000):find('.-.-.-.-b')", tooLong),
    ("pattern bomb in gsub", "string.rep('a', 3000):gsub('.-.-.-.-b', '')", tooLong),
    ("pattern bomb in gmatch", "for _ in string.rep('a', 3000):gmatch('.-.-.-.-b') do end", tooLong),
    ("pattern bomb by a set", "string.rep('a', 3000):match('([ab]*[ab]*[ab]*[ab]*)c')", tooLong),
    ("pattern bomb by balance", "string.rep('(', 100000):find('%b()')", tooLong),
    ("deep pattern", "string.rep('a', 1000):find(string.rep('a?', 1000))", "pattern too complex"),
    ("wide format", "string.format('%99999d', 1)", nil),
    ("format of an address", "string.format('%p', experiment)", "\"%p\" is not available to rules"),
    ("concat of a huge range", "table.concat({}, ',', 1, 1 << 60)", tooLong),
    (
      "concat of a long list", "local t = {} for i = 1, 1e5 do t[i] = 'x' end while true do table.concat(t) end",
      tooLong
    ),
    ("unpack of a huge range", "table.unpack({}, 1, 1e8)", "\"table.unpack\" gives at most 1000 values"),
    ("bytes of a long text", "string.byte(string.rep('x', 1e5), 1, -1)", "\"string.byte\" gives at most 1000 bytes"),
    ("arguments by the thousand", "local function f(...) return f(1, ...) end f()", tooDeep),
    ("insert at the front", "local t = {} while true do table.insert(t, 1, 0) end", tooLong),
    (
      "remove from the front", "local t = {} for i = 1, 1e5 do t[i] = 0 end while true do table.remove(t, 1) end",
      tooLong
    ),
    (
      "invalid comparator", "local t = {3, 1, 2, 3} table.sort(t, function(a, b) return true end)",
      "invalid order function for sorting: it says that two values each come before the other"
    ),
    ("slow comparator", "table.sort({3, 1, 2}, function(a, b) while true do end end)", tooLong),
    ("sort of a long list", "local t = {} for i = 1, 1e5 do t[i] = -i end while true do table.sort(t) end", tooLong),
    ("pairs over a long table", "local t = {} for i = 1, 1e4 do t[i] = i end while true do pairs(t) end", tooLong),
    ("next over a long table", "local t = {} for i = 1, 1e5 do t[i] = i end for i = 1, 1e5 do next(t, i) end", tooLong),
    ("one_of over a long list", "local t = {} for i = 1, 1e5 do t[i] = i end while true do one_of(0, t) end", tooLong),
    ("endless gsub callback", "('x'):gsub('x', function() while true do end end)", tooLong),
    ("lower of a long text", "local s = string.rep('X', 1e5) while true do s:lower() end", tooLong),
    ("tonumber of a long text", "local s = string.rep(' ', 1e5) while true do tonumber(s) end", tooLong),
    ("error with a table", "error({})", "the error has no text: give \"error\" a string"),
    ("error with nothing", "error()", "the error has no text: give \"error\" a string"),
    ("failed assertion", "assert(false, 'no')", "no"),
    ("error in a check", "local x = 3 x()", "attempt to call a number value (local 'x')"),
    ("call of an unknown fact", "experiment.layers[99].name:find('x')", nil),
    ("flood of reports", "while true do report { at = experiment, message = 'm' } end", nil),
    (
      "report that holds itself", "local t = { message = 'm' } t.at = t report(t)",
      "tables are nested too deep, or one holds itself"
    ),
    (
      "report of a huge text", "local s = string.rep('x', 1e5) report { at = s, message = s, help = s }",
      "too much text: the most a rule may say at once is 262144 bytes"
    ),
    (
      "comparison of long strings",
      "local a, b = string.rep('x', 1e5), string.rep('x', 1e5) a, b = a .. a .. a, b .. b .. b while true do local c = a == b end",
      tooLong
    ),
    (
      "order of long strings",
      "local a, b = string.rep('x', 1e5), string.rep('x', 1e5) a, b = a .. a .. a, b .. b .. b while true do local c = a < b end",
      tooLong
    ),
    (
      "rehash of a large table",
      "local t = {} for i = 1, 1e4 do t[i] = i end for i = 1, 1e9 do t['k' .. i] = 1 t['k' .. i] = nil end", tooLong
    ),
    (
      "varargs in a loop",
      "local function g() end local function f(n, ...) if n > 0 then return f(n - 1, n, ...) end while true do g(...) end end f(1000)",
      tooLong
    ),
    (
      "pile of results", "local function f(n) if n > 0 then return n, f(n - 1) end end while true do f(1000) end",
      tooLong
    ),
    (
      "write to the experiment", "experiment.dialect = 'mine'",
      "\"dialect\" cannot be set: what a rule is given is read-only"
    ),
    (
      "write to a layer", "experiment.layers[1].units = 3", "\"units\" cannot be set: what a rule is given is read-only"
    ),
    (
      "write to a list", "table.insert(experiment.layers, {})",
      "\"number\" cannot be set: what a rule is given is read-only"
    ),
    ("sort of the layers", "table.sort(experiment.layers, function(a, b) return a.index > b.index end)", nil),
    ("write to a library", "string.format = nil", "\"format\" cannot be set: what a rule is given is read-only"),
    ("write to options", "options.x = 1", "\"x\" cannot be set: what a rule is given is read-only"),
    ("write to a global", "count = 1", "\"count\" is not declared: write \"local count\""),
    ("write to the environment", "_ENV.report = nil", "\"report\" is not declared: write \"local report\""),
    ("read of an unknown name", "local x = experimnt.layers", "nothing is named \"experimnt\""),
    ("field of nil set", "local x = nil x.y = 1", "attempt to index a nil value (local 'x')"),
    (
      "finaliser by metatable", "setmetatable({}, { __gc = function() while true do end end })",
      "\"setmetatable\" is not available to rules"
    ),
    ("finaliser by a variable", "local x <close> = {}", nil),
  ]

  @Test(arguments: attacks)
  func `an attack ends as one problem`(name: String, body: String, message: String?) throws {
    let rules = RuleSet(loading: [
      plugin(ruleText(id: "test/before", "report { at = experiment, message = 'before' }"), path: "before.lua"),
      plugin(ruleText(id: "test/evil", "\n" + body), path: "evil.lua"),
      plugin(
        ruleText(id: "test/harmless", "report { at = experiment.layers[1], message = 'after' }"),
        path: "after.lua"
      ),
    ])
    #expect(rules.problems.isEmpty)
    let runner = RuleRunner(rules, settings: RuleSettings())
    for _ in 0..<2 {
      var run = RuleRun()
      let time = threadTime { run = runner.check(.sample()) }
      #expect(run.findings.map(\.message) == ["before", "after"])
      #expect(run.failures.map(\.path) == ["evil.lua"])
      #expect(run.failures.first?.line == 11)
      if let message { #expect(run.failures.first?.message == message) }
      #expect(time < timeLimit, "\(name) took \(time)")
    }
  }

  private let timeLimit = Duration.milliseconds(100)

  /// The thread's own time, which other tests and programs do not lengthen.
  private func threadTime(_ body: () -> Void) -> Duration {
    func now() -> Duration {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let start = now()
    body()
    return now() - start
  }

  /// Plugins that are wrong before any check runs.
  private static let broken: [(name: String, text: String, line: Int?, message: String?)] = [
    ("endless loop", "while true do end", 1, tooLong),
    ("memory bomb", "\nlocal t = {} for i = 1, 1e9 do t[i] = {} end", 2, tooLong),
    ("syntax", "return {\n  api = = 1\n}", 2, "unexpected symbol near '='"),
    ("no table", "return 3", nil, "a rule file must return a table: return { api = 1, id = ... }"),
    ("nothing", "", nil, "a rule file must return a table: return { api = 1, id = ... }"),
    ("bytecode", "\u{1B}Lua\u{54}\u{0}", nil, nil),
    ("parentheses", "return " + String(repeating: "(", count: 60_000), nil, nil),
    ("tables", "return " + String(repeating: "{", count: 60_000), nil, nil),
    ("functions", String(repeating: "return function() ", count: 3_000), nil, nil),
    ("conditions", "if x and " + String(repeating: "x and ", count: 10_000) + "x then end return {}", nil, nil),
    ("labels", (0..<6000).map { "::a\($0)::" }.joined() + " return {}", nil, nil),
    (
      "too long", String(repeating: " ", count: 70_000), nil,
      "a rule file may have at most 65536 bytes, this one has 70000"
    ),
    ("a table in itself", "local t = {} t.api = t return t", nil, "tables are nested too deep, or one holds itself"),
    ("a table too large", "local t = {} for i = 1, 20000 do t[i] = i end return t", nil, nil),
    ("report while loading", "report { message = 'm' }", 1, "nothing is named \"report\""),
    ("origin while loading", "origin({}, 'x')", 1, "\"origin\" can be called in \"check\" only"),
    ("io", "\n\nio.open('/etc/passwd')", 3, "\"io\" is not available to rules"),
    ("os", "os.exit()", 1, "\"os\" is not available to rules"),
    ("load", "load('x = 1')()", 1, "\"load\" is not available to rules"),
    ("require", "require 'os'", 1, "\"require\" is not available to rules"),
    ("pcall", "pcall(error)", 1, "\"pcall\" is not available to rules"),
    ("metatable of strings", "getmetatable('').__index = {}", 1, "\"getmetatable\" is not available to rules"),
    ("dump", "string.dump(function() end)", 1, "attempt to call a nil value (field 'dump')"),
    ("random", "math.random()", 1, "attempt to call a nil value (field 'random')"),
    ("move", "table.move({}, 1, 1 << 60, 2)", 1, "attempt to call a nil value (field 'move')"),
  ]

  @Test(arguments: broken)
  func `a broken plugin is one problem`(name: String, text: String, line: Int?, message: String?) {
    var rules = RuleSet(loading: [])
    let files = [
      plugin(ruleText(id: "test/before", ""), path: "before.lua"), plugin(text, path: "evil.lua"),
      plugin(ruleText(id: "test/after", ""), path: "after.lua"),
    ]
    let time = threadTime { rules = RuleSet(loading: files) }
    #expect(rules.rules.map(\.id) == ["test/after", "test/before"])
    #expect(rules.problems.map(\.path) == ["evil.lua"])
    if let line { #expect(rules.problems.first?.line == line) }
    if let message { #expect(rules.problems.first?.message == message) }
    #expect(rules.problems.first?.message.isEmpty == false)
    #expect(time < timeLimit, "\(name) took \(time)")
  }

  @Test func `a large experiment gets more steps`() {
    let body =
      "for i = 1, 300 do for _, layer in ipairs(experiment.layers) do local x = layer.kind == \"dense\" end end"
    var experiment = Experiment.sample()
    let layer = experiment.layers[1]
    experiment.layers += (0..<1000).map { _ in layer }
    #expect(run(body, on: experiment).failures.isEmpty)
  }
}
