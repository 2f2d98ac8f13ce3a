import Linting
import Rules
import SourceText
import TestSupport
import Testing

/// What is said of settings that cannot be used, and where.
struct SettingsProblemTests {
  private let rules = RuleSet(loading: [SampleRules.dropout, SampleRules.halving, SampleRules.optional])

  @Test(arguments: [
    ("1️⃣selekt: [all]", "unknown key \"selekt\": did you mean \"select\"?"),
    ("1️⃣min_severity: hint", "unknown key \"min_severity\": did you mean \"min-severity\"?"),
    ("1️⃣colour: red", "unknown key \"colour\""),
    ("select: 1️⃣3", "\"select\" must be a rule id, a group or \"all\", or a list of them, not the number 3"),
    ("select: [all, 1️⃣[x]]", "an element of \"select\" must be a rule id, a group or \"all\", not a list"),
    ("select: 1️⃣{}", "\"select\" must be a rule id, a group or \"all\", or a list of them, not a mapping"),
    ("exclude: [1️⃣'']", "an element of \"exclude\" must be a pattern, not empty"),
    (
      "min-severity: 1️⃣wraning",
      "\"min-severity\" must be \"hint\", \"warning\" or \"error\", not \"wraning\": did you mean \"warning\"?"
    ),
    ("fail-on: 1️⃣true", "\"fail-on\" must be \"hint\", \"warning\" or \"error\", not true"),
    (
      "ignore: [1️⃣dropout/sample-hihg]",
      "no rule or group is called \"dropout/sample-hihg\": did you mean \"dropout/sample-high\"?"
    ),
    ("rules: 1️⃣[dropout]", "\"rules\" must be a mapping from rules and groups to what holds for them, not a list"),
    ("rules: {1️⃣dropuot: off}", "no rule or group is called \"dropuot\": did you mean \"dropout\"?"),
    (
      "rules: {dropout: 1️⃣of}",
      """
      "dropout" must be "off", "on", "hint", "warning" or "error", or a mapping with "severity" and "options", \
      not the text "of": did you mean "off"?
      """
    ),
    (
      "rules: {dropout: {1️⃣sevrity: hint}}",
      "unknown key \"sevrity\" in \"dropout\": did you mean \"severity\"?"
    ),
    (
      "rules: {dropout/sample-optional: {1️⃣limit: 0.1}}",
      "unknown key \"limit\" in \"dropout/sample-optional\"; options of the rule stand below \"options\""
    ),
    (
      "rules: {dropout/sample-optional: {options: {1️⃣limits: 0.1}}}",
      "rule \"dropout/sample-optional\" has no option \"limits\": did you mean \"limit\"?"
    ),
    (
      "rules: {dropout/sample-optional: {options: {1️⃣limit: high}}}",
      "option \"limit\" of rule \"dropout/sample-optional\" must be a number"
    ),
    (
      "rules: {1️⃣dropout: {options: {limit: 1}}}",
      "options belong to one rule, and \"dropout\" stands for several"
    ),
    ("dryrun: 1️⃣fast", "\"dryrun\" must be a mapping, not the text \"fast\""),
    ("dryrun: {1️⃣second: 3}", "unknown key \"second\" in \"dryrun\": did you mean \"seconds\"?"),
    ("dryrun: {seconds: 1️⃣0}", "\"seconds\" must be a number from 0.1 to 3600, not the number 0"),
    ("dryrun: {seeds: 1️⃣10}", "\"seeds\" must be a whole number from 3 to 9, not the number 10"),
    ("dryrun: {threads: 1️⃣1.5}", "\"threads\" must be a whole number from 1 to 256, not the number 1.5"),
    ("dryrun: {memory: 1️⃣4}", "\"memory\" must be a size of 64 MiB at least, such as \"2 GB\", not the number 4"),
    ("dryrun: {memory: 1️⃣1 MB}", "\"memory\" must be a size of 64 MiB at least, such as \"2 GB\", not \"1 MB\""),
    ("dryrun: {launcher: [srun, 1️⃣3]}", "an element of \"launcher\" must be text, not the number 3"),
    (
      "framework-versions: 1️⃣0.6",
      "\"framework-versions\" must be a mapping from dialects to versions, not the number 0.6"
    ),
    (
      "framework-versions: {ludwig: 1️⃣newest}",
      "\"ludwig\" must be a version such as \"0.6\", not \"newest\""
    ),
    ("framework-versions: {ludwig: 1️⃣[1]}", "\"ludwig\" must be a version such as \"0.6\", not a list"),
    ("overrides: [1️⃣{ignore: all}]", "\"files\" is missing in an entry of \"overrides\""),
    ("overrides: [{files: a, 1️⃣fail-on: hint}]", "unknown key \"fail-on\" in \"overrides\""),
    ("overrides: [1️⃣a.yaml]", "an entry of \"overrides\" must be a mapping, not the text \"a.yaml\""),
    (
      "ignores: [{files: a, rules: dropout, pointer: 1️⃣config/x}]",
      "\"config/x\" is no JSON pointer: it must start with \"/\", as in \"/config/layers/3\""
    ),
    ("ignores: [{files: a, rules: [1️⃣width/tiny]}]", "no rule or group is called \"width/tiny\""),
    ("experiments: [1️⃣{name: x}]", "\"files\" is missing in an entry of \"experiments\""),
    (
      "experiments: [{name: x, files: [1️⃣a.json, b.json]}]", "experiment \"x\": none of its files is there"
    ),
    ("plugins: [1️⃣nowhere]", "plugins: \"nowhere\": no such file or folder"),
    ("extends: 1️⃣gone.yaml", "settings file \"gone.yaml\": no such file or folder"),
    (
      "extends: 1️⃣epochzero.yaml",
      "settings that extend themselves: \"epochzero.yaml\" extends \"epochzero.yaml\""
    ),
    (
      "1️⃣epochzero: 1",
      "a file with the key \"epochzero\" is an experiment; give it another name: this one is for settings"
    ),
    ("1️⃣[]", "settings must be a mapping of keys, not a list"),
    ("select: [all]\n---\n1️⃣ignore: [all]", "settings are one document, and here starts another"),
  ])
  func `says what is wrong, where`(marked: String, message: String) {
    let marked = MarkedText(marked)
    let problems = problems(["epochzero.yaml": marked.text])
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.range.start) == marked.marks.map(\.offset))
  }

  @Test(arguments: [
    "", "# nothing\n", "select:\nrules:\noverrides:\n", "overrides: []\nrules: {}\n", "rules: {dropout: }",
  ])
  func `takes settings that say nothing`(text: String) {
    #expect(problems(["epochzero.yaml": text]).isEmpty)
  }

  @Test func `reports all problems at once`() {
    let problems = problems(["epochzero.yaml": "selekt: x\nignore: [nope]\nfail-on: 3\n"])
    #expect(problems.count == 3)
  }

  @Test func `says where the YAML breaks, and nothing of what cannot be read for it`() {
    let problems = problems(["epochzero.yaml": "select: [all\nfoo: bar\n"])
    #expect(!problems.isEmpty)
    #expect(!problems.contains { $0.message.contains("unknown key") })
  }

  @Test func `names the circle of files that extend each other`() {
    let problems = problems([
      "epochzero.yaml": "extends: [b.yaml]", "b.yaml": "extends: c.yaml", "c.yaml": "extends: [./b.yaml]",
    ])
    #expect(
      problems.map(\.message) == ["settings that extend themselves: \"b.yaml\" extends \"c.yaml\" extends \"b.yaml\""]
    )
    #expect(problems.map(\.source?.name) == ["c.yaml"])
  }

  @Test func `says that the file that is named is not there`() {
    let files = MemoryFileSystem()
    let resolver = SettingsResolver(fileSystem: files, rules: rules, search: .file("gone.yaml"))
    #expect(resolver.problems(for: []).map(\.message) == ["no such file or folder"])
  }

  @Test func `takes words of the command line that some plugin of the settings answers to`() {
    let files = MemoryFileSystem([
      "epochzero.yaml": "plugins: mine", "mine/extra.lua": SampleRules.text(of: SampleRules.extra), "a.yaml": "",
    ])
    func messages(_ words: [String]) -> [String] {
      let line = SettingsLayer(select: words, ignore: [])
      return SettingsResolver(fileSystem: files, rules: rules, commandLine: line)
        .problems(for: [LintInput(name: "a.yaml", path: "a.yaml", isNamed: true)])
        .map(\.message)
    }
    #expect(messages(["dropout/sample-extra"]) == [])
    #expect(
      messages(["dropout/sample-halvin"]) == [
        "no rule or group is called \"dropout/sample-halvin\": did you mean \"dropout/sample-halving\"?"
      ]
    )
  }

  private func problems(_ texts: [String: String]) -> [SettingsProblem] {
    let files = MemoryFileSystem(texts)
    let resolver = SettingsResolver(fileSystem: files, rules: rules)
    return resolver.problems(for: [LintInput(name: "a.yaml", path: "a.yaml", isNamed: true)])
  }
}
