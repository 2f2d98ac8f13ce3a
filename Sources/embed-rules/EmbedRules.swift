import Experiment
import Foundation
import Rules

/// Writes a Swift file with every `.lua` file below a folder: its text, what it says of itself, and its code.
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
    var output = "import Experiment\nimport Rules\n\n"
    var list = "let embeddedRules: [PluginFile] = [\n"
    var lastID = ""
    for (index, name) in names.enumerated() {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let rule = build(PluginFile(path: "rules/\(name)", bytes: Array(text.utf8)))
      guard lastID < rule.metadata.id else {
        fail(
          "rules/\(name):1: error: the id \"\(rule.metadata.id)\" does not stand behind \"\(lastID)\", as the file does"
        )
      }
      lastID = rule.metadata.id
      output += "private let text\(index): StaticString = ####\"\"\"\n\(text)\n\"\"\"####\n\n"
      var carried = "reporting: \(source(rule.metadata))"
      if let code = rule.code {
        output += "private let code\(index): [UInt64] = [\(code.words.map(String.init).joined(separator: ","))]\n\n"
        carried = "metadata: \(source(rule.metadata)), words: code\(index), count: \(code.count)"
      }
      list += "  PluginFile(text: text\(index), carried: CarriedPlugin(\(carried))),\n"
    }
    try (output + list + "]\n").write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }

  private static func build(_ file: PluginFile) -> (metadata: RuleMetadata, code: PluginCode?) {
    do throws(PluginProblem) {
      return try PluginBuilder.build(file)
    } catch {
      fail("\(error.path):\(error.line ?? 1): error: \(error.message)")
    }
  }

  // MARK: - Swift source

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
      isOnByDefault: \(rule.isOnByDefault), path: \(source(rule.path)))
      """
  }

  private static func source(_ fact: NeededFact) -> String {
    let others = fact.alternatives.isEmpty ? "" : ", or: [\(fact.alternatives.map(source).joined(separator: ", "))]"
    return "NeededFact(.\(fact.part), \(fact.record.map { source($0) } ?? "nil"), \(source(fact.key))\(others))"
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
    FileHandle.standardError.write(Data("\(message)\n".utf8))
    exit(1)
  }
}
