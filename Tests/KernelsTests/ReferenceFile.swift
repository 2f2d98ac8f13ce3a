import Foundation
import Testing

/// Named tensors of one case; see `scripts/kernel_references/cases.py` for the format.
struct Reference: Sendable {
  struct Values: Sendable {
    var shape: [Int]
    var values: [Float]
  }

  var name: String
  var tensors: [String: Values]

  func values(_ name: String) throws -> [Float] {
    try #require(tensors[name], "\(self.name) has no \"\(name)\"").values
  }

  /// The tensors whose names begin with `prefix` and a number, in the order of the numbers.
  func list(_ prefix: String) -> [(name: String, tensor: Values)] {
    let numbered = tensors.filter { $0.key.hasPrefix("\(prefix).") }.map { name, tensor in
      let parts = name.dropFirst(prefix.count + 1).split(separator: ".")
      return (number: Int(parts[0]) ?? 0, name: parts.dropFirst().joined(separator: "."), tensor: tensor)
    }
    return numbered.sorted { $0.number < $1.number }.map { ($0.name, $0.tensor) }
  }
}

/// A file that `scripts/kernel-references` wrote.
enum ReferenceFile {
  /// The cases of a family, by name.
  static func read(_ family: String) throws -> [String: Reference] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References")
    let data = try Data(contentsOf: folder.appending(path: "\(family).references"))
    var reader = Reader(bytes: [UInt8](data))
    try #require(reader.take(4) == Array("EZR1".utf8))
    var cases: [String: Reference] = [:]
    for _ in 0..<reader.count() {
      let reference = reader.reference()
      cases[reference.name] = reference
    }
    return cases
  }

  private struct Reader {
    var bytes: [UInt8]
    var place = 0

    mutating func take(_ count: Int) -> [UInt8] {
      defer { place += count }
      return Array(bytes[place..<place + count])
    }

    mutating func word() -> UInt32 {
      take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func count() -> Int { Int(word()) }

    mutating func text() -> String {
      String(decoding: take(count()), as: UTF8.self)
    }

    mutating func reference() -> Reference {
      var reference = Reference(name: text(), tensors: [:])
      for _ in 0..<count() {
        let name = text()
        let shape = (0..<count()).map { _ in count() }
        let values = (0..<shape.reduce(1, *)).map { _ in Float(bitPattern: word()) }
        reference.tensors[name] = Reference.Values(shape: shape, values: values)
      }
      return reference
    }
  }
}
