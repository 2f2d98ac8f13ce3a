import SourceText

enum JSONParser {
  static func parse(_ source: SourceText) -> SyntaxTree { SyntaxTree(builder: SyntaxTreeBuilder(source: source, format: .json)) }
}
