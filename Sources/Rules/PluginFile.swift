/// A plugin's source text.
package struct PluginFile: Sendable {
  /// The path shown to the user; bundled rules have one that starts with `rules/`.
  package var path: String
  private var text: Text
  /// What the build made of the text, for plugins that the program carries.
  let carried: CarriedPlugin?

  /// Makes a plugin from its text.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    text = .read(bytes)
    carried = nil
  }

  /// Makes a plugin that the program carries.
  package init(text: StaticString, carried: CarriedPlugin) {
    path = carried.metadata.path
    self.text = .carried(text)
    self.carried = carried
  }

  /// The text.
  package var bytes: [UInt8] {
    switch text {
    case .read(let bytes): bytes
    case .carried(let text): text.withUTF8Buffer(Array.init)
    }
  }

  private enum Text: Sendable {
    case read([UInt8])
    case carried(StaticString)
  }
}

/// What the build makes of a plugin that the program carries, so that it need not be compiled and checked at each start.
///
/// It was loaded from its text first, as any other plugin: nothing passes here that a user's folder would not let pass.
package struct CarriedPlugin: Sendable {
  /// What the plugin says of itself, without docs and examples.
  let metadata: RuleMetadata
  let code: PluginCode

  /// Makes a carried plugin.
  ///
  /// - Parameters:
  ///   - metadata: What the plugin says of itself, without docs and examples.
  ///   - words: Its code, in words of the machine's byte order.
  ///   - count: The number of bytes of the code.
  package init(metadata: RuleMetadata, words: [UInt64], count: Int) {
    self.metadata = metadata
    code = PluginCode(words: words, count: count)
  }
}

/// A plugin's code, as Lua compiled it; Lua does not check it.
package struct PluginCode: Sendable {
  /// The bytes in words of the machine's byte order: the compiler takes long for an array of bytes.
  package let words: [UInt64]
  /// The number of bytes.
  package let count: Int

  init(words: [UInt64], count: Int) {
    precondition(count <= words.count * 8, "there is less code than is said")
    self.words = words
    self.count = count
  }

  init(bytes: [UInt8]) {
    words = stride(from: 0, to: bytes.count, by: 8).map { start in
      var word: UInt64 = 0
      withUnsafeMutableBytes(of: &word) { $0.copyBytes(from: bytes[start..<min(start + 8, bytes.count)]) }
      return word
    }
    count = bytes.count
  }

  /// Calls the closure with the code, which is valid until it returns.
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
  }
}

/// What the build asks of a plugin that the program is to carry.
package enum PluginBuilder {
  /// Loads a plugin as any other and returns what it says of itself, with its code.
  ///
  /// The code returns a table with `check` only: what runs a rule reads nothing else of it.
  ///
  /// - Throws: ``PluginProblem`` where the plugin would not load.
  package static func build(_ file: PluginFile) throws(PluginProblem) -> (metadata: RuleMetadata, code: PluginCode) {
    let rules = RuleSet(loading: [file], for: .describing)
    if let problem = rules.problems.first { throw problem }
    guard let metadata = rules.rules.first, let host = LuaHost() else {
      throw PluginProblem(path: file.path, line: nil, message: "there is no memory for Lua")
    }
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
