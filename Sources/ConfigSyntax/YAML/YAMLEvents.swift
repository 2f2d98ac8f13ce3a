import CYAML

/// One run of libyaml's parser over a text, with a few lines put before it.
///
/// libyaml keeps pointers to itself and to its input, so everything it sees lies on the heap, and the caller keeps the
/// text alive.
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private let input: UnsafeMutablePointer<Input>
  private var hasEvent = false

  /// Starts a run, or returns nil when there is no memory.
  init?(prefix: [UInt8], text: UnsafeRawBufferPointer) {
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    input = .allocate(capacity: 1)
    input.initialize(to: Input(prefix: prefix, text: text))
    guard yaml_parser_initialize(parser) == 1 else {
      input.deinitialize(count: 1)
      input.deallocate()
      event.deallocate()
      parser.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input(parser, readInput, input)
  }

  deinit {
    if hasEvent { yaml_event_delete(event) }
    yaml_parser_delete(parser)
    input.deinitialize(count: 1)
    input.deallocate()
    event.deallocate()
    parser.deallocate()
  }

  /// Returns the next event, valid until the next call, or nil when libyaml stopped at a fault.
  mutating func next() -> UnsafeMutablePointer<yaml_event_t>? {
    if hasEvent { yaml_event_delete(event) }
    hasEvent = yaml_parser_parse(parser, event) == 1
    return hasEvent ? event : nil
  }

  /// What made libyaml stop, with marks in code points from the start of the prefix.
  var failure: YAMLFailure {
    let state = parser.pointee
    return YAMLFailure(
      problem: state.problem.map { String(cString: $0) } ?? "libyaml ran out of memory",
      mark: state.problem_mark.index,
      context: state.context.map { String(cString: $0) } ?? "",
      contextMark: state.context_mark.index
    )
  }

  /// The prefix and the text, and how much of both libyaml has read.
  fileprivate struct Input {
    var prefix: [UInt8]
    var text: UnsafeRawBufferPointer
    var position = 0

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
      let count: Int
      if position < prefix.count {
        count = min(buffer.count, prefix.count - position)
        prefix.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      } else {
        let start = position - prefix.count
        count = min(buffer.count, text.count - start)
        buffer.copyMemory(from: .init(rebasing: text[start..<start + count]))
      }
      position += count
      return count
    }
  }
}

private func readInput(
  _ data: UnsafeMutableRawPointer?,
  _ buffer: UnsafeMutablePointer<UInt8>?,
  _ size: Int,
  _ sizeRead: UnsafeMutablePointer<Int>?
) -> Int32 {
  guard let data, let buffer, let sizeRead else { return 0 }
  let input = data.assumingMemoryBound(to: YAMLEvents.Input.self)
  sizeRead.pointee = input.pointee.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
  return 1
}
