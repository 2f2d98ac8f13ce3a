import ConfigSyntax
import SourceText
import Testing

struct JSONParserTests {
  @Test func `locates every key and value`() {
    let text = #"{"a": [1, 2.5], "b": {"c": null, "d": "x\n"}}"#
    #expect(
      dump(parse(SourceText(name: "a.json", text: text), as: .json)) == """
        0..45 {}
          a@1..4: 6..14 []
            - 7..8 integer(1)
            - 10..13 number(2.5)
          b@16..19: 21..44 {}
            c@22..25: 27..31 null
            d@33..36: 38..43 text("x\\n")
        """
    )
  }
}
