enum ScalarGrammar {
  static func json(_ text: String) -> ScalarValue { .text(text) }
  static func yaml12(_ text: String, style: ScalarStyle, tag: String?) -> ScalarValue { .text(text) }
  static func yaml11(_ text: String) -> ScalarValue { .text(text) }
}
