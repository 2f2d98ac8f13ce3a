import CLuaHost
package import Experiment

/// Makes of plugins what the program is to carry; see ``CarriedPlugins``.
package struct PluginBuilder {
  /// What each plugin says of itself, in the order of their being added.
  package private(set) var metadata: [RuleMetadata] = []
  /// The facts that plugins need, by number.
  package private(set) var facts: [NeededFact] = []
  /// The kinds of layers that plugins need, by number.
  package private(set) var kinds: [LayerKind] = []
  private var rows: [CarriedRow] = []
  /// What the rows point to; they count from its start as long as the number of rows is not known.
  private var contents: [UInt8] = []

  package init() {}

  /// Loads a plugin as any other and adds it, with the code of its check, where it has one.
  ///
  /// The code returns a table with `check` only: what runs a rule reads nothing else of it.
  ///
  /// - Throws: ``PluginProblem`` where the plugin would not load.
  package mutating func add(_ file: PluginFile) throws(PluginProblem) {
    let rules = RuleSet(loading: [file], for: .describing)
    if let problem = rules.problems.first { throw problem }
    guard let rule = rules.rules.first, let host = LuaHost() else {
      throw PluginProblem(path: file.path, line: nil, message: "there is no memory for Lua")
    }
    var code: [UInt8] = []
    if rule.reports == nil {
      do throws(LuaHost.Failure) {
        code = try host.compile(try Self.checkOnly(file.bytes))
      } catch {
        throw PluginProblem(path: file.path, line: error.line, message: error.message)
      }
    }
    var options: [UInt8] = []
    if !rule.options.isEmpty {
      options = RuleSettings().optionStream(of: rule).withBytes { stream in
        Array(UnsafeBufferPointer(start: stream.bytes, count: stream.count))
      }
    }
    let needs = rule.needs.kinds.map { number(of: $0) } + rule.needs.facts.map { number(of: $0) }
    rows.append(
      CarriedRow(
        code: carry(code),
        options: carry(options),
        needs: carry(needs),
        kindCount: rule.needs.kinds.count,
        severity: rule.severity,
        isOnByDefault: rule.isOnByDefault
      )
    )
    metadata.append(rule)
  }

  /// The rows with what they point to, in words of this machine's byte order.
  package var words: [UInt64] {
    let offset = rows.count * CarriedRow.size * 8
    return rows.flatMap { row in
      var row = row
      row.code.start += offset
      row.options.start += offset
      row.needs.start += offset
      return row.words
    } + contents.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
  }

  // MARK: - Private

  /// Adds bytes and returns where they are.
  private mutating func carry(_ bytes: [UInt8]) -> CarriedRow.Bytes {
    let start = contents.count
    contents += bytes
    while contents.count % 8 != 0 { contents.append(0) }
    return CarriedRow.Bytes(start: start, count: bytes.count)
  }

  private mutating func number(of kind: LayerKind) -> UInt8 {
    if let number = kinds.firstIndex(of: kind) { return UInt8(number) }
    kinds.append(kind)
    return UInt8(kinds.count - 1)
  }

  private mutating func number(of fact: NeededFact) -> UInt8 {
    if let number = facts.firstIndex(of: fact) { return UInt8(number) }
    facts.append(fact)
    return UInt8(facts.count - 1)
  }

  /// Returns the text with nothing but `check` in the table that it returns.
  private static func checkOnly(_ text: [UInt8]) throws(LuaHost.Failure) -> [UInt8] {
    let outline = PluginOutline(text)
    guard let table = outline.returnedTable, let check = outline.range(of: "check") else {
      throw LuaHost.Failure(line: nil, message: "a rule that is carried must end in return { ..., check = ... }")
    }
    return Array(text[..<table.lowerBound] + text[check] + text[table.upperBound...])
  }
}
