import Foundation

/// Writes a Swift file that carries the text of every `.lua` file below a folder; without the folder, of none.
///
/// Usage: `embed-rules RULES-FOLDER OUTPUT-FILE`.
@main
enum EmbedRules {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fail("usage: embed-rules RULES-FOLDER OUTPUT-FILE") }
    do {
      try write(rulesIn: URL(fileURLWithPath: arguments[1], isDirectory: true), to: arguments[2])
    } catch {
      fail("\(error.localizedDescription)")
    }
  }

  private static func write(rulesIn folder: URL, to path: String) throws {
    // The delimiters of a raw string: no rule holds four number signs behind three quotes.
    let (open, close) = ("####\"\"\"", "\"\"\"####")
    var output = "/// Generated from `rules/`.\nlet embeddedRules: [EmbeddedRule] = [\n"
    let hasFolder = FileManager.default.fileExists(atPath: folder.path)
    let names = hasFolder ? try FileManager.default.subpathsOfDirectory(atPath: folder.path) : []
    for name in names.filter({ $0.hasSuffix(".lua") }).sorted() {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      guard !text.contains(close), !text.contains("\r") else { fail("\(name) holds a carriage return or \(close)") }
      output += "  EmbeddedRule(path: \"rules/\(name)\", text: \(open)\n\(text)\n\(close)),\n"
    }
    output += "]\n"
    try output.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("embed-rules: error: \(message)\n".utf8))
    exit(1)
  }
}
