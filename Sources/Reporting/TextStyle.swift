package import Rules

/// Colours for a terminal, or none.
package struct TextStyle: Sendable {
  /// Whether escape sequences are written.
  package var isColored: Bool
  /// Whether what shows the text has block characters, for curves; else they are made of ASCII.
  package var hasBlocks: Bool

  package init(isColored: Bool, hasBlocks: Bool = true) {
    self.isColored = isColored
    self.hasBlocks = hasBlocks
  }

  /// A look of text.
  package enum Look: String, Sendable {
    case bold = "1"
    case red = "1;31"
    case green = "1;32"
    case yellow = "1;33"
    case blue = "1;34"
    case cyan = "1;36"
    case faint = "2"
  }

  /// Returns the text in the look, or as it is without colours.
  package func apply(_ look: Look, to text: String) -> String {
    isColored ? "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Returns the look of a severity.
  package func look(of severity: Severity) -> Look {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .hint: .cyan
    }
  }
}
