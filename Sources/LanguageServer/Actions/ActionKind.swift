import JSONRPC
import JSONText

/// What kind of code action it is, by the protocol's names.
enum ActionKind: String, Sendable {
  case quickFix = "quickfix"
  /// Changes no text: a client that asks for quick fixes offers it beside them.
  case confirm = "quickfix.confirm.epochzero"
  case fixAll = "source.fixAll.epochzero"

  /// Whether a client that asks for a kind, or for what is below it, wants this one.
  func isAsked(by wanted: [String]?) -> Bool {
    guard let wanted else { return true }
    return wanted.contains { $0.isEmpty || $0 == rawValue || rawValue.hasPrefix($0 + ".") }
  }
}

/// An action whose edits are worked out when they are needed: what the client sends back to have them.
enum DeferredAction: Hashable, Sendable {
  /// All safe fixes of a document, or those of one rule.
  case fixAll(rule: String?)
  /// A comment, or an entry of the settings, that ignores one finding.
  case ignore(rule: String, message: String, start: Int)

  init?(_ value: JSONValue) {
    switch value["action"].string {
    case "fixAll": self = .fixAll(rule: value["rule"].string)
    case "ignore":
      guard let rule = value["rule"].string, let message = value["message"].string, let start = value["start"].integer
      else { return nil }
      self = .ignore(rule: rule, message: message, start: start)
    default: return nil
    }
  }

  /// The members to send back, beside the document and its version.
  var members: [(key: String, json: String)] {
    switch self {
    case .fixAll(let rule):
      [("action", "\"fixAll\"")] + (rule.map { [("rule", quoted($0))] } ?? [])
    case .ignore(let rule, let message, let start):
      [("action", "\"ignore\""), ("rule", quoted(rule)), ("message", quoted(message)), ("start", String(start))]
    }
  }

  private func quoted(_ text: String) -> String { jsonText { $0.value(text) } }
}
