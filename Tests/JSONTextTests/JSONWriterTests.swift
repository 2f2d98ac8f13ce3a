import JSONText
import Testing

struct JSONWriterTests {
  @Test func `writes nested values`() {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("a", 1)
      writer.key("b")
      writer.array { writer in
        writer.value(true)
        writer.value(0.5)
        writer.value(nil as String?)
        writer.array { _ in }
      }
      writer.key("c")
      writer.object { _ in }
    }
    #expect(
      writer.text == """
        {
          "a": 1,
          "b": [
            true,
            0.5,
            null,
            []
          ],
          "c": {}
        }
        """
    )
  }

  @Test(arguments: [
    ("say \"hi\"", #""say \"hi\"""#), ("a\\b", #""a\\b""#), ("a\nb\r\tc", #""a\nb\r\tc""#),
    ("\u{1B}[31m", #""\u001b[31m""#),
    ("\u{2028}", #""\u2028""#), ("ä🧠", "\"ä🧠\""), ("\r\n", #""\r\n""#),
  ])
  func `escapes`(text: String, written: String) {
    var writer = JSONWriter()
    writer.value(text)
    #expect(writer.text == written)
  }

  @Test(arguments: [
    (1e-7, "1e-07"), (0.1, "0.1"), (3.0, "3.0"), (-Double.infinity, "\"-Infinity\""), (.nan, "\"NaN\""),
  ])
  func `writes numbers as JSON can`(number: Double, written: String) {
    var writer = JSONWriter()
    writer.value(number)
    #expect(writer.text == written)
  }
}
