package import SourceText

/// An entry of `ignores`: findings that the settings leave out, for files that can hold no comments.
package struct SettingsSuppression: Hashable, Sendable {
  /// The files it holds for.
  package var files: PathPatterns
  /// What in them it holds for; nil for all of a file.
  package var pointer: JSONPointer?
  /// The rules that are left out.
  package var rules: [SettingsText]
  package var reason: String?
  /// The settings file.
  package var source: SourceText
  /// The entry in the settings file.
  package var range: TextRange

  package init(
    files: PathPatterns,
    pointer: JSONPointer?,
    rules: [SettingsText],
    reason: String?,
    source: SourceText,
    range: TextRange
  ) {
    self.files = files
    self.pointer = pointer
    self.rules = rules
    self.reason = reason
    self.source = source
    self.range = range
  }

  package static func == (left: SettingsSuppression, right: SettingsSuppression) -> Bool {
    left.source === right.source && left.range == right.range
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(range)
  }

  /// Returns whether it holds for the file with a name.
  ///
  /// The name is the one shown to the user, as in ``SourceText/name``, and starts from the absolute working folder.
  package func covers(file name: String, workingFolder: String) -> Bool {
    files.matches(FilePath.normalized(FilePath.join(workingFolder, name)))
  }
}
