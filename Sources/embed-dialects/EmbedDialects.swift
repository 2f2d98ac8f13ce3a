import Foundation

/// Writes a Swift file with the definitions of a folder: their texts, and the marks of all of them in one text.
///
/// What the texts mean is not looked at here: `DialectsTests` reads them as the program does.
@main
enum EmbedDialects {
  static func main() throws {
    guard CommandLine.arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: embed-dialects FOLDER OUTPUT\n".utf8))
      exit(2)
    }
    let folder = URL(fileURLWithPath: CommandLine.arguments[1])
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    var marks = ""
    var definitions = ""
    for file in files {
      let name = file.deletingPathExtension().lastPathComponent
      let text = try String(contentsOf: file, encoding: .utf8)
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
    try source.write(to: URL(fileURLWithPath: CommandLine.arguments[2]), atomically: true, encoding: .utf8)
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
