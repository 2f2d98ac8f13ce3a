import ConfigSyntax
import SourceText
import Testing

struct INIParserTests {
  @Test(
    arguments: [
      ("[a]\nb = 1", "{a: {b: 1}}"),
      ("[a]\nb=1\nc: two words", "{a: {b: 1, c: two words}}"),
      ("[a]\r\nb = 1\r\n[c]\r\n", "{a: {b: 1}, c: {}}"),
      ("\u{FEFF}[a]\nb = 1", "{a: {b: 1}}"),
      ("[a]\nb =\nc = null", "{a: {b: null, c: null}}"),
      ("[a]\nb = true\nc = True\nd = \"true\"", "{a: {b: true, c: True, d: true}}"),
      ("[a]\nb = -1.5e-3\nc = .9\nd = 400000,450000", "{a: {b: -0.0015, c: 0.9, d: 400000,450000}}"),
      ("[a]\nb = ${paths.train}\nc = \"${x}/y\"", "{a: {b: ${paths.train}, c: ${x}/y}}"),
      ("[a]\nb = [1, \"x\", null]\nc = {\"@tokenizers\":\"t.v1\"}", "{a: {b: [1, x, null], c: {@tokenizers: t.v1}}}"),
      ("[a]\nb = [1, 2] # two\nc = (1, 2)", "{a: {b: [1, 2] # two, c: (1, 2)}}"),
      ("[a]\nb = \"x\" and \"y\"", "{a: {b: \"x\" and \"y\"}}"),
      ("[a]\nb = \"q\\\"\\u00e9\"", "{a: {b: q\"é}}"),
      ("# only a comment", ""),
      ("", ""),
    ]
  )
  func `reads sections and values`(text: String, expected: String) {
    #expect(brief(ini(text)) == expected)
    #expect(ini(text).problems.isEmpty)
  }

  @Test(
    arguments: [
      ("[a]\nx = 1\n[a.b]\ny = 2", "{a: {x: 1, b: {y: 2}}}"),
      ("[a.b]\ny = 2\n[a]\nx = 1", "{a: {b: {y: 2}, x: 1}}"),
      ("[a]\n[b]\nx = 1\n[a.c]\ny = 2", "{a: {c: {y: 2}}, b: {x: 1}}"),
      ("[a.b.c]\n[a.b.d]", "{a: {b: {c: {}, d: {}}}}"),
      ("[a..b]\n[.]\n[c.]", "{a..b: {}, .: {}, c.: {}}"),
    ]
  )
  func `nests sections by the dots of their names`(text: String, expected: String) {
    #expect(brief(ini(text)) == expected)
    #expect(ini(text).problems.isEmpty)
  }

  @Test
  func `keeps sections of one name apart and in order`() throws {
    let tree = ini("[net]\nbatch=1\n[conv]\nfilters=8\n[conv]\nfilters=16\nfilters=32\n")
    let root = try #require(tree.documents.first)
    #expect(root.writtenMembers.map(\.name) == ["net", "conv", "conv"])
    #expect(root.writtenMembers.map { $0.value["filters"]?.integer } == [nil, 8, 32])
    #expect(root.writtenMembers[2].value.writtenMembers.map(\.value.integer) == [16, 32])
    #expect(root["conv"]?["filters"]?.integer == 32)
    #expect(tree.problems.isEmpty)
  }

  @Test(
    arguments: [
      ("[a]\nb = [\n  1,\n  2\n  ]\nc = 3", "{a: {b: [1, 2], c: 3}}"),
      ("[a]\nb = [\n  1,\n# not this\n  2]", "{a: {b: [1, 2]}}"),
      ("[a]\nb =\n  x=1\n\n  y==2\nc = 3", "{a: {b: x=1\ny==2, c: 3}}"),
      ("[a]\nb = one\n  two\n  three", "{a: {b: one\ntwo\nthree}}"),
      ("  [a]\n  b = 1\n  c = 2", "{a: {b: 1, c: 2}}"),
      // Configparser would take the deeper line for more of the value; Darknet, for an option.
      ("[a]\nb=1\n  c=2\n  [d]\n  e=3", "{a: {b: 1, c: 2}, d: {e: 3}}"),
    ]
  )
  func `goes on with a value in deeper lines`(text: String, expected: String) {
    #expect(brief(ini(text)) == expected)
    #expect(ini(text).problems.isEmpty)
  }

  @Test
  func `has true places`() {
    let tree = ini("; first\n[a.b] # why\nc = [1,\n  \"é\"]\n# last\nd =\n")
    #expect(
      dump(tree) == """
        9..46 map
          a@9..10: 10..46 map
            b@11..12: 13..46 map
              c@20..21: 24..35 []
                - 25..26 integer(1)
                - 30..34 text("é")
              d@43..44: 46..46 missing
        comment 0..7 ; first
        comment 14..19 # why
        comment 36..42 # last
        """
    )
  }

  @Test(
    arguments: [
      ("b = 1\n[a]\nc = 2", "{b: 1, a: {c: 2}}", "this key stands before the first \"[section]\""),
      ("[a]\njunk\nc = 2", "{a: {c: 2}}", "neither \"[section]\" nor \"key = value\""),
      ("[a]\n= 1\nc = 2", "{a: {c: 2}}", "a key is missing before \"=\""),
      ("[a\nc = 2", "{a: {c: 2}}", "\"]\" is missing behind the section's name"),
      ("[]\nc = 2", "{: {c: 2}}", "a section without a name"),
      ("[a] b\nc = 2", "{a: {c: 2}}", "text behind the section's name"),
      (
        "[a]\nc = {\"x\": 1, \"x\": 2}", "{a: {c: {x: 2}}}",
        "key \"x\" is written twice in this mapping; the last one counts"
      ),
    ]
  )
  func `says what is wrong and reads on`(text: String, expected: String, message: String) {
    #expect(brief(ini(text)) == expected)
    #expect(ini(text).problems.map(\.message) == [message])
  }

  @Test
  func `reads what other programs write without a word`() {
    let setup = """
      [metadata]
      name = thing
      version = attr: thing.__version__
      classifiers =
          Programming Language :: Python :: 3
          License :: OSI Approved

      [options]
      packages = find:
      install_requires =
          numpy>=1.20
          torch==2.0; python_version<"3.12"

      [options.entry_points]
      console_scripts =
          a = thing.a:main
          b = thing.b:main

      [tool:pytest]
      addopts = -ra
      [flake8]
      max-line-length = 120
      """
    let tree = ini(setup)
    #expect(tree.problems.isEmpty)
    let scripts = tree.documents.first?["options"]?["entry_points"]?["console_scripts"]?.text
    #expect(scripts == "a = thing.a:main\nb = thing.b:main")
  }

  @Test(
    arguments: [
      ("[net]\nbatch=64\n[conv]\nfil|\nsize=3\n[conv]\n", ["conv", "fil"], SyntaxPlace.Side.key),
      ("[net]\nbatch=64\n|\n[conv]\n", ["net", "x"], .key),
      ("[net]\nbatch=|\n[conv]\n", ["net", "batch"], .value),
      ("[net]\nbatch=6|4\n[conv]\n", ["net", "batch"], .value),
      ("[a]\n[b]\nx = 1\n[a.c]\ny = |2\n", ["a", "c", "y"], .value),
      ("[a]\n[b]\nx = |1\n[a.c]\ny = 2\n", ["b", "x"], .value),
      ("[a]\nx = {\"y\": [1, |2]}\n", ["a", "x", "y", nil], .value),
      ("[ne|\nbatch=64\n", ["ne"], .key),
    ]
  )
  func `knows what is being written where`(marked: String, keys: [String?], side: SyntaxPlace.Side) throws {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let tree = ini(parts.joined())
    let place = try #require(tree.placeToWrite(at: parts[0].utf8.count))
    #expect(place.steps.map(\.key) == keys)
    #expect(place.side == side)
  }

  @Test
  func `takes names with thousands of dots, and brackets without an end, in its stride`() {
    let deep = "[" + Array(repeating: "a", count: 5000).joined(separator: ".") + "]\nx = 1\n"
    #expect(ini(deep).documents.first?.count == 1)
    let open = "[a]\nx = [\n" + String(repeating: "  [\n", count: 20_000)
    #expect(ini(open).documents.first?["a"]?["x"]?.kind == .scalar)
    let wide = String(repeating: "[a]\nb=[1]\n", count: 20_000)
    #expect(ini(wide).documents.first?.count == 20_000)
  }
}
