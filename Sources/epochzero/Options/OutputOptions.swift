import ArgumentParser
import Linting
import Reporting
import Rules

/// What is written where, and which findings make the command fail.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to write the findings; repeatable, each with its --output. What reads which: docs/formats.md.",
      discussion: "Default: full, to standard output."
    )
  )
  var format: [ReportFormat] = []

  @Option(
    help: ArgumentHelp(
      "Write what the --format before it says to this file; - is standard output. Repeatable.",
      valueName: "path"
    ),
    completion: .file()
  )
  var output: [String] = []

  @Flag(help: "Count the findings by rule: in place of them in full and concise, beside them in json.")
  var statistics = false

  @Option(
    help: ArgumentHelp(
      "End with 1 when there are findings this severe or worse, which is what the settings say, or warning.",
      valueName: "severity"
    )
  )
  var failOn: FailureThreshold?

  @Flag(help: "End with 0 whatever is found; reports still say what fails, and what cannot be read still ends with 2.")
  var exitZero = false

  func validate() throws {
    let targets = try targets(in: CommandLine.arguments)
    if statistics, !targets.contains(where: \.format.hasStatistics) {
      throw ValidationError("--statistics counts in the formats full, concise and json; none of them is written")
    }
  }

  /// Returns what is written where.
  ///
  /// The parser keeps no order between options, and an output belongs to the format before it: so the order is read from the
  /// arguments, which the parser has accepted.
  func targets(in arguments: [String]) throws -> [ReportTarget] {
    var formats: [(format: ReportFormat, outputs: [String])] = output.isEmpty || !format.isEmpty ? [] : [(.full, [])]
    var rest = arguments.prefix { $0 != "--" }[...]
    while let argument = rest.popFirst() {
      if let word = Self.value(of: "--format", argument, &rest), let format = ReportFormat(rawValue: word) {
        formats.append((format, []))
      } else if let path = Self.value(of: "--output", argument, &rest) {
        guard !formats.isEmpty else {
          throw ValidationError(
            "--output \(path) stands before every --format; write it behind the one that it belongs to"
          )
        }
        formats[formats.count - 1].outputs.append(path)
      }
    }
    if formats.isEmpty { formats = [(.full, [])] }
    let targets = formats.flatMap { format, outputs in
      outputs.isEmpty
        ? [ReportTarget(format: format)] : outputs.map { ReportTarget(format: format, path: $0 == "-" ? nil : $0) }
    }
    try Self.checkOverlap(targets.map(\.path))
    return targets
  }

  // MARK: - Private

  private static func value(of name: String, _ argument: String, _ rest: inout ArraySlice<String>) -> String? {
    if argument == name { return rest.popFirst() }
    return argument.hasPrefix(name + "=") ? String(argument.dropFirst(name.count + 1)) : nil
  }

  private static func checkOverlap(_ paths: [String?]) throws {
    var seen: Set<String?> = []
    for path in paths where !seen.insert(path.map(FilePath.normalized)).inserted {
      guard let path else {
        throw ValidationError(
          "two formats would write to standard output; give all but one of them an --output behind it"
        )
      }
      throw ValidationError("two formats would write to \(path)")
    }
  }
}

/// A format with the place that it is written to.
struct ReportTarget {
  var format = ReportFormat.full
  /// The file; nil for standard output.
  var path: String?
}

/// From which severity on findings make the command fail.
enum FailureThreshold: String, CaseIterable, ExpressibleByArgument {
  case error, warning, hint, never

  var severity: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .hint: .hint
    case .never: nil
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}
