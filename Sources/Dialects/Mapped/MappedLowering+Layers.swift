import ConfigSyntax
import Experiment
import SourceText

extension MappedLowering {
  /// How many layers a number in a file may stand for.
  private static let layerLimit = 1000

  /// Makes the layers that keys describe, one after the other.
  mutating func lowerLayers() {
    guard !definition.layers.isEmpty else { return }
    let place = experiment.about.location
    if experiment.inputs.isEmpty { experiment.inputs.append(Record(location: place)) }
    var input = Layer(kind: .input, name: "input", facts: Record(location: place), inputs: [])
    input.facts[name: InputKeys.shape.name] = experiment.inputs[0][name: InputKeys.shape.name]
    experiment.layers.append(input)
    experiment.inputs[0].setIfUnknown(InputKeys.layer, 0, .inferred(from: "the dialect", at: nil))
    var output: Int?
    for layer in definition.layers {
      lower(layer, number: nil)
      if layer.isOutput { output = experiment.layers.count - 1 }
    }
    let last = experiment.layers.count - 1
    guard last > 0 else {
      experiment.layers = []
      experiment.inputs[0][InputKeys.layer] = nil
      return
    }
    if experiment.outputs.isEmpty { experiment.outputs.append(Output(facts: Record(location: place), layer: nil)) }
    experiment.outputs[0].layer = output ?? last
  }

  // MARK: - Private

  private mutating func lower(_ layer: MappedLayer, number: Int?) {
    if let condition = layer.condition, values.holds(condition) != true { return }
    if let each = layer.each {
      guard let sizes = sizes(each) else { return addUnknown(layer) }
      for (index, size) in sizes.prefix(Self.layerLimit).enumerated() {
        add(layer, number: sizes.count > 1 ? index + 1 : nil, size: size)
      }
      return
    }
    guard let times = layer.times else { return add(layer, number: number, size: nil) }
    let count: Int?
    switch times {
    case .number(let number): count = number
    case .value(let path): count = values.fact(at: path).flatMap { Int($0) }
    }
    guard let count, count >= 0 else { return addUnknown(layer) }
    let bounded = min(count, Self.layerLimit)
    for number in 0..<bounded { add(layer, number: bounded > 1 ? number + 1 : nil, size: nil) }
  }

  /// Returns the sizes in a list, each with where it comes from; nil where they are not known.
  private func sizes(_ path: MappedPath) -> [Fact<FactValue>]? {
    guard let key = values.key(at: path) else { return nil }
    switch values.value(of: key) {
    case .stated(.list(let elements), let place):
      let nodes = place.node.elements
      guard nodes.count == elements.count else { return nil }
      return zip(elements, nodes).map { Fact($0, .stated($1.location(source: place.source))) }
    case .stated(let value, let place): return Int(value).map { _ in [Fact(value, .stated(place.location))] }
    case .default(.list(let elements), let source): return elements.map { Fact($0, .default(source)) }
    case .default(let value, let source): return Int(value).map { _ in [Fact(value, .default(source))] }
    case .deferred, .dependsOnVersion, .absent: return nil
    }
  }

  /// Adds a layer of which it is not known how often it is there.
  private mutating func addUnknown(_ layer: MappedLayer) {
    var facts = Record(location: experiment.about.location)
    facts[LayerKeys.className] = Fact(layer.kind.rawValue, .inferred(from: "the dialect", at: nil))
    append(Layer(kind: .unknown, name: layer.name, facts: facts, inputs: []))
  }

  private mutating func add(_ layer: MappedLayer, number: Int?, size: Fact<FactValue>?) {
    guard layer.block.isEmpty else {
      for part in layer.block { lower(part, number: number) }
      return
    }
    let index = experiment.layers.count
    var facts = Record(location: size?.origin.location)
    if let size { facts[name: Self.sizeKey(of: layer.kind)] = size }
    for (path, sources) in layer.facts {
      guard let key = path.last, let (fact, origin) = value(sources, path, layer: index) else { continue }
      _ = facts.set(Fact(fact, origin), key, at: path.dropLast(), nil)
      if facts.location == nil { facts.location = origin.location }
    }
    if facts.location == nil { facts.location = experiment.about.location }
    append(Layer(kind: layer.kind, name: number.map { "\(layer.name)_\($0)" } ?? layer.name, facts: facts, inputs: []))
  }

  private mutating func append(_ layer: Layer) {
    var layer = layer
    layer.inputs = [experiment.layers.count - 1]
    layer.inputSlots = [0]
    experiment.layers.append(layer)
  }

  /// Returns the first value that some source gives, and remembers the key that it comes from.
  private mutating func value(
    _ sources: [MappedLayer.FactSource],
    _ path: [String],
    layer: Int
  ) -> (FactValue, Origin)? {
    for source in sources {
      switch source {
      case .key(let keyPath, let condition):
        if let condition, values.holds(condition) != true { continue }
        guard let key = values.key(at: keyPath) else { continue }
        let record = RecordPath(.layer(layer), nested: Array(path.dropLast()))
        remember(key, for: MappedTarget(record: record, key: path.last ?? ""))
        if let found = known(key) { return found }
      case .value(let value):
        if let condition = value.condition, values.holds(condition) != true { continue }
        guard case .constant(let constant) = value.content else { continue }
        let origin =
          value.source == nil
          ? Origin.inferred(from: value.because ?? "the dialect", at: nil)
          : .default(DefaultSource(framework: definition.title, since: value.since, note: value.note))
        return (constant, origin)
      }
    }
    return nil
  }

  private static func sizeKey(of kind: LayerKind) -> String {
    switch kind {
    case .conv1d, .conv2d, .conv3d, .convTranspose1d, .convTranspose2d, .convTranspose3d, .separableConv1d,
      .separableConv2d:
      LayerKeys.filters.name
    case .embedding: LayerKeys.outputDimension.name
    default: LayerKeys.units.name
    }
  }
}
