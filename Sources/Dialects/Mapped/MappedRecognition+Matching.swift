import ConfigSyntax
import Experiment
import SourceText

extension MappedRecognition {
  /// Returns how sure it is that a document is written in the dialect.
  func matches(_ document: SyntaxNode) -> Recognition {
    guard formats.contains(document.tree.format) else { return .no }
    return marks.lazy.filter { $0.fits(document) }.map(\.certainty).max() ?? .no
  }
}

extension MappedRecognition.Mark {
  fileprivate func fits(_ document: SyntaxNode) -> Bool {
    guard all.allSatisfy({ document.leads($0) }) else { return false }
    if !any.isEmpty, !any.contains(where: { document.leads($0) }) { return false }
    if none.contains(where: { document.leads($0) }) { return false }
    let agrees = equal.allSatisfy { path, values in
      document.contains(path.steps[...]) { node in values.contains { $0.means(FactValue(node, source: 0)) } }
    }
    guard agrees, kinds.allSatisfy({ path, type in document.contains(path.steps[...], where: type.fits) }) else {
      return false
    }
    if files.isEmpty { return true }
    let name = document.tree.source.lastName
    return files.contains { Wildcard.matches(name, pattern: $0) }
  }
}

extension MappedRecognition.NodeType {
  fileprivate func fits(_ node: SyntaxNode) -> Bool {
    switch (self, node.scalarValue) {
    case (.mapping, _): node.kind == .mapping
    case (.list, _): node.kind == .sequence
    case (.number, .integer?), (.number, .number?), (.integer, .integer?), (.boolean, .boolean?), (.text, .text?): true
    default: false
    }
  }
}

extension SyntaxNode {
  fileprivate func leads(_ path: MappedPath) -> Bool {
    contains(path.steps[...]) { _ in true }
  }

  /// Whether a path leads to some node that a closure takes.
  fileprivate func contains(_ steps: ArraySlice<MappedPath.Step>, where fits: (SyntaxNode) -> Bool) -> Bool {
    guard let step = steps.first else { return fits(self) }
    switch step {
    case .key(let name): return child(name)?.contains(steps.dropFirst(), where: fits) ?? false
    case .any:
      let children = kind == .sequence ? elements : members.map(\.value)
      return children.contains { $0.contains(steps.dropFirst(), where: fits) }
    }
  }

  /// The value of a key, or the element at a position that is written as a number.
  func child(_ name: String) -> SyntaxNode? {
    kind == .sequence ? Int(name).flatMap { self[$0] } : self[name]
  }
}

extension SourceText {
  /// The name without the folders before it.
  var lastName: String {
    name.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? ""
  }
}

/// Names with `*` for any text.
enum Wildcard {
  /// Returns whether a text fits a pattern, in time that grows with the product of their lengths.
  static func matches(_ text: String, pattern: String) -> Bool {
    let text = Array(text.utf8)
    let pattern = Array(pattern.utf8)
    var position = 0
    var next = 0
    var star: (pattern: Int, text: Int)?
    while position < text.count {
      if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
        star = (next, position)
        next += 1
      } else if next < pattern.count, pattern[next] == text[position] {
        position += 1
        next += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        next = last.pattern + 1
        position = last.text + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
