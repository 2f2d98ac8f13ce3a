import Experiment
import Foundation
import Testing

struct FactGuideTests {
  /// The names in `Sources/Experiment/Keys`, by the enumeration that declares them.
  private static func declaredKeys() throws -> [String: [String]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var keys: [String: [String]] = [:]
    for file in ["ExperimentKeys", "LayerKeys"] {
      let text = try String(contentsOf: root.appending(path: "Sources/Experiment/Keys/\(file).swift"), encoding: .utf8)
      var current = ""
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: /^package enum (\w+)Keys/) { current = String(match.1) }
        if let match = line.firstMatch(of: /FactKey<.+>\("(\w+)"\)/) {
          keys[current, default: []].append(String(match.1))
        }
      }
    }
    return keys
  }

  @Test func `every fact has a guide, and every guide a fact`() throws {
    let declared = try Self.declaredKeys()
    #expect(declared.count == FactGuide.Section.allCases.count)
    for section in FactGuide.Section.allCases {
      let names = try #require(declared[section.rawValue.capitalized], "\(section)")
      let guides = FactGuide.all(in: section)
      #expect(guides.map(\.name).sorted() == names.sorted(), "\(section)")
      for guide in guides {
        #expect(!guide.summary.isEmpty && (!guide.summary.hasSuffix(".") || guide.summary.hasSuffix("...")))
        #expect(guide.unit != "")
      }
    }
  }

  @Test func `finds the guide of a fact by its record`() throws {
    let rate = try #require(FactGuide.of("learning_rate", at: RecordPath(.training, nested: ["optimizer"])))
    #expect(rate.unit == "per step")
    #expect(FactGuide.of("stddev", at: RecordPath(.layer(2), nested: ["kernel_initializer"])) != nil)
    #expect(FactGuide.of("min", at: RecordPath(.data, nested: ["columns", "age"])) != nil)
    #expect(FactGuide.of("age", at: RecordPath(.data, nested: ["columns"])) == nil)
    #expect(FactGuide.of("units", at: RecordPath(.training)) == nil)
  }

  @Test func `every word of the vocabulary is explained`() {
    for (names, glossary) in [
      (ActivationVocabulary.names, ActivationVocabulary.glossary), (LossVocabulary.names, LossVocabulary.glossary),
      (InitializerVocabulary.names, InitializerVocabulary.glossary),
      (OptimizerVocabulary.names, OptimizerVocabulary.glossary),
      (LayerKind.allCases.map(\.rawValue), LayerKind.glossary),
    ] {
      #expect(glossary.entries.map(\.word).sorted() == names.sorted())
      #expect(glossary.entries.allSatisfy { !$0.summary.isEmpty && !$0.summary.hasSuffix(".") })
    }
    #expect(LayerKind.conv2d.summary.contains("filters"))
  }
}
