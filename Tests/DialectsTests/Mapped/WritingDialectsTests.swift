import ConfigSyntax
import Dialects
import Experiment
import Foundation
import SourceText
import Testing

struct WritingDialectsTests {
  @Test func `the house format of the manual is read as the manual says`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let manual = try String(contentsOf: root.appending(path: "docs/writing-dialects.md"), encoding: .utf8)
    let blocks = manual.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    let definition = try #require(blocks.first { $0.hasPrefix("dialect: 1") })
    #expect(definition.split(separator: "\n").count < 40)
    let house = try MappedSample(definition, try #require(blocks.first))
    #expect(house.problems == [])
    #expect(house.fact("training.optimizer.learning_rate") == "0.3 (stated)")
    #expect(house.fact("training.clip.kind") == "\"off\" (stated)")
    #expect(house.layers == ["input input", "dense hidden_1", "dense hidden_2", "dense hidden_3", "dropout dropout"])
    #expect(house.fact("layer 4.rate") == "0.1 (stated)")
  }

  @Test func `the manual names every key of the format`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let manual = try String(contentsOf: root.appending(path: "docs/writing-dialects.md"), encoding: .utf8)
    let schema = try Data(contentsOf: root.appending(path: "schemas/epochzero-dialect.schema.json"))
    let parsed = try #require(try JSONSerialization.jsonObject(with: schema) as? [String: Any])
    let definitions = try #require(parsed["definitions"] as? [String: [String: Any]])
    let tops = try #require(parsed["properties"] as? [String: Any]).keys
    let details = try #require(definitions["key"]?["properties"] as? [String: Any]).keys
    for key in Array(tops) + Array(details) { #expect(manual.contains("`\(key)`"), "\(key)") }
  }
}
