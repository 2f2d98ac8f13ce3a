import ConfigSyntax
import Dialects
import Linting
import Rules
import SourceText

extension RuleExample {
  /// The documents of the example, each with the dialect that it is written in; those that no dialect knows are left out.
  var known: [(document: SyntaxNode, dialect: any Dialect)] {
    let text = MarkedText(text).text
    return parse(SourceText(name: "example", text: text), as: Self.format(of: text)).documents.compactMap { document in
      DialectSet.bundled.recognize(document).map { (document, $0) }
    }
  }

  /// Brackets open JSON, unless a name without quotes follows as in the header of an INI file's section.
  private static func format(of text: String) -> ConfigFormat {
    let start = text.drop { $0.isWhitespace }.prefix(2)
    switch start.first {
    case "{": return .json
    case "[": return start.last?.isLetter == true ? .ini : .json
    default: return .yaml
    }
  }
}
