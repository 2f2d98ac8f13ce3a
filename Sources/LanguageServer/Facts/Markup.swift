/// A text for people, as Markdown or, for clients that show none, as plain text.
struct Markup: Sendable {
  let isMarkdown: Bool
  private(set) var paragraphs: [String] = []

  init(isMarkdown: Bool) {
    self.isMarkdown = isMarkdown
  }

  var isEmpty: Bool { paragraphs.isEmpty }

  /// The name of the form, as the protocol has it.
  var kind: String { isMarkdown ? "markdown" : "plaintext" }

  var text: String { paragraphs.joined(separator: "\n\n") }

  mutating func add(_ paragraph: String) {
    if !paragraph.isEmpty { paragraphs.append(paragraph) }
  }

  mutating func add(list items: [String]) {
    add(items.map { "- \($0)" }.joined(separator: "\n"))
  }

  /// Lines whose columns stand below each other.
  mutating func add(block text: String) {
    add(isMarkdown ? "```text\n\(text)\n```" : text)
  }

  /// Something as it stands in a file.
  func code(_ text: String) -> String {
    // A text with grave accents in it needs more of them around it.
    let fence = text.contains("`") ? "``" : "`"
    return isMarkdown ? fence + text + fence : text
  }

  func strong(_ text: String) -> String { isMarkdown ? "**\(text)**" : text }

  func link(_ text: String, to uri: String?) -> String {
    guard isMarkdown, let uri else { return text }
    return "[\(text)](\(uri))"
  }
}
