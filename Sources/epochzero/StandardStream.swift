import Glibc
import Reporting

/// Standard output or standard error.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Writes the text, as ``write(_:)-([UInt8])`` writes bytes.
  @discardableResult
  func write(_ text: String) -> Bool {
    write(Array(text.utf8))
  }

  /// Writes the bytes; gives up silently when nobody reads.
  ///
  /// - Returns: Whether all went well; else it was said why not, as of a full disk.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { return true }
        if self == .output { Self.report("error", "standard output: \(String(cString: strerror(errno)).lowercased())") }
        return false
      }
      offset += written
    }
    return true
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
    case .always: TextStyle(isColored: true, hasBlocks: Self.hasBlocks)
    case .never: TextStyle(isColored: false, hasBlocks: Self.hasBlocks)
    case .auto: TextStyle(isColored: Self.environmentChoice ?? isTerminal, hasBlocks: Self.hasBlocks)
    }
  }

  /// Whether the terminal cannot move its cursor.
  static var isDumb: Bool { environment("TERM") == "dumb" }

  // MARK: - Private

  /// What the environment says of colours: the first of these that is set counts; nil leaves it to the stream.
  private static var environmentChoice: Bool? {
    if environment("NO_COLOR") != nil { return false }
    if let value = environment("FORCE_COLOR") ?? environment("CLICOLOR_FORCE") {
      return value != "0" && value != "false"
    }
    return environment("CLICOLOR") == "0" || isDumb ? false : nil
  }

  /// Whether the locale is one of UTF-8, and the terminal not Linux's own, whose fonts lack most blocks.
  private static var hasBlocks: Bool {
    let locale = (environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? "").lowercased()
    return (locale.contains("utf-8") || locale.contains("utf8")) && environment("TERM") != "linux"
  }

  /// The value of a variable that is set to something.
  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
