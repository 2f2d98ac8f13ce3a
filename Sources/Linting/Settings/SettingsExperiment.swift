package import SourceText

/// An entry of `experiments`: files that describe one experiment together.
package struct SettingsExperiment: Sendable {
  /// A file, with its place in the settings file.
  package struct Member: Sendable {
    /// Absolute and normalised.
    package var path: String
    package var range: TextRange
  }

  package var name: String
  /// The files, the one that counts where two disagree first.
  package var members: [Member]
  /// The settings file.
  package var file: ConfigFile
}
