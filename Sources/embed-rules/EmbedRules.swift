import Foundation

/// Writes a Swift file that carries the text of every `.lua` file below a folder.
///
/// Usage: `embed-rules RULES-FOLDER OUTPUT-FILE`.
@main
enum EmbedRules {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { throw CocoaError(.fileNoSuchFile) }
    let folder = URL(fileURLWithPath: arguments[1], isDirectory: true)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".lua") }
      .sorted()
    var output = "/// Generated from `rules/`.\nlet embeddedRules: [EmbeddedRule] = [\n"
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      output += "  EmbeddedRule(path: \"rules/\(name)\", text: ####\"\"\"\n\(text)\n\"\"\"####),\n"
    }
    output += "]\n"
    try output.write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }
}
