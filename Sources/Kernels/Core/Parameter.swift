/// Numbers of an operation that outlive a step: weights, and statistics that are gathered while training.
///
/// `value` and `gradient` have one common layout, which is the one that the kernels like best; an optimiser goes over both as flat lists. Entries that only
/// fill up blocks are zero in both, and must stay zero: no optimiser moves them, since it starts at zero with a gradient of zero. `read` and
/// `write` use the shape and the order that Keras stores.
package final class Parameter {
  /// Keras's name of the variable: "kernel", "recurrent_kernel", "bias", "gamma", "moving_mean", ...
  package let name: String
  /// Keras's shape of the variable.
  package let shape: [Int]
  package let value: Tensor
  /// Absent where the numbers are not learnt, as moving statistics.
  package let gradient: Gradient?
  /// The library's layout of both, where it is not Keras's own order.
  let layout: Layout?
  private let packing: Packing?

  /// A parameter that is stored in Keras's own order.
  package init(_ name: String, _ shape: [Int], isLearnt: Bool = true) throws(KernelError) {
    self.name = name
    self.shape = shape
    value = try Tensor(shape)
    gradient = isLearnt ? try Gradient(shape) : nil
    layout = nil
    packing = nil
  }

  /// A parameter that is stored in a layout of the library's; `plain` says how the library's axes lie in Keras's order.
  init(_ name: String, _ shape: [Int], plain: Layout, stored: Layout) throws(KernelError) {
    let isPlain = plain == stored
    let size = isPlain ? shape : [stored.count]
    self.name = name
    self.shape = shape
    value = try Tensor(size)
    gradient = try Gradient(size)
    layout = isPlain ? nil : stored
    packing = isPlain ? nil : try Packing(name, shape, plain: plain, stored: stored)
  }

  /// How many numbers there are, padding left out.
  package var count: Int { shape.reduce(1, *) }

  /// The values in Keras's order.
  package func read() throws(KernelError) -> [Float] {
    if let packing { try packing.unpack(value) } else { value.values }
  }

  /// The gradient in Keras's order; empty where there is none.
  package func readGradient() throws(KernelError) -> [Float] {
    guard let gradient else { return [] }
    return if let packing { try packing.unpack(gradient.sum) } else { gradient.sum.values }
  }

  /// Sets the values, which stand in Keras's order.
  package func write(_ values: [Float]) throws(KernelError) {
    if let packing {
      try packing.pack(values, into: value)
    } else {
      try value.write(values)
    }
  }
}

/// The two ways between Keras's order and a layout of the library's.
private struct Packing {
  let plain: Tensor
  let packing: Primitive
  let unpacking: Primitive

  init(_ name: String, _ shape: [Int], plain: Layout, stored: Layout) throws(KernelError) {
    let tensor = try Tensor(shape)
    packing = try Primitive.reorder(name, from: plain, to: stored)
    unpacking = try Primitive.reorder(name, from: stored, to: plain)
    try packing.bind(.source, tensor)
    try unpacking.bind(.destination, tensor)
    self.plain = tensor
  }

  func pack(_ values: [Float], into tensor: Tensor) throws(KernelError) {
    try plain.write(values)
    try packing.bind(.destination, tensor)
    try packing.run()
  }

  func unpack(_ tensor: Tensor) throws(KernelError) -> [Float] {
    try unpacking.bind(.source, tensor)
    try unpacking.run()
    return plain.values
  }
}
