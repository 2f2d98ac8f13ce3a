import Dispatch
import Glibc

/// Ends the process when the editor that started it is gone: one that was killed says no `exit`, and its pipes may live on in others.
enum ParentWatch {
  /// How often it is looked for, in seconds.
  private static let interval = 3

  /// Begins to watch a process, once and for all.
  static func begin(_ process: Int32) {
    DispatchQueue.global(qos: .background).async {
      while kill(process, 0) == 0 || errno != ESRCH { sleep(UInt32(interval)) }
      _exit(1)
    }
  }
}
