import ConfigSyntax
import Testing

struct ScalarGrammarTests {
  @Test(
    arguments: [
      ("1e-4", .number(0.0001)), ("1.0e-4", .number(0.0001)), ("1.e+3", .number(1000)), (".5", .number(0.5)),
      ("-.5E1", .number(-5)), ("0o17", .integer(15)), ("0x1F", .integer(31)), ("017", .integer(17)),
      ("+3", .integer(3)),
      ("-12", .integer(-12)), (".inf", .number(.infinity)), ("-.Inf", .number(-.infinity)), ("~", .null),
      ("Null", .null),
      ("TRUE", .boolean(true)), ("False", .boolean(false)), ("yes", .text("yes")), ("on", .text("on")),
      ("1_000", .text("1_000")), ("1:30", .text("1:30")), ("0b1", .text("0b1")), ("0x1_F", .text("0x1_F")),
      ("0x", .text("0x")),
      ("1e", .text("1e")),
      (".", .text(".")), ("1.2.3", .text("1.2.3")), ("tRUE", .text("tRUE")), ("nan", .text("nan")),
      ("0x1p3", .text("0x1p3")), ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("'3'", .text("3")),
      ("\"3\"", .text("3")), ("!!str 3", .text("3")), ("!!float 1e-3", .number(0.001)), ("!!float 3", .number(3)),
      ("!!int '3'", .integer(3)), ("!!int x", .text("x")), ("!!bool 'true'", .boolean(true)), ("!!null ''", .null),
      ("! 3", .text("3")), ("!ref 3", .text("3")), ("!!python/tuple 3", .text("3")),
    ] as [(String, ScalarValue)]
  )
  func `reads a YAML scalar by the 1.2 core schema and its tag`(text: String, value: ScalarValue) {
    #expect(yaml("- " + text).documents[0][0]?.scalarValue == value)
  }

  @Test(
    arguments: [
      ("1e-4", .text("1e-4")), ("1.0e4", .text("1.0e4")), ("1.0e+4", nil), ("1.0e-4", nil), (".5", nil),
      ("-.5", .text("-.5")),
      ("on", .boolean(true)), ("Off", .boolean(false)), ("yes", .boolean(true)), ("NO", .boolean(false)), ("y", nil),
      ("010", .integer(8)), ("08", .text("08")), ("0o17", .text("0o17")), ("0x1F", nil), ("0x1_F", .integer(31)),
      ("0b101", .integer(5)), ("1_000", .integer(1000)), ("1_000.5", .number(1000.5)), ("1:30", .integer(90)),
      ("-1:30:00", .integer(-5400)), ("1:30.5", .number(90.5)), ("1:60", nil), ("0:30", nil), ("12", nil), ("1.5", nil),
      (".nan", nil), (".inf", nil), ("~", nil), ("true", nil), ("relu", nil), ("'on'", nil), ("!!str on", nil),
      ("1.", nil),
    ] as [(String, ScalarValue?)]
  )
  func `knows where PyYAML reads something else`(text: String, value: ScalarValue?) {
    #expect(yaml("- " + text).documents[0][0]?.yaml11Value == value)
  }

  @Test func `reads no number from what is not one`() {
    #expect(yaml("- .nan").documents[0][0]?.number?.isNaN == true)
    #expect(yaml("- 3.0").documents[0][0]?.integer == 3)
    #expect(yaml("- 3.5").documents[0][0]?.integer == nil)
    #expect(yaml("- 1e300").documents[0][0]?.integer == nil)
    #expect(yaml("- {}").documents[0][0]?.scalarValue == nil)
    #expect(json("[3]").documents[0][0]?.yaml11Value == nil)
  }
}
