import ArgumentParser
import Linting
import Rules

/// What a shell proposes where a rule is asked for.
enum RuleCompletion {
  /// Proposes ids.
  static let id = CompletionKind.custom { arguments, _, _ in rules(arguments).map(\.id) }

  /// Proposes ids, groups and `all`, also behind a comma.
  static let list = CompletionKind.custom { arguments, _, prefix in
    let rules = rules(arguments)
    let words = rules.map(\.id) + Set(rules.map(\.group)).sorted() + ["all"]
    let comma = prefix.lastIndex(of: ",").map { prefix.index(after: $0) }
    return words.map { prefix[..<(comma ?? prefix.startIndex)] + $0 }
  }

  /// The rules that the command line so far would load; folders that cannot be read have none.
  private static func rules(_ arguments: [String]) -> [RuleMetadata] {
    let folders = zip(arguments, arguments.dropFirst()).filter { $0.0 == "--rules" }.map(\.1)
    let fileSystem = DiskFileSystem()
    let loaded = try? RuleLibrary.load(folders: folders, in: fileSystem)
    return (loaded ?? (try? RuleLibrary.load(folders: [], in: fileSystem)))?.rules ?? []
  }
}
