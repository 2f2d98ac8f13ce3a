import CLuaHost
import Experiment

/// What a read-only table in Lua stands for.
enum LuaReference {
  case record(RecordPath.Root)
  /// The record under a key of another, which the id names.
  case nested(in: Int, key: String)
  case problem(Int)
}

/// Lays an experiment out for Lua: one stream, from which the shim builds the tables that all rules share.
struct ExperimentEncoder: ~Copyable {
  private(set) var writer: ByteWriter
  /// What the tables stand for, by their ids.
  private(set) var references: [LuaReference] = []
  /// Whether some layer knows a fact of that name, by the number of the name.
  private var isLayerFact: [Bool] = []
  /// The kinds of the layers, each once.
  private var kinds: [LayerKind] = []
  private var names = NameTable()
  private let experiment: Experiment

  init(_ experiment: Experiment) {
    self.experiment = experiment
    writer = ByteWriter(capacity: 4096 + experiment.layers.count * 768)
    references.reserveCapacity(16 + experiment.layers.count * 4)
    encode()
  }

  /// Returns what rules can ask for before they are run.
  func knownFacts() -> KnownFacts {
    let layerFacts = isLayerFact.indices.filter { isLayerFact[$0] }.map { names.names[$0] }
    return KnownFacts(experiment, layerFacts: layerFacts, kinds: kinds)
  }

  // MARK: - Private

  private mutating func encode() {
    writer.put(EZ_LUA_GRAPH)
    let size = writer.putOpenCount()
    writer.put(count: experiment.layers.count)
    let start = writer.count
    writer.put(EZ_LUA_RECORD)
    putRecord(experiment.about, .record(.about)) { encoder in
      let experiment = encoder.experiment
      encoder.put("dialect", experiment.dialect)
      encoder.putLayers()
      encoder.putList("inputs", count: experiment.inputs.count) { $0.putInput($1) }
      encoder.putList("outputs", count: experiment.outputs.count) { $0.putOutput($1) }
      encoder.put("training", record: experiment.training, .record(.training))
      encoder.put("data", record: experiment.data, .record(.data))
      encoder.putList("problems", count: experiment.problems.count) { $0.putProblem($1) }
      return 7
    }
    writer.setCount(writer.count - start, at: size)
    writer.put(count: names.names.count)
    for name in names.names { writer.put(key: name) }
  }

  private mutating func putInput(_ index: Int) {
    let facts = experiment.inputs[index]
    writer.put(EZ_LUA_RECORD)
    putRecord(facts, .record(.input(index))) { $0.put("layer", node: facts.value(InputKeys.layer)) }
  }

  private mutating func putOutput(_ index: Int) {
    let output = experiment.outputs[index]
    writer.put(EZ_LUA_RECORD)
    putRecord(output.facts, .record(.output(index))) { encoder in
      encoder.put("layer", node: output.layer) + encoder.put("head", node: output.head)
        + encoder.put("activation_layer", node: output.activationLayer)
    }
  }

  private mutating func putProblem(_ index: Int) {
    let problem = experiment.problems[index]
    writer.put(EZ_LUA_RECORD)
    putRecord(Record(), .problem(index)) { encoder in
      encoder.put("kind", problem.kind.rawValue)
      encoder.put("message", problem.message)
      var count = 2
      for case let (key, value?) in [("fact", problem.fact), ("help", problem.help)] {
        encoder.put(key, value)
        count += 1
      }
      return count
    }
  }

  /// Puts a record's known facts and what `more` adds, which it counts.
  ///
  /// What stands later under the same name wins.
  private mutating func putRecord(
    _ record: Record,
    _ reference: LuaReference,
    more: (inout ExperimentEncoder) -> Int = { _ in 0 }
  ) {
    let id = references.count
    references.append(reference)
    writer.put(id: id)
    let place = writer.putOpenCount()
    var count = 0
    forEachKnown(in: record) { encoder, name, value in
      encoder.put(name: name)
      encoder.put(value, named: name, in: id)
      count += 1
    }
    count += more(&self)
    writer.setCount(count, at: place)
  }

  private mutating func put(_ value: FactValue, named name: String, in id: Int) {
    if case .record(let nested) = value {
      writer.put(EZ_LUA_RECORD)
      putRecord(nested, .nested(in: id, key: name))
    } else {
      writer.put(element: value)
    }
  }

  /// Calls the closure for each fact that a rule sees, without a copy of its origin.
  private mutating func forEachKnown(
    in record: Record,
    _ body: (inout ExperimentEncoder, String, FactValue) -> Void
  ) {
    record.entries.withUnsafeBufferPointer { entries in
      for index in entries.indices {
        let value = entries[index].fact.value
        if value.isKnown { body(&self, entries[index].name, value) }
      }
    }
  }

  @discardableResult
  private mutating func put(name: String) -> Int {
    let number = names.number(of: name)
    writer.put(count: number)
    return number
  }

  private mutating func put(_ key: String, record: Record, _ reference: LuaReference) {
    put(name: key)
    writer.put(EZ_LUA_RECORD)
    putRecord(record, reference)
  }

  private mutating func put(_ key: String, _ text: String) {
    put(name: key)
    writer.put(text)
  }

  private mutating func putList(_ key: String, count: Int, element: (inout ExperimentEncoder, Int) -> Void) {
    put(name: key)
    writer.put(EZ_LUA_LIST)
    writer.put(count: count)
    for index in 0..<count { element(&self, index) }
  }

  /// Puts a layer, when it is known, and returns the number of entries that were put.
  private mutating func put(_ key: String, node: Int?) -> Int {
    guard let node, experiment.layers.indices.contains(node) else { return 0 }
    put(name: key)
    put(node: node)
    return 1
  }

  private mutating func put(node: Int) {
    writer.put(EZ_LUA_NODE)
    writer.put(count: node)
  }
}

// MARK: - Layers

extension ExperimentEncoder {
  private mutating func putLayers() {
    let layers = experiment.layers
    let consumers = Consumers(of: layers)
    putList("layers", count: layers.count) { encoder, index in
      encoder.putLayer(layers[index], index, consumers)
    }
  }

  /// Puts a layer's facts, each with its size: most are passed over.
  ///
  /// What stands first under a name wins. The kind is first of all, since rules pick layers by it.
  private mutating func putLayer(_ layer: Layer, _ index: Int, _ consumers: Consumers) {
    if kinds.last != layer.kind, !kinds.contains(layer.kind) { kinds.append(layer.kind) }
    let id = references.count
    references.append(.record(.layer(index)))
    writer.put(EZ_LUA_DEFINE)
    writer.put(count: index)
    writer.put(id: id)
    let size = writer.putOpenCount()
    let place = writer.putOpenCount()
    var count = 5
    putSized("kind") {
      $0.writer.put(EZ_LUA_NAME)
      $0.put(name: layer.kind.rawValue)
    }
    putSized("name") { $0.writer.put(layer.name) }
    putSized("index") { $0.writer.put(index + 1) }
    let indices = experiment.layers.indices
    putSized("inputs") { encoder in
      encoder.putNodes { encoder in
        var count = 0
        for input in layer.inputs where indices.contains(input) {
          encoder.put(node: input)
          count += 1
        }
        return count
      }
    }
    putSized("consumers") { encoder in
      encoder.putNodes { encoder in
        var count = 0
        consumers.forEach(of: index) {
          encoder.put(node: $0)
          count += 1
        }
        return count
      }
    }
    if let shared = layer.sharesWeightsWith, indices.contains(shared) {
      putSized("shared") { $0.put(node: shared) }
      count += 1
    }
    forEachKnown(in: layer.facts) { encoder, name, value in
      encoder.noteLayerFact(encoder.putSized(name) { $0.put(value, named: name, in: id) })
      count += 1
    }
    writer.setCount(count, at: place)
    writer.setSize(at: size)
  }

  private mutating func noteLayerFact(_ name: Int) {
    while isLayerFact.count <= name { isLayerFact.append(false) }
    isLayerFact[name] = true
  }

  /// Puts a value with its size and returns the number of the key.
  @discardableResult
  private mutating func putSized(_ key: String, _ value: (inout ExperimentEncoder) -> Void) -> Int {
    let name = put(name: key)
    let size = writer.putOpenCount()
    value(&self)
    writer.setSize(at: size)
    return name
  }

  private mutating func putNodes(_ nodes: (inout ExperimentEncoder) -> Int) {
    writer.put(EZ_LUA_LIST)
    let place = writer.putOpenCount()
    let count = nodes(&self)
    writer.setCount(count, at: place)
  }
}

/// The layers that take each layer's output, in one array for all: layer `i`'s are those from `starts[i]` to the next.
private struct Consumers {
  private var starts: [Int]
  private var consumers: [Int]

  init(of layers: [Layer]) {
    var edges: [(input: Int, consumer: Int)] = []
    edges.reserveCapacity(layers.count + layers.count / 4)
    var lastConsumers = Array(repeating: -1, count: layers.count)
    for consumer in layers.indices {
      for input in layers[consumer].inputs where layers.indices.contains(input) && lastConsumers[input] != consumer {
        lastConsumers[input] = consumer
        edges.append((input, consumer))
      }
    }
    starts = Array(repeating: 0, count: layers.count + 2)
    consumers = Array(repeating: 0, count: edges.count)
    for edge in edges { starts[edge.input + 2] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    for edge in edges {
      consumers[starts[edge.input + 1]] = edge.consumer
      starts[edge.input + 1] += 1
    }
  }

  func forEach(of layer: Int, _ body: (Int) -> Void) {
    for place in starts[layer]..<starts[layer + 1] { body(consumers[place]) }
  }
}
