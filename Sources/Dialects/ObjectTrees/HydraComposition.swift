import ConfigSyntax
import Experiment
import SourceText

/// What a `defaults:` list makes of a config: the group files it names, laid under and over it in Hydra's order.
///
/// A file that cannot be found leaves the composition incomplete and is no fault: it may come from a package or another search path.
/// (`_internal/defaults_list.py` of hydra-core 1.3.8: without `_self_` the config itself comes last, `override` counts for the whole
/// list, and a group's package is its folder.)
struct HydraComposition {
  private(set) var sheets: [ConfigTree.Sheet] = []
  /// The texts of the config and its group files.
  private(set) var sources: [SourceText]
  /// Whether all that the list names was found.
  private(set) var isComplete = true

  private let context: LoweringContext
  private var loaded: [String: (node: SyntaxNode, source: Int)?] = [:]
  private var overrides: [String: String] = [:]
  private var visits = 0

  private static let depthLimit = 8
  private static let fileLimit = 40
  /// How many documents may be laid over one another, the same one counted each time.
  private static let sheetLimit = 200
  private static let visitLimit = 1000

  init(_ document: SyntaxNode, in context: LoweringContext) {
    self.context = context
    sources = [document.tree.source]
    guard let defaults = document["defaults"], defaults.kind == .sequence else {
      sheets = [ConfigTree.Sheet(prefix: [], node: document, source: 0)]
      return
    }
    // A file that says where it goes itself is a part of a config whose folder is not known.
    let isPart = Self.header(of: document) != nil && !defaults.elements.contains { $0.hasText("_self_") }
    if isPart {
      isComplete = false
      sheets = [ConfigTree.Sheet(prefix: [], node: document, source: 0)]
      return
    }
    // Overrides count for entries above them too, so they are looked for first.
    for _ in 0..<2 {
      sheets = []
      compose(document, source: 0, group: [], package: [], depth: 0)
    }
  }

  /// The groups that a config's list names, `hydra` and those it only overrides left out.
  static func groups(of document: SyntaxNode) -> [String] {
    (document["defaults"]?.elements ?? []).compactMap { Entry($0) }.filter {
      !$0.isOverride && $0.group.first != "hydra"
    }
    .flatMap(\.group)
  }

  // MARK: - Private

  /// One line of a list.
  private struct Entry {
    var isSelf = false
    var isOverride = false
    var isAbsolute = false
    /// The folders below that of the config; empty for a config beside it.
    var group: [String] = []
    /// The package that the line gives; nil where it gives none.
    var package: String?
    var options: [String] = []

    init?(_ node: SyntaxNode) {
      if let text = node.string {
        if text == "_self_" {
          isSelf = true
        } else {
          setGroup(text)
          guard let last = group.popLast() else { return nil }
          options = [last]
        }
        return
      }
      guard node.kind == .mapping, node.count == 1, let member = node.writtenMembers.first else { return nil }
      var words = member.name.split(separator: " ")
      while let first = words.first, words.count > 1, first == "override" || first == "optional" {
        if first == "override" { isOverride = true }
        words.removeFirst()
      }
      guard words.count == 1 else { return nil }
      setGroup(String(words[0]))
      let values = member.value.kind == .sequence ? member.value.elements : [member.value]
      options = values.compactMap(\.text).filter { $0 != "null" && $0 != "???" && $0 != "~" && !$0.isEmpty }
    }

    private mutating func setGroup(_ text: String) {
      let parts = text.split(separator: "@", maxSplits: 1)
      package = parts.count > 1 ? String(parts[1]) : nil
      isAbsolute = text.utf8.first == UInt8(ascii: "/")
      group = (parts.first ?? "").split(separator: "/").map { String($0) }
    }
  }

  private mutating func compose(
    _ config: SyntaxNode,
    source: Int,
    group: [String],
    package: [String],
    depth: Int
  ) {
    visits += 1
    let own = ConfigTree.Sheet(prefix: package, node: config, source: source)
    var hasSelf = false
    for element in config["defaults"]?.elements ?? [] {
      guard let entry = Entry(element) else { continue }
      if entry.isSelf {
        if !hasSelf { sheets.append(own) }
        hasSelf = true
        continue
      }
      let folder = entry.isAbsolute ? entry.group : group + entry.group
      let name = folder.joined(separator: "/")
      if entry.isOverride {
        overrides[name] = entry.options.first ?? ""
        continue
      }
      guard folder.first != "hydra", depth < Self.depthLimit, sheets.count < Self.sheetLimit, visits < Self.visitLimit
      else {
        continue
      }
      let base = entry.isAbsolute ? entry.group : package + entry.group
      let place = entry.package.map { Self.package($0, parent: package, group: folder) } ?? base
      for option in overrides[name].map({ $0.isEmpty ? [] : [$0] }) ?? entry.options {
        guard !Interpolation.occurs(in: option), let file = load((folder + [option]).joined(separator: "/")) else {
          isComplete = false
          continue
        }
        let header = Self.header(of: file.node)
        compose(
          file.node,
          source: file.source,
          group: folder,
          package: header.map { Self.package($0, parent: [], group: folder) } ?? place,
          depth: depth + 1
        )
      }
    }
    if !hasSelf { sheets.append(own) }
  }

  private mutating func load(_ path: String) -> (node: SyntaxNode, source: Int)? {
    if let known = loaded[path] { return known }
    guard loaded.count < Self.fileLimit, !path.contains("..") else { return nil }
    let file = path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? path : path + ".yaml"
    var found: (node: SyntaxNode, source: Int)?
    if case .tree(let tree) = context.load(file), let document = tree.documents.first, document.kind == .mapping {
      sources.append(tree.source)
      found = (document, sources.count - 1)
    }
    loaded[path] = .some(found)
    return found
  }

  private static func package(_ text: String, parent: [String], group: [String]) -> [String] {
    switch text {
    case "_global_": []
    case "_here_": parent
    case "_group_": group
    default: parent + text.split(separator: ".").map { String($0) }
    }
  }

  /// The package that a comment above the content gives, as in `# @package _global_`.
  private static func header(of config: SyntaxNode) -> String? {
    let source = config.tree.source
    for comment in config.tree.comments where comment.start < config.range.start {
      let words = source.text(in: comment).split { $0 == " " || $0 == "#" || $0 == "\t" }
      if words.count == 2, words[0] == "@package" { return String(words[1]) }
    }
    return nil
  }
}
