import ConfigSyntax
import Dialects
import Linting
import Rules
import SourceText

extension RuleExample {
  /// The documents of the example, each with the dialect that it is written in; those that no dialect knows are left out.
  var known: [(document: SyntaxNode, dialect: any Dialect)] {
    let text = MarkedText(text).text
    return parse(SourceText(name: "example", text: text), as: format).documents.compactMap { document in
      DialectSet.bundled.recognize(document).map { (document, $0) }
    }
  }
}
