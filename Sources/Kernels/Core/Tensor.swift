#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Numbers in one contiguous piece of memory, the last axis fastest.
///
/// A tensor is a place, not a value: operations are made for certain tensors, and read and write them at each step. Two threads may not use one at the
/// same time.
package final class Tensor {
  /// One entry for each axis, the batch first; none for a single number.
  package let shape: [Int]
  /// Aligned to 64 bytes, the width of the widest vector and of a cache line.
  package let pointer: UnsafeMutablePointer<Float>
  package let count: Int
  private let owner: Tensor?

  /// Memory of zeros.
  package init(_ shape: [Int]) throws(KernelError) {
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { throw .memory(bytes: .max) }
      count = product
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, bytes < Int.max - Self.alignment else { throw .memory(bytes: .max) }
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, Self.alignment, max(bytes, Self.alignment)) == 0, let memory else {
      throw .memory(bytes: bytes)
    }
    memset(memory, 0, bytes)
    self.shape = shape
    self.count = count
    pointer = memory.bindMemory(to: Float.self, capacity: count)
    owner = nil
  }

  /// A view: another shape of the same memory.
  ///
  /// The shapes must have the same count.
  private init(of owner: Tensor, shape: [Int]) {
    self.shape = shape
    pointer = owner.pointer
    count = owner.count
    self.owner = owner
  }

  deinit {
    if owner == nil { free(pointer) }
  }

  private static let alignment = 64

  package convenience init(_ shape: [Int], _ values: [Float]) throws(KernelError) {
    try self.init(shape)
    try write(values)
  }

  /// Another shape of the same memory.
  package func reshaped(_ shape: [Int]) throws(KernelError) -> Tensor {
    guard shape.reduce(1, *) == count else {
      throw .shapes(
        operation: "reshape",
        shapes: [self.shape, shape],
        reason: "they hold a different number of values"
      )
    }
    return Tensor(of: owner ?? self, shape: shape)
  }

  package var buffer: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: pointer, count: count)
  }

  package var values: [Float] { Array(buffer) }

  package func write(_ values: [Float]) throws(KernelError) {
    guard values.count == count else {
      throw .shapes(operation: "write", shapes: [shape, [values.count]], reason: "the number of values differs")
    }
    values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { pointer.update(from: first, count: count) }
    }
  }

  package func fill(_ value: Float) {
    if value == 0 {
      memset(pointer, 0, count * MemoryLayout<Float>.stride)
    } else {
      buffer.update(repeating: value)
    }
  }
}

extension [Int] {
  /// How far apart in memory neighbours along each axis lie, in elements, when the last axis is fastest.
  var contiguousStrides: [Int] {
    var strides = self
    var step = 1
    for axis in indices.reversed() {
      strides[axis] = step
      step *= self[axis]
    }
    return strides
  }
}
