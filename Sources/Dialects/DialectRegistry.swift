package import ConfigSyntax

/// The dialects that are known, in the order in which ties are broken.
package enum DialectRegistry {
  package static let all: [any Dialect] = [NativeDialect(), KerasDialect(), LudwigDialect()]

  /// Returns the dialect that is surest of the document, or nil when none knows it.
  package static func recognize(_ document: SyntaxNode) -> (any Dialect)? {
    var best: (any Dialect)?
    var bestRecognition = Recognition.no
    for dialect in all {
      let recognition = dialect.recognizes(document)
      if recognition > bestRecognition { (best, bestRecognition) = (dialect, recognition) }
    }
    return best
  }

  /// Returns the dialect with the name.
  package static func dialect(named name: String) -> (any Dialect)? {
    all.first { $0.name == name }
  }
}
