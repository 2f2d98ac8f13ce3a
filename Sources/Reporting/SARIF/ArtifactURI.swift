import Linting

/// The URI of a file in a SARIF report.
struct ArtifactURI {
  /// Stands for the folder that relative URIs start from: the one that the linter ran in, which should be the repository's root.
  static let baseID = "%SRCROOT%"

  /// Relative for files below the working folder, else with the scheme `file`.
  let text: String
  let isRelative: Bool

  /// Makes the URI of a file from the name that is shown for it.
  init(name: String, workingFolder: String) {
    isRelative = !FilePath.isAbsolute(name) && name != ".." && !name.hasPrefix("../")
    let path = isRelative ? name : FilePath.normalized(FilePath.join(workingFolder, name))
    text = (isRelative ? "" : "file://") + FilePath.percentEncoded(path)
  }
}
