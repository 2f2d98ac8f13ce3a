import ConfigSyntax
import Experiment
import SourceText

/// One section of a Darknet config, and what was found wrong in it.
///
/// Of an option that is written twice the first counts (`option_find` in `src/option_list.c`). Blanks are dropped wherever they stand,
/// inside words too (`strip` in `src/utils.c`).
struct DarknetSection {
  /// What stands between the brackets.
  let name: String
  let key: SyntaxNode
  let node: SyntaxNode
  /// The layer's number, counted from 0 as Darknet does; nil for `[net]`.
  let index: Int?
  private(set) var problems: [Problem] = []
  private let options: [SyntaxNode.Member]

  init(_ member: SyntaxNode.Member, index: Int?) {
    name = member.name
    key = member.key
    node = member.value
    self.index = index
    options = node.writtenMembers
  }

  /// What the section is called in messages.
  var subject: String { index.map { "[\(name)] of layer \($0)" } ?? "[\(name)]" }

  /// A record of the section, without facts.
  var record: Record { Record(location: key.location(source: 0), container: node.location(source: 0)) }

  // MARK: - Options

  /// The option that counts.
  func option(_ key: String) -> SyntaxNode.Member? { options.first { $0.name == key } }

  /// The text of an option without any blanks; nil where the option is absent.
  func text(_ key: String) -> Fact<String>? {
    guard let option = option(key) else { return nil }
    let text = option.value.text.map { $0.filter { $0 != " " && $0 != "\t" } } ?? ""
    return Fact(text, .stated(option.place))
  }

  /// The integer that an option states; nil where it is absent or too large.
  mutating func integer(_ key: String) -> Fact<Int>? {
    guard let text = text(key), let option = option(key) else { return nil }
    noteFraction(text.value, of: option)
    return DarknetNumber.integer(text.value[...]).map { Fact($0, text.origin) }
  }

  /// The integer of an option, or what Darknet takes where it is absent.
  mutating func integer(_ key: String, default value: Int) -> Fact<Int> {
    integer(key) ?? Fact(value, .darknetDefault)
  }

  /// The number that an option states; nil where it is absent.
  mutating func number(_ key: String) -> Fact<Double>? {
    guard let text = text(key), let option = option(key) else { return nil }
    if text.value.isEmpty || DarknetNumber.end(of: text.value[...]) == text.value.startIndex {
      noteNoNumber(text.value, of: option, wanted: "a number")
    }
    let value = DarknetNumber.number(text.value[...])
    return value.isFinite ? Fact(value, text.origin) : nil
  }

  /// The number of an option, or what Darknet takes where it is absent.
  mutating func number(_ key: String, default value: Double) -> Fact<Double> {
    number(key) ?? Fact(value, .darknetDefault)
  }

  /// Whether an option is stated and not 0.
  mutating func isOn(_ key: String) -> Bool { (integer(key)?.value ?? 0) != 0 }

  /// The integers of a list; nil where the option is absent or one is too large.
  func integers(_ key: String) -> Fact<[Int]>? {
    guard let text = text(key) else { return nil }
    let values = DarknetNumber.parts(text.value[...]).map(DarknetNumber.integer)
    return values.contains(nil) ? nil : Fact(values.compactMap(\.self), text.origin)
  }

  /// The numbers of a list; nil where the option is absent.
  func numbers(_ key: String) -> Fact<[Double]>? {
    text(key).map { Fact(DarknetNumber.parts($0.value[...]).map(DarknetNumber.number), $0.origin) }
  }

  // MARK: - Problems

  mutating func note(_ kind: Problem.Kind, _ message: String, at node: SyntaxNode? = nil, help: String? = nil) {
    let place = (node ?? key).location(source: 0)
    problems.append(Problem(kind: kind, message: message, location: place, help: help))
  }

  mutating func note(_ problem: Problem) { problems.append(problem) }

  /// Notes options that are written twice with two values, and those that are a slip away from one that Darknet knows.
  ///
  /// Others are passed over as Darknet does, which only prints them: forks have options of their own.
  mutating func checkOptions(known: [String]) {
    var seen: [String: SyntaxNode.Member] = [:]
    for option in options {
      if let first = seen[option.name] {
        guard first.value.text != option.value.text else { continue }
        problems.append(
          Problem(
            kind: .duplicateKey,
            message: "\"\(option.name)\" is written twice in [\(name)], and Darknet takes the first",
            location: option.key.location(source: 0),
            related: [Related(message: "this one counts", location: first.key.location(source: 0))]
          )
        )
        continue
      }
      seen[option.name] = option
      guard !known.isEmpty, !known.contains(option.name), let nearest = nearest(to: option.name, among: known) else {
        continue
      }
      problems.append(
        Problem(
          kind: .unknownKey,
          message: "Darknet knows no option \"\(option.name)\" of [\(name)] and passes it over",
          location: option.key.location(source: 0),
          help: "did you mean \"\(nearest)\"?",
          edits: [option.key.replacingText(with: nearest)]
        )
      )
    }
  }

  // MARK: - Private

  /// A name one slip away, which the section does not have yet; short names are like too many others.
  private func nearest(to name: String, among known: [String]) -> String? {
    guard name.utf8.count > 3 else { return nil }
    let free = known.filter { option($0) == nil }
    guard let nearest = Spelling.nearest(to: name, among: free), nearest.utf8.count > 3,
      Spelling.distance(Array(name.utf8), Array(nearest.utf8), limit: 2) != nil
    else { return nil }
    return nearest
  }

  /// `atoi` stops at the point of `0.5` and at the `e` of `5e5`.
  private mutating func noteFraction(_ text: String, of option: SyntaxNode.Member) {
    let end = DarknetNumber.end(of: text[...])
    guard end > text.startIndex else {
      noteNoNumber(text, of: option, wanted: "an integer")
      return
    }
    guard text[..<end].contains(where: { $0 == "." || $0 == "e" || $0 == "E" }) else { return }
    guard let taken = DarknetNumber.integer(text[...]), Double(taken) != Double(text[..<end]) else { return }
    note(
      .wrongType,
      "\"\(option.name)\" of [\(name)] must be an integer: of \"\(text[..<end])\" Darknet takes \(taken)",
      at: option.value
    )
  }

  private mutating func noteNoNumber(_ text: String, of option: SyntaxNode.Member, wanted: String) {
    let shown = text.isEmpty ? "nothing" : "the text \"\(text.prefix(40))\""
    note(
      .wrongType,
      "\"\(option.name)\" of [\(name)] must be \(wanted), not \(shown), for which Darknet takes 0",
      at: text.isEmpty ? option.key : option.value
    )
  }
}

extension SyntaxNode.Member {
  /// Where the value stands, or the key of a missing one.
  fileprivate var place: SourceLocation { (value.kind == .missing ? key : value).location(source: 0) }
}
