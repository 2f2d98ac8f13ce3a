import ConfigSyntax
import SourceText
import Testing

struct PythonLiteralTests {
  @Test(
    arguments: [
      ("1_000", "1000"), ("-2", "-2"), ("1e-4", "0.0001"), (".5", "0.5"), ("0x1F", "31"), ("True", "true"),
      ("None", "null"), ("nn.ReLU", "nn.ReLU"), ("'a'", "a"), ("'True'", "True"), ("[]", "[]"), ("()", "[]"),
      ("(1)", "1"), ("(1,)", "[1]"), ("[1, (2, 3), ]", "[1, [2, 3]]"), ("{}", "{}"),
      ("{'a': (1, 2), 'b': {'c': None}}", "{a: [1, 2], b: {c: null}}"),
      (
        "dict(net_arch=dict(pi=[64, 64], vf=[64, 64]), activation_fn=nn.ReLU, ortho_init=False, log_std_init=-2)",
        "{net_arch: {pi: [64, 64], vf: [64, 64]}, activation_fn: nn.ReLU, ortho_init: false, log_std_init: -2}"
      ),
      ("nn.LeakyReLU(0.1, inplace=True)", "{0: 0.1, inplace: true}"), ("nn.ReLU()", "{}"),
      ("[dict(pi=[8],\n  vf=[8])]", "[{pi: [8], vf: [8]}]"), ("dict(a=1, a=2)", "{a: 2}"),
    ]
  )
  func `reads literals`(text: String, expected: String) {
    #expect(brief(parse(SourceText(name: "x", text: text), as: .python)) == expected)
  }

  @Test(
    arguments: [
      "1 + 2", "2 ** -1", "[x for x in y]", "{1, 2}", "dict([('a', 1)])", "dict(**a)", "f(*a)", "lambda x: x", "a[0]",
      "a.b().c", "-a", "not a", "'a' 'b'", "f'{a}'", "'a", "[1, 2", "{'a' 1}", "{[1]: 2}", "1, 2", "", "a == b", "1j",
      "f(a=1", "(", "a.", "'\\x41'", "[1 2]", "dict(a=1 b=2)", "1__", "__import__('os').system('x')", "0x", "e5.",
    ]
  )
  func `takes what would have to be evaluated for no literal`(text: String) {
    #expect(parse(SourceText(name: "x", text: text), as: .python).documents.isEmpty)
    let tree = yaml("a: |-\n  \(text)")
    #expect(tree.documents.first?["a"].flatMap { tree.pythonLiteral(in: $0) } == nil)
  }

  @Test
  func `gives places in the file`() throws {
    let tree = yaml("é: 1\npolicy_kwargs: \"dict(net_arch=[64, 32], f=nn.ReLU(1))\"\n")
    let value = try #require(tree.documents.first?["policy_kwargs"])
    let literal = try #require(tree.pythonLiteral(in: value))
    #expect(literal.tree.source === tree.source)
    #expect(tree.source.text(in: literal.range) == "dict(net_arch=[64, 32], f=nn.ReLU(1))")
    let width = try #require(literal["net_arch"]?[1])
    #expect(width.integer == 32)
    #expect(tree.source.text(in: width.range) == "32")
    #expect(literal["f"]?.tag == "nn.ReLU")
    #expect(literal.tag == nil)
    #expect(literal["f"]?["0"]?.integer == 1)
  }

  @Test
  func `reads nothing whose bytes are not those of the file`() throws {
    let tree = yaml("a: \"[1,\\t2]\"\nb: '[''x'']'\nc: [1]\nd: [\ne: 1")
    let document = try #require(tree.documents.first)
    for key in ["a", "b", "c"] { #expect(document[key].flatMap { tree.pythonLiteral(in: $0) } == nil) }
  }

  @Test
  func `is not led deep`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(parse(SourceText(name: "x", text: deep), as: .python).documents.isEmpty)
  }
}
