import JSONRPC
import SourceText
import Testing

@testable import LanguageServer

/// The server's text is the client's after any edits, in each encoding of positions.
struct TextStateTests {
  @Test(arguments: ["utf-8", "utf-16", "utf-32"])
  func `is the client's text after 10,000 random edits`(encodingName: String) throws {
    let encoding = try #require(PositionEncoding(rawValue: encodingName))
    var random = SplitMix(state: 20_261_123)
    var model = ModelText("key: caf\u{E9} \u{1F600}\r\n- a\rb\n\u{1D11E}\n", encoding)
    var source = SourceText(name: "text", text: model.text)
    for number in 0..<10_000 {
      let edit = RandomEdit(of: model, &random)
      let change = try TextChange(JSONValue(json: edit.json))
      source = try #require(change.applied(to: source, encoding), "edit \(number): \(edit.json)")
      model.replace(from: edit.start, to: edit.end, with: edit.text)
      let text = String(decoding: source.bytes, as: UTF8.self)
      guard text.utf8.elementsEqual(model.text.utf8) else {
        Issue.record("edit \(number), \(edit.json): \(text.debugDescription) for \(model.text.debugDescription)")
        return
      }
    }
  }

  @Test(arguments: ["utf-8", "utf-16", "utf-32"])
  func `finds the way from an offset to its position and back`(encodingName: String) throws {
    let encoding = try #require(PositionEncoding(rawValue: encodingName))
    let text = "a\u{1F600}\u{E9}\r\n\rx\u{301}\n\n\u{1D11E}"
    let source = SourceText(name: "text", text: text)
    var offset = 0
    for scalar in text.unicodeScalars {
      let position = source.position(at: offset, encoding)
      // The end of a line is in front of its CR LF, so nothing stands between the two.
      if scalar != "\n" || !text.utf8.prefix(offset).elementsEqual(text.utf8.prefix(offset - 1)) {
        #expect(source.offset(of: position, encoding) == min(offset, source.lineRange(position.line).end))
      }
      offset += UTF8.width(scalar)
    }
  }

  @Test(arguments: [
    // Beyond the end of a line, of the text, and inside a pair of surrogates.
    ("0:9-0:9", "X", "a\u{1F600}X\nb"), ("0:0-9:0", "X", "X"), ("0:0-2:0", "X", "X"),
    ("2:0-2:0", "X", "a\u{1F600}\nbX"),
    ("0:2-0:2", "X", "aX\u{1F600}\nb"), ("0:2-0:3", "X", "aX\nb"),
    ("1:1-9007199254740991:9007199254740991", "", "a\u{1F600}\nb"),
  ])
  func `makes the best of positions that are not there`(range: String, replacement: String, result: String) throws {
    let change = try TextChange(JSONValue(json: Self.change(range, replacement)))
    let changed = change.applied(to: SourceText(name: "text", text: "a\u{1F600}\nb"), .utf16)
    #expect(changed?.text(in: TextRange(start: 0, end: .max)) == result)
  }

  @Test(arguments: ["3:0-3:0", "1:1-1:0", "1:0-0:0", "9007199254740991:0-9007199254740991:0"])
  func `leaves out changes of ranges that cannot be meant`(range: String) throws {
    let change = try TextChange(JSONValue(json: Self.change(range, "X")))
    #expect(change.applied(to: SourceText(name: "text", text: "a\u{1F600}\nb"), .utf16) == nil)
  }

  @Test(arguments: [
    "{\"range\": {\"start\": {\"line\": -1, \"character\": 0}, \"end\": {\"line\": 0, \"character\": 0}}, \"text\": \"\"}",
    "{\"range\": {\"start\": {\"line\": 0, \"character\": 0}}, \"text\": \"\"}", "{\"range\": [], \"text\": \"\"}",
    "{\"range\": {\"start\": {\"line\": 0.5, \"character\": 0}, \"end\": {\"line\": 1, \"character\": 0}}, \"text\": \"\"}",
    "{\"text\": 3}", "{}", "[]", "null",
  ])
  func `refuses changes that are none`(json: String) {
    #expect(throws: ResponseError.self) { try TextChange(JSONValue(json: json)) }
  }

  // MARK: - Private

  /// A change as JSON, its range as `line:character-line:character`.
  private static func change(_ range: String, _ text: String) -> String {
    let places = range.split(separator: "-").map { place in
      let parts = place.split(separator: ":")
      return "{\"line\": \(parts[0]), \"character\": \(parts[1])}"
    }
    return "{\"range\": {\"start\": \(places[0]), \"end\": \(places[1])}, \"text\": \"\(text)\"}"
  }
}

/// A text as a client keeps it: an array of whatever its positions count.
private struct ModelText {
  /// A place: the line, and how many units into it.
  typealias Place = (line: Int, character: Int)

  private let encoding: PositionEncoding
  private var units: [UInt32]

  init(_ text: String, _ encoding: PositionEncoding) {
    self.encoding = encoding
    units = Self.units(of: text, encoding)
  }

  var text: String {
    switch encoding {
    case .utf8: String(decoding: units.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    case .utf16: String(decoding: units.map { UInt16(truncatingIfNeeded: $0) }, as: UTF16.self)
    case .utf32: String(decoding: units, as: UTF32.self)
    }
  }

  var count: Int { units.count }

  /// Where each line starts and ends, its end of line left out.
  var lines: [(start: Int, end: Int)] {
    var lines: [(start: Int, end: Int)] = []
    var start = 0
    var index = 0
    while index < units.count {
      let unit = units[index]
      index += 1
      guard unit == 10 || unit == 13 else { continue }
      lines.append((start, index - 1))
      if unit == 13, index < units.count, units[index] == 10 { index += 1 }
      start = index
    }
    return lines + [(start, units.count)]
  }

  mutating func replace(from start: Place, to end: Place, with text: String) {
    let lines = lines
    let first = index(of: start, lines)
    units.replaceSubrange(first..<index(of: end, lines), with: Self.units(of: text, encoding))
  }

  /// The index of a place: the end of its line where the line is shorter, of the text where there are fewer lines, and the start of a
  /// character where the place is inside it.
  func index(of place: Place, _ lines: [(start: Int, end: Int)]) -> Int {
    guard place.line < lines.count else { return units.count }
    let line = lines[place.line]
    var index = min(line.start + place.character, line.end)
    while index > line.start, index < units.count, isContinuation(units[index]) { index -= 1 }
    return index
  }

  private func isContinuation(_ unit: UInt32) -> Bool {
    switch encoding {
    case .utf8: (0x80..<0xC0).contains(unit)
    case .utf16: (0xDC00..<0xE000).contains(unit)
    case .utf32: false
    }
  }

  private static func units(of text: String, _ encoding: PositionEncoding) -> [UInt32] {
    switch encoding {
    case .utf8: text.utf8.map { UInt32($0) }
    case .utf16: text.utf16.map { UInt32($0) }
    case .utf32: text.unicodeScalars.map(\.value)
    }
  }
}

/// An edit as a client may send it: mostly of a few characters, sometimes of lines, sometimes with places that are not there.
private struct RandomEdit {
  private static let pieces = [
    "a", "key: ", " ", "\n", "\r", "\r\n", "\u{1F600}", "\u{1D11E}", "\u{E9}", "\u{20AC}", "e\u{301}", "\"", "\\", "\t",
    "\u{0}", "\u{7F}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{FEFF}", "\u{2028}", "\u{85}", "\u{10FFFF}",
  ]

  var start: ModelText.Place
  var end: ModelText.Place
  let text: String
  let json: String

  init(of model: ModelText, _ random: inout SplitMix) {
    let lines = model.lines
    func place() -> ModelText.Place {
      let line = Int.random(in: 0...lines.count, using: &random)
      let length = line < lines.count ? lines[line].end - lines[line].start : 0
      return (line, Int.random(in: 0...length + 3, using: &random))
    }
    start = place()
    if Int.random(in: 0..<12, using: &random) > 0 {
      end = (start.line, start.character + Int.random(in: 0...3, using: &random))
    } else {
      end = place()
      if end < start { (start, end) = (end, start) }
    }
    // A long text is cut, so that it stays one that a test has time for.
    let count = model.count > 400 ? 0 : Int.random(in: 0...4, using: &random)
    if model.count > 400 { (start, end) = ((lines.count / 2, 0), (lines.count, 0)) }
    text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    let quoted = Self.quoted(text, escapesAll: Bool.random(using: &random))
    json = """
      {"range": {"start": {"line": \(start.line), "character": \(start.character)}, \
      "end": {"line": \(end.line), "character": \(end.character)}}, "text": "\(quoted)"}
      """
  }

  /// The text inside the quotes of JSON; with all of it escaped, pairs of surrogates are two escapes.
  private static func quoted(_ text: String, escapesAll: Bool) -> String {
    text.unicodeScalars.map { scalar in
      guard escapesAll || scalar.value < 0x20 || scalar == "\"" || scalar == "\\" else { return String(scalar) }
      return String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }.joined()
  }
}

/// A generator of random numbers that gives the same ones each time.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
