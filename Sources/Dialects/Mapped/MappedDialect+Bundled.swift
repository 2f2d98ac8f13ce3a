import ConfigSyntax
import Experiment
import SourceText

extension MappedDialect {
  /// The dialects of `dialects/`, by name.
  ///
  /// The build carries the texts. All marks are in one of them, which is read when the first document asks; a definition is read when its
  /// dialect knows a document.
  package static let bundled: [MappedDialect] = {
    let marks = document("marks", text(BundledDialects.marks))
    return BundledDialects.definitions.compactMap { name, definition in
      guard let recognition = marks?[name] else { return nil }
      return MappedDialect(name: name, recognition: DialectDefinition.recognition(recognition)) {
        document(name, text(definition)).map { DialectDefinition.read($0).definition } ?? DialectDefinition()
      }
    }
  }()

  /// What is wrong with the definition of a bundled dialect, each with its line.
  package static func problems(ofBundled name: String) -> [String] {
    guard let text = BundledDialects.definitions.first(where: { $0.name == name })?.text,
      let document = document(name, self.text(text))
    else { return ["there is no definition"] }
    return DialectDefinition.read(document).problems.map { problem in
      let line = problem.location.map { document.tree.source.line(at: $0.range.start) + 1 } ?? 0
      return "\(file(of: name)):\(line): \(problem.message)"
    }
  }

  private static func document(_ name: String, _ text: [UInt8]) -> SyntaxNode? {
    parse(SourceText(name: file(of: name), bytes: text), as: .yaml).documents.first
  }

  /// What the file of a bundled dialect is called.
  static func file(of name: String) -> String { "dialects/\(name).yaml" }

  private static func text(_ text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { Array($0) }
  }
}
