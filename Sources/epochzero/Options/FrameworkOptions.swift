import ArgumentParser
import Dialects

/// The option that says which framework configs are for.
struct FrameworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The version of the framework that configs are for, as "0.6", or of a dialect's alone, as "ludwig=0.6"; repeatable. It counts \
      where a config does not tell itself.
      """,
      valueName: "version"
    )
  )
  var frameworkVersion: [String] = []

  func validate() throws {
    for word in frameworkVersion {
      let (dialect, version) = Self.parts(of: word)
      guard dialect?.isEmpty != true, FrameworkVersions.isVersion(version) else {
        throw ValidationError(
          "--framework-version must be a version such as \"0.6\" or \"ludwig=0.6\", not \"\(word)\""
        )
      }
    }
  }

  /// What the options say in place of settings files.
  var versions: FrameworkVersions {
    var versions = FrameworkVersions()
    for word in frameworkVersion {
      let (dialect, text) = Self.parts(of: word)
      let version = FrameworkVersions.Version(text, from: "--framework-version")
      if let dialect { versions.byDialect[dialect] = version } else { versions.common = version }
    }
    return versions
  }

  private static func parts(of word: String) -> (dialect: String?, version: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, word)
  }
}
