import ConfigSyntax
import Experiment
import SourceText

/// A layer's config, its keys looked up once.
struct KerasConfig {
  /// The mapping.
  let node: SyntaxNode
  /// Whether there is a key that no version of Keras has.
  let hasStrangers: Bool
  private let entries: [(key: KerasKey, value: SyntaxNode)]

  init(_ node: SyntaxNode) {
    self.node = node
    var hasStrangers = false
    entries = node.members { text in
      switch KerasKey.look(up: text) {
      case .key(let key): return key
      case .silent: return nil
      case .stranger:
        hasStrangers = true
        return nil
      }
    }
    self.hasStrangers = hasStrangers
  }

  /// The members whose keys no version of Keras has.
  var strangers: [SyntaxNode.Member] {
    guard hasStrangers else { return [] }
    return node.members.filter { member in
      member.key.withTextBytes { if case .stranger = KerasKey.look(up: $0) { true } else { false } } == true
    }
  }

  /// Whether the mapping has the key, be it null.
  func has(_ key: KerasKey) -> Bool {
    entries.contains { $0.key == key }
  }

  /// Returns the value of the first of the keys that is there and not null.
  func value(_ key: KerasKey, _ second: KerasKey? = nil, _ third: KerasKey? = nil) -> SyntaxNode? {
    for index in entries.indices where entries[index].key == key {
      let value = entries[index].value
      if !value.isNull { return value }
    }
    if let second { return value(second, third) }
    if let third { return value(third) }
    return nil
  }
}
