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

  /// A text that was read.
  private struct Entry {
    var span: Span
    var hit: Hit
    /// The entry before it in its bucket, and how many there are.
    var earlier: Int?
    var depth: Int
  }

  private var entries: [Entry] = []
  /// The last entry of each bucket; the length behind the name says which: most layers of one length are alike.
  private var buckets: [Int?] = Array(repeating: nil, count: 256)
  /// How many texts are kept in one bucket: a model with more of them has few that are alike.
  private static let limit = 64

  /// Returns what a layer of the same text was read as, its places moved to where this one stands.
  func hit(_ text: Text, in source: SourceText) -> Hit? {
    var candidate = buckets[bucket(of: text)]
    let found = source.bytes.withUnsafeBytes { bytes -> Int? in
      while let index = candidate, !entries[index].span.equals(text.span, in: bytes) {
        candidate = entries[index].earlier
      }
      return candidate
    }
    guard let found else { return nil }
    let name = entries[found].span.name
    let shift = PlaceShift(
      pivot: name.start,
      distanceBefore: text.span.name.start - name.start,
      distanceAfter: text.span.name.end - name.end
    )
    let kind = entries[found].hit.kind
    return Hit(kind: kind, facts: entries[found].hit.facts.moved(by: shift, room: kind.derivedFactCount))
  }

  /// Keeps what a layer was read as.
  mutating func keep(_ hit: Hit, _ text: Text) {
    let bucket = bucket(of: text)
    let earlier = buckets[bucket]
    let depth = earlier.map { entries[$0].depth + 1 } ?? 1
    guard depth <= Self.limit else { return }
    buckets[bucket] = entries.count
    entries.append(Entry(span: text.span, hit: hit, earlier: earlier, depth: depth))
  }

  private func bucket(of text: Text) -> Int {
    text.span.lengthBehindName & (buckets.count - 1)
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
