import Linting
import Rules
import Testing

/// Comments that keep nothing away, and how they are taken out.
struct UnusedIgnoresTests {
  private static let rules = RuleSet(
    loading: [SampleRules.dropout, SampleRules.uselessFix]
      + RuleLibrary.bundledPlugins.filter { $0.path.hasPrefix("rules/suppression/") }
  )
  private static let head = "epochzero: 1\nmodel:\n  layers:\n    - {kind: input, shape: [8]}\n"

  @Test(arguments: [
    ("- {kind: dropout, rate: 0.1}  # epochzero: ignore[dropout]", "- {kind: dropout, rate: 0.1}"),
    ("- {kind: dropout, rate: 0.1}  # epochzero: ignore", "- {kind: dropout, rate: 0.1}"),
    (
      "- {kind: dropout, rate: 0.1}# no comment # epochzero: ignore[init] \t",
      "- {kind: dropout, rate: 0.1}# no comment"
    ),
    ("- {kind: dropout, rate: 0.1}  # 学習 # epochzero: ignore[dropout] größer", "- {kind: dropout, rate: 0.1}  # 学習"),
    (
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[init, dropout] a",
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout] a"
    ),
    (
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout , init] a",
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout] a"
    ),
    (
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[init, init/sample-useless,dropout, dropout,init]",
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout]"
    ),
    (
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[init] # epochzero: ignore[dropout]",
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout]"
    ),
    ("# epochzero: ignore[dropout]\n    - {kind: dropout, rate: 0.1}", "- {kind: dropout, rate: 0.1}"),
    (
      "- {kind: dropout,\n       # epochzero: ignore[dropout]\n       # epochzero: ignore[init]\n       rate: 0.1}",
      "- {kind: dropout,\n       rate: 0.1}"
    ),
    ("- {kind: dropout, rate: 0.1}\n    # epochzero: ignore[dropout] the end", "- {kind: dropout, rate: 0.1}"),
  ])
  func `takes out what is not needed and nothing else`(before: String, after: String) {
    for lineEnd in ["\n", "\r\n"] {
      for mark in ["", "\u{FEFF}"] {
        let text = (mark + Self.head + "    \(before)\n# last\n").replacing("\n", with: lineEnd)
        let expected = (mark + Self.head + "    \(after)\n# last\n").replacing("\n", with: lineEnd)
        let outcome = Self.fix(text)
        #expect(outcome.changes.map { String(decoding: $0.after, as: UTF8.self) } == [expected])
        #expect(outcome.report.findings.isEmpty)
      }
    }
  }

  @Test func `takes out a comment that ends the file without a line end`() {
    let outcome = Self.fix(Self.head + "    - {kind: dropout, rate: 0.1} # epochzero: ignore")
    #expect(
      outcome.changes.map { String(decoding: $0.after, as: UTF8.self) } == [
        Self.head + "    - {kind: dropout, rate: 0.1}"
      ]
    )
  }

  @Test(arguments: [
    ("\"rate\": 0.1} // epochzero: ignore[dropout]\n", "\"rate\": 0.1}\n"),
    ("/* epochzero: ignore[dropout] */ \"rate\": 0.1}", "\"rate\": 0.1}"),
    ("\n/* epochzero:\nignore[dropout] */\n\"rate\": 0.1}", "\n\"rate\": 0.1}"),
    ("/* why # epochzero: ignore[dropout] */ \"rate\": 0.1}", "/* why */ \"rate\": 0.1}"),
  ])
  func `takes comments out of JSON`(before: String, after: String) {
    let head =
      "{\"epochzero\": 1, \"model\": {\"layers\": [{\"kind\": \"input\", \"shape\": [8]}, {\"kind\": \"dropout\", "
    let outcome = Self.fix(head + before + "]}}", name: "a.json")
    #expect(outcome.changes.map { String(decoding: $0.after, as: UTF8.self) } == [head + after + "]}}"])
  }

  @Test func `judges a comment only where its rules ran`() {
    let text = Self.head + "    - {kind: dropout, rate: 0.1}  # epochzero: ignore[dropout, init/sample-useless]\n"
    #expect(Self.unused(text) == ["\"dropout\" or \"init/sample-useless\""])
    #expect(Self.unused(text, off: ["init"]) == ["\"dropout\""])
    #expect(Self.unused(text, off: ["init", "dropout/sample-high"]) == [])
    let bare = Self.head + "    - {kind: dropout, rate: 0.1}  # epochzero: ignore\n"
    #expect(Self.unused(bare).count == 1)
    #expect(Self.unused(bare, off: ["init"]) == [])
  }

  @Test func `does not judge a comment whose rule failed`() {
    let rules = RuleSet(
      loading: [SampleRules.broken] + RuleLibrary.bundledPlugins.filter { $0.path.hasPrefix("rules/suppression/") }
    )
    let text = Self.head + "    - {kind: dropout, rate: 0.1}  # epochzero: ignore[depth]\n"
    #expect(Self.session(rules).check([Self.input(text)]).findings.isEmpty)
  }

  @Test func `does not judge the comments of a broken file`() {
    let text = Self.head + "    - {kind: dropout, rate: 0.1}  # epochzero: ignore[dropout]\n    - {kind: [\n"
    #expect(Self.unused(text) == [])
  }

  @Test func `does not judge a file that is read only because another names it`() {
    let layers = "[{\"class_name\": \"Dropout\", \"config\": {\"rate\": 0.1}}] // epochzero: ignore[dropout]\n"
    let files = MemoryFileSystem([
      "a.yaml": "epochzero: 1\nmodel: m.json\n",
      "m.json": "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"net\", \"layers\": \(layers)}}",
    ])
    let session = LintSession(fileSystem: files, rules: Self.rules)
    #expect(session.check(Discovery(["a.yaml"], in: files).inputs).findings.isEmpty)
    #expect(session.check(Discovery(["."], in: files).inputs).findings.map(\.rule) == ["suppression/unused"])
  }

  @Test func `is turned off by name, by settings or in the file, and not by a comment for all`() {
    let text = Self.head + "    - {kind: dropout, rate: 0.1}  # epochzero: ignore[dropout]\n"
    #expect(Self.unused("# epochzero: ignore-file[suppression/unused]\n" + text) == [])
    #expect(Self.unused("# epochzero: ignore-file[suppression]\n" + text) == [])
    #expect(Self.unused(text, off: ["suppression/unused"]) == [])
    #expect(Self.unused("# epochzero: ignore-file\n" + text).count == 2)
  }

  @Test func `leaves a suppressed finding unfixed and an unused comment beside it fixed`() {
    let item = "    - {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout]\n"
    let outcome = Self.fix(Self.head + item + "    # epochzero: ignore[init]\n" + item)
    #expect(outcome.changes.map { String(decoding: $0.after, as: UTF8.self) } == [Self.head + item + item])
    #expect(outcome.report.suppressed.count == 2)
    #expect(outcome.fixedCount == 1)
  }

  @Test func `takes a comment out once its finding is fixed away`() {
    // The fix of the one line makes the comment of the other needless only for what it named.
    let text =
      Self.head + "    - {kind: dropout, rate: 0.8}\n    - {kind: dropout, rate: 0.2}  # epochzero: ignore[dropout]\n"
    let outcome = Self.fix(text)
    #expect(
      outcome.changes.map { String(decoding: $0.after, as: UTF8.self) }
        == [Self.head + "    - {kind: dropout, rate: 0.4}\n    - {kind: dropout, rate: 0.2}\n"]
    )
  }

  // MARK: - Private

  private static func input(_ text: String, name: String = "a.yaml") -> LintInput {
    LintInput(name: name, path: name, isNamed: true, content: Array(text.utf8))
  }

  private static func session(_ rules: RuleSet) -> LintSession {
    LintSession(fileSystem: MemoryFileSystem(), rules: rules)
  }

  private static func fix(_ text: String, name: String = "a.yaml") -> FixOutcome {
    Fixer(session: session(rules)).fix([input(text, name: name)])
  }

  /// The names that findings about unused comments give.
  private static func unused(_ text: String, off: [String] = []) -> [String] {
    var settings = RuleSettings()
    for word in off { settings.isOn[word] = false }
    let session = LintSession(fileSystem: MemoryFileSystem(), rules: rules, settings: settings)
    return session.check([input(text)]).findings.filter { $0.rule == "suppression/unused" }.map { finding in
      let head = "nothing here is found by "
      guard finding.message.hasPrefix(head) else { return finding.message }
      return String(finding.message.dropFirst(head.count).prefix { $0 != "," })
    }
  }
}
