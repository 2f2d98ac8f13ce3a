import JSONRPC
import SourceText

/// One change of a document: a range of it, or all, is replaced.
struct TextChange: Sendable {
  /// What is replaced; nil for all of it.
  var range: (start: Position, end: Position)?
  var text: JSONValue

  init(_ value: JSONValue) throws(ResponseError) {
    text = value["text"]
    guard text.string != nil else { throw .invalidParams("a change must have a \"text\"") }
    guard value["range"].hasValue else { return }
    range = try value["range"].range()
  }

  /// Returns the text with the change made; nil where it has no such range, so that client and server have lost each other.
  ///
  /// Clients that replace all, or the end, name the line behind the last one, or a line far behind it: an end beyond the text is its end.
  func applied(to source: SourceText, _ encoding: PositionEncoding) -> SourceText? {
    guard let range else { return SourceText(name: source.name, bytes: bytes) }
    guard range.start.line <= source.lineStarts.count else { return nil }
    let start = source.offset(of: range.start, encoding) ?? source.bytes.count
    let end = source.offset(of: range.end, encoding) ?? source.bytes.count
    guard start <= end else { return nil }
    var changed: [UInt8] = []
    let replacement = bytes
    changed.reserveCapacity(source.bytes.count - (end - start) + replacement.count)
    changed += source.bytes[..<start]
    changed += replacement
    changed += source.bytes[end...]
    return SourceText(name: source.name, bytes: changed)
  }

  private var bytes: [UInt8] { text.withTextBytes { Array($0) } ?? [] }
}

extension JSONValue {
  /// Reads a position.
  func position() throws(ResponseError) -> Position {
    guard let line = self["line"].integer, let character = self["character"].integer, line >= 0, character >= 0 else {
      throw .invalidParams("a position must have a \"line\" and a \"character\", neither below 0")
    }
    return Position(line: line, character: character)
  }

  /// Reads a range.
  func range() throws(ResponseError) -> (start: Position, end: Position) {
    (try self["start"].position(), try self["end"].position())
  }

  /// Reads the URI of the document that a message is about.
  func documentURI() throws(ResponseError) -> DocumentURI {
    guard let uri = self["textDocument"]["uri"].string else {
      throw .invalidParams("\"textDocument.uri\" must be a text")
    }
    return DocumentURI(uri)
  }
}
