import ConfigSyntax
import Dialects
import Experiment
import Foundation
import SourceText
import Testing

struct NativeDocumentationTests {
  @Test func `every example of the manual reads without a problem`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let manual = try String(contentsOf: root.appending(path: "docs/native.md"), encoding: .utf8)
    let examples = manual.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(examples.count >= 3)
    let model =
      #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 1}}]}}"#
    for example in examples {
      let experiment = lowerNative(example, files: ["model.json": model])
      #expect(experiment.problems.isEmpty, "\(example)")
      #expect(!experiment.layers.isEmpty)
    }
  }
}
