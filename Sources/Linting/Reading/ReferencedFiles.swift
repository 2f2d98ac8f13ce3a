import ConfigSyntax
import Dialects
import SourceText
import Synchronization

/// The files that one document leads to, such as the model file that an experiment names.
///
/// Each is opened once. How many are opened is bounded, so documents that name each other come to an end.
final class ReferencedFiles: Sendable {
  /// How many times one document may ask for a file.
  private static let loadLimit = 64

  private struct State {
    var loads = 0
    var files: [String: Result<ConfigFile, FileError>] = [:]
  }

  private let reader: ConfigReader
  private let root: ConfigFile
  private let folder: String
  private let versions: FrameworkVersions
  private let state = Mutex(State())

  /// Makes the files of the document in `root`; they are looked for in the folder of `path`.
  init(of root: ConfigFile, at path: String, reader: ConfigReader, versions: FrameworkVersions) {
    self.versions = versions
    self.root = root
    self.reader = reader
    folder = FilePath.folder(of: path)
  }

  /// What lowering gets to open files with.
  var context: LoweringContext {
    LoweringContext(frameworkVersions: versions) { [self] path in load(path) }
  }

  /// Returns the file that holds the source, if it was opened here.
  func file(of source: SourceText) -> ConfigFile? {
    if root.source === source { return root }
    return state.withLock { state in
      for case .success(let file) in state.files.values where file.source === source { return file }
      return nil
    }
  }

  // MARK: - Private

  private func load(_ path: String) -> LoweringContext.Referenced {
    let path = FilePath.join(folder, path)
    let name = FilePath.shown(path, workingFolder: reader.fileSystem.workingFolder)
    if name == root.source.name { return .failed("the file names itself") }
    // Held while the file is read: nobody else waits for this document's files.
    let file = state.withLock { state in
      state.loads += 1
      if state.loads > Self.loadLimit {
        return Result<ConfigFile, FileError>.failure(FileError(.other, "more than \(Self.loadLimit) files are named"))
      }
      if let known = state.files[name] { return known }
      let input = LintInput(name: name, path: path, isNamed: false)
      let file = Result { () throws(FileError) in try reader.read(input) }
      state.files[name] = file
      return file
    }
    return switch file {
    case .success(let file): .tree(file.tree)
    case .failure(let error): .failed(error.message)
    }
  }
}
