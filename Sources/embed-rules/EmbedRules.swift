import Experiment
import FoundationEssentials
import Glibc
import Rules

/// Writes a Swift file with what is made of every `.lua` file below a folder, and its text.
///
/// Usage: `embed-rules RULES-FOLDER OUTPUT-FILE`. A rule that does not load fails the build with its line, and so do ids
/// that are not in the order of the files' names, without `.lua`: nothing sorts or compares them when the program starts.
@main
enum EmbedRules {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fail("usage: embed-rules RULES-FOLDER OUTPUT-FILE") }
    let folder = URL(fileURLWithPath: arguments[1], isDirectory: true)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".lua") }
      .sorted { $0.dropLast(4) < $1.dropLast(4) }
    var builder = PluginBuilder()
    var texts: [String] = []
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let lastID = builder.metadata.last?.id ?? ""
      add(PluginFile(path: "rules/\(name)", bytes: Array(text.utf8)), to: &builder)
      guard let id = builder.metadata.last?.id, lastID < id else {
        fail("rules/\(name):1: error: its id does not stand behind \"\(lastID)\", as the file does")
      }
      texts.append("  ####\"\"\"\n\(text)\n\"\"\"####,\n")
    }
    let output = """
      import Experiment
      import Rules

      let carriedWords: [UInt64] = [\(builder.words.map(String.init).joined(separator: ","))]

      let carriedKinds: [LayerKind] = [\(builder.kinds.map { ".\($0)" }.joined(separator: ", "))]

      \(function("carriedFact", returning: "NeededFact", builder.facts.map(source)))
      \(function("carriedMetadata", returning: "RuleMetadata", builder.metadata.map(source)))
      let carriedTexts: [StaticString] = [
      \(texts.joined())]

      """
    try output.write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }

  private static func add(_ file: PluginFile, to builder: inout PluginBuilder) {
    do throws(PluginProblem) {
      try builder.add(file)
    } catch {
      fail("\(error.path):\(error.line ?? 1): error: \(error.message)")
    }
  }

  // MARK: - Swift source

  /// Returns a function that makes one value by its number: a table would make all of them when one is asked for.
  private static func function(_ name: String, returning type: String, _ values: [String]) -> String {
    let cases = values.enumerated().map { "  case \($0): \($1)\n" }.joined()
    return """
      @Sendable func \(name)(_ number: Int) -> \(type) {
        switch number {
      \(cases)  default: preconditionFailure("there is no such number")
        }
      }

      """
  }

  private static func source(_ rule: RuleMetadata) -> String {
    let options = rule.options.map { option in
      "RuleOption(name: \(source(option.name)), kind: .\(option.kind), defaultValue: \(source(option.defaultValue)), "
        + "help: \(source(option.help)))"
    }
    let facts = rule.needs.facts.map(source)
    let kinds = rule.needs.kinds.map { ".\($0)" }
    return """
      RuleMetadata(id: \(source(rule.id)), summary: \(source(rule.summary)), severity: .\(rule.severity), \
      cause: \(rule.cause.map(String.init) ?? "nil"), options: [\(options.joined(separator: ", "))], \
      reports: \(rule.reports.map { ".\($0)" } ?? "nil"), \
      needs: RuleNeeds(facts: [\(facts.joined(separator: ", "))], kinds: [\(kinds.joined(separator: ", "))]), \
      probe: \(rule.probe.map { ".\($0)" } ?? "nil"), untestable: \(rule.untestable.map { source($0) } ?? "nil"), \
      isOnByDefault: \(rule.isOnByDefault), path: \(source(rule.path)))
      """
  }

  private static func source(_ fact: NeededFact) -> String {
    let condition = fact.condition.map { ", \(source($0))" } ?? ""
    let others = fact.alternatives.isEmpty ? "" : ", or: [\(fact.alternatives.map(source).joined(separator: ", "))]"
    return """
      NeededFact(.\(fact.part), \(fact.record.map { source($0) } ?? "nil"), \(source(fact.key))\(condition)\(others))
      """
  }

  private static func source(_ condition: FactCondition) -> String {
    switch condition {
    case .isOne(let words): ".isOne(of: [\(words.map { source($0) }.joined(separator: ", "))])"
    case .compares(let comparison, let limit): ".compares(.\(comparison), \(limit))"
    }
  }

  private static func source(_ value: FactValue) -> String {
    switch value {
    case .boolean(let value): ".boolean(\(value))"
    case .integer(let value): ".integer(\(value))"
    case .number(let value): ".number(\(value))"
    case .text(let text): ".text(\(source(text)))"
    case .list(let elements): ".list([\(elements.map { source($0) }.joined(separator: ", "))])"
    case .unknown, .deferred, .record: fail("an option's default is a plain value or a list of them")
    }
  }

  private static func source(_ text: String) -> String {
    text.debugDescription
  }

  private static func fail(_ message: String) -> Never {
    _ = Array("\(message)\n".utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(1)
  }
}
