import ConfigSyntax
import Dialects
import SourceText

/// Holds a settings file against the table of keys.
///
/// Whether rules and their options are there is for the rule set to say.
struct SettingsChecker {
  private(set) var problems: [(range: TextRange, message: String)] = []

  /// Checks a mapping of keys.
  mutating func check(_ node: SyntaxNode, keys: [SettingsKey], subject: String?) {
    for member in node.members {
      guard let key = keys.first(where: { $0.name == member.name }) else {
        noteUnknown(member, among: keys.map(\.name), subject: subject)
        continue
      }
      // A key with nothing behind it is one that somebody is about to fill in.
      if !member.value.isNull { check(member.value, as: key) }
    }
    for key in keys where key.isRequired && (node[key.name]?.isNull ?? true) {
      note(node, "\"\(key.name)\" is missing\(subject.map { " in an entry of \"\($0)\"" } ?? "")")
    }
  }

  // MARK: - Private

  private mutating func check(_ node: SyntaxNode, as key: SettingsKey) {
    switch key.type {
    case .text, .path, .glob, .rule, .pointer, .word, .size: checkScalar(node, key.type, key)
    case .number(let range):
      if node.number.map(range.contains) != true { noteWrongType(node, key) }
    case .integer(let range):
      if node.integer.map(range.contains) != true { noteWrongType(node, key) }
    case .record(let keys):
      guard node.kind == .mapping else { return noteWrongType(node, key) }
      check(node, keys: keys, subject: key.name)
    case .oneOrMore(let type):
      if node.kind == .sequence {
        for element in node.elements { checkScalar(element, type, key, isElement: true) }
      } else {
        checkScalar(node, type, key)
      }
    case .records(let keys):
      guard node.kind == .sequence else { return noteWrongType(node, key) }
      for element in node.elements {
        if element.kind == .mapping {
          check(element, keys: keys, subject: key.name)
        } else {
          note(element, "an entry of \"\(key.name)\" must be a mapping, not \(element.typeDescription)")
        }
      }
    case .rules:
      guard node.kind == .mapping else { return noteWrongType(node, key) }
      for member in node.members where !member.value.isNull { checkRule(member) }
    case .versions:
      guard node.kind == .mapping else { return noteWrongType(node, key) }
      for member in node.members where !member.value.isNull { checkVersion(member) }
    }
  }

  private mutating func checkVersion(_ member: SyntaxNode.Member) {
    let text = member.value.text
    if text.map(FrameworkVersions.isVersion) == true { return }
    let found = text.map { "\"\($0)\"" } ?? member.value.typeDescription
    note(member.value, "\"\(member.name)\" must be a version such as \"0.6\", not \(found)")
  }

  private mutating func checkScalar(
    _ node: SyntaxNode,
    _ type: SettingsType,
    _ key: SettingsKey,
    isElement: Bool = false
  ) {
    guard let text = node.string, !text.isEmpty else {
      let subject = isElement ? "an element of \"\(key.name)\"" : "\"\(key.name)\""
      let wanted = isElement ? type.words : key.type.words
      let found = node.string == nil ? node.typeDescription : "empty"
      return note(node, "\(subject) must be \(wanted), not \(found)")
    }
    switch type {
    case .pointer where JSONPointer(text) == nil:
      note(node, "\"\(text)\" is no JSON pointer: it must start with \"/\", as in \"/config/layers/3\"")
    case .size where MemorySize.bytes(text) == nil:
      note(node, "\"\(key.name)\" must be \(type.words), not \"\(text)\"")
    case .word(let words) where !words.contains(text):
      note(node, "\"\(key.name)\" must be \(type.words), not \"\(text)\"\(advice(text, among: words))")
    default: break
    }
  }

  private mutating func checkRule(_ member: SyntaxNode.Member) {
    if member.value.kind == .mapping {
      let keys = SettingsKeys.ofRule
      for inner in member.value.members {
        switch inner.name {
        case SettingsKeys.ruleOptions.name:
          if inner.value.kind != .mapping, !inner.value.isNull {
            note(inner.value, "\"options\" of \"\(member.name)\" must be a mapping, not \(inner.value.typeDescription)")
          }
        case SettingsKeys.ruleSeverity.name:
          if !inner.value.isNull { check(inner.value, as: SettingsKeys.ruleSeverity) }
        default:
          let isOption = member.value[SettingsKeys.ruleOptions.name] == nil
          noteUnknown(
            inner,
            among: keys.map(\.name),
            subject: member.name,
            otherwise: isOption ? "; options of the rule stand below \"options\"" : ""
          )
        }
      }
    } else if member.value.boolean == nil, member.value.string.map(SettingsKeys.ruleWords.contains) != true {
      let words = SettingsType.word(SettingsKeys.ruleWords).words
      let meant = member.value.string.map { advice($0, among: SettingsKeys.ruleWords) } ?? ""
      note(
        member.value,
        "\"\(member.name)\" must be \(words), or a mapping with \"severity\" and \"options\", "
          + "not \(member.value.typeDescription)\(meant)"
      )
    }
  }

  private mutating func noteUnknown(
    _ member: SyntaxNode.Member,
    among known: [String],
    subject: String?,
    otherwise: String = ""
  ) {
    let place = subject.map { " in \"\($0)\"" } ?? ""
    let meant = advice(member.name, among: known)
    note(member.key, "unknown key \"\(member.name)\"\(place)\(meant.isEmpty ? otherwise : meant)")
  }

  private mutating func noteWrongType(_ node: SyntaxNode, _ key: SettingsKey) {
    note(node, "\"\(key.name)\" must be \(key.type.words), not \(node.typeDescription)")
  }

  private func advice(_ word: String, among known: [String]) -> String {
    Spelling.nearest(to: word, among: known).map { ": did you mean \"\($0)\"?" } ?? ""
  }

  private mutating func note(_ node: SyntaxNode, _ message: String) {
    problems.append((node.range, message))
  }
}
