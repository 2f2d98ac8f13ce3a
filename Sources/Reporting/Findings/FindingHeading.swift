import Linting
import Rules
import SourceText

extension LocatedFinding {
  /// Returns the line that problem matchers read: `path:line:column: severity[rule]: message`.
  func heading(_ style: TextStyle) -> String {
    let position = source.displayPosition(at: range.start)
    let place = style.apply(.bold, to: "\(source.name.printable):\(position.line):\(position.column)")
    let word = style.apply(style.look(of: severity), to: "\(severity.rawValue)[\(rule)]")
    return "\(place): \(word): \(message.printable)"
  }

  /// What `--fix` can do about the finding: `[fixable]`, `[unsafe fix]` where it needs `--unsafe-fixes` too, or nothing.
  var fixMark: String? {
    fix.map { $0.isSafe ? "[fixable]" : "[unsafe fix]" }
  }
}

extension PluginProblem {
  /// Returns the line that problem matchers read; a rule that fails is an error of the rule `plugin`.
  func heading(_ style: TextStyle) -> String {
    let place = style.apply(.bold, to: "\(path.printable):\(line ?? 1):1")
    return "\(place): \(style.apply(.red, to: "error[plugin]")): \(message.printable)"
  }
}

extension String {
  /// The text on one line and without control characters, which a config may use to disturb a terminal.
  package var printable: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += " "
      default: if scalar.isControl { text += "\u{FFFD}" } else { text.unicodeScalars.append(scalar) }
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar moves the cursor or turns the direction of text, rather than showing something.
  var isControl: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
