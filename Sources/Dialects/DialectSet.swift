package import ConfigSyntax

/// The dialects that are known, in the order in which ties are broken.
package struct DialectSet: Sendable {
  /// Dialects that settings add.
  private let own: [MappedDialect]

  /// The dialects that there are without any settings.
  package static let bundled = DialectSet()

  /// The experiment file of this project, which no other may claim.
  private static let native: [any Dialect] = [NativeDialect()]

  /// The others that are written in Swift.
  private static let structured: [any Dialect] =
    [KerasDialect(), LudwigDialect(), DarknetDialect(), CaffeDialect()] + ObjectTreeDialect.all

  /// - Parameter own: Dialects that settings add; of equally sure ones they count before the bundled.
  package init(own: [MappedDialect] = []) {
    self.own = own
  }

  /// All dialects.
  package var all: [any Dialect] { Self.native + own + Self.structured + MappedDialect.bundled }

  /// Returns the dialect that is surest of the document, or nil when none knows it.
  package func recognize(_ document: SyntaxNode) -> (any Dialect)? {
    var best: (any Dialect)?
    var bestRecognition = Recognition.no
    func look(at dialects: some Sequence<any Dialect>) {
      for dialect in dialects where bestRecognition < .certain {
        let recognition = dialect.recognizes(document)
        if recognition > bestRecognition { (best, bestRecognition) = (dialect, recognition) }
      }
    }
    look(at: Self.native)
    look(at: own)
    look(at: Self.structured)
    // The marks of the bundled mapped dialects are read only where no other is certain.
    if bestRecognition < .certain { look(at: MappedDialect.bundled) }
    return best
  }

  /// Returns the dialect with the name.
  package func dialect(named name: String) -> (any Dialect)? {
    all.first { $0.name == name }
  }
}
