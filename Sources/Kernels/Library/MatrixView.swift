internal import CKernels

/// A matrix in memory, and how far apart its rows lie; transposed, how far apart its columns do.
struct MatrixView {
  var pointer: UnsafeMutablePointer<Float>
  var step: Int
  var isTransposed: Bool

  init(_ pointer: UnsafeMutablePointer<Float>, _ step: Int, isTransposed: Bool = false) {
    self.pointer = pointer
    self.step = step
    self.isTransposed = isTransposed
  }
}

/// destination[m, n] = (add ? destination : 0) + scale * left[m, k] * right[k, n]; the destination is not transposed.
func product(
  _ left: MatrixView,
  _ right: MatrixView,
  scale: Float = 1,
  add: Bool,
  _ destination: MatrixView,
  m: Int,
  n: Int,
  k: Int
) throws(KernelError) {
  let status = ck_product(
    left.isTransposed,
    right.isTransposed,
    Int64(m),
    Int64(n),
    Int64(k),
    scale,
    left.pointer,
    Int64(left.step),
    right.pointer,
    Int64(right.step),
    add,
    destination.pointer,
    Int64(destination.step)
  )
  guard status == 0 else {
    throw .library(operation: "product", shapes: [[m, k], [k, n]], reason: String(cString: ck_status_name(status)))
  }
}
