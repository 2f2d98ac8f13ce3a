import Glibc

/// The command line that starts a runner.
package struct RunnerCommand: Hashable, Sendable {
  /// The words before the runner's path, as `["srun", "-N1"]`; empty where it runs on this machine.
  package var launcher: [String]
  /// Where to look for the runner.
  package var search: RunnerSearch

  package init(launcher: [String] = [], search: RunnerSearch = .usual) {
    self.launcher = launcher
    self.search = search
  }

  /// Starts the process; it may still turn out to be none that answers.
  func start() throws(RunnerFailure) -> RunnerProcess {
    let words = launcher + [try runner()]
    do throws(SpawnError) {
      return try RunnerProcess(words)
    } catch {
      if launcher.isEmpty { throw RunnerFailure("\"\(words[0])\" cannot be started: \(error.description)") }
      let what = error.code == ENOENT ? "there is no such program" : error.description
      throw RunnerFailure(
        "the launcher \"\(words[0])\" cannot be started: \(what); see the setting \"dryrun.launcher\""
      )
    }
  }

  private func runner() throws(RunnerFailure) -> String {
    if let named = search.named {
      if !launcher.isEmpty || RunnerSearch.isProgram(named) { return named }
      throw RunnerFailure("there is no program \"\(named)\", which the variable \"\(RunnerSearch.variable)\" names")
    }
    if let found = search.found { return found }
    // A launcher may start it where another `PATH` holds.
    if !launcher.isEmpty { return RunnerSearch.programName }
    throw RunnerFailure("the runner of dry runs is not installed; \(RunnerFailure.installation)")
  }
}

/// Where the runner may be.
package struct RunnerSearch: Hashable, Sendable {
  /// The one path that it has.
  package var named: String?
  /// The folders to look in otherwise, in order.
  package var folders: [String]

  package init(named: String? = nil, folders: [String] = []) {
    self.named = named
    self.folders = folders
  }

  /// Where the variable `EPOCHZERO_DRYRUN` says, else beside this program, else in the folders of `PATH`.
  package static var usual: RunnerSearch {
    // A folder that is relative is the one being linted, or lies in it: it must not bring the program.
    let searched = (environment("PATH") ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    return RunnerSearch(named: environment(variable), folders: (ownFolder.map { [$0] } ?? []) + searched)
  }

  static let programName = "epochzero-dryrun"
  static let variable = "EPOCHZERO_DRYRUN"

  var found: String? {
    folders.lazy.map { "\($0)/\(Self.programName)" }.first(where: Self.isProgram)
  }

  static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return access(path, X_OK) == 0 && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The folder of this program, symbolic links followed.
  private static var ownFolder: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
