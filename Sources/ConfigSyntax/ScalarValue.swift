/// What a scalar means.
package enum ScalarValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
}

extension SyntaxNode {
  /// What the scalar means: by the JSON grammar, or by YAML 1.2's core schema and the node's tag; nil for collections.
  ///
  /// A missing value is null, one that could not be read has none. `.inf` and `.nan` are numbers, as are Python's `NaN` and `Infinity` in JSON.
  package var scalarValue: ScalarValue? {
    let storage = resolvedStorage
    if storage.kind == .missing { return storage.isUnreadable ? nil : .null }
    guard storage.kind == .scalar, let text else { return nil }
    switch tree.format {
    case .json: return storage.style == .plain ? ScalarGrammar.json(text) : .text(text)
    case .yaml: return ScalarGrammar.yaml12(text, style: storage.style, tag: tag)
    }
  }

  /// What a YAML 1.1 reader such as PyYAML takes the scalar for, where that differs from ``scalarValue``.
  ///
  /// `1e-4` is text to it, `on` is true, `010` is 8 and `1:30` is 90.
  package var yaml11Value: ScalarValue? {
    guard tree.format == .yaml, kind == .scalar, style == .plain, tag == nil, let text else { return nil }
    let old = ScalarGrammar.yaml11(text)
    if case .number(let number) = old, number.isNaN { return nil }
    return old == scalarValue ? nil : old
  }

  /// Whether the node is null, written or by absence.
  package var isNull: Bool {
    guard tree.format == .json, resolvedStorage.kind != .missing else { return scalarValue == .null }
    // `null`, and Python's `None`: no need to make a string of every other value.
    return style == .plain && withTextBytes { $0.count == 4 } == true && scalarValue == .null
  }

  /// The truth value of a scalar.
  package var boolean: Bool? {
    if case .boolean(let value) = scalarValue { value } else { nil }
  }

  /// The integer of a scalar; `3.0` counts.
  package var integer: Int? {
    if style == .plain, tag == nil, let digits = withTextBytes(Self.shortInteger), let digits { return digits }
    return switch scalarValue {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The number of a scalar.
  package var number: Double? {
    switch scalarValue {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The text of a scalar that is text: `"3"` counts, `3` does not.
  package var string: String? {
    if case .text(let value) = scalarValue { value } else { nil }
  }

  /// Returns the value of up to 18 digits without a leading zero, which every grammar reads alike; nil for other text.
  private static func shortInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (1...18).contains(text.count), text[0] != UInt8(ascii: "0") || text.count == 1 else { return nil }
    var value = 0
    for byte in text {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}
