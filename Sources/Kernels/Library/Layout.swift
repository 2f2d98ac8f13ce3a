internal import CKernels

/// How the axes of an operand lie in memory, as the library sees it: sizes in its order (batch, channels, spatial axes), strides free.
final class Layout {
  let handle: OpaquePointer
  /// How many floats the memory holds, filled-up blocks included.
  let count: Int

  /// Strides in elements; none leave the order to the library.
  convenience init(_ operation: String, sizes: [Int], strides: [Int]?) throws(KernelError) {
    let wanted = sizes.map(Int64.init)
    let handle =
      if let strides {
        ck_layout_make(Int32(sizes.count), wanted, strides.map(Int64.init))
      } else {
        ck_layout_make(Int32(sizes.count), wanted, nil)
      }
    guard let handle else {
      throw .library(operation: operation, shapes: [sizes], reason: "no such layout")
    }
    self.init(adopting: handle)
  }

  fileprivate init(adopting handle: OpaquePointer) {
    self.handle = handle
    // Rounded up: a workspace may be of bytes.
    count = (ck_layout_bytes(handle) + MemoryLayout<Float>.stride - 1) / MemoryLayout<Float>.stride
  }

  deinit {
    ck_layout_free(handle)
  }
}

extension Layout: Equatable {
  static func == (left: Layout, right: Layout) -> Bool {
    ck_layout_equal(left.handle, right.handle)
  }
}

extension Primitive {
  /// The layout that the primitive wants at a place, which matters where its maker left it to the library.
  func layout(_ place: Place) throws(KernelError) -> Layout {
    guard let layout = ck_primitive_layout(handle, place.code) else {
      throw .library(operation: operation, shapes: shapes, reason: "nothing goes to the place \"\(place)\"")
    }
    return Layout(adopting: layout)
  }

  func has(_ place: Place) -> Bool {
    guard let layout = ck_primitive_layout(handle, place.code) else { return false }
    ck_layout_free(layout)
    return true
  }
}
