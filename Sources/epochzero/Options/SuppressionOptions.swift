import ArgumentParser
import Linting

/// The options about findings that are ignored where they stand.
struct SuppressionOptions: ParsableArguments {
  @Flag(help: "Show also what comments and settings ignore, and what a baseline of the settings counts.")
  var ignoreSuppressions = false

  @Flag(
    help: """
      Write comments into YAML files, and entries into settings files for others, that ignore the present findings; \
      --add-ignore=RULES only those of these rules or groups, comma-separated.
      """
  )
  var addIgnore = false

  @Option(name: .customLong(Self.rulesName), help: .hidden)
  var addIgnoreRules: String?

  @Option(help: ArgumentHelp("The reason that --add-ignore writes behind each comment.", valueName: "text"))
  var reason: String?

  func validate() throws {
    if reason != nil, !addIgnore { throw ValidationError("--reason is what --add-ignore writes; give both") }
    if addIgnore, ignoreSuppressions {
      throw ValidationError("--add-ignore adds to what is ignored, --ignore-suppressions shows it; give one of them")
    }
    if let reason, reason.contains(where: \.isNewline) { throw ValidationError("--reason must be one line") }
  }

  /// The findings to ignore from now on; nil to ignore none.
  var adding: CheckRun.IgnoreAddition? {
    guard addIgnore else { return nil }
    return CheckRun.IgnoreAddition(rules: addIgnoreRules.map(Check.words) ?? [], reason: reason)
  }

  // MARK: - An option whose value is optional

  private static let rulesName = "add-ignore-rules"

  /// Returns the arguments with `--add-ignore=RULES` as two options.
  ///
  /// The parser would take the path behind a bare `--add-ignore` for its value.
  static func separated(_ arguments: [String]) -> [String] {
    let prefix = "--add-ignore="
    return arguments.flatMap { argument in
      argument.hasPrefix(prefix) ? ["--add-ignore", "--\(rulesName)=\(argument.dropFirst(prefix.count))"] : [argument]
    }
  }
}
