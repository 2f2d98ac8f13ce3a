import Foundation
import Linting
import Reporting
import Rules
import SourceText
import Testing

/// Holds `docs/settings.md` and the template together with the table of keys.
///
/// `EPOCHZERO_RECORD=1 swift test --filter SettingsDocumentationTests` writes the tables.
struct SettingsDocumentationTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("docs/settings.md")

  @Test func `the page has a table for every place with keys, and each says what the code does`() throws {
    var text = try String(contentsOf: Self.page, encoding: .utf8)
    let before = text
    for (name, keys) in SettingsTable.tables {
      let start = try #require(text.range(of: "<!-- table: \(name) -->\n"))
      let end = try #require(text.range(of: "<!-- end -->", range: start.upperBound..<text.endIndex))
      text.replaceSubrange(start.upperBound..<end.lowerBound, with: SettingsTable.render(keys))
    }
    if ProcessInfo.processInfo.environment["EPOCHZERO_RECORD"] == "1" {
      try Data(text.utf8).write(to: Self.page)
    } else {
      #expect(before == text, "record it with EPOCHZERO_RECORD=1 swift test --filter SettingsDocumentationTests")
    }
  }

  @Test func `the settings that the page shows are usable`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: "```yaml\n"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    #expect(problems(String(text[start.upperBound..<end.lowerBound])) == [])
  }

  @Test func `the template shows every key, and says nothing as it is`() {
    let text = SettingsTemplate.text
    #expect(problems(text) == [])
    for key in SettingsKeys.all { #expect(text.contains("\n#\(key.name):")) }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test func `the template is usable once its comments are taken away`() {
    // Prose starts with a space behind the sign, and stands above a key.
    var lines: [Substring] = []
    var isExample = false
    for line in SettingsTemplate.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty { isExample = false }
      if !line.hasPrefix("# "), line.hasPrefix("#") { isExample = true }
      if isExample { lines.append(line.dropFirst()) }
    }
    #expect(problems(lines.joined(separator: "\n")) == [])
  }

  private func problems(_ settings: String) -> [String] {
    let files = MemoryFileSystem([
      "/home/team/epochzero.yaml": settings, "/home/shared/epochzero.yaml": "", "/home/team/tools/lint-rules/x.txt": "",
      "/home/team/tools/house.yaml": "dialect: 1\nname: house\nrecognize: [{all: [opt.lr]}]\n",
      "/home/team/robot/train.yaml": "",
    ])
    let rules = RuleSet(loading: RuleLibrary.bundledPlugins)
    let resolver = SettingsResolver(fileSystem: files, rules: rules)
    return resolver.problems(for: [LintInput(name: "team/a.yaml", path: "team/a.yaml", isNamed: true)]).map(\.message)
  }
}
