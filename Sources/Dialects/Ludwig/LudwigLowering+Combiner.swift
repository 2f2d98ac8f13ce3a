import ConfigSyntax
import Experiment

extension LudwigLowering {
  /// Lowers the combiner, which joins the encoders' outputs.
  ///
  /// - Returns: The index of the last layer before the outputs; nil when there is no input.
  mutating func lowerCombiner(_ root: LudwigSection, inputs: [LudwigInput]) -> Int? {
    let ends = inputs.compactMap(\.last)
    guard let first = ends.first else { return nil }
    let section = root.child("combiner")
    var type = Fact("concat", Self.default())
    if let node = section.node?["type"], let text = node.string {
      type = Fact(text, stated(node))
      noteMisspelledWord(text, at: node.location(source: source), key: "combiner", words: LudwigWords.combiners)
    }
    if type.value == "concat" { return lowerConcatenation(section, inputs: ends) }
    var facts = record(of: section)
    facts[LayerKeys.className] = type
    facts[LayerKeys.role] = Fact("combiner", .inferred(from: "the section", at: nil))
    if type.value == "tabnet" {
      var size = Record()
      set(
        LayerKeys.units,
        in: &size,
        at: RecordPath(.layer(experiment.layers.count)),
        from: [section.key("output_size")],
        default: 128
      )
      facts[LayerKeys.statedOutputShape] = size[LayerKeys.units].map { Fact([$0.value], $0.origin) }
    }
    let inside = append(.backbone, "combiner/\(type.value)", facts, inputs: ends.isEmpty ? [first] : ends)
    switch type.value {
    case "transformer", "tabtransformer":
      return lowerStack(section, .behindOtherLayers, input: inside, name: "combiner", role: "combiner")
    default: return inside
    }
  }

  // MARK: - Private

  private mutating func lowerConcatenation(_ section: LudwigSection, inputs: [Int]) -> Int? {
    var inputs = inputs
    if case .stated(true, let node) = read(Bool.self, [section.key("flatten_inputs")]) {
      let location = node.location(source: source)
      inputs = inputs.enumerated().map { index, input in
        append(.flatten, "combiner/flatten\(index + 1)", Record(location: location), inputs: [input])
      }
    }
    var joined = inputs.first
    if inputs.count > 1 {
      var facts = record(of: section)
      facts[LayerKeys.role] = Fact("combiner", .inferred(from: "the section", at: nil))
      joined = append(.concatenate, "combiner/concat", facts, inputs: inputs)
    }
    var keys = LudwigStackKeys.plain
    keys.residual = ["residual"]
    return lowerStack(section, keys, input: joined, name: "combiner", role: "combiner")
  }
}
