import ConfigSyntax
import Dialects
import SourceText
import Testing

struct InterpolationTests {
  private static func resolved(_ path: [String], in text: String) throws -> String? {
    let tree = parse(SourceText(name: "config.yaml", text: text), as: .yaml)
    let root = try #require(tree.documents.first)
    let node = try #require(root.descendant(at: path))
    return Interpolation.target(of: node, heldBy: path.dropLast(), in: root)?.text
  }

  private static let config = """
    width: 64
    widths: [8, 16]
    model:
      depth: 3
      plain: 5
      here: ${.depth}
      above: ${..width}
      root: ${width}
      below: ${.decoder.width}
      chain: ${model.root}
      second: ${widths[1]}
      dotted: ${widths.0}
      decoder:
        width: ${model.depth}
        sibling: ${..plain}
        far: ${...width}
        outside: ${.....width}
      env: ${oc.env:HOME}
      inside: run-${width}
      nested: ${model.${name}}
      nowhere: ${model.missing}
      a: ${model.b}
      b: ${model.a}
      empty: ${}
    """

  @Test(arguments: [
    ("plain", "5"), ("here", "3"), ("above", "64"), ("root", "64"), ("below", "3"), ("chain", "64"), ("second", "16"),
    ("dotted", "8"), ("env", nil), ("inside", nil), ("nested", nil), ("nowhere", nil), ("a", nil), ("empty", nil),
  ]) func `follows references that are whole scalars`(key: String, expected: String?) throws {
    #expect(try Self.resolved(["model", key], in: Self.config) == expected)
  }

  @Test(arguments: [("width", "3"), ("sibling", "5"), ("far", "64"), ("outside", nil)])
  func `counts dots from the mapping that holds the scalar`(key: String, expected: String?) throws {
    #expect(try Self.resolved(["model", "decoder", key], in: Self.config) == expected)
  }

  @Test func `reads the parts of a reference`() throws {
    let relative = try #require(Interpolation("${..a[2].b}"))
    #expect(relative.level == 2)
    #expect(relative.keys == ["a", "2", "b"])
    #expect(relative.path(from: ["x", "y"]) == ["x", "a", "2", "b"])
    #expect(relative.path(from: []) == nil)
    #expect(Interpolation("${\(String(repeating: "a", count: 600))}") == nil)
  }
}
