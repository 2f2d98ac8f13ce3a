package import ConfigSyntax

/// The dialects that are known, in the order in which ties are broken.
package struct DialectSet: Sendable {
  /// Dialects that settings add.
  private let own: [MappedDialect]

  /// The dialects that there are without any settings.
  package static let bundled = DialectSet()

  /// Those that are written in Swift.
  private static let structured: [any Dialect] =
    [NativeDialect(), KerasDialect(), LudwigDialect(), DarknetDialect(), CaffeDialect()] + ObjectTreeDialect.all

  /// - Parameter own: Dialects that settings add; of equally sure ones they count before the bundled.
  package init(own: [MappedDialect] = []) {
    self.own = own
  }

  /// All dialects.
  package var all: [any Dialect] {
    Array(Self.structured.prefix(1)) + own + Self.structured.dropFirst() + MappedDialect.bundled
  }

  /// Returns the dialect that is surest of the document, or nil when none knows it.
  package func recognize(_ document: SyntaxNode) -> (any Dialect)? {
    var best: (any Dialect)?
    var bestRecognition = Recognition.no
    // The marks of the bundled mapped dialects are read only where no other is certain.
    for group in [Array(Self.structured.prefix(1)) + own, Array(Self.structured.dropFirst()), []] {
      for dialect in group.isEmpty ? MappedDialect.bundled : group {
        let recognition = dialect.recognizes(document)
        if recognition > bestRecognition { (best, bestRecognition) = (dialect, recognition) }
        if bestRecognition == .certain { return best }
      }
    }
    return best
  }

  /// Returns the dialect with the name.
  package func dialect(named name: String) -> (any Dialect)? {
    all.first { $0.name == name }
  }
}
