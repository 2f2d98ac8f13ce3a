package import Linting
import Rules

/// Findings as workflow commands, which GitHub Actions shows as annotations of the files.
///
/// GitHub takes 10 annotations of a kind from a step and drops the rest without a word. So the worst come first, those behind the
/// tenth are plain lines of the log, and a last annotation says how many they are.
package enum GitHubReport {
  /// How many annotations of a kind GitHub takes from one step.
  static let limit = 10

  /// Returns the lines, or nothing when there is nothing to tell.
  package static func render(_ report: LintReport) -> String {
    let items = report.items
    let kinds: [(severity: Severity, command: String, noun: String)] = [
      (.error, "error", "error"), (.warning, "warning", "warning"), (.hint, "notice", "hint"),
    ]
    let isCut = kinds.contains { kind in items.count { $0.severity == kind.severity } > limit }
    var annotations = ""
    var log = ""
    var cuts: [String] = []
    for kind in kinds {
      let ofKind = items.filter { $0.severity == kind.severity }
      // What is said of the cut is a notice itself.
      let room = isCut && kind.severity == .hint ? limit - 1 : limit
      for item in ofKind.prefix(room) { annotations += command(kind.command, item) }
      for item in ofKind.dropFirst(room) { log += plain(item.heading) + "\n" }
      if ofKind.count > room { cuts.append(Summary.counted(ofKind.count - room, kind.noun)) }
    }
    if cuts.isEmpty { return annotations }
    let note = "\(cuts.joined(separator: ", ")) more in the log: GitHub shows \(limit) annotations of a kind for a step"
    return annotations + log + "::notice title=epochzero::\(escaped(note))\n"
  }

  // MARK: - Private

  private static func command(_ command: String, _ item: ReportItem) -> String {
    var properties = "file=\(escapedProperty(item.file)),line=\(item.start.line),endLine=\(item.end.line)"
    // GitHub refuses columns where the range has several lines.
    if item.start.line == item.end.line { properties += ",col=\(item.start.column),endColumn=\(item.end.column)" }
    return "::\(command) \(properties),title=\(escapedProperty(item.rule))::\(escaped(item.fullMessage))\n"
  }

  /// Percent signs and line ends, which would end the command.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// In a property, colons and commas too.
  private static func escapedProperty(_ text: String) -> String {
    var result = ""
    for scalar in escaped(text).unicodeScalars {
      switch scalar {
      case ":": result += "%3A"
      case ",": result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A line of the log that cannot be taken for a command, whatever a file or a layer is called.
  private static func plain(_ line: String) -> String {
    var result = line.hasPrefix("::") ? "./" : ""
    var hashes = 0
    for scalar in line.unicodeScalars {
      // The older form of a command is "##[name]", anywhere in a line.
      if scalar == "[", hashes >= 2 { result += " " }
      hashes = scalar == "#" ? hashes + 1 : 0
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
