import ConfigSyntax
import Experiment
import SourceText

/// What Ludwig does where keys of one mapping are absent, told by lowering the config without the key at a place.
///
/// The lowering notes where each fact stands or would stand, so that neither keys nor defaults are written down twice. Which release
/// the settings name is not known here: of a default that depends on it each is told.
struct LudwigAbsentKeys {
  private let container: SyntaxNode?
  private let lowering: LudwigLowering?

  /// - Parameters:
  ///   - place: The place, whose key is left out where it is one.
  ///   - config: The config around it.
  init(_ place: SyntaxPlace, config: SyntaxNode) {
    guard case .member(let member)? = place.steps.last, let around = place.container, !member.key.isAlias else {
      (container, lowering) = (nil, nil)
      return
    }
    container = around
    // What a section is about is not left out: the rest would mean something else.
    guard !["type", "name"].contains(member.name), let bytes = member.key.writtenOver else {
      lowering = LudwigDialect.lowered(config, version: nil, forEdits: true)
      return
    }
    let source = SourceText(name: config.tree.source.name, bytes: bytes)
    let tree = parse(source, as: config.tree.format)
    let other = tree.documents.flatMap(LudwigDialect.configs).first { $0.range == config.range }
    lowering = other.map { LudwigDialect.lowered($0, version: nil, forEdits: true) }
  }

  /// Gives the keys of a mapping the facts that they state, and what Ludwig takes for them, where that is known.
  func add(to keys: inout [KeyGuide], of mapping: SyntaxNode) {
    guard let lowering, let slots = lowering.slots, mapping == container else { return }
    let ordered = slots.sorted { ($0.key.record.description, $0.key.key) < ($1.key.record.description, $1.key.key) }
    for (place, slot) in ordered {
      // Of the same bytes: the tree is another one.
      guard let section = slot.key.section.node, section.range == mapping.range else { continue }
      for index in keys.indices where slot.key.names.contains(keys[index].name) {
        keys[index].fact = keys[index].fact ?? place.key
        let guide = FactGuide.of(place.key, at: place.record)
        keys[index].unit = keys[index].unit ?? guide?.unit
        guard slot.stated == nil, let fact = lowering.experiment.record(at: place.record)?[name: place.key],
          let sentence = AbsentKey.sentence(on: fact)
        else { continue }
        keys[index].absent = sentence
      }
    }
    guard let clip = lowering.experiment.training[name: TrainingKeys.clip.name],
      let index = keys.firstIndex(where: { $0.name == "gradient_clipping" }),
      let sentence = AbsentKey.sentence(on: clip)
    else { return }
    keys[index].absent = sentence
  }
}

extension SyntaxNode {
  /// The text of the file with a key that nobody knows in place of this one, of the same length; nil where it is not written
  /// plainly.
  fileprivate var writtenOver: [UInt8]? {
    guard let text, text.utf8.count == (style == .plain ? range.count : range.count - 2) else { return nil }
    var bytes = tree.source.bytes
    let start = style == .plain ? range.start : range.start + 1
    for offset in start..<start + text.utf8.count { bytes[offset] = UInt8(ascii: "z") }
    return bytes
  }
}
