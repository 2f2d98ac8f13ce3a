import Glibc

/// What the process is before it does its first job.
enum ProcessSetup {
  /// What the libraries read before `main`, with the values that they need.
  ///
  /// Threads that spin while they wait take the time of those that work: with two on two busy processors, a step took ten
  /// times as long. Swift's runtime would collect a backtrace for seconds where a crash shall end the process.
  private static let environment = [
    ("OMP_WAIT_POLICY", "passive"),
    ("SWIFT_BACKTRACE", "enable=no"),
  ]

  /// Starts the program anew in this process where its environment is not what the libraries need.
  static func restartUnlessSetUp() {
    // One that is set is the user's will, and the second start finds all.
    let missing = environment.filter { getenv($0.0) == nil }
    if missing.isEmpty { return }
    for (name, value) in missing { setenv(name, value, 1) }
    execv("/proc/self/exe", CommandLine.unsafeArgv)
    // Without it all works, more slowly.
  }

  /// Leaves the machine to others first, and no image of a crash on the disk.
  static func limit() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
  }

  /// Takes standard output for the messages: what anything else writes there goes to standard error.
  static func takeOutput() -> Int32? {
    let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    return output >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 ? output : nil
  }
}
