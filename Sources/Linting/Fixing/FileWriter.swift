/// Writes what fixes changed.
package struct FileWriter {
  private let fileSystem: any FileSystem

  package init(_ fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
  }

  /// Writes the changes, each file at one stroke.
  ///
  /// - Returns: Which files were not written, and why; they are as they were.
  package func write(_ changes: [FileChange]) -> [FileProblem] {
    var folders: Set<String> = []
    for change in changes where folders.insert(FilePath.folder(of: change.path)).inserted {
      fileSystem.removeLeftovers(beside: change.path)
    }
    var problems: [FileProblem] = []
    for change in changes {
      do throws(FileError) {
        try change.write(to: fileSystem)
      } catch {
        problems.append(FileProblem(file: change.name, message: "not written: \(error.message)"))
      }
    }
    return problems
  }
}
