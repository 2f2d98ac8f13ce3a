import Foundation
import Testing

/// The commands that help with settings files: `init`, `schema` and `check --show-settings`.
struct SettingsFileCommandTests {
  private static let schema = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("schemas/epochzero-settings.schema.json")

  @Test func `writes a settings file that changes nothing, once`() throws {
    let folder = try TemporaryFolder(["run.yaml": Sample.config])
    let made = try Program.run(["init"], in: folder.url)
    #expect(made.status == 0)
    #expect(made.output == "epochzero.yaml\n")
    let before = try Program.run(["check", "run.yaml", "--isolated"], in: folder.url)
    #expect(try Program.run(["check", "run.yaml"], in: folder.url) == before)
    let again = try Program.run(["init"], in: folder.url)
    #expect(again.status == 2)
    #expect(again.errors == "error: epochzero.yaml: exists already\n")
  }

  @Test func `writes no second settings file beside a hidden one`() throws {
    let folder = try TemporaryFolder([".epochzero.yaml": ""])
    let result = try Program.run(["init"], in: folder.url)
    #expect(result.status == 2)
    #expect(result.errors == "error: .epochzero.yaml: exists already\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [".epochzero.yaml"])
  }

  @Test func `prints the schema that is kept`() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["schema"], in: folder.url)
    #expect(result.status == 0)
    let kept = try? String(contentsOf: Self.schema, encoding: .utf8)
    #expect(result.output == kept, "write it with scripts/generate-docs")
  }

  @Test func `knows the user's rules and their options in the schema`() throws {
    let folder = try TemporaryFolder(["my-rules/sample.lua": Sample.rule()])
    let result = try Program.run(["schema", "--rules", "my-rules"], in: folder.url)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let definitions = try #require(object["definitions"] as? [String: Any])
    let rules = try #require((definitions["rules"] as? [String: Any])?["properties"] as? [String: Any])
    let rule = try #require(rules["dropout/sample"] as? [String: Any])
    #expect(rule["description"] as? String == "too much dropout for a test (warning)")
    let entry = try #require((rule["anyOf"] as? [[String: Any]])?.last?["properties"] as? [String: Any])
    let options = try #require((entry["options"] as? [String: Any])?["properties"] as? [String: [String: Any]])
    #expect(options["limit"]?["default"] as? Double == 0.5)
    #expect(options["limit"]?["type"] as? String == "number")
  }

  @Test func `shows what holds for a file, and who says so`() throws {
    let folder = try TemporaryFolder([
      "run.yaml": Sample.config,
      "my-rules/sample.lua": Sample.rule(),
      "shared.yaml": "min-severity: warning\n",
      "epochzero.yaml": """
      extends: shared.yaml
      plugins: my-rules
      rules:
        all: off
        dropout/sample: {severity: error, options: {limit: 0.7}}
      overrides:
        - files: run.yaml
          rules: {dropout/sample: hint}
      ignores:
        - {files: "*.yaml", rules: [width]}
        - {files: "*.json", rules: [depth]}
      """,
    ])
    let result = try Program.run(["check", "--show-settings", "run.yaml", "--ignore", "width"], in: folder.url)
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
    #expect(lines.first == ["run.yaml"])
    #expect(lines.contains(["settings", "shared.yaml,", "epochzero.yaml"]))
    #expect(lines.contains(["min-severity", "warning", "shared.yaml:1:1"]))
    #expect(lines.contains(["fail-on", "warning"]))
    #expect(lines.contains(["ignores", "width", "epochzero.yaml:10:5"]))
    #expect(!lines.contains { $0.first == "ignores" && $0.contains("depth") })
    #expect(lines.contains(["dropout/sample", "hint", "epochzero.yaml:8:13"]))
    #expect(lines.contains(["limit", "0.7", "epochzero.yaml:5:47"]))
    #expect(lines.contains(["dropout/keep-as-drop", "off", "epochzero.yaml:4:3"]))
    #expect(lines.contains(["width/bottleneck", "off", "--ignore"]))
  }

  @Test func `ends with 2 when there is no file to show settings for`() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["check", "--show-settings", "gone.yaml"], in: folder.url)
    #expect(result.status == 2)
    #expect(result.errors == "error: gone.yaml: no such file or folder\n")
  }
}
