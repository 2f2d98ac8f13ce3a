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
    facts[LayerKeys.statedOutputShape] = width(ofCombiner: type.value, section).map { Fact([$0.value], $0.origin) }
    let inside = append(.backbone, "combiner/\(type.value)", facts, inputs: ends.isEmpty ? [first] : ends)
    switch type.value {
    case "transformer", "tabtransformer":
      return lowerStack(section, .behindOtherLayers, input: inside, name: "combiner", role: "combiner")
    default: return inside
    }
  }

  // MARK: - Private

  /// How wide a combiner's output is, as far as it follows from its own keys; for `transformer` before its fully connected layers.
  ///
  /// Read in `ludwig/combiners/combiners.py` of 0.10.4.
  private mutating func width(ofCombiner type: String, _ section: LudwigSection) -> Fact<Int>? {
    switch type {
    case "tabnet": return size(section, "output_size", default: 128)
    case "transformer":
      guard let reduction = section.member(["reduce_output"])?.value else {
        return size(section, "hidden_size", default: 256)
      }
      return ["mean", "avg", "sum", "max", "last"].contains(reduction.string)
        ? size(section, "hidden_size", default: 256) : nil
    case "project_aggregate":
      guard section.member(["fc_layers"])?.value.isNull ?? true else { return nil }
      let layers = size(section, "num_fc_layers", default: 2)
      return layers.flatMap { size(section, $0.value == 0 ? "projection_size" : "output_size", default: 128) }
    case "comparator":
      guard section.member(["fc_layers"])?.value.isNull ?? true else { return nil }
      // The products and differences of two vectors, and two scalar products.
      return size(section, "output_size", default: 256).flatMap { size in
        (1...10_000_000).contains(size.value) ? Fact(2 * size.value + 2, size.origin) : nil
      }
    default: return nil
    }
  }

  private mutating func size(_ section: LudwigSection, _ name: String, default: Int) -> Fact<Int>? {
    switch read(Int.self, [section.key(name)]) {
    case .stated(let value, let node): Fact(value, stated(node))
    case .absent, .null: Fact(`default`, Self.default())
    case .deferred, .invalid: nil
    }
  }

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
