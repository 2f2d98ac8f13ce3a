import ConfigSyntax
import Experiment
import SourceText

/// A layer's config, its keys looked up once.
struct KerasConfig {
  /// The mapping.
  let node: SyntaxNode
  /// The members whose keys no version of Keras has.
  private(set) var strangers: [SyntaxNode.Member] = []
  private var keys: [KerasKey] = []
  private var values: [SyntaxNode] = []

  init(_ node: SyntaxNode) {
    self.node = node
    let members = node.members
    keys.reserveCapacity(members.count)
    values.reserveCapacity(members.count)
    for member in members {
      if let key = KerasKey(member.key) {
        keys.append(key)
        values.append(member.value)
      } else {
        strangers.append(member)
      }
    }
  }

  /// Whether the mapping has the key, be it null.
  func has(_ key: KerasKey) -> Bool {
    keys.contains(key)
  }

  /// Returns the value of the first of the keys that is there and not null.
  func value(_ key: KerasKey, _ second: KerasKey? = nil, _ third: KerasKey? = nil) -> SyntaxNode? {
    if let index = keys.firstIndex(of: key), !values[index].isNull { return values[index] }
    if let second { return value(second, third) }
    if let third { return value(third) }
    return nil
  }
}
