import ArgumentParser
import Glibc
import Release

/// The `epochzero` command.
struct EpochZero: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epochzero",
    abstract: "The linter for neural-network configs.",
    discussion: """
      Says at epoch zero what will keep a network from training: reads model and training configs (Keras, Ludwig, and its \
      own experiment file) and reports what is wrong, where, why, and what to write instead.

      Exit codes: 0 nothing worse than a hint; 1 errors or warnings were found; 2 wrong usage, or a file could not be read.
      """,
    version: EpochZero.versionNumber,
    subcommands: [
      Check.self, Explain.self, ListRules.self, Facts.self, DryRunCommand.self, TestRules.self, NewRule.self, Init.self,
      Schema.self,
      Server.self,
    ],
    defaultSubcommand: Check.self
  )

  /// The version of the program.
  static var versionNumber: String { Release.versionNumber }
}

/// Where the process starts.
@main
enum Main {
  static func main() {
    // A reader that goes away, as `head` does, is no reason for a message: writes fail with EPIPE and the run ends quietly.
    signal(SIGPIPE, SIG_IGN)
    let status = run(Array(CommandLine.arguments.dropFirst()))
    if status == .interrupted { Interrupt.endProcess() }
    // Nothing is buffered, and taking everything down would only take time.
    _exit(status.rawValue)
  }

  /// Runs the command that the arguments ask for.
  private static func run(_ arguments: [String]) -> ExitStatus {
    if arguments.isEmpty {
      StandardStream.error.write(EpochZero.helpMessage() + "\n")
      return .failure
    }
    do {
      if let check = CheckRun(plainArguments: arguments) {
        try check.run()
        return .clean
      }
      var command = try EpochZero.parseAsRoot(SuppressionOptions.separated(arguments))
      try command.run()
      return .clean
    } catch let status as ExitStatus {
      return status
    } catch {
      let message = EpochZero.fullMessage(for: error)
      // Help and version are asked for with an error that stands for success.
      let isSuccess = EpochZero.exitCode(for: error).isSuccess
      if !message.isEmpty { (isSuccess ? StandardStream.output : .error).write(message + "\n") }
      return isSuccess ? .clean : .failure
    }
  }
}

/// How the process ends.
enum ExitStatus: Int32, Error {
  /// Nothing worse than a hint was found.
  case clean = 0
  /// Errors or warnings were found.
  case findings = 1
  /// Wrong usage, or the job could not be done.
  case failure = 2
  /// The user ended it with Ctrl-C.
  case interrupted = 130
}

extension CheckRun {
  /// Reads `check [--force-exclude] [--fix] PATH...`, the forms that hooks and scripts run; nil for every other form.
  ///
  /// The argument parser sets itself up for longer than a small file takes to be linted.
  init?(plainArguments: [String]) {
    guard plainArguments.first == "check" else { return nil }
    self.init(paths: [])
    for argument in plainArguments.dropFirst() {
      switch argument {
      case "--force-exclude" where !forcesExclusion: forcesExclusion = true
      case "--fix" where fixing == .none: fixing = .write
      case _ where argument.isEmpty || argument.hasPrefix("-"): return nil
      default: paths.append(argument)
      }
    }
    if paths.isEmpty { return nil }
  }
}
