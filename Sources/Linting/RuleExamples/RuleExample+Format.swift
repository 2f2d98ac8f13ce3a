package import ConfigSyntax
package import Rules

extension RuleExample {
  /// The format that the example's text begins like.
  package var format: ConfigFormat {
    let text = MarkedText(text).text
    let start = text.drop { $0.isWhitespace }.prefix(2)
    switch start.first {
    case "{": return .json
    // The header of an INI file's section is a name without quotes.
    case "[": return start.last?.isLetter == true ? .ini : .json
    default: return Self.opensMessage(text) ? .protoText : .yaml
    }
  }

  /// The example as a file, named for its format.
  package var input: LintInput { input(text) }

  /// Another text of the same format as a file.
  func input(_ text: String) -> LintInput {
    let name =
      switch format {
      case .json: "example.json"
      case .ini: "example.cfg"
      case .protoText: "example.prototxt"
      case .yaml, .python: "example.yaml"
      }
    return LintInput(name: name, path: name, isNamed: true, content: Array(MarkedText(text).text.utf8))
  }

  /// Whether a line opens a message of the protobuf text format: a name with a brace behind it, and no colon between.
  private static func opensMessage(_ text: String) -> Bool {
    text.split(separator: "\n").contains { line in
      let words = line.split(separator: " ")
      return words.count > 1 && words[1] == "{" && words[0].allSatisfy { $0.isLetter || $0 == "_" }
    }
  }
}
