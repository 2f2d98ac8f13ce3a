import SourceText

/// Where and why libyaml stopped.
struct YAMLFailure {
  var problem: String
  /// Where the fault shows: a code point when libyaml says it, an offset once ``YAMLParser`` has placed it.
  var mark: Int
  /// What libyaml was reading, such as "while scanning a quoted scalar"; may be empty.
  var context: String
  /// Where that began; only of use when `context` says what.
  var contextMark: Int
  var kind = SyntaxProblem.Kind.invalidSyntax

  /// Where the broken construct begins, when the fault lies in a token or a bracket rather than where it shows.
  var constructStart: Int? {
    let isToken = context.hasPrefix("while scanning") && context != "while scanning for the next token"
    let isFlow = context == "while parsing a flow mapping" || context == "while parsing a flow sequence"
    return isToken || isFlow ? contextMark : nil
  }

  /// Makes the problem to show, in words that need no knowledge of YAML's grammar.
  func problem(in source: SourceText, bytes: UnsafeRawBufferPointer) -> SyntaxProblem {
    let here = character(at: mark, bytes)
    let opening = constructStart.map { character(at: $0, bytes) }
    func made(_ message: String, _ range: TextRange, related: TextRange? = nil) -> SyntaxProblem {
      SyntaxProblem(kind: kind, message: message, range: range, related: related)
    }
    switch (context, problem) {
    case ("while scanning a quoted scalar", "found unexpected end of stream"):
      return made("this quote is never closed", opening ?? here)
    case ("while scanning a simple key", _):
      return made("\":\" is missing after this key", keyRange(source, opening ?? here))
    case (_, "mapping values are not allowed in this context"):
      return made("\":\" does not fit here; quote a text that contains \": \", or mend the indentation", here)
    case (_, "did not find expected key"):
      let mapping = TextRange(start: contextMark, end: min(contextMark + 1, bytes.count))
      return made("no key of this mapping stands here; the indentation or a quote is wrong", here, related: mapping)
    case (_, "did not find expected '-' indicator"):
      let list = TextRange(start: contextMark, end: min(contextMark + 1, bytes.count))
      return made("no \"- \" of this list stands here; the indentation is wrong", here, related: list)
    case (_, "did not find expected ',' or ']'"): return made("\",\" or \"]\" is missing", here, related: opening)
    case (_, "did not find expected ',' or '}'"): return made("\",\" or \"}\" is missing", here, related: opening)
    case (_, "did not find expected node content"):
      return made("a value or a closing bracket is missing before this", here)
    case (_, "found character that cannot start any token"): return made(wrongStart(bytes), here)
    case (_, "did not find expected <document start>"):
      return made("this stands outside of the document's value; the indentation is wrong or \"---\" is missing", here)
    case (_, "found a tab character that violates indentation"),
      (_, "found a tab character where an indentation space is expected"):
      return made("a tab cannot indent in YAML; use spaces", here)
    default: return made(context.isEmpty ? problem : "\(problem) \(context)", here)
    }
  }

  // MARK: - Private

  private func wrongStart(_ bytes: UnsafeRawBufferPointer) -> String {
    guard mark < bytes.count else { return "a value is missing at the end of the file" }
    if bytes[mark] == Ascii.tab { return "a tab cannot indent in YAML; use spaces" }
    return "\"\(Unicode.Scalar(bytes[mark]))\" cannot begin a key or a value; put the text in quotes"
  }

  /// The range of one character, empty at the end of the text.
  private func character(at offset: Int, _ bytes: UnsafeRawBufferPointer) -> TextRange {
    var end = min(offset + 1, bytes.count)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return TextRange(start: min(offset, end), end: end)
  }

  /// The range from a key's start to the end of its line.
  private func keyRange(_ source: SourceText, _ start: TextRange) -> TextRange {
    let line = source.lineRange(source.line(at: start.start))
    return TextRange(start: start.start, end: max(line.end, start.end))
  }
}
