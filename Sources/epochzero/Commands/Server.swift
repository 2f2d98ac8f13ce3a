import ArgumentParser
import CAllocator
import DryRunClient
import DryRunMessages
import Glibc
import LanguageServer
import Linting
import Reporting
import Rules
import Synchronization

/// `epochzero server`.
struct Server: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the language server, which shows findings in an editor while you type.",
    discussion:
      "Speaks the language server protocol on standard input and output; see docs/editors.md for editors' settings."
  )

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(help: "Use standard input and output, as always; clients pass it.")
  var stdio = false

  func run() throws {
    // Each message may run on another thread, and would leave what it frees in that thread's heap: one for all stays smaller by a quarter.
    mallopt(M_ARENA_MAX, 1)
    let fileSystem = DiskFileSystem()
    let rules = try CommandFiles.rules(folders: ruleOptions.folders, in: fileSystem)
    // Standard output belongs to the protocol: what anything else writes there goes to standard error.
    let output = dup(StandardStream.output.rawValue)
    guard output >= 0, dup2(StandardStream.error.rawValue, StandardStream.output.rawValue) >= 0 else {
      StandardStream.report("error", "standard output: \(String(cString: strerror(errno)).lowercased())")
      throw ExitStatus.failure
    }
    let server = LanguageServer(
      input: STDIN_FILENO,
      output: output,
      environment: LanguageServer.Environment(
        version: EpochZero.versionNumber,
        fileSystem: fileSystem,
        rules: rules,
        page: { RulePages.page(of: $0) },
        pageFolder: Self.pageFolder,
        dryRunner: EditorRunner().asDryRunner
      )
    )
    _exit(server.run())
  }

  /// Where rules' pages are kept, by the XDG base directory specification; nil where there is no home.
  private static var pageFolder: String? {
    let cache = environment("XDG_CACHE_HOME") ?? environment("HOME").map { $0 + "/.cache" }
    return cache.map { "\($0)/epochzero/\(EpochZero.versionNumber)/rules" }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// The runner of the dry runs that an editor asks for: a process that is there while they are made.
private final class EditorRunner: Sendable {
  private let current = Mutex<(command: RunnerCommand, client: DryRunClient)?>(nil)

  var asDryRunner: DryRunner {
    DryRunner { [self] job, launcher, progress, isCancelled in
      client(launcher ?? []).run(job, progress: progress, isCancelled: isCancelled)
    } rest: { [self] in
      current.withLock { current in
        current?.client.close()
        current = nil
      }
    } page: { report in
      DryRunPage.render(report, version: EpochZero.versionNumber)
    }
  }

  private func client(_ launcher: [String]) -> DryRunClient {
    var command = RunnerCommand(launcher: launcher)
    // The folder that the editor has open may be the working folder: it must not bring the program.
    command.search.folders.removeAll { !$0.hasPrefix("/") }
    return current.withLock { current in
      if let current, current.command == command { return current.client }
      current?.client.close()
      let client = DryRunClient(command)
      current = (command, client)
      return client
    }
  }
}
