import ConfigSyntax
import Experiment
import Linting
import SourceText

/// Where what a document names is written down.
struct Definition: Sendable {
  /// The name where it is used, in the document.
  var origin: TextRange
  /// The text that it leads to.
  var source: SourceText
  var range: TextRange
}

extension DocumentFacts {
  /// Finds where the file or the layer is written down that is named at an offset of the facts' own text.
  ///
  /// - Parameters:
  ///   - offset: A UTF-8 offset.
  ///   - folder: The folder that the document's paths start from.
  ///   - workingFolder: The folder that shown names start from.
  /// - Returns: The place, or nil where nothing is named.
  func definition(at offset: Int, folder: String, workingFolder: String) -> Definition? {
    guard let scalar = read.file.tree.documents.lazy.compactMap({ $0.scalar(at: offset) }).first,
      let text = scalar.string, !text.isEmpty
    else { return nil }
    let name = FilePath.shown(FilePath.join(folder, text), workingFolder: workingFolder)
    for (lowered, index) in experiments {
      if let file = lowered.files.first(where: { $0.source.name == name && $0.source !== source }) {
        return Definition(origin: scalar.range, source: file.source, range: TextRange(at: 0))
      }
      let layers = lowered.experiment.layers
      guard let layer = layers.first(where: { $0.name == text && $0.sharesWeightsWith == nil }),
        let location = layer.facts.location ?? layer.facts.container
      else { continue }
      // The name of the layer itself leads nowhere.
      let container = layer.facts.container ?? location
      let isOwn = container.source == index && scalar.isNameMember(of: container.range, in: read.file.tree)
      if !isOwn, lowered.files.indices.contains(location.source) {
        return Definition(origin: scalar.range, source: lowered.files[location.source].source, range: location.range)
      }
    }
    return nil
  }
}

extension SyntaxNode {
  /// The scalar that holds an offset, keys among them; aliases are not followed.
  fileprivate func scalar(at offset: Int) -> SyntaxNode? {
    if isAlias || !(range.start <= offset && offset <= range.end) { return nil }
    switch kind {
    case .scalar: return self
    case .mapping:
      for member in writtenMembers {
        if let found = member.key.scalar(at: offset) ?? member.value.scalar(at: offset) { return found }
      }
      return nil
    case .sequence: return elements.lazy.compactMap { $0.scalar(at: offset) }.first
    case .alias, .missing: return nil
    }
  }

  /// Whether the node is the value of `name` directly in the mapping with a range.
  fileprivate func isNameMember(of range: TextRange, in tree: SyntaxTree) -> Bool {
    guard range.contains(self.range) else { return false }
    return tree.documents.contains { $0.hasMember("name", self, inMappingAt: range) }
  }

  private func hasMember(_ key: String, _ value: SyntaxNode, inMappingAt range: TextRange) -> Bool {
    if isAlias || !self.range.contains(range) { return false }
    if self.range == range, self[key] == value { return true }
    return writtenMembers.contains { $0.value.hasMember(key, value, inMappingAt: range) }
      || elements.contains { $0.hasMember(key, value, inMappingAt: range) }
  }
}
