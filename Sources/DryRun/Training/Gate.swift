internal import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Why a run was broken off.
enum Interruption: Error {
  case cancelled
  case outOfTime
  case notRunnable(NotRunnable)
}

/// Runs kernels, whose errors mean that the experiment cannot be run.
func computing<Result>(_ body: () throws(KernelError) -> Result) throws(Interruption) -> Result {
  do {
    return try body()
  } catch {
    throw .notRunnable(NotRunnable(error))
  }
}

/// What a run asks between steps: whether it may go on.
struct Gate {
  private let deadline: Double
  private let isCancelled: () -> Bool

  init(seconds: Double, isCancelled: @escaping () -> Bool) {
    deadline = Self.now + seconds
    self.isCancelled = isCancelled
  }

  func check() throws(Interruption) {
    if isCancelled() { throw .cancelled }
    if Self.now > deadline { throw .outOfTime }
  }

  /// Seconds on a clock that only goes forwards.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
