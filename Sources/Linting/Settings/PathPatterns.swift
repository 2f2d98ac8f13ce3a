/// The globs of a settings file, with the folder that they start from.
///
/// As in a `.gitignore`: a pattern without a slash stands for a file or folder of that name at any depth, one with a slash
/// for a path from the folder; what lies in a folder that matches matches too.
package struct PathPatterns: Hashable, Sendable {
  private struct Pattern: Hashable {
    var glob: Glob
    /// Whether it stands for a name rather than a path.
    var isName: Bool
  }

  private let folder: String
  private let patterns: [Pattern]

  /// Makes patterns that start from an absolute folder.
  package init(_ globs: [String], from folder: String) {
    self.folder = folder
    patterns = globs.map { text in
      let isName = !text.dropLast(text.hasSuffix("/") ? 1 : 0).contains("/")
      let path = FilePath.normalized(text)
      return Pattern(glob: Glob(FilePath.isAbsolute(path) ? String(path.dropFirst()) : path), isName: isName)
    }
  }

  /// Returns whether a pattern stands for the file with this absolute, normalised path.
  package func matches(_ path: String) -> Bool {
    guard !patterns.isEmpty else { return false }
    let relative = FilePath.shown(path, workingFolder: folder)
    let names = relative.split(separator: "/")
    for pattern in patterns {
      if pattern.isName {
        if names.contains(where: { pattern.glob.matches(String($0)) }) { return true }
      } else if Self.prefixes(of: relative, names).contains(where: pattern.glob.matches) {
        return true
      }
    }
    return false
  }

  /// The path, and those of the folders above it.
  private static func prefixes(of path: String, _ names: [Substring]) -> [String] {
    names.map { String(path[..<$0.endIndex]) }
  }
}
