import Linting
import Rules
import TestSupport
import Testing

/// Comments that turn rules off, in files as the whole session sees them.
struct IgnoreCommentTests {
  private static let rules = RuleSet(
    loading: [SampleRules.dropout, SampleRules.uselessFix]
      + RuleLibrary.bundledPlugins.filter { $0.path.hasPrefix("rules/suppression/") }
  )

  @Test(arguments: [
    "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout/sample-high] it overfits",
    "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout]",
    "- {kind: dropout, rate: 0.8}  # epochzero: ignore[all]",
    "- {kind: dropout, rate: 0.8}  # epochzero: ignore",
    "- {kind: dropout, rate: 0.8}  # epochzero: ignore since it overfits",
    "- {kind: dropout, rate: 0.8}  #epochzero:ignore[dropout]",
    "- {kind: dropout, rate: 0.8}  #\tEpochZero : IGNORE [ dropout ] : it overfits",
    "- {kind: dropout, rate: 0.8}  ## epochzero: ignore[dropout]",
    "- {kind: dropout, rate: 0.8}  # tuned by hand  # epochzero: ignore[dropout]",
    "- {kind: dropout, name: häufig 学習 🧠, rate: 0.8}  # 学習 # epochzero: ignore[dropout]",
    "# epochzero: ignore[dropout]\n    - {kind: dropout, rate: 0.8}",
    "# epochzero: ignore[dropout]\n\n    # A note.\n    - {kind: dropout, rate: 0.8}",
    "# epochzero: ignore[dropout]\n    - kind: dropout\n      name: a\n      rate: 0.8",
    "-  # epochzero: ignore[dropout]\n      {kind: dropout, rate: 0.1}\n    - {kind: dropout, rate: 0.8} # epochzero: ignore[dropout]",
    "- kind: dropout\n      # epochzero: ignore[dropout]\n      rate: 0.8",
    "- kind: dropout\n      rate: 0.8 # epochzero: ignore[dropout]",
    "- kind: dropout\n      rate: # epochzero: ignore[dropout]\n        0.8",
    "- {kind: dropout,\n       # epochzero: ignore[dropout]\n       rate: 0.8}",
    "- {kind: dropout, # a note\n       rate: 0.8, # epochzero: ignore[dropout]\n       name: a}",
    "- [{kind: dropout, rate: 0.1}]\n    # epochzero: ignore[dropout]\n    - {kind: dropout, rate: 0.8}",
  ])
  func `ignores what its comment is about`(item: String) {
    for text in Self.variants(of: Self.model(item)) {
      let report = Self.check(text)
      #expect(report.findings.filter { $0.rule == "dropout/sample-high" }.isEmpty, "\(text)")
      #expect(report.findings.filter { $0.rule.hasPrefix("suppression/malformed") }.isEmpty, "\(text)")
      #expect(report.suppressed.map(\.finding.rule) == ["dropout/sample-high"], "\(text)")
      #expect(report.suppressed.map(\.kind) == [.comment])
    }
  }

  @Test(arguments: [
    "- {kind: dropout, rate: 0.8}\n    # epochzero: ignore[dropout]",
    "- {kind: dropout, rate: 0.1}  # epochzero: ignore[dropout]\n    - {kind: dropout, rate: 0.8}",
    "# epochzero: ignore[dropout]\n    - {kind: dropout, rate: 0.1}\n    - {kind: dropout, rate: 0.8}",
    "- {kind: dropout, rate: 0.8}  # epochzero: ignore[init]",
    "- kind: dropout  # epochzero: ignore[dropout]\n      rate: 0.8",
    "- {kind: dropout, rate: 0.8}  # epochzero ignores nothing here",
    "- {kind: dropout, rate: 0.8, name: \"# epochzero: ignore[dropout]\"}",
    "- kind: dropout\n      rate: 0.8\n      name: |\n        text\n        # epochzero: ignore[dropout]",
    "- kind: dropout\n      name: |\n        # epochzero: ignore[dropout]\n      rate: 0.8",
  ])
  func `ignores nothing else`(item: String) {
    for text in Self.variants(of: Self.model(item)) {
      #expect(Self.check(text).findings.contains { $0.rule == "dropout/sample-high" }, "\(text)")
    }
  }

  @Test func `gives the reason as the justification`() {
    let reasons = [
      "ignore[dropout] it overfits ": "it overfits", "ignore[dropout]: it overfits": "it overfits",
      "ignore[dropout]": nil, "ignore it overfits": "it overfits", "ignore[dropout] - größer": "größer",
    ]
    for (words, reason) in reasons {
      let report = Self.check(Self.model("- {kind: dropout, rate: 0.8} # epochzero: \(words)"))
      #expect(report.suppressed.map(\.justification) == [reason], "\(words)")
    }
  }

  @Test func `ignores in the whole file above the first key, in every document`() {
    let model = "epochzero: 1\nmodel: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8}]}\n"
    let text = "# A note.\n# epochzero: ignore-file[dropout] a study of dropout\n---\n\(model)---\n\(model)"
    for text in Self.variants(of: text) {
      let report = Self.check(text)
      #expect(report.findings.isEmpty)
      #expect(report.suppressed.count == 2)
    }
  }

  @Test func `is about the next key only, at the top of a file too`() {
    let text =
      "# epochzero: ignore[dropout]\nepochzero: 1\nmodel: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8}]}\n"
    #expect(Self.check(text).findings.contains { $0.rule == "dropout/sample-high" })
  }

  @Test func `is about the key below it with everything in it`() {
    let text = """
      epochzero: 1
      # epochzero: ignore[dropout]
      model:
        layers:
          - {kind: input, shape: [8]}
          - {kind: dropout, rate: 0.8}
          - {kind: dropout, rate: 0.9}
      """
    #expect(Self.check(text).suppressed.count == 2)
  }

  @Test(arguments: [
    "{\"kind\": \"dropout\", \"rate\": 0.8} // epochzero: ignore[dropout] on purpose",
    "{\"kind\": \"dropout\", /* epochzero: ignore[dropout] on purpose */ \"rate\": 0.8}",
    "// epochzero: ignore[dropout]\n{\"kind\": \"dropout\",\n\"rate\": 0.8}",
    "/* epochzero: ignore[dropout] */\n{\"kind\": \"dropout\",\n\"rate\": 0.8}",
    "{\"kind\": \"dropout\",\n\"rate\": // epochzero: ignore[dropout]\n0.8}",
  ])
  func `takes comments in JSON`(layer: String) {
    let text = "{\"epochzero\": 1, \"model\": {\"layers\": [{\"kind\": \"input\", \"shape\": [8]},\n\(layer)\n]}}"
    let report = Self.check(text, name: "a.json")
    #expect(report.findings.isEmpty)
    #expect(report.suppressed.count == 1)
  }

  @Test func `ignores in a model file what an experiment that names it finds there`() {
    let layers = [("InputLayer", "\"batch_input_shape\": [null, 8]"), ("Dropout", "\"rate\": 0.8")].map {
      "{\"class_name\": \"\($0)\", \"config\": {\"name\": \"\($0)\", \($1)}}"
    }
    let files = MemoryFileSystem([
      "a.yaml": "epochzero: 1\nmodel: m.json\n",
      "m.json":
        "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"net\", \"layers\": [\(layers[0]),\n"
        + "\(layers[1]) // epochzero: ignore[dropout]\n]}}",
    ])
    let session = LintSession(fileSystem: files, rules: Self.rules)
    for paths in [["."], ["a.yaml"], ["m.json"]] {
      let report = session.check(Discovery(paths, in: files).inputs)
      #expect(report.findings.isEmpty)
      #expect(report.suppressed.count == 1)
    }
  }

  @Test func `shows everything when it is told to`() {
    let text = Self.model("- {kind: dropout, rate: 0.8} # epochzero: ignore[dropout, nothing]")
    var session = LintSession(fileSystem: MemoryFileSystem(), rules: Self.rules)
    session.heedsSuppressions = false
    let input = LintInput(name: "a.yaml", path: "a.yaml", isNamed: true, content: Array(text.utf8))
    let report = session.check([input])
    #expect(report.findings.map(\.rule) == ["dropout/sample-high"])
    #expect(report.suppressed.isEmpty)
  }

  // MARK: - Mistakes

  @Test(arguments: [
    ("# epochzero: ignore1️⃣[dropout", "the bracket is never closed, so the comment ignores nothing"),
    ("# epochzero: ignore1️⃣(dropout)", "rules stand in square brackets, so the comment ignores nothing"),
    ("# epochzero: ignore1️⃣[]", "a rule is missing between the brackets, so the comment ignores nothing"),
    ("# epochzero: ignore1️⃣[dropout,]", "a rule is missing between the brackets, so the comment ignores nothing"),
    ("# epochzero: 1️⃣ingore[dropout]", "\"ingore\" is nothing that a comment can say, so it ignores nothing"),
    ("# epochzero: 1️⃣disable", "\"disable\" is nothing that a comment can say, so it ignores nothing"),
    ("1️⃣# epochzero ignore[dropout]", "\":\" is missing behind \"epochzero\", so the comment ignores nothing"),
    ("# see 1️⃣epochzero: ignore[dropout]", "a comment that ignores begins with \"epochzero\", so this one does nothing"),
    (
      "1️⃣# epochzero: ignore dropout/sample-high",
      "\"dropout/sample-high\" stands outside of brackets, so the comment ignores nothing"
    ),
    (
      "1️⃣# epochzero: ignore-file[dropout]",
      "\"ignore-file\" counts only above the first key, so the comment ignores nothing"
    ),
    (
      "# epochzero: ignore[1️⃣sample-hihg]",
      "no rule or group is called \"sample-hihg\", so the comment cannot ignore it"
    ),
  ])
  func `says what is wrong with a comment that ignores nothing`(comment: String, message: String) {
    for text in Self.variants(of: Self.model("- {kind: dropout, rate: 0.1} \(comment)")) {
      expectFindings(text, [1: message], rules: Self.rules)
    }
  }

  @Test(arguments: [
    "# epochzero: 1", "# epochzero: see docs/suppression.md", "# epochzero", "# read by epochzero: ignored there",
    "# epochzero ignores this", "# epochzero: ignored", "# https://example.org/epochzero: ignorance",
  ])
  func `takes prose for prose`(comment: String) {
    expectFindings(Self.model("- {kind: dropout, rate: 0.1} \(comment)"), [:], rules: Self.rules)
  }

  @Test func `asks for the rule that was meant`() {
    let report = Self.check(
      Self.model("- {kind: dropout, rate: 0.1} # epochzero: ignore[dropout/sample-hihg, sample-high]")
    )
    #expect(
      report.findings.map(\.help) == ["did you mean \"dropout/sample-high\"?", "did you mean \"dropout/sample-high\"?"]
    )
  }

  @Test func `says nothing of comments in a file that is no config`() {
    let report = Self.check("name: other\nsteps: []  # epochzero: disable[x]\n")
    #expect(report.findings.isEmpty)
  }

  // MARK: - Private

  private static func model(_ item: String) -> String {
    "epochzero: 1\nmodel:\n  layers:\n    - {kind: input, shape: [8]}\n    \(item)\n"
  }

  /// The text, also with CR LF line ends, and behind a byte-order mark and a comment of several-byte characters.
  private static func variants(of text: String) -> [String] {
    [text, text.replacing("\n", with: "\r\n"), "\u{FEFF}# 学習 🧠\n" + text]
  }

  private static func check(_ text: String, name: String = "a.yaml") -> LintReport {
    let input = LintInput(name: name, path: name, isNamed: true, content: Array(text.utf8))
    return LintSession(fileSystem: MemoryFileSystem(), rules: rules).check([input])
  }
}
