import CYAML
import SourceText

/// Reads YAML through libyaml's events into a located tree.
///
/// libyaml stops at the first fault. The parser then closes what cannot go on, looks for the next line that continues one
/// of the open collections, and starts libyaml anew there (`YAMLParser+Recovery.swift`).
struct YAMLParser: ~Copyable {
  static func parse(_ source: SourceText) -> SyntaxTree {
    var builder = SyntaxTreeBuilder(source: source, format: .yaml)
    if TextEncoding.check(&builder) {
      source.bytes.withUnsafeBytes { bytes in
        let text = YAMLText(bytes: bytes, builder: &builder)
        text.withBytes(bytes) { bytes in
          var parser = YAMLParser(bytes: bytes, start: source.byteOrderMarkCount, builder: builder.take())
          parser.readStream()
          let comments = YAMLComments.find(in: bytes, outside: parser.hashedTexts)
          builder = parser.builder
          builder.comments = comments
        }
      }
    }
    return SyntaxTree(builder: builder)
  }

  /// An open collection.
  struct Frame {
    var node: Int32
    /// Where its children begin in `pending`.
    var firstPending: Int
    var isMapping: Bool
    var isFlow: Bool
    /// How many bytes stand before it in its line; only block collections need it.
    var column: Int
    /// How many nodes it stands for with aliases expanded.
    var expandedSize = 1
    /// How deep it is below its own level, aliases followed.
    var height = 0
  }

  /// What an alias to an anchor stands for.
  struct Anchor {
    var node: Int32
    var expandedSize: Int
    var height: Int
    var isOpen: Bool
  }

  /// Where libyaml starts, and what makes it stand in the right collections there.
  struct Start {
    /// The offset of the first byte that is read.
    var offset: Int
    /// Lines that open the collections anew.
    var prefix: [UInt8] = []
    /// How many events the prefix gives; they are dropped.
    var prefixEvents = 0
  }

  let bytes: UnsafeRawBufferPointer
  let offsets: YAMLOffsets
  var builder: SyntaxTreeBuilder
  var frames: [Frame] = []
  /// The children of all open collections, outermost first.
  var pending = GrowingBuffer<Int32>()
  var anchors: [String: Anchor] = [:]
  var labelIndices: [String: Int32] = [:]
  var totalExpansion = 0
  var notedExpansion = false
  /// How many roots there were when the document began.
  var documentRoot = 0
  /// The scalar read last, or -1.
  var lastScalar: Int32 = -1
  /// The ranges of scalars that contain `#`, which begins no comment there.
  var hashedTexts: [TextRange] = []

  private let start: Int
  /// What to subtract from libyaml's code points: those of the prefix, less those before the text.
  private var codePointShift = 0

  init(bytes: UnsafeRawBufferPointer, start: Int, builder: consuming SyntaxTreeBuilder) {
    self.bytes = bytes
    self.start = start
    self.builder = builder
    offsets = YAMLOffsets(bytes: bytes, start: start)
    self.builder.nodes.reserveCapacity(bytes.count / 12)
    self.builder.children.reserveCapacity(bytes.count / 12)
  }

  mutating func readStream() {
    var next = Start(offset: start)
    var restarts = 0
    // What may be read twice, for a fault can show far behind the line where reading goes on.
    var budget = 2 * bytes.count + 1 << 20
    var lastMark = -1
    while let failure = run(next) {
      if failure.mark != lastMark {
        let problem = failure.problem(in: builder.source, bytes: bytes)
        builder.note(problem.kind, problem.message, problem.range, related: problem.related)
      }
      lastMark = failure.mark
      guard let resumed = recover(from: failure, startedAt: next.offset) else { break }
      restarts += 1
      budget -= max(failure.mark - resumed.offset, 0)
      guard restarts <= SyntaxLimits.restarts, budget > 0 else {
        let range = TextRange(at: resumed.offset)
        builder.note(.limit, "too many faults; what follows this place is not read", range)
        break
      }
      next = resumed
    }
    closeAll()
  }

  /// Returns the offset of a mark of the current run.
  func offset(_ mark: yaml_mark_t) -> Int { offset(ofCodePoint: mark.index) }

  // MARK: - One run

  /// Reads from a start until the stream ends or libyaml stops; returns why it stopped.
  private mutating func run(_ start: Start) -> YAMLFailure? {
    let text = UnsafeRawBufferPointer(rebasing: bytes[start.offset...])
    guard var events = YAMLEvents(prefix: start.prefix, text: text) else { return nil }
    codePointShift = start.prefix.count - offsets.codePoint(atOffset: start.offset)
    var dropped = 0
    while let event = events.next() {
      if dropped < start.prefixEvents {
        dropped += 1
        continue
      }
      if event.pointee.type == YAML_STREAM_END_EVENT { return nil }
      if let failure = read(event.pointee) { return failure }
    }
    var failure = events.failure
    failure.mark = max(offset(ofCodePoint: failure.mark), start.offset)
    failure.contextMark = offset(ofCodePoint: failure.contextMark)
    return failure
  }

  /// Takes one event in; returns a failure where nesting passes the bound.
  private mutating func read(_ event: yaml_event_t) -> YAMLFailure? {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      anchors.removeAll(keepingCapacity: true)
      documentRoot = builder.roots.count
      lastScalar = -1
    case YAML_ALIAS_EVENT: addAlias(event)
    case YAML_SCALAR_EVENT: addScalar(event)
    case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT: return open(event)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: close(flowEnd: offset(event.end_mark))
    default: break
    }
    return nil
  }

  private func offset(ofCodePoint index: Int) -> Int {
    offsets.offset(ofCodePoint: index - codePointShift)
  }
}
