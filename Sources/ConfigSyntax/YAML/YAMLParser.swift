import SourceText

enum YAMLParser {
  static func parse(_ source: SourceText) -> SyntaxTree { SyntaxTree(builder: SyntaxTreeBuilder(source: source, format: .yaml)) }
}
