import ConfigSyntax
import Experiment
import SourceText

/// The layers that were read, by their text without the name.
///
/// Most layers of a large model are written like an earlier one: their facts are its facts in another place. Only for JSON
/// without a fault: there the bytes alone say what a text means.
struct KerasLayerCache {
  /// What a layer was read as.
  struct Hit {
    var kind: LayerKind
    var facts: Record
  }

  /// The text of a layer: its class, its config, and what stands between them.
  struct Text {
    fileprivate var range: TextRange
    /// The value of `name` in the config.
    let nameNode: SyntaxNode?
    /// Where that stands; empty at the start where there is none.
    fileprivate var name: TextRange
    fileprivate let bytes: [UInt8]

    /// Returns the text of a layer, or nil where equal bytes may mean something else.
    init?(class classNode: SyntaxNode, config: SyntaxNode) {
      let tree = config.tree
      guard tree.format == .json, tree.problems.isEmpty, config.kind == .mapping else { return nil }
      let (first, second) = (classNode.range, config.range)
      range = TextRange(start: min(first.start, second.start), end: max(first.end, second.end))
      nameNode = config["name"]
      name = nameNode?.range ?? TextRange(at: range.start)
      bytes = tree.source.bytes
    }

    /// Whether both are the same but for the name.
    fileprivate func equals(_ other: Text) -> Bool {
      let before = name.start - range.start
      let after = range.end - name.end
      guard before == other.name.start - other.range.start, after == other.range.end - other.name.end else {
        return false
      }
      return bytes.withUnsafeBytes { bytes in
        UnsafeRawBufferPointer(rebasing: bytes[name.end..<range.end])
          .isEqual(to: UnsafeRawBufferPointer(rebasing: bytes[other.name.end..<other.range.end]))
          && UnsafeRawBufferPointer(rebasing: bytes[range.start..<name.start])
            .isEqual(to: UnsafeRawBufferPointer(rebasing: bytes[other.range.start..<other.name.start]))
      }
    }
  }

  private var entries: [String: [(text: Text, hit: Hit)]] = [:]
  /// How many texts are kept for one class: a model with more kinds of one layer has few that are alike.
  private static let limit = 64

  /// Returns what a layer of the same text was read as, its places moved to where this one stands.
  func hit(_ text: Text, className: String) -> Hit? {
    guard let entry = entries[className]?.first(where: { $0.text.equals(text) }) else { return nil }
    let shift = PlaceShift(
      pivot: entry.text.name.start,
      distanceBefore: text.name.start - entry.text.name.start,
      distanceAfter: text.name.end - entry.text.name.end
    )
    return Hit(kind: entry.hit.kind, facts: entry.hit.facts.moved(by: shift, room: entry.hit.kind.derivedFactCount))
  }

  /// Keeps what a layer was read as.
  mutating func keep(_ hit: Hit, _ text: Text, className: String) {
    if entries[className, default: []].count < Self.limit { entries[className, default: []].append((text, hit)) }
  }
}

extension UnsafeRawBufferPointer {
  /// Compares eight bytes a step: most of a large file passes through here.
  fileprivate func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    var offset = 0
    while offset &+ 8 <= count {
      guard
        loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          == other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      else { return false }
      offset &+= 8
    }
    while offset < count {
      guard self[offset] == other[offset] else { return false }
      offset &+= 1
    }
    return true
  }
}

extension LayerKind {
  /// About how many facts `Experiment.derive()` adds to a layer.
  var derivedFactCount: Int { isWeightLayer ? 11 : 5 }
}
