/// Writes an XML 1.0 document piece by piece, indented by two spaces.
struct XMLWriter {
  /// What was written, without a line end behind the last element.
  private(set) var text = #"<?xml version="1.0" encoding="UTF-8"?>"#
  private var depth = 0

  /// Writes an element with elements inside.
  mutating func element(
    _ name: String,
    _ attributes: [(String, String)],
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
    } else {
      text.removeLast()
      text += "/>"
    }
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
