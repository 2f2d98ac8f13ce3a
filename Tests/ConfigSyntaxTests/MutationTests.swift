import ConfigSyntax
import SourceText
import Testing

/// What must hold for any bytes: no crash, ranges inside their parents, and the same tree each time.
struct MutationTests {
  @Test(arguments: fixtures.indices)
  func `outlives a text that breaks off anywhere`(fixture: Int) {
    let (format, bytes) = Self.fixtures[fixture]
    for count in 0...bytes.count { Self.check(Array(bytes[..<count]), format) }
  }

  @Test(arguments: fixtures.indices)
  func `outlives changed, removed and repeated bytes`(fixture: Int) {
    let (format, bytes) = Self.fixtures[fixture]
    var random = SplitMix(state: UInt64(fixture) + 1)
    for _ in 0..<400 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let position = Int.random(in: 0..<changed.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: changed[position] = UInt8.random(in: 0...255, using: &random)
        case 1: changed[position] = Self.signs[Int.random(in: 0..<Self.signs.count, using: &random)]
        case 2: changed.remove(at: position)
        default:
          let end = min(position + Int.random(in: 1...20, using: &random), changed.count)
          changed.insert(contentsOf: changed[position..<end], at: Int.random(in: 0...changed.count, using: &random))
        }
      }
      Self.check(changed, format)
    }
  }

  /// What the fuzzers found.
  @Test(arguments: [(ConfigFormat.yaml, "[0:\n]}")])
  func `outlives what broke it once`(format: ConfigFormat, text: String) {
    Self.check(Array(text.utf8), format)
  }

  // MARK: - Private

  private static func check(_ bytes: [UInt8], _ format: ConfigFormat) {
    let source = SourceText(name: "test", bytes: bytes)
    let tree = parse(source, as: format)
    for document in tree.documents { check(document, in: source.range) }
    for problem in tree.problems {
      #expect(
        source.range.contains(problem.range),
        "\(problem) in \(String(decoding: bytes, as: UTF8.self).debugDescription)"
      )
    }
    for (left, right) in zip(tree.comments, tree.comments.dropFirst()) { #expect(left.end <= right.start) }
    #expect(dump(tree) == dump(parse(source, as: format)))
    for offset in [bytes.count, bytes.count / 2] {
      for place in [tree.placeToWrite(at: offset), tree.place(at: offset)].compactMap(\.self) {
        #expect(source.range.contains(place.word))
      }
    }
  }

  private static func check(_ node: SyntaxNode, in parent: TextRange) {
    #expect(
      parent.contains(node.range),
      "\(node.range) in \(parent): \(node.tree.source.text(in: node.tree.source.range).debugDescription)"
    )
    guard !node.isAlias else { return }
    var end = node.range.start
    let isInOrder = !Self.apart.contains(node.tree.format) || node.isFlow
    for element in node.elements {
      #expect(end <= element.range.start)
      end = element.range.end
      check(element, in: node.range)
    }
    for member in node.writtenMembers {
      #expect(end <= member.key.range.start || !isInOrder)
      #expect(member.key.range.end <= member.value.range.start)
      end = member.value.range.end
      check(member.key, in: node.range)
      check(member.value, in: node.range)
    }
  }

  /// What INI may say: a section apart from the one that it belongs to makes the ranges of their parents overlap.
  private static let apart: Set<ConfigFormat> = [.ini]

  private static let signs = Array("{}[]:,'\"#-?|>&*!%@`~\n\r\t \\".utf8)

  private static let fixtures: [(ConfigFormat, [UInt8])] = [
    (
      .json,
      Array(
        """
        {"class_name": "Sequential", "config": [{"name": "d\\u00e9", "units": 64, "rate": 1e-4,
          "shape": [null, true, -0.5], "x": {"y": {}}}, []], // note
          "end": "é😀"}
        """.utf8
      )
    ),
    (
      .yaml,
      Array(
        """
        # a run
        model: &m
          type: "dense" # kind
          layers: [64, 'x', {a: 1e-4}]
          note: |
            text # no
             more
        list:
        - name: é😀
          <<: *m
        - !ref <model>
        -
          - - 1
            - ~
        ? key
        : !!float 3
        long: two
          lines
        ---
        b: &b *b
        """.utf8
      )
    ),
    (
      .ini,
      Array(
        """
        ; a pipeline
        early: 1
        [paths]
        train = "corpus/train.spacy"
        [components.ner.model]
        rows = [5000,
          2500, # two
          {"a": [1e-4, null]}]
        [net] # é
        batch=64
          steps=400,500
        [training]
        path = ${paths.train}
        note =
          long
            text
        [components.ner]
        [net]
        """.utf8
      )
    ),
    (
      .protoText,
      Array(
        """
        name: "n\\x41é😀" # a net
        layer { type: 'ReLU' top: "a" "b" param < lr_mult: 1e-3f >; dim: [0x1F, -2.5, { a: inf }] }
        [my.ext]: TRAIN, x: - 017
        layer {
          pool: MAX
        }
        """.utf8
      )
    ),
    (.python, Array("dict(a=[1_000, -2.5e-3, (0x1F,)], b={'c\\n': None, \"d\": nn.ReLU}, e=f(1, g=True))".utf8)),
    (.yaml, Array("{\n  \"a\": 1, # one\n  'b': [x, {c: d}],\n  e: True,\n}\n".utf8)),
    (.yaml, Array("\u{FEFF}a:\r\n  - b: >-\r\n      text\r\n    c: \"q\\\"\"\r\nd: 'é'\r\n".utf8)),
  ]

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }
}
