import Foundation
import Testing

/// What the program prints for the configs of `Tests/Fixtures/commands`, kept beside them.
///
/// A missing or different golden fails. `EPOCHZERO_RECORD=1 swift test --filter GoldenTests` writes them; read the
/// difference before you commit it.
struct GoldenTests {
  /// A run whose output is kept.
  struct Run: CustomTestStringConvertible {
    var name: String
    var arguments: [String]

    var testDescription: String { name }
  }

  /// Rules whose words change with these tests only, beside those that say what could not be read.
  private static let rules = ["--rules", "my-rules", "--select", "golden,files"]

  private static let runs =
    configs.flatMap { config in
      [
        Run(name: "\(config).full", arguments: ["check", config] + rules),
        Run(name: "\(config).json-report", arguments: ["check", "--format", "json", config] + rules),
        Run(name: "\(config).diff", arguments: ["check", "--diff", config] + rules),
      ]
    }
    + ["agent", "concise", "github", "gitlab", "json-lines", "junit", "sarif"].map { format in
      Run(name: format, arguments: ["check", "--format", format, "."] + rules)
    } + [
      Run(name: "statistics", arguments: ["check", "--statistics", "."] + rules),
      Run(name: "facts", arguments: ["facts", "prices.yaml"]),
      Run(name: "color", arguments: ["check", "--color", "always", "robot.yaml"] + rules),
      Run(name: "test-rules", arguments: ["test-rules", "my-rules"]),
      Run(name: "settings-problems", arguments: ["check", "--config", "settings/broken.conf", "robot.yaml"]),
      Run(name: "settings-joined", arguments: ["check", "--config", "settings/joined.conf", "prices.yaml"]),
    ]

  @Test(arguments: runs)
  func `prints what is kept`(run: Run) throws {
    let result = try Program.run(run.arguments, in: Self.folder)
    let actual = "\(result.output)--- standard error\n\(result.errors)--- exit \(result.status)\n"
    let golden = Self.folder.appendingPathComponent("golden/\(run.name).txt")
    if ProcessInfo.processInfo.environment["EPOCHZERO_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(actual.utf8).write(to: golden)
    }
    let expected = try? String(contentsOf: golden, encoding: .utf8)
    #expect(actual == expected, "record it with EPOCHZERO_RECORD=1 swift test --filter GoldenTests")
  }

  @Test func `every golden belongs to a run`() throws {
    let kept = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appendingPathComponent("golden").path)
    #expect(Set(kept) == Set(Self.runs.map { "\($0.name).txt" }))
  }

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("Fixtures/commands")

  private static var configs: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") || $0.hasSuffix(".yaml") }.sorted()
  }
}
