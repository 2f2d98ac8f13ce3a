import Foundation
import Testing

/// The stories of `examples/stories`: for each cause a folder `NN-name` that holds what was lived through, a broken experiment
/// and its healthy twin.
///
/// `EPOCHZERO_RECORD=1 swift test --filter StoryTests` writes the runs that the stories show anew.
struct StoryTests {
  @Test func `every cause of the rules has a story`() throws {
    let causes = Set(try Self.causes.get().values)
    #expect(causes == Set(1...11))
    #expect(Set(Story.all.map(\.cause)) == causes)
    let others = try Story.names(in: Story.root).filter { name in !Story.all.contains { $0.name == name } }
    #expect(others == [], "a story's folder starts with the number of its cause")
  }

  @Test(arguments: Story.all)
  func `the broken experiment is caught by a rule of its cause`(story: Story) throws {
    let (report, status) = try story.check("broken")
    #expect(try !Self.telling(report, of: story).isEmpty)
    #expect(status == 1)
  }

  @Test(arguments: Story.all)
  func `the healthy twin has no finding, not even a hint`(story: Story) throws {
    let (report, status) = try story.check("healthy")
    #expect(report.findings.map(\.message) == [])
    #expect(status == 0)
    let configs = try Story.names(in: story.folder.appendingPathComponent("healthy")).filter { $0 != "epochzero.yaml" }
    #expect(!configs.isEmpty)
    #expect(report.filesChecked == configs.count, "every file is one that the linter knows")
  }

  @Test(arguments: Story.all)
  func `the twins have the same files and differ in what these say`(story: Story) throws {
    let folders = ["broken", "healthy"].map { story.folder.appendingPathComponent($0) }
    let names = try folders.map { try Story.names(in: $0) }
    #expect(names[0] == names[1])
    let texts = try folders.map { folder in
      try names[0].map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
    }
    #expect(zip(texts[0], texts[1]).filter { $0 != $1 }.count == 1, "one file tells the twins apart")
  }

  @Test(arguments: Story.all)
  func `the story shows what the linter says, and the index names a rule that tells`(story: Story) throws {
    let page = story.folder.appendingPathComponent("README.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let run = "check --format concise broken"
    let output = try Program.run(run.split(separator: " ").map(String.init), in: story.folder).output
    let parts = text.components(separatedBy: "```")
    let shown = try #require(parts.indices.first { parts[$0].hasPrefix("console\n$ epochzero \(run)\n") })
    let expected = "console\n$ epochzero \(run)\n\(output)"
    if ProcessInfo.processInfo.environment["EPOCHZERO_RECORD"] == "1" {
      var written = parts
      written[shown] = expected
      try Data(written.joined(separator: "```").utf8).write(to: page)
    } else {
      #expect(parts[shown] == expected)
    }

    let rules = Set(try Self.telling(story.check("broken").report, of: story).map(\.rule))
    #expect(rules.contains { text.contains("[\($0)]: ") })
    let index = try String(contentsOf: Story.root.appendingPathComponent("../README.md"), encoding: .utf8)
    let rows = index.split(separator: "\n").filter { $0.contains("](stories/\(story.name)/README.md)") }
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(row.hasPrefix("| \(story.cause) "))
    #expect(rules.contains { row.contains("[\($0)](../docs/rules/\($0).md)") })
  }

  // MARK: - Private

  /// The findings that tell of a story's cause: errors and warnings, hints are not enough.
  private static func telling(_ report: Report, of story: Story) throws -> [Report.Finding] {
    let causes = try causes.get()
    return report.findings.filter {
      ["error", "warning"].contains($0.severity) && causes[$0.rule] == story.cause
    }
  }

  /// The cause of each rule that has one, by the rule's id.
  private static let causes = Result {
    let output = try Program.run(["rules", "--format", "json"], in: Story.root).output
    let rules = try JSONDecoder().decode(RuleList.self, from: Data(output.utf8)).rules
    return Dictionary(uniqueKeysWithValues: rules.compactMap { rule in rule.cause.map { (rule.id, $0) } })
  }

  private struct RuleList: Decodable {
    struct Rule: Decodable {
      let id: String
      let cause: Int?
    }
    let rules: [Rule]
  }
}

/// What `check --format json` says, as far as stories ask.
struct Report: Decodable {
  struct Finding: Decodable {
    let rule: String
    let severity: String
    let message: String
  }
  let findings: [Finding]
  let filesChecked: Int
}

/// The folder of one story.
struct Story: CustomTestStringConvertible {
  /// The number of its cause.
  let cause: Int
  let folder: URL

  var name: String { folder.lastPathComponent }
  var testDescription: String { name }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("examples/stories")

  static let all: [Story] = ((try? names(in: root)) ?? []).compactMap { name in
    Int(name.prefix { $0 != "-" }).map { Story(cause: $0, folder: root.appendingPathComponent(name)) }
  }

  /// Returns the names of what lies in a folder, in order.
  static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Lints one of the twins with default settings, as somebody would who stands in the story's folder.
  func check(_ twin: String) throws -> (report: Report, status: Int32) {
    let result = try Program.run(["check", "--format", "json", twin], in: folder)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return (try decoder.decode(Report.self, from: Data(result.output.utf8)), result.status)
  }
}
