/// Why an operation could not be made or run.
package enum KernelError: Error, Equatable {
  /// No kernel does what was asked for.
  case unsupported(operation: String, reason: String)
  /// The shapes do not go together.
  case shapes(operation: String, shapes: [[Int]], reason: String)
  /// The library under the operation refused, in its own words.
  case library(operation: String, shapes: [[Int]], reason: String)
  case memory(bytes: Int)
}

extension KernelError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unsupported(let operation, let reason):
      "\"\(operation)\" cannot run: \(reason)"
    case .shapes(let operation, let shapes, let reason):
      "\"\(operation)\" of \(shapes.map(\.description).joined(separator: " and ")) cannot be made: \(reason)"
    case .library(let operation, let shapes, let reason):
      "\"\(operation)\" of \(shapes.map(\.description).joined(separator: " and ")) failed in the kernel library: \(reason)"
    case .memory(let bytes):
      "there is no memory for \(bytes) bytes"
    }
  }
}
