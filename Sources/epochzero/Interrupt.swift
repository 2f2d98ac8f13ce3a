import Glibc
import Synchronization

/// Ctrl-C while something runs that can be stopped: the first asks for it, the second ends the process at once.
enum Interrupt {
  private static let raised = Atomic(false)

  static var wasRaised: Bool { raised.load(ordering: .relaxed) }

  /// Watches for it from now on, unless the process was started to ignore it.
  static func watch() {
    // Made now: a handler may not.
    raised.store(false, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interrupt.raised.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    var former = sigaction()
    sigaction(SIGINT, &action, &former)
    let isIgnored =
      unsafeBitCast(former.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    if isIgnored { sigaction(SIGINT, &former, nil) }
  }

  /// Ends the process as the signal would have: then a shell's script ends too, and `$?` is 130.
  static func endProcess() {
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
  }
}
