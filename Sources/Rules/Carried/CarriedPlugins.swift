package import Experiment

/// What the build makes of the plugins that the program carries, so that they need not be compiled and checked at each start.
///
/// They were loaded from their texts first, as any other plugin: nothing passes here that a user's folder would not let pass.
///
/// A start reads one row for each plugin. All else lies behind it and is read for the plugins that are run or described: the
/// pages of the others are never brought in, and nothing is made of what they say. Both took a tenth of the time of a small file.
package final class CarriedPlugins: Sendable {
  /// The rows, then what they point to.
  ///
  /// Words, since the compiler takes long for an array of bytes; in the machine's byte order.
  private let words: [UInt64]
  private let texts: [StaticString]
  private let kinds: [LayerKind]
  private let makeFact: @Sendable (Int) -> NeededFact
  private let makeMetadata: @Sendable (Int) -> RuleMetadata

  /// Takes what ``PluginBuilder`` made.
  ///
  /// - Parameters:
  ///   - words: The rows with what they point to.
  ///   - texts: The plugins' texts, in the order of the rows.
  ///   - kinds: The kinds of layers that plugins need, by number.
  ///   - fact: Returns the needed fact of a number.
  ///   - metadata: Returns what a plugin says of itself, without docs and examples, by its place among the rows.
  package init(
    words: [UInt64],
    texts: [StaticString],
    kinds: [LayerKind],
    fact: @escaping @Sendable (Int) -> NeededFact,
    metadata: @escaping @Sendable (Int) -> RuleMetadata
  ) {
    precondition(texts.count * CarriedRow.size <= words.count, "there are fewer rows than texts")
    self.words = words
    self.texts = texts
    self.kinds = kinds
    makeFact = fact
    makeMetadata = metadata
  }

  /// The plugins as files, sorted by id.
  package var files: [PluginFile] {
    texts.indices.map { PluginFile(carried: CarriedPlugin(plugins: self, number: $0)) }
  }

  fileprivate func row(_ number: Int) -> CarriedRow {
    let start = number * CarriedRow.size
    return CarriedRow(words[start], words[start + 1], words[start + 2])
  }

  fileprivate func metadata(_ number: Int) -> RuleMetadata { makeMetadata(number) }
  fileprivate func text(_ number: Int) -> StaticString { texts[number] }

  fileprivate func kind(_ number: UInt8) -> LayerKind { kinds[Int(number)] }
  fileprivate func fact(_ number: Int) -> NeededFact { makeFact(number) }

  /// Calls the closure with bytes that a row points to, which are valid until it returns.
  fileprivate func withBytes<Result>(_ range: CarriedRow.Bytes, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range.start..<range.end])) }
  }
}

/// One plugin of those that the program carries.
struct CarriedPlugin: Sendable {
  fileprivate let plugins: CarriedPlugins
  fileprivate let number: Int

  /// What decides whether and how it is run.
  var row: CarriedRow { plugins.row(number) }

  /// What it says of itself, without docs and examples; made anew each time.
  var metadata: RuleMetadata { plugins.metadata(number) }

  var text: StaticString { plugins.text(number) }

  /// Calls the closure with its code as Lua compiled it, which Lua does not check.
  func withCode<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    plugins.withBytes(row.code, body)
  }

  /// Calls the closure with the stream of its options where settings say nothing of them.
  func withOptions<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    plugins.withBytes(row.options, body)
  }

  /// The kind of layers that stands at a place of its needs.
  func neededKind(_ index: Int) -> LayerKind {
    plugins.kind(plugins.withBytes(row.needs) { $0[index] })
  }

  /// The number of the fact that stands at a place of its needs; it is the same for all plugins.
  func neededFact(_ index: Int) -> Int {
    Int(plugins.withBytes(row.needs) { $0[index] })
  }

  /// The needed fact of a number.
  func fact(_ number: Int) -> NeededFact { plugins.fact(number) }
}
