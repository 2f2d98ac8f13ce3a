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

  /// The text of a layer: its module, class and config, and what stands between them.
  struct Text {
    /// The value of `name` in the config.
    let nameNode: SyntaxNode?
    fileprivate let span: Span

    /// Returns the text of a layer, or nil where equal bytes may mean something else.
    init?(_ entry: borrowing KerasEntry) {
      guard let classRange = entry.classNode?.range, entry.config.kind == .mapping, entry.node.tree.format == .json,
        entry.node.tree.problems.isEmpty
      else { return nil }
      let config = entry.config.range
      var range = TextRange(start: min(classRange.start, config.start), end: max(classRange.end, config.end))
      if let module = entry.module?.range {
        range = TextRange(start: min(range.start, module.start), end: max(range.end, module.end))
      }
      nameNode = entry.config["name"]
      span = Span(range: range, name: nameNode?.range ?? TextRange(at: range.start))
    }
  }

  /// Where a text stands.
  fileprivate struct Span {
    var range: TextRange
    /// Where the value of `name` stands; empty at the start where there is none.
    var name: TextRange

    var lengthBehindName: Int { range.end - name.end }

    /// Whether the texts at both places are the same but for the name.
    func equals(_ other: Span, in bytes: UnsafeRawBufferPointer) -> Bool {
      let before = name.start - range.start
      guard before == other.name.start - other.range.start, lengthBehindName == other.lengthBehindName else {
        return false
      }
      return bytes.areEqual(lengthBehindName, at: name.end, other.name.end)
        && bytes.areEqual(before, at: range.start, other.range.start)
    }
  }

  /// The texts of one length behind the name, as indices into `spans` and `hits`: most layers of one length are alike.
  private var indices: [Int: [Int]] = [:]
  private var spans: [Span] = []
  private var hits: [Hit] = []
  /// How many texts of one length are kept: a model with more of them has few that are alike.
  private static let limit = 64

  /// Returns what a layer of the same text was read as, its places moved to where this one stands.
  func hit(_ text: Text, in source: SourceText) -> Hit? {
    guard let candidates = indices[text.span.lengthBehindName] else { return nil }
    let index = source.bytes.withUnsafeBytes { bytes in
      candidates.first { spans[$0].equals(text.span, in: bytes) }
    }
    guard let index else { return nil }
    let shift = PlaceShift(
      pivot: spans[index].name.start,
      distanceBefore: text.span.name.start - spans[index].name.start,
      distanceAfter: text.span.name.end - spans[index].name.end
    )
    let kind = hits[index].kind
    return Hit(kind: kind, facts: hits[index].facts.moved(by: shift, room: kind.derivedFactCount))
  }

  /// Keeps what a layer was read as.
  mutating func keep(_ hit: Hit, _ text: Text) {
    guard indices[text.span.lengthBehindName, default: []].count < Self.limit else { return }
    indices[text.span.lengthBehindName, default: []].append(hits.count)
    spans.append(text.span)
    hits.append(hit)
  }
}

extension UnsafeRawBufferPointer {
  /// Compares two parts, eight bytes a step: most of a large file passes through here.
  fileprivate func areEqual(_ count: Int, at first: Int, _ second: Int) -> Bool {
    var offset = 0
    while offset &+ 8 <= count {
      guard
        loadUnaligned(fromByteOffset: first &+ offset, as: UInt64.self)
          == loadUnaligned(fromByteOffset: second &+ offset, as: UInt64.self)
      else { return false }
      offset &+= 8
    }
    while offset < count {
      guard self[first &+ offset] == self[second &+ offset] else { return false }
      offset &+= 1
    }
    return true
  }
}

extension LayerKind {
  /// About how many facts `Experiment.derive()` adds to a layer.
  var derivedFactCount: Int { isWeightLayer ? 11 : 5 }
}
