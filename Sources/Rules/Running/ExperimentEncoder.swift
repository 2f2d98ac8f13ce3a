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
struct ExperimentEncoder {
  private(set) var writer = ByteWriter()
  /// What the tables stand for, by their ids.
  private(set) var references: [LuaReference] = []
  private let experiment: Experiment

  init(_ experiment: Experiment) {
    self.experiment = experiment
    writer.reserve(4096 + experiment.layers.count * 1024)
    references.reserveCapacity(16 + experiment.layers.count * 4)
    encode()
  }

  // MARK: - Private

  private mutating func encode() {
    writer.put(EZ_LUA_GRAPH)
    writer.put(count: experiment.layers.count)
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
  }

  private mutating func putLayers() {
    let layers = experiment.layers
    var consumers = [[Int]](repeating: [], count: layers.count)
    for (index, layer) in layers.enumerated() {
      for input in layer.inputs where layers.indices.contains(input) && consumers[input].last != index {
        consumers[input].append(index)
      }
    }
    putList("layers", count: layers.count) { encoder, index in
      let layer = layers[index]
      encoder.writer.put(EZ_LUA_DEFINE)
      encoder.writer.put(count: index)
      encoder.putRecord(layer.facts, .record(.layer(index))) { encoder in
        encoder.put("kind", layer.kind.rawValue)
        encoder.put("name", layer.name)
        encoder.writer.put(key: "index")
        encoder.writer.put(index + 1)
        encoder.put("inputs", nodes: layer.inputs.filter(layers.indices.contains))
        encoder.put("consumers", nodes: consumers[index])
        return 5 + encoder.put("shared", node: layer.sharesWeightsWith)
      }
    }
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
      guard let help = problem.help else { return 2 }
      encoder.put("help", help)
      return 3
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
    for entry in record.entries {
      switch entry.fact.value {
      case .unknown, .deferred: continue
      case .record(let nested): put(entry.name, record: nested, .nested(in: id, key: entry.name))
      case let value:
        writer.put(key: entry.name)
        writer.put(element: value)
      }
      count += 1
    }
    count += more(&self)
    writer.setCount(count, at: place)
  }

  private mutating func put(_ key: String, record: Record, _ reference: LuaReference) {
    writer.put(key: key)
    writer.put(EZ_LUA_RECORD)
    putRecord(record, reference)
  }

  private mutating func put(_ key: String, _ text: String) {
    writer.put(key: key)
    writer.put(text)
  }

  private mutating func putList(_ key: String, count: Int, element: (inout ExperimentEncoder, Int) -> Void) {
    writer.put(key: key)
    writer.put(EZ_LUA_LIST)
    writer.put(count: count)
    for index in 0..<count { element(&self, index) }
  }

  private mutating func put(_ key: String, nodes: [Int]) {
    writer.put(key: key)
    writer.put(EZ_LUA_LIST)
    writer.put(count: nodes.count)
    for node in nodes {
      writer.put(EZ_LUA_NODE)
      writer.put(count: node)
    }
  }

  /// Puts a layer, when it is known, and returns the number of entries that were put.
  private mutating func put(_ key: String, node: Int?) -> Int {
    guard let node, experiment.layers.indices.contains(node) else { return 0 }
    writer.put(key: key)
    writer.put(EZ_LUA_NODE)
    writer.put(count: node)
    return 1
  }
}
