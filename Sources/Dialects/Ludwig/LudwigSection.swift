import ConfigSyntax
import Experiment

/// A section of a config: what it states itself, what `defaults` states for it, and where a missing key would go.
struct LudwigSection {
  /// The section's mapping; nil where the file has none.
  var node: SyntaxNode?
  /// The innermost mapping on the way to the section that the file has, the section itself included.
  var anchor: SyntaxNode?
  /// The keys that lead from `anchor` to the section.
  var missing: [String] = []
  /// The mappings whose values hold where the section has none, best first.
  var fallbacks: [SyntaxNode] = []
  /// How a hyperparameter search names the section: `trainer`, `combiner`, `age.encoder`.
  var searchPaths: [String]

  init(root: SyntaxNode) {
    node = root
    anchor = root
    searchPaths = []
  }

  /// Returns the section under a key, with the sections under the same key of the fallbacks.
  func child(_ name: String) -> LudwigSection {
    var child = self
    child.searchPaths = searchPaths.isEmpty ? [name] : searchPaths.map { "\($0).\(name)" }
    child.fallbacks = fallbacks.compactMap { $0[name] }.filter { $0.kind == .mapping }
    if let node = node?[name], node.kind == .mapping {
      child.node = node
      child.anchor = node
      child.missing = []
    } else {
      child.node = nil
      child.missing = missing + [name]
    }
    return child
  }

  /// Returns the place of a key in the section, under the spelling that new text should have and older ones.
  func key(_ names: String...) -> LudwigKey {
    LudwigKey(section: self, names: names)
  }

  /// The member that states the first of the names, in the section or in its fallbacks.
  func member(_ names: [String]) -> SyntaxNode.Member? {
    for mapping in [node].compactMap({ $0 }) + fallbacks {
      for name in names {
        if let member = mapping.member(name) { return member }
      }
    }
    return nil
  }

  /// The text of the first of the keys, where it is text.
  func text(_ names: String...) -> String? {
    member(names)?.value.string
  }
}

/// A key of a section, by all its spellings.
struct LudwigKey {
  let section: LudwigSection
  let names: [String]
}

/// Where the file states a fact, or would.
struct LudwigSlot {
  /// A fact of the experiment.
  struct Place: Hashable {
    let record: RecordPath
    let key: String
  }

  /// The value as it stands.
  var stated: SyntaxNode?
  /// The key that a missing value goes under.
  var key: LudwigKey
  /// The file's word for each standard word.
  var words: [String: String] = [:]
  /// The standard word that null stands for, such as `none` or `off`.
  var null: String?
}
