/// A file to lint.
package struct LintInput: Hashable, Sendable {
  /// The name shown to the user: relative to the working folder where the file lies below it.
  package var name: String
  /// The path to open.
  package var path: String
  /// Whether the user named the file itself, rather than a folder or pattern that it was found by: then it is said that it is
  /// no config, and what is wrong with its text though no dialect knows it.
  package var isNamed: Bool
  /// The bytes, where they do not come from the path: standard input, an editor's buffer, a rule's example.
  package var content: [UInt8]?

  package init(name: String, path: String, isNamed: Bool, content: [UInt8]? = nil) {
    self.name = name
    self.path = path
    self.isNamed = isNamed
    self.content = content
  }
}

/// A file about which something has to be said that is no finding.
package struct FileProblem: Hashable, Sendable {
  package var file: String
  /// Lower case, no final period.
  package var message: String

  package init(file: String, message: String) {
    self.file = file
    self.message = message
  }
}

/// Finds the files to lint.
///
/// A file that is named counts whatever it is called. In folders, files with a known extension count; hidden folders and
/// those of package managers are passed over, and links to folders are not followed, so no cycle can arise.
package struct Discovery: Sendable {
  /// The extensions of the files that are looked at in folders.
  package static let extensions: Set<String> = ["json", "yaml", "yml", "keras", "cfg", "ini", "prototxt", "pbtxt"]

  private static let skippedFolders: Set<String> = ["node_modules", "__pycache__"]
  /// Deeper folders are not entered; real trees are far from it.
  private static let depthLimit = 128

  private let fileSystem: any FileSystem
  private let settings: SettingsResolver?
  /// The files found, sorted by name, each once.
  package private(set) var inputs: [LintInput] = []
  /// Paths that lead nowhere, folders that cannot be read, patterns without a match.
  package private(set) var errors: [FileProblem] = []

  /// Finds the files that the paths and patterns mean.
  ///
  /// - Parameters:
  ///   - paths: Files, folders and patterns.
  ///   - fileSystem: Where they are.
  ///   - settings: What says which files count in folders; nil for those with a known extension.
  ///   - forcesExclusion: Whether files that are named are passed over as well where the settings say so, and count as found
  ///     otherwise: a hook names every file of a change, whatever it is.
  package init(
    _ paths: [String],
    in fileSystem: any FileSystem,
    settings: SettingsResolver? = nil,
    forcesExclusion: Bool = false
  ) {
    self.fileSystem = fileSystem
    self.settings = settings
    for path in paths {
      switch fileSystem.kind(of: path) {
      case .folder: walkNamed(path, isExcludable: forcesExclusion)
      case .file, .other:
        if forcesExclusion, settings?.excludes(path) ?? false { continue }
        add(path, isNamed: !forcesExclusion)
      case nil where Glob.isPattern(path): expand(path)
      case nil: errors.append(FileProblem(file: path, message: "no such file or folder"))
      }
    }
    guard inputs.count > 1 else { return }
    var byName: [String: LintInput] = [:]
    for input in inputs where byName[input.name] == nil || input.isNamed { byName[input.name] = input }
    inputs = byName.values.sorted { $0.name < $1.name }
  }

  // MARK: - Private

  private mutating func add(_ path: String, isNamed: Bool) {
    let name = FilePath.shown(path, workingFolder: fileSystem.workingFolder)
    inputs.append(LintInput(name: name, path: path, isNamed: isNamed))
  }

  private mutating func expand(_ pattern: String) {
    let count = inputs.count
    let base = Glob.literalPrefix(of: pattern)
    let glob = Glob(FilePath.normalized(pattern))
    var matchedFolders: [String] = []
    let entersHidden = pattern.split(separator: "/").contains { $0.first == "." && $0 != "." && $0 != ".." }
    walk(
      base.isEmpty ? "." : base,
      entersHidden: entersHidden,
      excludes: exclusion,
      visitFolder: { if glob.matches(FilePath.normalized($0)) { matchedFolders.append($0) } },
      where: { glob.matches(FilePath.normalized($0)) }
    )
    for folder in matchedFolders { walk(folder, excludes: exclusion, where: inclusion) }
    if inputs.count == count { errors.append(FileProblem(file: pattern, message: "no file matches the pattern")) }
  }

  /// Says whether a file or folder in a folder is to be passed over.
  private var exclusion: (String) -> Bool {
    guard let settings else { return { _ in false } }
    return { settings.excludes($0) }
  }

  /// Says whether a file in a folder is to be linted.
  private var inclusion: (String) -> Bool {
    guard let settings else { return { Self.extensions.contains(FilePath.fileExtension(of: $0)) } }
    return { settings.includes($0) }
  }

  /// Walks a folder that is named; that it is excluded itself does not count then, unless exclusion is forced.
  private mutating func walkNamed(_ folder: String, isExcludable: Bool) {
    let isExcluded = settings?.excludes(folder) ?? false
    if isExcluded, isExcludable { return }
    walk(folder, excludes: isExcluded ? { _ in false } : exclusion, where: inclusion)
  }

  private mutating func walk(
    _ folder: String,
    entersHidden: Bool = false,
    excludes: (String) -> Bool,
    visitFolder: (String) -> Void = { _ in },
    depth: Int = 0,
    where isWanted: (String) -> Bool
  ) {
    let entries: [FolderEntry]
    do throws(FileError) {
      entries = try fileSystem.entries(of: folder)
    } catch {
      let name = FilePath.shown(folder, workingFolder: fileSystem.workingFolder)
      errors.append(FileProblem(file: name, message: error.message))
      return
    }
    for entry in entries {
      let path = FilePath.join(folder, entry.name)
      switch entry.kind {
      case .file:
        if isWanted(path), !excludes(path) { add(path, isNamed: false) }
      case .folder:
        let isHidden = entry.name.hasPrefix(".") && !entersHidden
        if entry.isLink || isHidden || Self.skippedFolders.contains(entry.name) || depth >= Self.depthLimit { continue }
        if excludes(path) { continue }
        visitFolder(path)
        walk(
          path,
          entersHidden: entersHidden,
          excludes: excludes,
          visitFolder: visitFolder,
          depth: depth + 1,
          where: isWanted
        )
      case .other, nil: continue
      }
    }
  }
}
