import ConfigSyntax
import Experiment
import SourceText

/// Initialisers as Keras writes them: a word, or an object with a class and a config.
enum KerasInitializer {
  /// Returns the facts of an initialiser, or nil when the node is none.
  static func record(_ node: SyntaxNode, source: Int) -> Record? {
    let location = node.location(source: source)
    if let word = node.string {
      var record = Record(location: location)
      let name = standardName(of: word)
      record[name: InitializerKeys.name.name] = Fact(.text(name), .stated(location))
      addDefaults(&record, name)
      return record
    }
    guard let word = node["class_name"]?.string ?? node["name"]?.string else { return nil }
    let config = node["config"] ?? node
    var record = Record(location: location, container: config.location(source: source))
    var name = standardName(of: word)
    if name == "variance_scaling" { name = plainName(ofVarianceScaling: config) ?? name }
    record[name: InitializerKeys.name.name] = Fact(.text(name), .stated(location))
    func read(_ fact: FactKey<Double>, _ key: String) {
      guard let value = config[key], let number = value.number else { return }
      record[fact] = Fact(KerasNumber.narrowed(number), .stated(value.location(source: source)))
    }
    func read(_ fact: FactKey<String>, _ key: String) {
      guard let value = config[key], let text = value.string else { return }
      record[fact] = Fact(KerasNames.snakeCase(text), .stated(value.location(source: source)))
    }
    switch name {
    case "random_normal", "truncated_normal":
      read(InitializerKeys.mean, "mean")
      read(InitializerKeys.standardDeviation, "stddev")
    case "random_uniform":
      read(InitializerKeys.minimum, "minval")
      read(InitializerKeys.maximum, "maxval")
    case "constant": read(InitializerKeys.value, "value")
    case "orthogonal", "identity": read(InitializerKeys.gain, "gain")
    case "variance_scaling":
      read(InitializerKeys.scale, "scale")
      read(InitializerKeys.mode, "mode")
      read(InitializerKeys.distribution, "distribution")
    default: break
    }
    addDefaults(&record, name)
    return record
  }

  /// Returns the record of an initialiser that Keras takes by itself.
  static func `default`(_ name: String) -> Record {
    var record = Record()
    record[InitializerKeys.name] = Fact(name, keras)
    addDefaults(&record, name)
    return record
  }

  // MARK: - Private

  /// The standard name of an initialiser; those of nearly every layer are found without folding their spelling.
  private static func standardName(of word: String) -> String {
    common[word] ?? InitializerVocabulary.standardName(of: word) ?? word
  }

  private static let common = [
    "GlorotUniform": "glorot_uniform", "Zeros": "zeros", "VarianceScaling": "variance_scaling", "HeNormal": "he_normal",
    "Orthogonal": "orthogonal", "glorot_uniform": "glorot_uniform", "zeros": "zeros",
  ]

  private static let keras = Origin.default(DefaultSource(framework: "Keras"))

  /// Adds the parameters of Keras's own (`keras/src/initializers/random_initializers.py`).
  private static func addDefaults(_ record: inout Record, _ name: String) {
    switch name {
    case "random_normal", "truncated_normal":
      record.setIfUnknown(InitializerKeys.mean, 0, keras)
      record.setIfUnknown(InitializerKeys.standardDeviation, 0.05, keras)
    case "random_uniform":
      record.setIfUnknown(InitializerKeys.minimum, -0.05, keras)
      record.setIfUnknown(InitializerKeys.maximum, 0.05, keras)
    case "orthogonal": record.setIfUnknown(InitializerKeys.gain, 1, keras)
    case "variance_scaling":
      record.setIfUnknown(InitializerKeys.scale, 1, keras)
      record.setIfUnknown(InitializerKeys.mode, "fan_in", keras)
      record.setIfUnknown(InitializerKeys.distribution, "truncated_normal", keras)
    default: break
    }
  }

  /// The name that a scale, mode and distribution go by: Keras 2 writes Glorot's initialiser as a variance scaling.
  private static func plainName(ofVarianceScaling config: SyntaxNode) -> String? {
    let family: String
    // TensorFlow.js writes `fanAvg`.
    switch (config["scale"]?.number, config["mode"]?.string.map(KerasNames.snakeCase)) {
    case (1, "fan_avg"): family = "glorot"
    case (2, "fan_in"): family = "he"
    case (1, "fan_in"): family = "lecun"
    default: return nil
    }
    switch config["distribution"]?.string.map(KerasNames.snakeCase) {
    case "uniform": return family + "_uniform"
    case "normal", "truncated_normal": return family + "_normal"
    default: return nil
    }
  }
}

/// Numbers as Keras writes them.
enum KerasNumber {
  /// Returns the number that was meant where a 32-bit float was written with the digits of a 64-bit one.
  ///
  /// Keras keeps rates in 32 bits: 0.001 is saved as 0.0010000000474974513.
  static func narrowed(_ value: Double) -> Double {
    let narrow = Float(value)
    guard narrow.isFinite, Double(narrow) == value else { return value }
    return Double("\(narrow)") ?? value
  }
}

/// Names as Keras and the libraries on top of it write them.
enum KerasNames {
  /// Returns the standard name of an activation; a word that is not known stays.
  static func activation(_ word: String) -> String {
    if ActivationVocabulary.traits(of: word) != nil { return word }
    if let name = ActivationVocabulary.standardName(of: word) { return name }
    // QKeras: `quantized_relu(6,0)` is a ReLU of few bits.
    for (prefix, name) in quantized where word.hasPrefix(prefix) { return name }
    return word
  }

  private static let quantized = [
    ("quantized_relu", "relu"), ("quantized_tanh", "tanh"), ("quantized_sigmoid", "sigmoid"),
    ("quantized_bits", "linear"), ("quantized_linear", "linear"),
  ]

  /// Returns a class name as a word: `CosineDecay` is `cosine_decay`.
  static func snakeCase(_ name: String) -> String {
    var result: [UInt8] = []
    var wasLower = false
    for byte in name.utf8 {
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      if isUpper, wasLower { result.append(UInt8(ascii: "_")) }
      result.append(isUpper ? byte | 0x20 : byte)
      wasLower = !isUpper && byte != UInt8(ascii: "_")
    }
    return String(decoding: result, as: UTF8.self)
  }
}
