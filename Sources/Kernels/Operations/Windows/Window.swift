internal import CKernels

/// How a window meets the borders; the names are Keras's.
package enum Padding: Sendable {
  /// The window stays inside.
  case valid
  /// As many places as strides fit into the input; what is missing is added, the odd one at the end.
  case same
  /// All of what is added comes before the input, so that no output sees what comes after it. For one axis.
  case causal
}

/// A window that slides over the spatial axes: from an input's sizes to an output's.
struct Window {
  var kernel: [Int]
  var strides: [Int]
  var dilations: [Int]
  private(set) var before: [Int]
  private(set) var after: [Int]
  private(set) var outputSizes: [Int]

  /// `sizes`: the input's spatial ones.
  init(
    _ operation: String,
    over sizes: [Int],
    kernel: [Int],
    strides: [Int],
    dilations: [Int],
    padding: Padding
  ) throws(KernelError) {
    self.kernel = kernel
    self.strides = strides
    self.dilations = dilations
    before = []
    after = []
    outputSizes = []
    try check(operation, sizes)
    guard padding != .causal || sizes.count == 1 else {
      throw .unsupported(operation: operation, reason: "causal padding is for one spatial axis")
    }
    for (axis, size) in sizes.enumerated() {
      let reach = self.reach(axis)
      let (missing, count): (Int, Int)
      switch padding {
      case .valid:
        (missing, count) = (0, (size - reach) / strides[axis] + 1)
      case .same:
        count = (size + strides[axis] - 1) / strides[axis]
        missing = max((count - 1) * strides[axis] + reach - size, 0)
      case .causal:
        (missing, count) = (reach - 1, (size - 1) / strides[axis] + 1)
      }
      guard size + missing >= reach else {
        throw .shapes(operation: operation, shapes: [sizes, kernel], reason: "the window is larger than its input")
      }
      before.append(padding == .causal ? missing : missing / 2)
      after.append(padding == .causal ? 0 : missing - missing / 2)
      outputSizes.append(count)
    }
  }

  /// The window of a transposed operation: the one that goes from its output back to its input.
  ///
  /// Output sizes are those of Keras's `compute_conv_transpose_output_shape` without `output_padding`.
  init(
    _ operation: String,
    backTo sizes: [Int],
    kernel: [Int],
    strides: [Int],
    dilations: [Int],
    padding: Padding
  ) throws(KernelError) {
    self.kernel = kernel
    self.strides = strides
    self.dilations = dilations
    before = []
    after = []
    outputSizes = []
    try check(operation, sizes)
    guard padding != .causal else {
      throw .unsupported(operation: operation, reason: "it has no causal padding")
    }
    for (axis, size) in sizes.enumerated() {
      let reach = self.reach(axis)
      let count = size * strides[axis] + (padding == .same ? 0 : max(reach - strides[axis], 0))
      let missing = padding == .same ? max((size - 1) * strides[axis] + reach - count, 0) : 0
      before.append(missing / 2)
      after.append(missing - missing / 2)
      outputSizes.append(count)
    }
  }

  /// How many places the window spans, dilation included.
  private func reach(_ axis: Int) -> Int {
    (kernel[axis] - 1) * dilations[axis] + 1
  }

  private func check(_ operation: String, _ sizes: [Int]) throws(KernelError) {
    let lists = [kernel, strides, dilations]
    guard (1...3).contains(sizes.count), lists.allSatisfy({ $0.count == sizes.count && $0.allSatisfy { $0 > 0 } }),
      sizes.allSatisfy({ $0 > 0 })
    else {
      throw .shapes(
        operation: operation,
        shapes: [sizes] + lists,
        reason: "kernel, strides and dilations want a positive number for each of 1 to 3 spatial axes"
      )
    }
  }

  /// What the shim takes.
  var geometry: ck_window {
    var window = ck_window()
    window.axes = Int32(kernel.count)
    Self.set(&window.kernel, kernel)
    Self.set(&window.strides, strides)
    Self.set(&window.dilations, dilations)
    Self.set(&window.before, before)
    Self.set(&window.after, after)
    return window
  }

  private static func set(_ field: inout (Int64, Int64, Int64), _ values: [Int]) {
    if values.count > 0 { field.0 = Int64(values[0]) }
    if values.count > 1 { field.1 = Int64(values[1]) }
    if values.count > 2 { field.2 = Int64(values[2]) }
  }
}

extension Layout {
  /// A tensor with its channels last, [batch, spatial axes ..., channels], in the library's order: [batch, channels, spatial axes ...].
  convenience init(_ operation: String, channelsLast shape: [Int]) throws(KernelError) {
    let last = shape.count - 1
    let order = [0, last] + Array(1..<last)
    let strides = shape.contiguousStrides
    try self.init(operation, sizes: order.map { shape[$0] }, strides: order.map { strides[$0] })
  }
}
