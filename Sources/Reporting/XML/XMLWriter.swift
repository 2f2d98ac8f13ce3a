/// Writes a document of XML 1.0, or of HTML that is well-formed XML too, piece by piece, indented by two spaces.
struct XMLWriter {
  enum Language {
    case xml
    /// Elements with nothing inside keep their end tag, but for those that HTML gives none.
    case html
  }

  /// What was written, without a line end behind the last element.
  private(set) var text: String
  private let language: Language
  private var depth = 0
  private static let withoutEndTag: Set<String> = ["meta", "link", "br", "hr", "col", "img", "input"]

  init(_ language: Language = .xml) {
    self.language = language
    text = language == .xml ? #"<?xml version="1.0" encoding="UTF-8"?>"# : "<!DOCTYPE html>"
  }

  /// Writes an element with elements inside.
  mutating func element(
    _ name: String,
    _ attributes: [(String, String)] = [],
    _ content: (inout XMLWriter) -> Void
  ) {
    startLine()
    text += "<\(name)\(Self.render(attributes))>"
    depth += 1
    let count = text.utf8.count
    content(&self)
    depth -= 1
    if text.utf8.count > count {
      startLine()
      text += "</\(name)>"
    } else if language == .xml || Self.withoutEndTag.contains(name) {
      text.removeLast()
      text += "/>"
    } else {
      text += "</\(name)>"
    }
  }

  /// Writes an element with nothing inside.
  mutating func element(_ name: String, _ attributes: [(String, String)]) {
    element(name, attributes) { _ in }
  }

  /// Writes text on a line of its own; between words that is a space.
  mutating func line(_ content: String) {
    startLine()
    text += Self.escaped(content, isAttribute: false)
  }

  /// Writes an element with text inside.
  mutating func element(_ name: String, _ attributes: [(String, String)] = [], text content: String) {
    startLine()
    text += "<\(name)\(Self.render(attributes))>\(Self.escaped(content, isAttribute: false))</\(name)>"
  }

  // MARK: - Private

  private mutating func startLine() {
    text += "\n" + String(repeating: "  ", count: depth)
  }

  private static func render(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(escaped($0.1, isAttribute: true))\"" }.joined()
  }

  /// XML has no way to write most control characters: they become U+FFFD.
  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      // Also what would end a CDATA section: "]]>" may not stand in text.
      case ">": result += "&gt;"
      case "\"" where isAttribute: result += "&quot;"
      // A reader makes spaces of them in attributes, and a line feed of a carriage return anywhere.
      case "\t" where isAttribute: result += "&#9;"
      case "\n" where isAttribute: result += "&#10;"
      case "\r": result += "&#13;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
