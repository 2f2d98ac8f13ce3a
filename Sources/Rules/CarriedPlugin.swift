/// What the build makes of a plugin that the program carries, so that it need not be compiled and checked at each start.
///
/// It was loaded from its text first, as any other plugin: nothing passes here that a user's folder would not let pass.
package struct CarriedPlugin: Sendable {
  /// What the plugin says of itself, without docs and examples.
  let metadata: RuleMetadata
  /// What runs its check; nil for a rule that has none.
  let code: PluginCode?

  /// Makes a carried plugin of a rule with a check.
  ///
  /// - Parameters:
  ///   - metadata: What the plugin says of itself, without docs and examples.
  ///   - words: Its code, in words of the machine's byte order.
  ///   - count: The number of bytes of the code.
  package init(metadata: RuleMetadata, words: [UInt64], count: Int) {
    self.metadata = metadata
    code = PluginCode(words: words, count: count)
  }

  /// Makes a carried plugin of a rule that reports problems of one kind.
  package init(reporting metadata: RuleMetadata) {
    self.metadata = metadata
    code = nil
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
