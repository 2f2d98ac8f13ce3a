import ConfigSyntax
import Experiment
import SourceText

extension CaffeReader {
  /// Lowers a filler, the way in which Caffe starts weights; `FillerParameter` in caffe.proto has the defaults.
  ///
  /// Formulas are those of `include/caffe/filler.hpp`: `xavier` draws uniformly with variance 1 / n and `msra` normally with variance
  /// 2 / n, where n is fan_in unless `variance_norm` says otherwise. So `xavier` is LeCun's initialiser, and Glorot's with `AVERAGE`.
  ///
  /// - Parameters:
  ///   - filler: The message; nil where it is absent, which is a constant 0.
  ///   - key: The name of its field.
  ///   - layer: The layer, for findings on what is not stated.
  /// - Returns: The facts of the initialiser, stated where the filler is.
  mutating func initializer(_ filler: SyntaxNode?, _ key: String, of layer: SyntaxNode) -> Fact<Record> {
    let place = layer.location(source: source)
    var record = Record(location: place, container: filler.map { $0.location(source: source) } ?? place)
    guard let filler, filler.kind == .mapping else {
      let origin = Origin.caffe("where \"\(key)\" is absent")
      record[InitializerKeys.name] = Fact("constant", origin)
      record[InitializerKeys.value] = Fact(0, origin)
      return Fact(record, origin)
    }
    record.location = filler.location(source: source)
    let type = read(String.self, "type", of: filler) ?? Fact("constant", .caffe())
    func set(_ fact: FactKey<Double>, _ field: String, default value: Double) {
      record[fact] = read(Double.self, field, of: filler) ?? Fact(value, .caffe())
    }
    switch type.value {
    case "constant":
      record[InitializerKeys.name] = type
      set(InitializerKeys.value, "value", default: 0)
    case "gaussian":
      record[InitializerKeys.name] = Fact("random_normal", type.origin)
      set(InitializerKeys.mean, "mean", default: 0)
      // With `sparse` most weights are set to 0, and the deviation of all is unknown.
      if filler["sparse"] == nil { set(InitializerKeys.standardDeviation, "std", default: 1) }
    case "uniform":
      record[InitializerKeys.name] = Fact("random_uniform", type.origin)
      set(InitializerKeys.minimum, "min", default: 0)
      set(InitializerKeys.maximum, "max", default: 1)
    case "xavier", "msra": setVarianceScaling(type, filler, in: &record)
    default:
      record[InitializerKeys.name] = type
      noteUnknownFiller(type.value, filler)
    }
    noteIdleFields(of: filler, type: type.value)
    return Fact(record, stated(filler))
  }

  private mutating func setVarianceScaling(_ type: Fact<String>, _ filler: SyntaxNode, in record: inout Record) {
    let norm = word("variance_norm", of: filler, among: ["FAN_IN", "FAN_OUT", "AVERAGE"])
    let isXavier = type.value == "xavier"
    switch (isXavier, norm?.value ?? "FAN_IN") {
    case (true, "FAN_IN"): record[InitializerKeys.name] = Fact("lecun_uniform", type.origin)
    case (true, "AVERAGE"): record[InitializerKeys.name] = Fact("glorot_uniform", type.origin)
    case (false, "FAN_IN"): record[InitializerKeys.name] = Fact("he_normal", type.origin)
    case (_, let mode):
      record[InitializerKeys.name] = Fact("variance_scaling", type.origin)
      record[InitializerKeys.scale] = Fact(isXavier ? 1 : 2, .inferred(from: "\"type\"", at: type.origin.location))
      record[InitializerKeys.mode] = Fact(mode == "AVERAGE" ? "fan_avg" : "fan_out", norm?.origin ?? .caffe())
      let distribution = isXavier ? "uniform" : "untruncated_normal"
      record[InitializerKeys.distribution] = Fact(distribution, .inferred(from: "\"type\"", at: type.origin.location))
    }
  }

  private mutating func noteUnknownFiller(_ type: String, _ filler: SyntaxNode) {
    guard let node = filler["type"], !["bilinear", "positive_unitball"].contains(type),
      let nearest = Spelling.nearest(to: type, among: Self.fillerTypes)
    else { return }
    problems.append(
      Problem(
        kind: .invalidValue,
        message: "\"\(type)\" is no filler of Caffe",
        location: node.location(source: source),
        help: "did you mean \"\(nearest)\"?",
        edits: [node.replacingText(with: nearest)]
      )
    )
  }

  /// Remembers settings that the type of filler does not look at.
  private mutating func noteIdleFields(of filler: SyntaxNode, type: String) {
    guard let used = Self.fieldsOfFillers[type] else { return }
    for member in filler.writtenMembers where !used.contains(member.name) {
      guard Self.fieldsOfFillers.values.contains(where: { $0.contains(member.name) }) else { continue }
      // A value of 0 is what most who write it mean to say nothing with.
      guard member.value.number != 0 else { continue }
      idleFields.append(IdleField(key: member.key, filler: type))
    }
  }

  /// Notes what fillers do not look at: nets are made by copying layers, so the same is told once, with how often it stands there.
  mutating func noteIdleFields() {
    var told: Set<String> = []
    for field in idleFields {
      guard let name = field.key.text, told.insert("\(name) \(field.filler)").inserted else { continue }
      let count = idleFields.count { $0.filler == field.filler && $0.key.text == name }
      let places = count > 1 ? "; it stands in \(count) of them" : ""
      note(
        .ignoredKey,
        "\"\(name)\" has no effect on a filler of type \"\(field.filler)\"\(places)",
        at: field.key,
        help: "take it out, or choose the type that it belongs to"
      )
    }
  }

  private static let fillerTypes = [
    "constant", "gaussian", "uniform", "xavier", "msra", "bilinear", "positive_unitball",
  ]

  private static let fieldsOfFillers: [String: Set<String>] = [
    "constant": ["type", "value"], "gaussian": ["type", "mean", "std", "sparse"], "uniform": ["type", "min", "max"],
    "xavier": ["type", "variance_norm"], "msra": ["type", "variance_norm"],
  ]
}
