import ConfigSyntax
import Dialects
import SourceText
import Testing

/// The guide of what is about to be written where a text has the mark `▮`.
func guideToWrite(_ marked: String, as format: ConfigFormat = .yaml) throws -> PlaceGuide? {
  let (tree, offset) = try unmarked(marked, as: format)
  let place = try #require(tree.placeToWrite(at: offset))
  let dialect = try #require(DialectSet.bundled.recognize(place.document))
  return dialect.guide(at: place)
}

/// The guide of what stands where a text has the mark `▮`.
func guide(_ marked: String, as format: ConfigFormat = .yaml) throws -> PlaceGuide? {
  let (tree, offset) = try unmarked(marked, as: format)
  let place = try #require(tree.place(at: offset))
  let dialect = try #require(DialectSet.bundled.recognize(place.document))
  return dialect.guide(at: place)
}

/// The guide of the key at the mark, or whose value is there.
func keyGuide(_ marked: String, as format: ConfigFormat = .yaml) throws -> KeyGuide {
  let place = try #require(try guide(marked, as: format))
  return try #require(place.key)
}

extension PlaceGuide {
  var keyNames: [String] { keys.map(\.name) }
  var words: [String] { values.map(\.word) }
}

private func unmarked(_ marked: String, as format: ConfigFormat) throws -> (tree: SyntaxTree, offset: Int) {
  let mark = try #require(marked.firstIndex(of: "▮"))
  let before = String(marked[..<mark])
  let text = before + marked[marked.index(after: mark)...]
  return (parse(SourceText(name: "x.\(format.rawValue)", text: text), as: format), before.utf8.count)
}
