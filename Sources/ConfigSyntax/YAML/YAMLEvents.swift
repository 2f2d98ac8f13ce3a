import CYAML

/// One run of libyaml's parser over a text.
///
/// libyaml keeps a pointer to itself and to the text, so both must stay where they are: the parser lies on the heap, and
/// the caller keeps the bytes alive.
struct YAMLEvents: ~Copyable {
  /// What libyaml said when it stopped.
  struct Failure {
    var message: String
    /// The code point where the fault shows.
    var mark: Int
    /// The code point where the construct at fault begins, when libyaml tells one.
    var context: String
    var contextMark: Int?
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private var hasEvent = false

  /// Starts a run, or returns nil when there is no memory.
  init?(_ bytes: UnsafeRawBufferPointer) {
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      event.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    let input = bytes.assumingMemoryBound(to: UInt8.self)
    // libyaml wants a pointer even for no bytes.
    withUnsafePointer(to: 0 as UInt8) { empty in
      yaml_parser_set_input_string(parser, input.baseAddress ?? empty, bytes.count)
    }
  }

  deinit {
    if hasEvent { yaml_event_delete(event) }
    yaml_parser_delete(parser)
    parser.deallocate()
    event.deallocate()
  }

  /// Returns the next event, valid until the next call, or nil when libyaml stopped at a fault.
  mutating func next() -> UnsafeMutablePointer<yaml_event_t>? {
    if hasEvent { yaml_event_delete(event) }
    hasEvent = yaml_parser_parse(parser, event) == 1
    return hasEvent ? event : nil
  }

  /// What made libyaml stop.
  var failure: Failure {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
    let context = parser.pointee.context.map { String(cString: $0) } ?? ""
    let hasContext = parser.pointee.context != nil
    return Failure(
      message: problem,
      mark: Int(parser.pointee.problem_mark.index),
      context: context,
      contextMark: hasContext ? Int(parser.pointee.context_mark.index) : nil
    )
  }
}
