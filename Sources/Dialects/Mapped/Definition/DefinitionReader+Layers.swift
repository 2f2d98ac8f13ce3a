import ConfigSyntax
import Experiment

extension DefinitionReader {
  /// Reads a layer that keys describe, or a block of such.
  mutating func layer(_ node: SyntaxNode) -> MappedLayer? {
    var reader = KeyReader(node, source: 0, subject: "a layer")
    if let block = reader.value("block") {
      var layer = MappedLayer(kind: .unknown, name: "block")
      layer.block = elements(block, "block").filter { part in
        // One block in another would be a way to ask for very many layers.
        if part.member("block") != nil { note(.invalidValue, "a block holds layers, no other block", at: part) }
        return part.member("block") == nil
      }.compactMap { self.layer($0) }
      readRepeats(of: &layer, &reader)
      reader.finish(into: &problems)
      return layer
    }
    let kind = reader.value("kind")
    guard let kind, let known = kind.text.flatMap(LayerKind.init) else {
      noteKind(kind, of: node)
      reader.passOver(node.members.map(\.name))
      reader.finish(into: &problems)
      return nil
    }
    var layer = MappedLayer(kind: known, name: reader.read(String.self, "name")?.value ?? known.rawValue)
    layer.each = reader.value("each").flatMap { path($0) }
    readRepeats(of: &layer, &reader)
    for member in mapping(reader.value("facts"), "facts")?.members ?? [] {
      guard let path = path(member.key) else { continue }
      let record = RecordPath(.layer(0), nested: Array(path.names.dropLast()))
      let fault = factTypes.fault(of: MappedTarget(record: record, key: path.lastName))
      if fault.isFault {
        note(.invalidValue, "a layer has no fact \"\(member.name)\"", at: member.key, help: fault.help)
        continue
      }
      let elements = member.value.kind == .sequence ? member.value.elements : [member.value]
      layer.facts.append((path.names, elements.compactMap { factSource($0) }))
    }
    reader.finish(into: &problems)
    return layer
  }

  private mutating func readRepeats(of layer: inout MappedLayer, _ reader: inout KeyReader) {
    if let times = reader.value("times") {
      layer.times = times.integer.map { .number($0) } ?? path(times).map { .value(of: $0) }
    }
    layer.condition = reader.value("if").flatMap { condition($0) }
    layer.isOutput = reader.read(Bool.self, "output")?.value ?? false
  }

  /// Reads what the framework refuses or passes over.
  mutating func readCheck(_ node: SyntaxNode) {
    var reader = KeyReader(node, source: 0, subject: "a check")
    let condition = reader.value("if").flatMap { self.condition($0) }
    let place = reader.value("at").flatMap { path($0) }
    let kinds: [Problem.Kind] = [.invalidValue, .ignoredKey, .missingKey, .contradiction]
    var kind = Problem.Kind.invalidValue
    if let word = reader.value("kind") {
      if let known = kinds.first(where: { $0.rawValue == word.text }) {
        kind = known
      } else {
        noteWord(word, kinds.map(\.rawValue))
      }
    }
    let message = reader.read(String.self, "message")?.value
    let help = reader.read(String.self, "help")?.value
    reader.finish(into: &problems)
    guard let condition, let place, let message else {
      return note(.missingKey, "a check needs \"if\", \"at\" and \"message\"", at: node)
    }
    definition.checks.append(
      MappedCheck(condition: condition, place: place, kind: kind, message: message, help: help)
    )
  }

  // MARK: - Private

  private mutating func noteKind(_ kind: SyntaxNode?, of layer: SyntaxNode) {
    guard let kind else { return note(.missingKey, "a layer needs a \"kind\"", at: layer) }
    noteWord(kind, LayerKind.allCases.map(\.rawValue))
  }

  private mutating func factSource(_ node: SyntaxNode) -> MappedLayer.FactSource? {
    guard node.kind == .mapping else {
      // A text is the path of a key; other values stand for themselves.
      guard case .text? = node.scalarValue else {
        return .value(DefinedValue(content: .constant(FactValue(node, source: 0))))
      }
      return path(node).map { .key($0, nil) }
    }
    guard let key = node["key"] else { return .value(definedValue(node, "a fact of a layer")) }
    var reader = KeyReader(node, source: 0, subject: "a fact of a layer")
    reader.passOver("key")
    let condition = reader.value("if").flatMap { self.condition($0) }
    reader.finish(into: &problems)
    return path(key).map { .key($0, condition) }
  }
}
