import ConfigSyntax
import SourceText
import Testing

struct YAMLParserTests {
  @Test func `locates anchors, aliases, tags and every scalar style`() {
    let text = """
      a: &x 1
      b: *x
      c: [1, 'é', "q\\n"]
      d:
      - x: !!float 1e-3
        y:
      -  |
        abc
        d

      - !ref <x>
      f: {a: b, <<: *x}
      g: &n !!map # why
        h: two
           lines
      """
    #expect(
      dump(yaml(text)) == """
        0..142 map
          a@0..1: 6..7 &x integer(1)
          b@8..9: 11..13 *x
          c@14..15: 17..33 []
            - 18..19 integer(1)
            - 21..25 text("é")
            - 27..32 text("q\\n")
          d@34..35: 37..86 seq
            - 39..59 map
              x@39..40: 50..54 !!float number(0.001)
              y@57..58: 59..59 missing
            - 63..74 text("abc\\nd\\n")
            - 83..86 !ref text("<x>")
          f@87..88: 90..104 {}
            a@91..92: 94..95 text("b")
            <<@97..99: 101..103 *x
          g@105..106: 125..142 &n !!map map
            h@125..126: 128..142 text("two lines")
        comment 117..122 # why
        """
    )
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `counts bytes with any line end, a byte-order mark and characters of many bytes`(lineEnd: String) {
    let text = "\u{FEFF}# ü\ngrüße: [ä, 😀, x]\nü: |\n  é\nz: 1 # é\n"
    let bytes = Array(text.utf8).flatMap { $0 == 0x0A ? Array(lineEnd.utf8) : [$0] }
    let tree = parse(SourceText(name: "a.yaml", bytes: bytes), as: .yaml)
    #expect(tree.problems == [])
    let root = tree.documents[0]
    let covered = root.members.map { tree.source.text(in: $0.key.range) + "=" + tree.source.text(in: $0.value.range) }
    #expect(covered == ["grüße=[ä, 😀, x]", "ü=|\(lineEnd)  é", "z=1"])
    #expect(root["grüße"]?.elements.map { tree.source.text(in: $0.range) } == ["ä", "😀", "x"])
    #expect(root["ü"]?.string == "é\n")
    #expect(tree.comments.map { tree.source.text(in: $0) } == ["# ü", "# é"])
  }

  @Test func `ends lines where YAML does without losing its place`() {
    let tree = yaml("é: 1 # x\u{2028}b: 2\u{85}c: 3\n")
    #expect(tree.documents[0].members.map { tree.source.text(in: $0.range) } == ["é: 1", "b: 2", "c: 3"])
  }

  @Test func `finds comments outside of texts only`() {
    let text = """
      # one
      a: |  # two
        no # comment
        # neither
      b: "no # comment" # three
      c: no#comment
      d: 'no
        # comment'
      e: [1, # four
        2]
      f: >-
        # no

      # five
      """
    let tree = yaml(text)
    #expect(tree.problems == [])
    #expect(
      tree.comments.map { tree.source.text(in: $0) } == ["# one", "# two", "# three", "# four", "# five"]
    )
  }

  @Test func `reads several documents, each with anchors of its own`() {
    let tree = yaml("a: &x 1\n---\nb: *x\n...\n---\n- 2\n")
    #expect(brief(tree) == "{a: 1} --- {b: ?} --- [2]")
    #expect(tree.problems.map(\.message) == ["alias \"x\" names no anchor above it"])
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}", "---\n...\n"])
  func `reads nothing without a fault`(text: String) {
    let tree = yaml(text)
    #expect(tree.problems == [])
    #expect(tree.documents.allSatisfy { $0.isNull })
  }

  @Test func `applies merge keys, own keys first`() {
    let text = """
      base: &base {a: 1, b: 2}
      more: &more {b: 3, c: 4}
      one: {b: 5, <<: *base}
      two: {<<: [*base, *more], d: 6}
      three: {<<: *base, <<: *more}
      """
    let root = yaml(text).documents[0]
    #expect(root["one"]?.members.map(\.name) == ["b", "a"])
    #expect(root["one"]?["b"]?.integer == 5)
    #expect(root["two"]?.members.map { $0.value.integer } == [6, 1, 2, 4])
    #expect(root["two"]?["c"]?.integer == 4)
    #expect(root["three"]?["b"]?.integer == 2)
    #expect(root["three"]?["c"]?.integer == 4)
    #expect(root["three"]?.writtenMembers.count == 2)
    #expect(root["one"]?["<<"] == root["one"]?.writtenMembers[1].value)
    #expect(root.tree.problems == [])
  }

  @Test func `finds equal keys of equal type`() {
    let tree = yaml("a: 1\n\"a\": 2\n1: x\n\"1\": y\nb: 3\n? {k: v}\n: 4\n? {k: v}\n: 5\n")
    #expect(tree.problems.map(\.range) == [TextRange(start: 5, end: 8)])
    #expect(tree.problems.map(\.related) == [TextRange(start: 0, end: 1)])
    #expect(tree.documents[0]["a"]?.integer == 2)
  }

  @Test func `finds equal keys among many`() {
    let lines = (0..<1000).map { "key\($0 % 990): \($0)\n" }
    let tree = yaml(lines.joined())
    #expect(tree.problems.count == 10)
    #expect(tree.problems.allSatisfy { $0.kind == .duplicateKey })
    #expect(tree.documents[0].members.count == 990)
    #expect(tree.documents[0]["key3"]?.integer == 993)
  }

  @Test func `tells a value that is absent from one that is empty text`() {
    let root = yaml("a:\nb: ''\nc: !!str\nd: ~\n- \n").documents[0]
    #expect(root["a"]?.kind == .missing)
    #expect(root["a"]?.isNull == true)
    #expect(root["b"]?.string == "")
    #expect(root["c"]?.string == "")
    #expect(root["d"]?.isNull == true)
  }
}
