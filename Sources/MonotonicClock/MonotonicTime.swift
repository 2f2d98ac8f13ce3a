import Glibc

/// Time on a clock that nobody sets, for limits and for how long something took.
package enum MonotonicTime {
  /// Seconds since some time in the past.
  package static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
