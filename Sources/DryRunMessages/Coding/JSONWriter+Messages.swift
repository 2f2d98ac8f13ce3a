import JSONText

// A member whose value is nil is left out.
extension JSONWriter {
  mutating func member(_ key: String, number value: Double?) {
    guard let value else { return }
    self.key(key)
    self.value(value)
  }

  mutating func member(_ key: String, count value: Int?) {
    if let value { member(key, value) }
  }

  mutating func member(_ key: String, text value: String?) {
    if let value { member(key, value) }
  }

  /// Writes a seed, which may be larger than any `Int`.
  mutating func member(_ key: String, seed: UInt64) {
    self.key(key)
    value(json: String(seed))
  }

  mutating func member(_ key: String, message: (any DryRunMessage)?) {
    guard let message else { return }
    self.key(key)
    message.write(to: &self)
  }

  mutating func member(_ key: String, messages: [some DryRunMessage]) {
    self.key(key)
    array(of: messages) { $1.write(to: &$0) }
  }

  mutating func member(_ key: String, texts: [String]) {
    self.key(key)
    array(of: texts) { $0.value($1) }
  }

  mutating func member(_ key: String, counts: [Int]) {
    self.key(key)
    array(of: counts) { $0.value($1) }
  }

  mutating func member(_ key: String, interval: ClosedRange<Double>) {
    self.key(key)
    array { writer in
      writer.value(interval.lowerBound)
      writer.value(interval.upperBound)
    }
  }
}
