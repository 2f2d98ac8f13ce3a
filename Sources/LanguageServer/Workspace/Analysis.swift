import ConfigSyntax
import Dialects
import Experiment
import Linting
import SourceText
import Synchronization

/// What one version of a document holds and what was found in it.
final class Analysis: Sendable {
  /// The text that was looked at.
  let source: SourceText
  let report: FileReport
  /// The tree and the experiments; nil where the text cannot be read as a config at all.
  let read: ReadFile?
  /// What was found in files that are not open and name the document, such as the experiment file of a model.
  let namedBy: [FileReport]
  /// The last one before this whose text was whole; nil while this one's is.
  private let whole: Analysis?
  /// A hash of all facts, once it was asked for.
  private let knownHash = Mutex<Int?>(nil)

  init(
    source: SourceText,
    report: FileReport,
    read: ReadFile?,
    namedBy: [FileReport],
    after previous: Analysis?
  ) {
    self.source = source
    self.report = report
    self.read = read
    self.namedBy = namedBy
    let isWhole = report.isRecognized && !(read?.file.tree.isBroken ?? true)
    whole = isWhole ? nil : previous?.whole ?? (previous?.isWhole ?? false ? previous : nil)
  }

  /// The dialects that the document may be written in.
  var dialects: DialectSet { report.settings?.dialects ?? .bundled }

  /// Whether the text is a config without a fault of syntax.
  var isWhole: Bool { report.isRecognized && !(read?.file.tree.isBroken ?? true) }

  /// Whether the text is a config, or was one before it was edited into something broken.
  var isConfig: Bool { report.isRecognized || whole != nil }

  /// What is known of the document: of this text, or of the last whole one where this is half typed.
  var facts: DocumentFacts? {
    let known = isWhole ? self : whole ?? self
    guard let read = known.read, !read.experiments.isEmpty else { return nil }
    return DocumentFacts(read: read, move: TextMove(from: known.source, to: source))
  }
}

extension Analysis {
  /// A hash of what the experiments say, wherever and in whatever order they say it.
  var factsHash: Int {
    knownHash.withLock { known in
      if let known { return known }
      var hash = 0
      for (index, lowered) in (read?.experiments ?? []).enumerated() {
        for section in lowered.experiment.factSections() {
          var hasher = Hasher()
          hasher.combine(index)
          hasher.combine(section.path)
          hasher.combine(section.layer)
          hasher.combine(section.name)
          // Not a fact's own hash, since that is of its place too.
          for fact in section.facts { hash &+= Hasher.hash(index, fact.path, fact.value.description) }
          hash &+= hasher.finalize()
        }
      }
      known = hash
      return hash
    }
  }
}

extension Hasher {
  fileprivate static func hash(_ index: Int, _ path: String, _ value: String) -> Int {
    var hasher = Hasher()
    hasher.combine(index)
    hasher.combine(path)
    hasher.combine(value)
    return hasher.finalize()
  }
}

/// What is known of a document, with places of an earlier text moved to where they are now.
struct DocumentFacts: Sendable {
  let read: ReadFile
  fileprivate let move: TextMove

  fileprivate init(read: ReadFile, move: TextMove) {
    self.read = read
    self.move = move
  }

  /// The text that the facts' own places are in.
  var source: SourceText { read.file.source }

  /// Returns where a place of the facts is in the present text; nil where that was edited away.
  func present(_ range: TextRange) -> TextRange? { move.moved(range) }

  /// Returns where a place of the present text was in that of the facts; nil where it came later.
  func past(_ offset: Int) -> Int? { move.origin(of: offset) }

  /// The experiments with the index of this document among their files.
  var experiments: [(lowered: LoweredExperiment, source: Int)] {
    read.experiments.compactMap { lowered in
      lowered.files.firstIndex { $0.source === source }.map { (lowered, $0) }
    }
  }
}

/// How places move between two texts that differ in one stretch.
struct TextMove: Sendable {
  /// How many bytes at the start and at the end are the same.
  private let prefix: Int
  private let suffix: Int
  private let oldCount: Int
  private let newCount: Int

  init(from old: SourceText, to new: SourceText) {
    oldCount = old.bytes.count
    newCount = new.bytes.count
    guard old !== new else {
      (prefix, suffix) = (oldCount, 0)
      return
    }
    let shorter = min(oldCount, newCount)
    (prefix, suffix) = old.bytes.withUnsafeBufferPointer { old in
      new.bytes.withUnsafeBufferPointer { new in
        var prefix = 0
        while prefix < shorter, old[prefix] == new[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shorter - prefix, old[old.count - 1 - suffix] == new[new.count - 1 - suffix] { suffix += 1 }
        return (prefix, suffix)
      }
    }
  }

  func moved(_ range: TextRange) -> TextRange? {
    if range.end <= prefix { return range }
    guard range.start >= oldCount - suffix else { return nil }
    let distance = newCount - oldCount
    return TextRange(start: range.start + distance, end: range.end + distance)
  }

  func origin(of offset: Int) -> Int? {
    if offset <= prefix { return offset }
    return offset >= newCount - suffix ? offset + oldCount - newCount : nil
  }
}
