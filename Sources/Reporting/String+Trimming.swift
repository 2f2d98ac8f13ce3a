extension String {
  /// The text without line ends before it and blanks behind it.
  var trimmingNewlines: String {
    var text = self[...]
    while text.first?.isNewline ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
