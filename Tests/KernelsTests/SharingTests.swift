import Kernels
import Testing

struct SharingTests {
  /// The operation on one input, and the one that shares with it on another.
  private func twice(
    _ make: @escaping @Sendable (ProcessorBackend, Signal) throws -> any Operation
  ) -> MakeOperation {
    { backend, inputs in
      let first = try make(backend, inputs[0])
      let second = try make(backend.sharing(first), inputs[1])
      return Network("twice", operations: [first, second], inputs: inputs, outputs: [first.output, second.output])
    }
  }

  @Test func `shared parameters gather the gradients of all uses`() throws {
    try compareFamily(
      "sharing",
      [
        "dense": twice { try $0.dense($1, DenseOptions(units: 6)) },
        "dense, one row and many": twice { try $0.dense($1, DenseOptions(units: 17)) },
        "convolution": twice { try $0.convolution($1, ConvolutionOptions(filters: 4, kernel: [3, 3])) },
        "convolution, blocks": twice { try $0.convolution($1, ConvolutionOptions(filters: 16, kernel: [3, 3])) },
        "layer normalisation": twice { try $0.layerNormalization($1, NormalizationOptions(epsilon: 0.001)) },
        "recurrent": twice { try $0.recurrent($1, RecurrentOptions(.simple, units: 5)) },
      ]
    )
  }

  @Test func `operations of other shapes share nothing`() throws {
    let backend = ProcessorBackend()
    let dense = try backend.dense(try Signal([2, 3]), DenseOptions(units: 4))
    let input = try Signal([2, 5])
    #expect(throws: KernelError.self) { try backend.sharing(dense).dense(input, DenseOptions(units: 4)) }
  }
}
