import DryRun
import Glibc
import JSONRPC
import Kernels
import Release

/// Where the process starts.
@main
enum Main {
  static func main() {
    // Writes fail with EPIPE when nobody reads; that the client is gone is seen by the end of standard input.
    signal(SIGPIPE, SIG_IGN)
    switch Array(CommandLine.arguments.dropFirst()) {
    case []: serve()
    case ["--version"]: end(0, saying: Release.versionNumber, on: STDOUT_FILENO)
    case ["--help"], ["-h"]: end(0, saying: help, on: STDOUT_FILENO)
    case let arguments:
      end(2, saying: "epochzero-dryrun: it takes no \"\(arguments[0])\"\n\n\(help)", on: STDERR_FILENO)
    }
  }

  private static let help = """
    USAGE: epochzero-dryrun [--version] [--help]

    Trains both versions of an experiment for a few seconds, to put a finding of epochzero to the test. epochzero starts it and
    speaks JSON-RPC with it on standard input and output; by itself it does nothing. See docs/dry-runs/runner.md.
    """

  private static func serve() -> Never {
    if isatty(STDIN_FILENO) == 1 { end(2, saying: help, on: STDERR_FILENO) }
    ProcessSetup.restartUnlessSetUp()
    ProcessSetup.limit()
    guard let output = ProcessSetup.takeOutput() else {
      end(2, saying: "epochzero-dryrun: standard output cannot be used", on: STDERR_FILENO)
    }
    let server = JobServer(
      input: STDIN_FILENO,
      // Launchers such as `srun` pass on whole lines.
      output: MessageStream(descriptor: output, endsLines: true),
      library: KernelLibrary.version
    ) { job, progress, isCancelled in
      DryRun.run(job, progress: progress, isCancelled: isCancelled)
    }
    server.serve()
  }

  private static func end(_ status: Int32, saying text: String, on descriptor: Int32) -> Never {
    MessageStream(descriptor: descriptor).send(Array("\(text)\n".utf8))
    _exit(status)
  }
}
