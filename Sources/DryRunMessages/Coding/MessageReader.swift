package import ConfigSyntax
package import JSONText

/// Why a message cannot be read.
package struct MessageFault: Error, Hashable, Sendable {
  /// Names the key: `"written.layers[3].kind" is missing`.
  package var reason: String
}

/// What stands in a message as JSON.
package protocol DryRunMessage: Sendable {
  /// Reads what a message says; members that are not known are left alone.
  ///
  /// - Throws: When a member is missing, of another type, or such that what is made of it could not be used.
  init(_ reader: MessageReader) throws(MessageFault)

  /// Writes one JSON object.
  func write(to writer: inout JSONWriter)
}

/// A value in a message with its place, which errors name.
package struct MessageReader {
  private let node: SyntaxNode?
  private let path: String

  /// Begins at the parameters or the result of a message; nil where there are none.
  package init(_ node: SyntaxNode?) {
    self.init(node, path: "")
  }

  private init(_ node: SyntaxNode?, path: String) {
    self.node = node
    self.path = path
  }

  /// The value of a member, there or not.
  subscript(key: String) -> MessageReader {
    MessageReader(node?[key], path: path.isEmpty ? key : "\(path).\(key)")
  }

  /// The value of a member, or nil where there is none or it is null.
  func optional(_ key: String) -> MessageReader? {
    let member = self[key]
    return member.node.map(\.isNull) ?? true ? nil : member
  }

  // MARK: - Values

  func text() throws(MessageFault) -> String {
    guard let text = node?.string else { throw wrong("a text") }
    return text
  }

  func boolean() throws(MessageFault) -> Bool {
    guard let value = node?.boolean else { throw wrong("true or false") }
    return value
  }

  func integer(atLeast least: Int = .min) throws(MessageFault) -> Int {
    guard let value = node?.integer, value >= least else {
      throw wrong(least == .min ? "an integer" : "an integer of at least \(least)")
    }
    return value
  }

  /// An index of a collection.
  func index(below count: Int) throws(MessageFault) -> Int {
    guard let value = node?.integer, (0..<count).contains(value) else { throw wrong("an index below \(count)") }
    return value
  }

  /// An integer of 64 bits without a sign, which is more than `Int` holds.
  func seed() throws(MessageFault) -> UInt64 {
    guard let value = node?.text.flatMap({ UInt64($0) }) else { throw wrong("an integer that is not negative") }
    return value
  }

  /// A number; JSON has no word for infinities and NaN, which are texts.
  func number() throws(MessageFault) -> Double {
    if let number = node?.number { return number }
    switch node?.string {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: throw wrong("a number")
    }
  }

  /// A number that is not below the least one, and finite.
  func number(atLeast least: Double) throws(MessageFault) -> Double {
    let value = try number()
    guard value >= least, value.isFinite else { throw wrong("a number of at least \(least)") }
    return value
  }

  /// A word of an enumeration.
  func word<Word: RawRepresentable<String>>(_ type: Word.Type) throws(MessageFault) -> Word {
    let text = try text()
    guard let word = Word(rawValue: text) else { throw wrong("a word that is known here, not \"\(text)\"") }
    return word
  }

  func message<Value: DryRunMessage>(_ type: Value.Type = Value.self) throws(MessageFault) -> Value {
    guard node?.kind == .mapping else { throw wrong("an object") }
    return try Value(self)
  }

  /// What a scalar or a collection is, for values that may be of several types; nil where there is none.
  var syntax: SyntaxNode? { node }

  // MARK: - Collections

  /// Returns what a closure makes of each element of an array, in order.
  func array<Element>(_ read: (MessageReader) throws(MessageFault) -> Element) throws(MessageFault) -> [Element] {
    guard let node, node.kind == .sequence else { throw wrong("an array") }
    var values: [Element] = []
    values.reserveCapacity(node.count)
    for (index, element) in node.elements.enumerated() {
      values.append(try read(MessageReader(element, path: "\(path)[\(index)]")))
    }
    return values
  }

  /// The messages in an array.
  func messages<Value: DryRunMessage>(_ type: Value.Type = Value.self) throws(MessageFault) -> [Value] {
    try array { element throws(MessageFault) in try element.message() }
  }

  /// The texts in an array.
  func texts() throws(MessageFault) -> [String] {
    try array { element throws(MessageFault) in try element.text() }
  }

  /// Calls a closure with each member of an object, in order.
  func forEachMember(_ body: (String, MessageReader) throws(MessageFault) -> Void) throws(MessageFault) {
    guard let node, node.kind == .mapping else { throw wrong("an object") }
    for member in node.members {
      try body(member.name, MessageReader(member.value, path: path.isEmpty ? member.name : "\(path).\(member.name)"))
    }
  }

  /// Two numbers in an array, the first not above the second.
  func interval() throws(MessageFault) -> ClosedRange<Double> {
    let bounds = try array { element throws(MessageFault) in try element.number() }
    guard bounds.count == 2, bounds[0] <= bounds[1] else { throw wrong("two numbers, the lower one first") }
    return bounds[0]...bounds[1]
  }

  // MARK: - Errors

  /// The error that the value is missing, or not what it should be.
  func wrong(_ expected: String) -> MessageFault {
    let subject = path.isEmpty ? "the message" : "\"\(path)\""
    return MessageFault(reason: node == nil ? "\(subject) is missing" : "\(subject) must be \(expected)")
  }
}
