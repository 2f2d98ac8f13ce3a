package import SourceText

/// Parses a text; never fails.
///
/// Broken text gives problems and everything that could still be read. Depth, size and alias expansion are bounded by
/// ``SyntaxLimits``; passing a bound is a problem too.
package func parse(_ source: SourceText, as format: ConfigFormat) -> SyntaxTree {
  switch format {
  case .json: JSONParser.parse(source)
  case .yaml: YAMLParser.parse(source)
  case .ini: INIParser.parse(source)
  case .protoText: ProtoTextParser.parse(source)
  case .python: PythonParser.parse(source)
  }
}

/// The bounds within which hostile or broken text is read.
package enum SyntaxLimits {
  /// The nesting depth of collections; libyaml takes time quadratic in the depth.
  package static let depth = 256
  /// The size of a file in bytes.
  package static let fileSize = 64 << 20
  /// How many nodes one alias may stand for, nested aliases counted each time.
  package static let aliasExpansion = 100_000
  /// How many nodes all aliases of a file may stand for together.
  package static let totalAliasExpansion = 1_000_000
  /// How often reading starts again behind a fault of a YAML file.
  package static let restarts = 100
  /// How many problems are listed for one file.
  package static let problems = 250
}
