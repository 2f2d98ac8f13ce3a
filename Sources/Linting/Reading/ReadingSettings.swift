package import Dialects

/// What settings say of how a file is read, beside what the file says itself.
package struct ReadingSettings: Sendable {
  /// The experiments that the file is a part of.
  package var experiments: [SettingsExperiment]
  /// The versions of frameworks that count where the file tells none.
  package var versions: FrameworkVersions
  /// The dialects that files may be written in.
  package var dialects: DialectSet

  package init(
    experiments: [SettingsExperiment] = [],
    versions: FrameworkVersions = FrameworkVersions(),
    dialects: DialectSet = .bundled
  ) {
    self.experiments = experiments
    self.versions = versions
    self.dialects = dialects
  }
}
