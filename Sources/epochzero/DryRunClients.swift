import DryRunClient
import DryRunMessages
import Linting

/// The runners that a command talks to: one for each launcher, kept for the next job.
struct DryRunClients {
  private var clients: [[String]: DryRunClient] = [:]

  /// Returns the runner that is started by a launcher.
  mutating func client(_ launcher: [String]?) -> DryRunClient {
    let launcher = launcher ?? []
    if let known = clients[launcher] { return known }
    let client = DryRunClient(RunnerCommand(launcher: launcher))
    clients[launcher] = client
    return client
  }

  /// Ends all runners.
  func close() {
    for client in clients.values { client.close() }
  }
}

extension DryRunSettings {
  /// The absolute path of the rows; the command line says one that starts from the working folder.
  func rows(in fileSystem: some FileSystem) -> String? {
    data.map { FilePath.normalized(FilePath.join(fileSystem.workingFolder, $0)) }
  }
}

extension DryRunOptions {
  /// Ends the command when rows cannot be read or a page could not be written, before time is spent on training.
  func checkFiles(in fileSystem: some FileSystem) throws(ExitStatus) {
    if let data, fileSystem.kind(of: data) != .file {
      let reason = fileSystem.kind(of: data) == nil ? "no such file" : "is no file"
      StandardStream.report("error", "--data: \(data): \(reason)")
      throw .failure
    }
    if let report { try CheckRun.checkTarget(report, option: "--report", in: fileSystem) }
  }

  /// Writes the page, where one is asked for; returns whether that went well.
  func write(_ page: @autoclosure () -> String, to fileSystem: some FileSystem) -> Bool {
    guard let report else { return true }
    return CheckRun.write(page(), to: report, option: "--report", in: fileSystem)
  }
}
