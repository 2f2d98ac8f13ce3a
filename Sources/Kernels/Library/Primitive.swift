internal import CKernels

/// A compiled kernel of the library with the memory that it reads and writes.
final class Primitive {
  /// Where a primitive reads and writes.
  enum Place {
    case source, weights, bias, destination, workspace
    case sourceGradient, weightsGradient, biasGradient, destinationGradient

    var code: ck_place {
      switch self {
      case .source: CK_SOURCE
      case .weights: CK_WEIGHTS
      case .bias: CK_BIAS
      case .destination: CK_DESTINATION
      case .workspace: CK_WORKSPACE
      case .sourceGradient: CK_SOURCE_GRADIENT
      case .weightsGradient: CK_WEIGHTS_GRADIENT
      case .biasGradient: CK_BIAS_GRADIENT
      case .destinationGradient: CK_DESTINATION_GRADIENT
      }
    }
  }

  let handle: OpaquePointer
  let operation: String
  let shapes: [[Int]]
  // Memory that is bound stays alive with the primitive.
  private var bound: [Place: Tensor] = [:]

  /// Runs one of the shim's makers.
  ///
  /// `operation` and `shapes` are for messages.
  init(
    _ operation: String,
    _ shapes: [[Int]],
    _ make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
  ) throws(KernelError) {
    var made: OpaquePointer?
    let status = make(&made)
    guard status == 0, let made else {
      throw .library(operation: operation, shapes: shapes, reason: Self.name(of: status))
    }
    handle = made
    self.operation = operation
    self.shapes = shapes
  }

  deinit {
    ck_primitive_free(handle)
  }

  func bind(_ place: Place, _ tensor: Tensor) throws(KernelError) {
    guard bound[place] !== tensor else { return }
    try check(ck_primitive_bind(handle, place.code, tensor.pointer))
    bound[place] = tensor
  }

  func run() throws(KernelError) {
    try check(ck_primitive_run(handle))
  }

  private func check(_ status: Int32) throws(KernelError) {
    guard status == 0 else {
      throw .library(operation: operation, shapes: shapes, reason: Self.name(of: status))
    }
  }

  private static func name(of status: Int32) -> String {
    String(cString: ck_status_name(status))
  }

  static func reorder(_ operation: String, from: Layout, to: Layout) throws(KernelError) -> Primitive {
    try Primitive(operation, []) { made in ck_reorder(from.handle, to.handle, made) }
  }
}

/// What the kernel library is, for reports.
package enum KernelLibrary {
  /// As "oneDNN 2.6.3".
  package static var version: String { "oneDNN \(String(cString: ck_library_version()))" }

  /// How many threads operations use that are made by threads which have made none so far; 1 unless told.
  package static func setThreads(_ count: Int) {
    ck_set_threads(Int32(clamping: count))
  }
}
