import ConfigSyntax
import Experiment
import SourceText

/// Collects what is to be stated in a native file and writes it, keys of one new mapping together.
struct NativeWriter {
  private var edits: [TextEdit] = []
  /// Keys that are not there yet, by the mapping that gets them, or by the bare name that becomes a mapping.
  private var missing: [(node: SyntaxNode, facts: Record)] = []

  /// Notes that a value is to be stated at a place; returns false when that cannot be written safely.
  mutating func state(_ value: FactValue, at place: NativePlace) -> Bool {
    let value = value.shortened
    var node = place.base
    for (depth, spellings) in place.path.enumerated() {
      guard !node.isAlias else { return false }
      let isLast = depth == place.path.count - 1
      guard node.kind == .mapping else {
        // A name stands for a mapping that says no more: `optimizer: adam`, `init: he_normal`, `- flatten`.
        let nameKey = depth == 0 ? "kind" : "name"
        if isLast, spellings == [nameKey] { return replace(node, with: value) }
        guard let name = node.string else { return false }
        add(.text(name), under: [nameKey], of: node)
        add(value, under: place.path[depth...].map { $0[0] }, of: node)
        return true
      }
      if let bound = Self.bound(of: spellings[0], in: node) { return replace(bound, with: value) }
      guard let member = spellings.lazy.compactMap({ node.member($0) }).first else {
        add(value, under: place.path[depth...].map { $0[0] }, of: node)
        return true
      }
      // Another initialiser has other settings: those of the old one go with its name.
      if depth > 0, isLast, spellings == ["name"],
        place.path[depth - 1].contains(where: { $0.hasSuffix("initializer") })
      {
        return replace(node, with: value)
      }
      if isLast { return replace(member.value, with: value) }
      node = member.value
    }
    return false
  }

  /// Returns the edits, or nil when they cannot be written safely.
  consuming func textEdits() -> [TextEdit]? {
    var result = edits
    for (node, facts) in missing {
      if node.kind == .mapping {
        guard facts.entries.count == 1 || node.count > 0 else { return nil }
        for entry in facts.entries {
          guard let edit = Self.insertion(of: entry, into: node) else { return nil }
          result.append(edit)
        }
      } else {
        guard let edit = node.replacing(with: .record(facts)) else { return nil }
        result.append(edit)
      }
    }
    return result
  }

  // MARK: - Private

  /// The element of `range` that states `min` or `max`.
  private static func bound(of key: String, in node: SyntaxNode) -> SyntaxNode? {
    guard key == "min" || key == "max", let range = node["range"], range.count == 2 else { return nil }
    return range[key == "min" ? 0 : 1]
  }

  private mutating func replace(_ node: SyntaxNode, with value: FactValue) -> Bool {
    if node.kind == .scalar || node.kind == .missing {
      guard let edit = node.replacing(with: value) else { return false }
      edits.append(edit)
      return true
    }
    guard !node.isAlias, let text = value.written(in: node.tree.format), let end = node.endOfContent else {
      return false
    }
    edits.append(TextEdit(range: TextRange(start: node.range.start, end: end), replacement: text))
    return true
  }

  /// Notes a missing key, together with others of the same mapping.
  private mutating func add(_ value: FactValue, under path: [String], of node: SyntaxNode) {
    let index = missing.firstIndex { $0.node == node } ?? missing.count
    if index == missing.count { missing.append((node, Record())) }
    missing[index].facts.insert(value, under: path[...])
  }

  /// Returns the insertion of a key; a mapping of one key is written as a path, in block style where the rest is.
  private static func insertion(of entry: Record.Entry, into node: SyntaxNode) -> TextEdit? {
    var path = [entry.name]
    var value = entry.fact.value
    while case .record(let record) = value, record.entries.count == 1 {
      path.append(record.entries[0].name)
      value = record.entries[0].fact.value
    }
    return node.inserting(path, value: value)
  }
}

extension Record {
  fileprivate mutating func insert(_ value: FactValue, under path: ArraySlice<String>) {
    guard let key = path.first else { return }
    if path.count == 1 {
      self[name: key] = Fact(value, .nativeDefault)
    } else {
      var nested = self[FactKey<Record>(key)]?.value ?? Record()
      nested.insert(value, under: path.dropFirst())
      self[name: key] = Fact(.record(nested), .nativeDefault)
    }
  }
}

extension FactValue {
  /// The value as the format says it shortest: a record with nothing but a name is the name.
  fileprivate var shortened: FactValue {
    guard case .record(let record) = self, record.entries.count == 1, record.entries[0].name == "name" else {
      return self
    }
    return record.entries[0].fact.value
  }
}

extension SyntaxNode {
  /// The offset behind the last byte of a collection; nil where it ends in a value that is not there.
  fileprivate var endOfContent: Int? {
    if kind == .missing { return nil }
    if isAlias || isFlow || kind == .scalar { return range.end }
    return kind == .mapping ? writtenMembers.last?.value.endOfContent : elements.last?.endOfContent
  }
}
