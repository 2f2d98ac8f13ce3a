import FoundationEssentials
import Glibc

/// Writes a Swift file with the definitions of a folder: their texts, and the marks of all of them in one text.
///
/// What the texts mean is not looked at here: `DialectsTests` reads them as the program does.
@main
enum EmbedDialects {
  static func main() throws {
    guard CommandLine.arguments.count == 3 else {
      let usage = Array("usage: embed-dialects FOLDER OUTPUT\n".utf8)
      _ = usage.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      exit(2)
    }
    let folder = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
      .sorted()
    var marks = ""
    var definitions = ""
    for file in names {
      let name = String(file.dropLast(".yaml".count))
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      marks += "\(name):\n\(self.marks(of: text))"
      definitions += "    (\(name.debugDescription), \(text.debugDescription)),\n"
    }
    let source = """
      /// The definitions of `dialects/`, as the build found them.
      enum BundledDialects {
        /// The marks of all dialects, by name.
        static let marks: StaticString = \(marks.debugDescription)

        static let definitions: [(name: String, text: StaticString)] = [
      \(definitions)  ]
      }

      """
    try source.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
  }

  /// The keys `formats` and `recognize` of a definition with all that stands below them, one level deeper.
  private static func marks(of text: String) -> String {
    var isMark = false
    var marks = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      // A list may stand as far left as the key that it belongs to.
      if let first = line.first, first != " ", first != "-", first != "#" {
        isMark = line.hasPrefix("formats:") || line.hasPrefix("recognize:")
      }
      if isMark { marks += "  \(line)\n" }
    }
    return marks
  }
}
