import Linting
import Rules
import Testing

/// What `--add-ignore` writes.
struct IgnoreWriterTests {
  private static let rules = RuleSet(
    loading: [SampleRules.dropout, SampleRules.uselessFix]
      + RuleLibrary.bundledPlugins.filter { $0.path.hasPrefix("rules/suppression/") }
  )
  private static let head = "epochzero: 1\nmodel:\n  layers:\n    - {kind: input, shape: [8]}\n"

  @Test(arguments: [
    (
      "- {kind: dropout, rate: 0.8}",
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout/sample-high] later"
    ),
    (
      "- {kind: dropout, rate: 0.8} # häufig 学習 🧠 \t",
      "- {kind: dropout, rate: 0.8} # häufig 学習 🧠  # epochzero: ignore[dropout/sample-high] later \t"
    ),
    (
      "- {kind: dropout, rate: 0.8, units: 4}",
      "- {kind: dropout, rate: 0.8, units: 4}  # epochzero: ignore[dropout/sample-high] later"
    ),
    (
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[init] why",
      "- {kind: dropout, rate: 0.8}  # epochzero: ignore[init, dropout/sample-high] why"
    ),
    (
      "- kind: dropout\n      rate: 0.8\n      name: a",
      "- kind: dropout\n      rate: 0.8  # epochzero: ignore[dropout/sample-high] later\n      name: a"
    ),
    (
      "- {kind: dropout,\n       rate: 0.8,\n       name: a}",
      "- {kind: dropout,\n       rate: 0.8,  # epochzero: ignore[dropout/sample-high] later\n       name: a}"
    ),
    (
      "- {kind: dropout, rate: 0.8, name: \"a\n      b\"}",
      "# epochzero: ignore[dropout/sample-high] later\n    - {kind: dropout, rate: 0.8, name: \"a\n      b\"}"
    ),
    (
      "- {kind: dropout, name: \"a\n       b\", rate: 0.8, note: 'c\n       d'}",
      "# epochzero: ignore[dropout/sample-high] later\n    - {kind: dropout, name: \"a\n       b\", rate: 0.8, note: 'c\n       d'}"
    ),
    (
      "# epochzero: ignore[init]\n    - {kind: dropout, rate: 0.8, name: \"a\n      b\"}",
      "# epochzero: ignore[init, dropout/sample-high]\n    - {kind: dropout, rate: 0.8, name: \"a\n      b\"}"
    ),
    (
      "- {kind: dense, units: 4}\n    - {kind: dropout, rate: 0.8}",
      "- {kind: dense, units: 4}  # epochzero: ignore[init/sample-useless] later\n"
        + "    - {kind: dropout, rate: 0.8}  # epochzero: ignore[dropout/sample-high] later"
    ),
    (
      "- {kind: dense, units: 4}  # epochzero: ignore[init/sample-useless]",
      "- {kind: dense, units: 4}  # epochzero: ignore[init/sample-useless]"
    ),
  ])
  func `writes a comment where it can stand`(before: String, after: String) throws {
    for lineEnd in ["\n", "\r\n"] {
      for mark in ["", "\u{FEFF}"] {
        let text = (mark + Self.head + "    \(before)\n# last\n").replacing("\n", with: lineEnd)
        let expected = (mark + Self.head + "    \(after)\n# last\n").replacing("\n", with: lineEnd)
        let files = MemoryFileSystem(["a.yaml": text])
        try Self.add(in: files, reason: "later")
        #expect(files["a.yaml"].map { String(decoding: $0, as: UTF8.self) } == expected)
        #expect(Self.check(files).findings.filter { $0.rule != "suppression/unused" }.isEmpty)
        #expect(try Self.add(in: files, reason: "later").changes.isEmpty)
      }
    }
  }

  @Test
  func
    `writes behind the sign of a text in lines, above the key of a text that goes on, and at the end of a key's line`()
    throws
  {
    let rules = RuleSet(loading: RuleLibrary.bundledPlugins)
    let text = """
      epochzero: 1
      data:
        # A note.
        samplse: |
          a # no comment
        noet: "a
          b"
        nmae:
          a
          b
      """
    let files = MemoryFileSystem(["a.yaml": text])
    try Self.add(in: files, rules: rules)
    let expected = """
      epochzero: 1
      data:
        # A note.
        samplse: |  # epochzero: ignore[files/unknown-key]
          a # no comment
        # epochzero: ignore[files/unknown-key]
        noet: "a
          b"
        nmae:  # epochzero: ignore[files/unknown-key]
          a
          b
      """
    #expect(files["a.yaml"].map { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(Self.check(files, rules: rules).findings.isEmpty)
  }

  @Test func `writes a comment for the file where a finding has no place in it`() throws {
    let text =
      "# A note.\n{epochzero: 1, model: {layers: [{kind: input, shape: [8]}, {kind: dropout, rate: 0.8, name: \"a\n b\"}]}}\n"
    let files = MemoryFileSystem(["a.yaml": text])
    try Self.add(in: files)
    #expect(Self.check(files).findings.isEmpty)
    #expect(files["a.yaml"] == Array(("# epochzero: ignore-file[dropout/sample-high]\n" + text).utf8))
    #expect(try Self.add(in: files).changes.isEmpty)
  }

  @Test func `writes nothing into a file with broken syntax, which a comment may change`() throws {
    // Behind a comment on its line, `activation` would no longer be taken for a key.
    let text = Self.head + "    - {kind: dropout, rate: 0.8, name: price,activation\n    - {kind: dense, units: 4}\n"
    let files = MemoryFileSystem(["a.yaml": text])
    let outcome = try Self.add(in: files)
    #expect(outcome.changes.isEmpty)
    #expect(outcome.brokenFiles == ["a.yaml"])
    #expect(Self.check(files).findings.map(\.rule).contains("dropout/sample-high"))
  }

  @Test func `ignores only the rules that are asked for`() throws {
    let files = MemoryFileSystem([
      "a.yaml": Self.head + "    - {kind: dropout, rate: 0.8, units: 4}\n    - {kind: dense, units: 4}\n"
    ])
    try Self.add(in: files, words: ["init"])
    #expect(Self.check(files).findings.map(\.rule) == ["dropout/sample-high"])
  }

  @Test func `leaves to the baseline what it counts`() throws {
    let files = MemoryFileSystem([
      "a.yaml": Self.head + "    - {kind: dropout, rate: 0.8}\n    - {kind: dense, units: 4}\n"
    ])
    var writer = IgnoreWriter(session: Self.session(files, Self.rules), inputs: Discovery(["."], in: files).inputs)
    writer.baseline = Baseline(folder: "/home", counts: [Baseline.Key(file: "a.yaml", rule: "dropout/sample-high"): 1])
    for change in writer.plan(patternsFolder: { _ in "/home" }).changes { try change.write(to: files) }
    #expect(Self.check(files).findings.map(\.rule) == ["dropout/sample-high"])
  }

  @Test(arguments: [
    (
      "",
      "ignores:\n  - files: run/a.json\n    pointer: /model/layers/1/rate\n    rules: [dropout/sample-high]\n    reason: \"for now\"\n"
    ),
    (
      "# Ours.\nmin-severity: hint",
      "# Ours.\nmin-severity: hint\nignores:\n  - files: run/a.json\n    pointer: /model/layers/1/rate\n    rules: [dropout/sample-high]\n    reason: \"for now\"\n"
    ),
    (
      "ignores:\r\n- files: b.json\r\n  rules: [dropout] # old\r\n\r\nmin-severity: hint\r\n",
      "ignores:\r\n- files: b.json\r\n  rules: [dropout] # old\r\n- files: run/a.json\r\n  pointer: /model/layers/1/rate\r\n"
        + "  rules: [dropout/sample-high]\r\n  reason: \"for now\"\r\n\r\nmin-severity: hint\r\n"
    ),
  ])
  func `writes an entry of the settings for JSON`(before: String, after: String) throws {
    let json =
      "{\"epochzero\": 1, \"model\": {\"layers\": [{\"kind\": \"input\", \"shape\": [8]}, {\"kind\": \"dropout\", \"rate\": 0.8}]}}"
    let files = MemoryFileSystem(["epochzero.yaml": before, "run/a.json": json])
    try Self.add(in: files, reason: "for now")
    #expect(files["epochzero.yaml"].map { String(decoding: $0, as: UTF8.self) } == after)
    #expect(files["run/a.json"] == Array(json.utf8))
    let report = Self.check(files)
    #expect(report.findings.isEmpty)
    #expect(report.suppressed.map(\.kind) == [.settings])
    #expect(report.suppressed.map(\.justification) == ["for now"])
    #expect(try Self.add(in: files, reason: "for now").changes.isEmpty)
  }

  @Test func `gives the entries as text where there is no settings file, or one without room`() throws {
    let json =
      "{\"epochzero\": 1, \"model\": {\"layers\": [{\"kind\": \"input\", \"shape\": [8]}, {\"kind\": \"dropout\", \"rate\": 0.8}]}}"
    let entry = "ignores:\n  - files: ./a.json\n    pointer: /model/layers/1/rate\n    rules: [dropout/sample-high]\n"
    #expect(try Self.add(in: MemoryFileSystem(["a.json": json])).unplacedEntries == entry)
    let files = MemoryFileSystem(["a.json": json, "epochzero.yaml": "{min-severity: hint}\n"])
    #expect(try Self.add(in: files).unplacedEntries == entry)
  }

  // MARK: - Private

  private static func session(_ files: MemoryFileSystem, _ rules: RuleSet) -> LintSession {
    LintSession(fileSystem: files, settings: SettingsResolver(fileSystem: files, rules: rules))
  }

  private static func check(_ files: MemoryFileSystem, rules: RuleSet = rules) -> LintReport {
    session(files, rules).check(Discovery(["."], in: files).inputs)
  }

  @discardableResult
  private static func add(
    in files: MemoryFileSystem,
    rules: RuleSet = rules,
    words: [String] = [],
    reason: String? = nil
  ) throws -> IgnoreWriter.Outcome {
    var writer = IgnoreWriter(session: session(files, rules), inputs: Discovery(["."], in: files).inputs)
    writer.rules = words
    writer.reason = reason
    let outcome = writer.plan { FilePath.folder(of: "/home/" + $0) }
    for change in outcome.changes { try change.write(to: files) }
    return outcome
  }
}
