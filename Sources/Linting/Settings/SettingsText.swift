package import SourceText

/// A text of a settings file with its place.
package struct SettingsText: Hashable, Sendable {
  package var text: String
  /// Where it stands in the settings file; empty for what the command line says.
  package var range: TextRange

  package init(text: String, range: TextRange) {
    self.text = text
    self.range = range
  }
}

/// Where a setting comes from.
package enum SettingsPlace: Sendable {
  /// Nothing says so: the rule's own default, or the program's.
  case standard
  /// An option of the command line, such as `--select`.
  case commandLine(String)
  case file(SourceText, TextRange)
}

/// A setting that cannot be used.
package struct SettingsProblem: Sendable {
  /// The settings file, or the definition of a dialect that it names; nil for what the command line says.
  package var source: SourceText?
  package var range: TextRange
  /// What is wrong: lower case, no final period, names in double quotes.
  package var message: String
}
