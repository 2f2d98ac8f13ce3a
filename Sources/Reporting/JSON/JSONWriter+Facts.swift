package import Experiment
package import JSONText

extension JSONWriter {
  /// Writes a value: lists as arrays, what is not known as null, what is known only at run time as `{"deferred": ...}`.
  package mutating func value(_ value: FactValue) {
    switch value {
    case .boolean(let value): self.value(value)
    case .integer(let value): self.value(value)
    case .number(let value): self.value(value)
    case .text(let value): self.value(value)
    case .unknown: self.value(nil as String?)
    case .list(let elements): array(of: elements) { $0.value($1) }
    case .deferred(let text): object { $0.member("deferred", text) }
    case .record(let record):
      object { writer in
        for entry in record.entries {
          writer.key(entry.name)
          writer.value(entry.fact.value)
        }
      }
    }
  }
}
