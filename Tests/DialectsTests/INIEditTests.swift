import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

/// What a mapped dialect writes into sections of INI.
struct INIEditTests {
  @Test(
    arguments: [
      ("[a]\nx=1\n\n[b]\ny = 2\n", ["a"], "[a]\nx=1\nz=0.5\n\n[b]\ny = 2\n"),
      ("[a]\nx = [1,\n  2]\n[a.b]\ny = 2", ["a"], "[a]\nx = [1,\n  2]\nz = 0.5\n[a.b]\ny = 2"),
      ("[a]\r\n[b]\r\n", ["a"], "[a]\r\nz = 0.5\r\n[b]\r\n"),
      ("[a.b]\n  y: 2", ["a", "b"], "[a.b]\n  y: 2\n  z: 0.5"),
      ("[a]\nx = {\"y\": 1}\n", ["a", "x"], "[a]\nx = {\"y\": 1, \"z\": 0.5}\n"),
    ]
  )
  func `adds an option to its section`(text: String, keys: [String], expected: String) throws {
    let tree = parse(SourceText(name: "a.cfg", text: text), as: .ini)
    let section = try #require(keys.reduce(tree.documents.first) { $0?[$1] })
    let edit = try #require(section.inserting(["z"], value: .number(0.5)))
    let bytes = try #require(tree.source.applying([edit]))
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test
  func `adds nothing where no section is stated, or a new one would be needed`() throws {
    let tree = parse(SourceText(name: "a.cfg", text: "[a.b]\ny = 2"), as: .ini)
    let section = try #require(tree.documents.first?["a"])
    #expect(section.inserting(["z"], value: .number(0.5)) == nil)
    #expect(section["b"]?.inserting(["z", "w"], value: .number(0.5)) == nil)
  }

  @Test
  func `writes values as JSON`() throws {
    let tree = parse(SourceText(name: "a.cfg", text: "[a]\nx = ${b}"), as: .ini)
    let value = try #require(tree.documents.first?["a"]?["x"])
    #expect(value.replacing(with: .text("relu"))?.replacement == "\"relu\"")
    #expect(value.replacing(with: .boolean(true))?.replacement == "true")
  }
}
