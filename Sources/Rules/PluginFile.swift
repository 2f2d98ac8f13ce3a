/// A plugin's source text.
package struct PluginFile: Sendable {
  /// The path shown to the user; bundled rules have one that starts with `rules/`.
  package var path: String
  private var text: Text
  /// What the build made of the text, for plugins that the program carries.
  let compiled: CompiledPlugin?

  /// Makes a plugin from its text.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    text = .read(bytes)
    compiled = nil
  }

  /// Makes a plugin that the program carries.
  ///
  /// - Parameters:
  ///   - path: The path shown to the user.
  ///   - text: The text.
  ///   - code: What the build made of the text, in words of the machine's byte order. Lua does not check it.
  ///   - codeCount: The number of bytes of the code.
  package init(path: String, text: StaticString, code: [UInt64], codeCount: Int) {
    self.path = path
    self.text = .carried(text)
    compiled = CompiledPlugin(words: code, count: codeCount)
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

/// A plugin as the build compiled it.
struct CompiledPlugin: Sendable {
  private let words: [UInt64]
  private let count: Int

  init(words: [UInt64], count: Int) {
    precondition(count <= words.count * 8, "there is less code than is said")
    self.words = words
    self.count = count
  }

  /// Calls the closure with the code, which is valid until it returns.
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
  }
}
