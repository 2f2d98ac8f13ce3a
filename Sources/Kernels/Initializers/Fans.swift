/// How many numbers go into and come out of each unit that a kernel feeds, as Keras counts them from the kernel's shape
/// (`compute_fans` of `keras.initializers`).
///
/// The shape alone decides, so that a depthwise kernel counts every channel of its input, though a unit of it sees one.
package struct Fans: Equatable, Sendable {
  package let `in`: Int
  package let out: Int

  /// `shape` is in Keras's order: the last two axes are the input's and the output's width, those before them places.
  package init(_ shape: [Int]) {
    switch shape.count {
    case 0: (`in`, out) = (1, 1)
    case 1: (`in`, out) = (shape[0], shape[0])
    default:
      let places = shape.dropLast(2).reduce(1, *)
      (`in`, out) = (places * shape[shape.count - 2], places * shape[shape.count - 1])
    }
  }
}
