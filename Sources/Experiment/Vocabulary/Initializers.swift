/// The initialisers that are known, by their standard names, and the spread of what they draw.
package enum InitializerVocabulary {
  /// Returns the standard name of an initialiser that any framework spells so, or nil when it is not known.
  package static func standardName(of spelling: String) -> String? {
    index[FoldedSpelling(spelling)]
  }

  /// All standard names, sorted.
  package static let names: [String] = [
    "constant", "glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "identity", "lecun_normal",
    "lecun_uniform", "ones", "orthogonal", "random_normal", "random_uniform", "truncated_normal", "variance_scaling",
    "zeros",
  ]

  /// The standard deviation of a normal distribution that is cut off at two deviations, in units of the uncut one.
  ///
  /// Keras divides by it where a variance is asked for (`VarianceScaling` in
  /// `keras/src/initializers/random_initializers.py`), and not in `TruncatedNormal`.
  package static let truncatedNormalDeviation = 0.879_625_661_034_239_78

  /// The sizes of the kernel that an initialiser fills.
  struct Fans {
    var input: Int?
    var output: Int?
    /// The width of the kernel's last axis: units or filters.
    var units: Int?
  }

  /// Returns the standard deviation of the values that an initialiser draws, or nil when its facts do not tell.
  ///
  /// A constant has no spread: 0. Formulas: Glorot & Bengio 2010, equation 16: variance 2 / (fan_in + fan_out); He et al.
  /// 2015, equation 10: variance 2 / fan_in; LeCun et al. 1998, section 4.6: variance 1 / fan_in; a uniform distribution has the
  /// deviation (max - min) / sqrt(12); the elements of a random matrix with orthonormal rows or columns have the variance
  /// 1 / max(rows, columns) (Saxe et al. 2014 with unit length spread evenly over the longer side).
  static func standardDeviation(of initializer: Record, fans: Fans) -> Double? {
    switch initializer.value(InitializerKeys.name) {
    case "zeros", "ones", "constant": 0
    case "glorot_uniform", "glorot_normal": scaled(1, mode: "fan_avg", fans)
    case "he_uniform", "he_normal": scaled(2, mode: "fan_in", fans)
    case "lecun_uniform", "lecun_normal": scaled(1, mode: "fan_in", fans)
    case "variance_scaling":
      // Keras's truncated normal is corrected, so that all three distributions have the variance asked for.
      if let scale = initializer.value(InitializerKeys.scale), let mode = initializer.value(InitializerKeys.mode) {
        scaled(scale, mode: mode, fans)
      } else {
        nil
      }
    case "random_normal": initializer.value(InitializerKeys.standardDeviation)
    case "truncated_normal":
      initializer.value(InitializerKeys.standardDeviation).map { $0 * truncatedNormalDeviation }
    case "random_uniform":
      if let low = initializer.value(InitializerKeys.minimum), let high = initializer.value(InitializerKeys.maximum),
        high >= low
      {
        (high - low) / 12.0.squareRoot()
      } else {
        nil
      }
    case "orthogonal":
      if let rows = fans.input, let columns = fans.units, max(rows, columns) > 0 {
        (initializer.value(InitializerKeys.gain) ?? 1) / Double(max(rows, columns)).squareRoot()
      } else {
        nil
      }
    default: nil
    }
  }

  private static func scaled(_ scale: Double, mode: String, _ fans: Fans) -> Double? {
    let fan: Double? =
      switch mode {
      case "fan_in": fans.input.map(Double.init)
      case "fan_out": fans.output.map(Double.init)
      case "fan_avg":
        if let input = fans.input, let output = fans.output { (Double(input) + Double(output)) / 2 } else { nil }
      default: nil
      }
    guard let fan, fan > 0, scale >= 0 else { return nil }
    return (scale / fan).squareRoot()
  }

  /// Spellings beyond case and underscores: PyTorch's, Caffe's and old Keras's.
  private static let aliases: [String: String] = [
    "xavier": "glorot_uniform", "xavier_uniform": "glorot_uniform", "xavier_normal": "glorot_normal",
    "kaiming": "he_uniform", "kaiming_uniform": "he_uniform", "kaiming_normal": "he_normal", "msra": "he_normal",
    "normal": "random_normal", "gaussian": "random_normal", "uniform": "random_uniform",
    "trunc_normal": "truncated_normal", "zero": "zeros", "one": "ones", "eye": "identity",
  ]

  private static let index: [FoldedSpelling: String] = {
    var index: [FoldedSpelling: String] = [:]
    for name in names { index[FoldedSpelling(name)] = name }
    for (alias, name) in aliases { index[FoldedSpelling(alias)] = name }
    return index
  }()
}
