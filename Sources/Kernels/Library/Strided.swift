internal import CKernels

/// A tensor's memory seen through strides: where it begins, and how far apart neighbours along each axis lie, in elements.
struct StridedView {
  let tensor: Tensor
  var offset = 0
  var strides: [Int]
}

/// Loops over strided views; see `strided.h` for what each kind does.
enum Strided {
  static func run(
    _ kind: ck_strided_kind,
    sizes: [Int],
    _ a: StridedView,
    _ b: StridedView? = nil,
    _ c: StridedView? = nil,
    into y: StridedView
  ) {
    ck_strided(
      kind,
      Int32(sizes.count),
      sizes.map(Int64.init),
      a.tensor.pointer + a.offset,
      a.strides.map(Int64.init),
      b.map { UnsafePointer($0.tensor.pointer + $0.offset) },
      b?.strides.map(Int64.init),
      c.map { UnsafePointer($0.tensor.pointer + $0.offset) },
      c?.strides.map(Int64.init),
      y.tensor.pointer + y.offset,
      y.strides.map(Int64.init)
    )
  }

  /// Adds one tensor to another of the same count.
  static func add(_ tensor: Tensor, to sum: Tensor) {
    run(
      CK_ADD_COPY,
      sizes: [sum.count],
      StridedView(tensor: tensor, strides: [1]),
      into: StridedView(tensor: sum, strides: [1])
    )
  }
}
