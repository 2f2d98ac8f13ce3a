import ConfigSyntax
import SourceText
import Testing

struct SyntaxPlaceTests {
  @Test(
    arguments: [
      ("a:\n  b▮c: 1\n", "a.bc key bc"),
      ("a:\n  ▮bc: 1\n", "a.bc key bc"),
      ("a:\n  bc▮: 1\n", "a.bc key bc"),
      ("a:\n  bc: 1▮2\n", "a.bc value 12"),
      ("a:\n  bc: 12▮\n", "a.bc value 12"),
      ("a: [1, {b: tw▮o}]\n", "a.1.b value two"),
      ("a: [1, t▮wo]\n", "a.1 value two"),
      ("a: \"t▮wo\"\n", "a value two"),
      ("- x\n- y▮\n", "1 value y"),
      ("x: &n {b: 1}\ny: *▮n\n", "y value "),
      ("a: 1\n---\nb: 2▮\n", "b value 2"),
      ("tw▮o\n", " value two"),
    ]
  )
  func `finds the key or value that holds an offset`(text: String, place: String) throws {
    #expect(try shownPlace(text, .yaml) == place)
  }

  @Test(arguments: ["a: ▮ 1\n", "a:\n▮  b: 1\n", "a: [1,▮ 2]\n", "▮\n", "a: {▮ }\n", "a: 1 # o▮ne\n"])
  func `finds nothing between keys and values`(text: String) throws {
    #expect(try shownPlace(text, .yaml) == nil)
  }

  @Test func `finds places of JSON`() throws {
    #expect(try shownPlace(#"{"a": {"b▮": [1, 2]}}"#, .json) == "a.b key b")
    #expect(try shownPlace(#"{"a": {"b": [1, 2▮]}}"#, .json) == "a.b.1 value 2")
    #expect(try shownPlace(#"{"a": {"b": ▮ [1, 2]}}"#, .json) == nil)
  }

  private func shownPlace(_ marked: String, _ format: ConfigFormat) throws -> String? {
    let (text, offset) = try unmarked(marked)
    let tree = parse(SourceText(name: "x", text: text), as: format)
    return tree.place(at: offset).map { shown($0, in: text) }
  }
}

struct PlaceToWriteTests {
  @Test(
    arguments: [
      // A key without its colon.
      ("layers:\n  - kind: dense\n    activ▮\n", "layers.0.activ key activ | kind"),
      ("layers:\n  - kind: dense\n    act▮iv\n    units: 3\n", "layers.0.activ key activ | kind,units"),
      ("a:\n  b: 1\n  c▮\nd: 2\n", "a.c key c | b"),
      ("a▮", "a key a | "),
      ("training:\n  opt▮\n", "training.opt key opt | "),
      // A key with nothing behind it.
      ("layers:\n  - kind: dense\n    activation: ▮\n", "layers.0.activation value  | kind"),
      ("layers:\n  - kind: dense\n    activation: ▮\n    units: 3\n", "layers.0.activation value  | kind,units"),
      ("layers:\n  - kind: dense\n    activation: re▮\n", "layers.0.activation value re | kind"),
      ("optimizer: ▮\n  name: adam\n", "optimizer value  | "),
      // Empty lines: the indentation decides.
      ("a:\n  b:\n    c: 1\n    ▮\n", "a.b.x key  | c"),
      ("a:\n  b:\n    c: 1\n  ▮\n", "a.x key  | b"),
      ("a:\n  b:\n    c: 1\n▮\n", "x key  | a"),
      ("a:\n  b: 1\n  ▮\n  c: 2\nd: 3\n", "a.x key  | b,c"),
      ("a:\n  ▮\n", "a.x key  | "),
      ("- a: 1\n  ▮\n- b: 2\n", "0.x key  | a"),
      ("▮", "x key  | "),
      ("a: 1\n▮", "x key  | a"),
      ("a:\n  b: 1\r\n  ▮\r\n", "a.x key  | b"),
      // List items.
      ("layers:\n  - flatten\n  - ▮\n", "layers.1 value  | "),
      ("layers:\n  - flatten\n  -▮\n", "layers.1 value  | "),
      ("layers:\n  - flatten\n  - dr▮\n", "layers.1 value dr | "),
      ("layers:\n  - kind: de▮\n", "layers.0.kind value de | "),
      // Brackets, closed or not.
      ("layers:\n  - {kind: dense, ▮}\n", "layers.0.x key  | kind"),
      ("layers:\n  - {kind: dense, ▮\n  - flatten\n", "layers.0.x key  | kind"),
      ("layers:\n  - {kind: dense, un▮}\n", "layers.0.un key un | kind"),
      ("layers:\n  - {kind: dense, un▮\n", "layers.0.un key un | kind"),
      ("layers:\n  - {▮kind: dense}\n", "layers.0.kind key kind | "),
      ("layers:\n  - {▮ kind: dense}\n", "layers.0.x key  | kind"),
      ("layers:\n  - {kind: dense, activation: ▮}\n", "layers.0.activation value  | kind"),
      ("layers:\n  - {kind: dense, activation: ▮, units: 1}\n", "layers.0.activation value  | kind,units"),
      ("layers:\n  - {kind: dense, activation: re▮\n", "layers.0.activation value re | kind"),
      ("a: {\n  b: 1,\n  ▮\n}\n", "a.x key  | b"),
      ("a: [one, ▮]\n", "a.1 value  | "),
      // Faults elsewhere do not matter.
      ("a: @x\nb:\n  c▮\n", "b.c key c | "),
      ("b:\n  c▮\nd: [1,\ne: 2\n", "b.c key c | "),
      // Texts with colons or spaces in them are no keys.
      ("a: one two▮\n", "a value two | "),
    ]
  )
  func `finishes what is half-typed in YAML`(text: String, place: String) throws {
    #expect(try shownPlace(text, .yaml) == place)
  }

  @Test(
    arguments: [
      (#"{"a": {"b": 1, ▮}}"#, "a.x key  | b"),
      (#"{"a": {"b": 1, "c▮"}}"#, "a.c key c | b"),
      ("{\"a\": {\"b\": 1, \"c▮\n}}", "a.c key c | b"),
      ("{\"a\": {\n  ▮\n  \"b\": 1}}", "a.x key  | b"),
      (#"{"a": {▮}}"#, "a.x key  | "),
      (#"{"a": ▮}"#, "a value  | "),
      ("{\"a\": ▮\n\"b\": 1}", "a value  | b"),
      (#"{"a": "r▮e", "b": 1}"#, "a value re | b"),
      ("{\"a\": \"r▮\n, \"b\": 1}", "a value r | b"),
      (#"{"a": [1, ▮]}"#, "a.1 value  | "),
      (#"{"a": [{"b": ▮"#, "a.0.b value  | "),
      (#"{"a": [{"b": 1, "▮"}]}"#, "a.0. key  | b"),
      ("{▮", "x key  | "),
    ]
  )
  func `finishes what is half-typed in JSON`(text: String, place: String) throws {
    #expect(try shownPlace(text, .json) == place)
  }

  @Test(arguments: ["# a▮\nb: 1\n", "b: 1 # no▮te\n"])
  func `finds nothing in comments`(text: String) throws {
    #expect(try shownPlace(text, .yaml) == nil)
  }

  @Test func `gives the word's bytes in the text that was asked about`() throws {
    let (text, offset) = try unmarked("a:\n  - {b: 1, wo▮rd\n")
    let place = try #require(parse(SourceText(name: "x", text: text), as: .yaml).placeToWrite(at: offset))
    #expect(place.word == TextRange(start: 14, end: 18))
  }

  @Test func `never fails, wherever the offset is`() throws {
    let text = "a:\n  - {b: 1, \"w\": [x\n  - c: |\n      text\n  é: 'q\n\t- ?\n"
    for format in [ConfigFormat.yaml, .json] {
      let tree = parse(SourceText(name: "x", text: text), as: format)
      for offset in 0...text.utf8.count {
        if let place = tree.placeToWrite(at: offset) {
          #expect(place.word.start <= offset && offset <= place.word.end + 1)
        }
        _ = tree.place(at: offset)
      }
    }
  }

  private func shownPlace(_ marked: String, _ format: ConfigFormat) throws -> String? {
    let (text, offset) = try unmarked(marked)
    let tree = parse(SourceText(name: "x", text: text), as: format)
    return tree.placeToWrite(at: offset).map { "\(shown($0, in: text)) | \($0.otherKeys.joined(separator: ","))" }
  }
}

/// Splits a text at the mark of a cursor.
func unmarked(_ marked: String) throws -> (text: String, offset: Int) {
  let mark = try #require(marked.firstIndex(of: "▮"))
  let before = String(marked[..<mark])
  return (before + marked[marked.index(after: mark)...], before.utf8.count)
}

/// The steps, the side and the word of a place.
private func shown(_ place: SyntaxPlace, in text: String) -> String {
  let steps = place.steps.map { step in
    switch step {
    case .member(let member): member.name
    case .element(let index, _): String(index)
    }
  }
  let word = String(decoding: Array(text.utf8)[place.word.start..<place.word.end], as: UTF8.self)
  return "\(steps.joined(separator: ".")) \(place.side) \(word)"
}
