/// What the build asks of a plugin that the program is to carry.
package enum PluginBuilder {
  /// Loads a plugin as any other and returns what it says of itself, with the code of its check, where it has one.
  ///
  /// The code returns a table with `check` only: what runs a rule reads nothing else of it.
  ///
  /// - Throws: ``PluginProblem`` where the plugin would not load.
  package static func build(_ file: PluginFile) throws(PluginProblem) -> (metadata: RuleMetadata, code: PluginCode?) {
    let rules = RuleSet(loading: [file], for: .describing)
    if let problem = rules.problems.first { throw problem }
    guard let metadata = rules.rules.first, let host = LuaHost() else {
      throw PluginProblem(path: file.path, line: nil, message: "there is no memory for Lua")
    }
    if metadata.reports != nil { return (metadata, nil) }
    do throws(LuaHost.Failure) {
      return (metadata, PluginCode(bytes: try host.compile(try checkOnly(file.bytes))))
    } catch {
      throw PluginProblem(path: file.path, line: error.line, message: error.message)
    }
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
