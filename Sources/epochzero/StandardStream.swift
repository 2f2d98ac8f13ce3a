import Glibc
import Reporting

/// Standard output or standard error.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Writes the text; gives up silently when nobody reads.
  func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Writes the bytes; gives up silently when nobody reads.
  func write(_ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      offset += written
    }
  }

  /// Writes a line such as `error: model.json: permission denied`.
  static func report(_ word: String, _ message: String) {
    error.write("\(word): \(message.printable)\n")
  }

  /// Whether the stream is a terminal.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The width of the terminal in columns, or 120 for anything else.
  var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
    return Int(size.ws_col)
  }

  /// Returns the style for the stream by the user's choice and environment.
  func style(_ choice: ColorChoice) -> TextStyle {
    switch choice {
    case .always: TextStyle(isColored: true)
    case .never: TextStyle(isColored: false)
    case .auto: TextStyle(isColored: isTerminal && !Self.environment("NO_COLOR") && !Self.isDumb)
    }
  }

  // MARK: - Private

  /// Whether the variable is set to something.
  private static func environment(_ name: String) -> Bool {
    guard let value = getenv(name) else { return false }
    return value.pointee != 0
  }

  private static var isDumb: Bool {
    guard let value = getenv("TERM") else { return false }
    return String(cString: value) == "dumb"
  }
}
