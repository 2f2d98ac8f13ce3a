internal import CKernels

/// Copies pieces of its inputs to places of its output; what no piece reaches is zero.
///
/// One loop serves whatever moves numbers without computing: an axis whose input stride is 0 repeats, a negative one reverses. Backwards the pieces go
/// the other way, and what was repeated is summed.
final class Rearrangement: Operation {
  struct Piece {
    /// Which input.
    var input = 0
    var sizes: [Int]
    var inputOffset = 0
    var inputStrides: [Int]
    var outputOffset = 0
    var outputStrides: [Int]
  }

  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let pieces: [Piece]

  init(_ name: String, _ inputs: [Signal], shape: [Int], pieces: [Piece]) throws(KernelError) {
    guard pieces.allSatisfy({ $0.sizes.count <= Int(CK_MAX_AXES) }) else {
      throw .unsupported(operation: name, reason: "it has more than \(CK_MAX_AXES) axes")
    }
    self.name = name
    self.inputs = inputs
    self.pieces = pieces
    outputs = [try Signal(shape, hasGradient: inputs.contains { $0.gradient != nil })]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    for piece in pieces {
      let source = StridedView(
        tensor: inputs[piece.input].value,
        offset: piece.inputOffset,
        strides: piece.inputStrides
      )
      let destination = StridedView(tensor: output.value, offset: piece.outputOffset, strides: piece.outputStrides)
      Strided.run(CK_COPY, sizes: piece.sizes, source, into: destination)
    }
  }

  func backward() throws(KernelError) {
    guard let gradient = output.gradient?.sum else { return }
    for piece in pieces {
      guard let target = inputs[piece.input].gradient else { continue }
      let source = StridedView(tensor: gradient, offset: piece.outputOffset, strides: piece.outputStrides)
      try target.add { (sum) throws(KernelError) in
        let destination = StridedView(tensor: sum, offset: piece.inputOffset, strides: piece.inputStrides)
        Strided.run(CK_ADD_COPY, sizes: piece.sizes, source, into: destination)
      }
    }
  }
}
