import SourceText

/// What a scalar means.
package enum ScalarValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
}

extension SyntaxNode {
  /// What the scalar means: by the format's grammar, for YAML 1.2's core schema and the node's tag; nil for collections.
  ///
  /// A missing value is null, one that could not be read has none. `.inf` and `.nan` are numbers, as are Python's `NaN` and `Infinity` in JSON.
  package var scalarValue: ScalarValue? {
    let storage = resolvedStorage
    if storage.kind == .missing { return storage.isUnreadable ? nil : .null }
    guard storage.kind == .scalar, let text else { return nil }
    switch tree.format {
    case .json: return storage.style == .plain ? ScalarGrammar.json(text) : .text(text)
    case .yaml: return ScalarGrammar.yaml12(text, style: storage.style, tag: tag)
    case .ini: return storage.style == .plain ? ScalarGrammar.ini(text) : .text(text)
    case .protoText: return storage.style == .plain ? ScalarGrammar.protoText(text) : .text(text)
    case .python: return storage.style == .plain ? ScalarGrammar.python(text) : .text(text)
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
    guard tree.format == .json else { return scalarValue == .null }
    // Most values are not null, which their first byte tells without making a string: `null`, or Python's `None`.
    let storage = resolvedStorage
    guard storage.kind == .scalar else { return storage.kind == .missing && !storage.isUnreadable }
    guard storage.style == .plain, let first = firstByte(of: storage) else { return false }
    return first | 0x20 == UInt8(ascii: "n") && scalarValue == .null
  }

  /// The truth value of a scalar.
  package var boolean: Bool? {
    if tree.format == .json {
      let storage = resolvedStorage
      guard storage.kind == .scalar, storage.style == .plain, let first = firstByte(of: storage),
        first | 0x20 == UInt8(ascii: "t") || first | 0x20 == UInt8(ascii: "f")
      else { return nil }
    }
    return if case .boolean(let value) = scalarValue { value } else { nil }
  }

  /// The integer of a scalar; `3.0` counts.
  package var integer: Int? {
    let storage = resolvedStorage
    if storage.kind == .scalar, storage.style == .plain, storage.tag < 0, let value = shortInteger(storage) {
      return value
    }
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

  // MARK: - Private

  private func firstByte(of storage: NodeStorage) -> UInt8? {
    storage.contentStart < storage.contentEnd ? tree.source.bytes[Int(storage.contentStart)] : nil
  }

  /// Returns the value of up to 18 digits without a leading zero, which every grammar reads alike; nil for other text.
  private func shortInteger(_ storage: NodeStorage) -> Int? {
    let start = Int(storage.contentStart)
    let count = Int(storage.contentEnd) - start
    guard storage.decodedText < 0, (1...18).contains(count) else { return nil }
    return tree.source.bytes.withUnsafeBufferPointer { bytes in
      guard bytes[start] != UInt8(ascii: "0") || count == 1 else { return nil }
      var value = 0
      for offset in start..<start + count {
        guard bytes[offset].isDigit else { return nil }
        value = value * 10 + Int(bytes[offset] - UInt8(ascii: "0"))
      }
      return value
    }
  }
}
