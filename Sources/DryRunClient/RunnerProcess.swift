import Glibc
import JSONRPC
import MonotonicClock
import Synchronization

/// Why a process was not started.
struct SpawnError: Error {
  var code: Int32

  var description: String { String(cString: strerror(code)).lowercased() }
}

/// A process with what goes to it and comes from it.
struct RunnerProcess: Sendable {
  let id: pid_t
  let input: Int32
  let output: Int32
  let errors: Int32
  /// Whether it said that it is ready.
  var isReady = false
  var frames = FrameReader()
  /// The last of what it wrote to standard error.
  private(set) var lastErrors: [UInt8] = []
  /// Whether it closed its standard error.
  private(set) var isSilent = false
  private(set) var ending: Ending?

  /// How a process ended.
  enum Ending: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
    /// Somebody else waited for it.
    case unknown
  }

  private static let keptErrors = 4096

  /// One process is started at a time: what is opened for one, and not closed in children yet, must not live on in another.
  private static let spawning = Mutex(())

  /// Starts a program, which is looked for as a shell would, in a process group of its own.
  init(_ words: [String]) throws(SpawnError) {
    var child = pid_t()
    var pipes: [Pipe] = []
    let code = Self.spawning.withLock { _ in
      for _ in 0..<3 {
        guard let pipe = Pipe() else { return errno }
        pipes.append(pipe)
      }
      return Self.spawn(words, [pipes[0].reading, pipes[1].writing, pipes[2].writing], &child)
    }
    guard code == 0 else {
      for pipe in pipes {
        close(pipe.reading)
        close(pipe.writing)
      }
      throw SpawnError(code: code)
    }
    close(pipes[0].reading)
    close(pipes[1].writing)
    close(pipes[2].writing)
    id = child
    input = pipes[0].writing
    output = pipes[1].reading
    errors = pipes[2].reading
    for descriptor in [input, output, errors] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  // MARK: - Streams

  /// Writes as much as the pipe takes; returns how much, or nil when nobody reads.
  func write(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = withoutPipeSignal { bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) } }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// Takes in what came on standard output; returns how many bytes, 0 where there are none now, and nil at its end.
  mutating func readOutput() -> Int? {
    Self.read(output) { frames.append($0) }
  }

  /// Takes in what came on standard error.
  mutating func readErrors() {
    let count = Self.read(errors) { bytes in
      lastErrors += bytes
      lastErrors.removeFirst(max(0, lastErrors.count - Self.keptErrors))
    }
    if count == nil { isSilent = true }
  }

  /// The last line that the process wrote to standard error and that is not empty.
  var lastLine: String? {
    String(decoding: lastErrors, as: UTF8.self).split(whereSeparator: \.isNewline).last {
      !$0.allSatisfy(\.isWhitespace)
    }.map(String.init)
  }

  // MARK: - Its end

  var isRunning: Bool { ending == nil && !hasEnded }

  /// Ends the process and all that it started: by its standard input, then by signals, each after so many seconds.
  mutating func end(patience: Double) {
    guard ending == nil else { return }
    close(input)
    if !waits(patience) {
      kill(-id, SIGTERM)
      if !waits(patience) { kill(-id, SIGKILL) }
    }
    // What it started may live on in its group, which is there until its leader is waited for.
    kill(-id, SIGKILL)
    var status: Int32 = 0
    while true {
      let waited = waitpid(id, &status, 0)
      if waited == id {
        let signal = status & 0x7F
        ending = signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
      } else if waited < 0, errno == EINTR {
        continue
      } else {
        ending = .unknown
      }
      break
    }
    while Self.read(errors, { lastErrors += $0 }) ?? 0 > 0 {}
    close(output)
    close(errors)
  }

  // MARK: - Private

  /// Whether the process ended, though nobody waited for it yet.
  private var hasEnded: Bool {
    var info = siginfo_t()
    let result = waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT)
    return result < 0 ? errno != EINTR : info.si_signo == SIGCHLD
  }

  /// Waits for the end; returns whether it came.
  private func waits(_ seconds: Double) -> Bool {
    let deadline = MonotonicTime.now + seconds
    while !hasEnded {
      if MonotonicTime.now >= deadline { return false }
      usleep(2000)
    }
    return true
  }

  private static func read(_ descriptor: Int32, _ take: (UnsafeRawBufferPointer) -> Void) -> Int? {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 {
        take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
      }
      return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : nil
    }
  }

  /// Runs a closure that writes to a pipe: when nobody reads, the call fails and no signal ends this process.
  private func withoutPipeSignal<Result>(_ body: () -> Result) -> Result {
    var pipeSignal = sigset_t()
    var former = sigset_t()
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &former)
    let result = body()
    let code = errno
    if sigismember(&former, SIGPIPE) == 0 {
      var none = timespec()
      sigtimedwait(&pipeSignal, nil, &none)
      pthread_sigmask(SIG_SETMASK, &former, nil)
    }
    errno = code
    return result
  }

  /// Two descriptors that programs which are started do not have.
  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init?() {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reading, writing) = (ends[0], ends[1])
    }
  }

  private static func spawn(_ words: [String], _ streams: [Int32], _ child: inout pid_t) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, stream) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
    }
    // The signals that this process ignores or holds back are its own affair.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    return posix_spawnp(&child, words[0], &actions, &attributes, arguments + [nil], environ)
  }
}
