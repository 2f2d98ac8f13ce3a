import ConfigSyntax
import Experiment
import SourceText

/// The sections that take from others than the one before.
extension DarknetLowering {
  /// Joins earlier layers along the channels; of one alone it passes on what that gives.
  mutating func lowerRoute(_ section: inout DarknetSection) {
    guard let layers = section.integers("layers") else {
      section.note(.missingKey, "\(section.subject) does not say which \"layers\" it takes")
      return
    }
    let groups = max(section.integer("groups")?.value ?? 1, 1)
    var parts: [Result] = []
    for stated in layers.value {
      guard let part = result(at: stated, for: &section, "layers") else { return addJoin(section, parts, groups) }
      parts.append(part)
    }
    addJoin(section, parts, groups)
  }

  private mutating func addJoin(_ section: DarknetSection, _ parts: [Result], _ groups: Int) {
    guard let first = parts.first else { return }
    let taken = groups > 1 ? parts.enumerated().map { slice($1, groups, number: $0, for: section) } : parts
    guard taken.count > 1 else { return take(taken.first ?? first) }
    let channels = taken.reduce(0 as Int?) { Bounded.sum($0, $1.channels) }
    var facts = section.facts
    facts[LayerKeys.axes] = Fact([-1], .inferred(from: "the kind of layer", at: facts.location))
    add(.concatenate, section.layerName, facts, from: taken.map(\.layer), size: first.size.dropLast() + [channels])
  }

  /// One of equal parts of the channels.
  private mutating func slice(_ part: Result, _ groups: Int, number: Int, for section: DarknetSection) -> Result {
    take(part)
    let name = "\(section.layerName)_slice_\(number)"
    addOperation("slice", section, size: part.size.dropLast() + [part.channels.map { $0 / groups }], named: name)
    return current
  }

  /// Adds earlier layers to what the one before gives; where sizes differ Darknet adds what overlaps.
  mutating func lowerShortcut(_ section: inout DarknetSection) {
    let activation = section.activation(default: "linear")
    guard let stated = section.integers("from") else {
      section.note(.missingKey, "\(section.subject) does not say \"from\" which layer it adds")
      return
    }
    let base = current
    var inputs = [base.layer]
    var isEqual = true
    for index in stated.value {
      guard let part = result(at: index, for: &section, "from") else { continue }
      inputs.append(part.layer)
      let differs = zip(part.size, base.size).contains { left, right in left != nil && right != nil && left != right }
      isEqual = isEqual && part.size.count == base.size.count && !differs
    }
    if isEqual {
      add(.add, section.layerName, section.facts, from: inputs, size: base.size)
    } else {
      addOperation("add_overlap", section, from: inputs, size: base.size)
    }
    addActivation(activation, of: section)
  }

  /// An image times a factor for each of its channels, or for each of its values.
  mutating func lowerProduct(_ section: inout DarknetSection, isScale: Bool) {
    let activation = section.activation(default: "linear")
    guard let stated = section.integer("from") else {
      section.note(.missingKey, "\(section.subject) does not say \"from\" which layer it takes")
      return
    }
    let base = current
    guard let other = result(at: stated.value, for: &section, "from") else { return }
    let size = isScale ? other.size : base.size
    add(.multiply, section.layerName, section.facts, from: [other.layer, base.layer], size: size)
    addActivation(activation, of: section)
  }

  /// Adds a layer whose shape alone is known.
  mutating func addOperation(
    _ operation: String,
    _ section: DarknetSection,
    from inputs: [Int]? = nil,
    size: some Sequence<Int?>,
    named name: String? = nil
  ) {
    let size = Array(size)
    var facts = section.facts
    facts[LayerKeys.operation] = Fact(operation, .inferred(from: "the kind of layer", at: facts.location))
    facts[LayerKeys.statedOutputShape] = Fact(size.map { $0 ?? -1 }, .inferred(from: "its options", at: facts.location))
    add(.operation, name ?? section.layerName, facts, from: inputs, size: size)
  }

  private mutating func addActivation(_ activation: DarknetSection.Activation, of section: DarknetSection) {
    guard !activation.isLinear else { return }
    var facts = section.facts
    activation.set(in: &facts)
    add(.activation, "\(section.layerName)_activation", facts, size: current.size)
  }
}
