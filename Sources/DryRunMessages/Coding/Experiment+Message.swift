package import Experiment
package import JSONText
import ConfigSyntax

// Facts go without where they come from: the runner has no files. So do the problems, and what `derive()` finds out it finds out there.

extension Experiment: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(dialect: try reader["dialect"].text(), sources: [])
    about = try reader["about"].record()
    inputs = try reader["inputs"].array { input throws(MessageFault) in try input.record() }
    // One by one: what a layer may name depends on where it stands.
    _ = try reader["layers"].array { layer throws(MessageFault) in
      layers.append(try Layer(layer, at: layers.count))
    }
    outputs = try reader["outputs"].array { [layers] output throws(MessageFault) in
      try Output(output, layerCount: layers.count)
    }
    training = try reader["training"].record()
    data = try reader["data"].record()
    problems = try reader["problems"].messages()
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("dialect", dialect)
      writer.member("about", facts: about)
      writer.key("inputs")
      writer.array(of: inputs) { $0.facts($1) }
      writer.key("layers")
      writer.array(of: layers) { $1.write(to: &$0) }
      writer.key("outputs")
      writer.array(of: outputs) { writer, output in
        writer.object { writer in
          writer.member("layer", count: output.layer)
          writer.member("facts", facts: output.facts)
        }
      }
      writer.member("training", facts: training)
      writer.member("data", facts: data)
      writer.member("problems", messages: problems)
    }
  }
}

extension Layer {
  /// Reads the layer that stands at an index, before which its inputs stand.
  fileprivate init(_ reader: MessageReader, at index: Int) throws(MessageFault) {
    self.init(
      kind: try reader["kind"].word(LayerKind.self),
      name: try reader["name"].text(),
      facts: try reader["facts"].record(),
      inputs: try reader["inputs"].array { input throws(MessageFault) in try input.index(below: index) }
    )
    if let slots = reader.optional("slots") {
      inputSlots = try slots.array { slot throws(MessageFault) in try slot.integer(atLeast: 0) }
      guard inputSlots.count == inputs.count else { throw slots.wrong("as long as \"inputs\"") }
    }
    if let shared = reader.optional("shares_weights_with") { sharesWeightsWith = try shared.index(below: index) }
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", kind.rawValue)
      writer.member("name", name)
      writer.member("inputs", counts: inputs)
      if !inputSlots.isEmpty { writer.member("slots", counts: inputSlots) }
      writer.member("shares_weights_with", count: sharesWeightsWith)
      writer.member("facts", facts: facts)
    }
  }
}

extension Output {
  fileprivate init(_ reader: MessageReader, layerCount: Int) throws(MessageFault) {
    self.init(facts: try reader["facts"].record(), layer: try reader.optional("layer")?.index(below: layerCount))
  }
}

extension Problem: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(kind: try reader["kind"].word(Kind.self), message: try reader["message"].text(), location: nil)
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", kind.rawValue)
      writer.member("message", message)
    }
  }
}

// MARK: - Facts

extension MessageReader {
  fileprivate func record() throws(MessageFault) -> Record {
    var record = Record()
    try forEachMember { name, value throws(MessageFault) in
      record[name: name] = Fact(try value.factValue(), .inferred(from: "the job", at: nil))
    }
    return record
  }

  /// Reads a value: what JSON has no type for is an object with one member that names the type.
  private func factValue() throws(MessageFault) -> FactValue {
    guard let syntax else { throw wrong("a value") }
    switch syntax.kind {
    case .sequence: return .list(try array { element throws(MessageFault) in try element.factValue() })
    case .mapping:
      if let text = optional("deferred") { return .deferred(try text.text()) }
      if let number = optional("number") { return .number(try number.number()) }
      if let nested = optional("record") { return .record(try nested.record()) }
      throw wrong("a value: an object has \"deferred\", \"number\" or \"record\"")
    default: break
    }
    switch syntax.scalarValue {
    case .null: return .unknown
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .text(let value): return .text(value)
    case nil: throw wrong("a value")
    }
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ key: String, facts: Record) {
    self.key(key)
    self.facts(facts)
  }

  fileprivate mutating func facts(_ record: Record) {
    object { writer in
      for entry in record.entries {
        writer.key(entry.name)
        writer.value(entry.fact.value)
      }
    }
  }

  private mutating func value(_ value: FactValue) {
    switch value {
    case .boolean(let value): self.value(value)
    case .integer(let value): self.value(value)
    case .number(let value) where value.isFinite: self.value(value)
    case .number(let value): object { $0.member("number", number: value) }
    case .text(let value): self.value(value)
    case .list(let elements): array(of: elements) { $0.value($1) }
    case .unknown: self.value(nil as String?)
    case .deferred(let text): object { $0.member("deferred", text) }
    case .record(let record): object { $0.member("record", facts: record) }
    }
  }
}
