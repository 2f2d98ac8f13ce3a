import Kernels
import Testing

struct DenseTests {
  @Test func `dense layers agree with PyTorch`() throws {
    try compareFamily(
      "dense",
      [
        "plain": { try $0.dense($1[0], DenseOptions(units: 4)) },
        "wide": { try $0.dense($1[0], DenseOptions(units: 17)) },
        "blocks": { try $0.dense($1[0], DenseOptions(units: 16)) },
        "no bias": { try $0.dense($1[0], DenseOptions(units: 4, hasBias: false)) },
        "one unit": { try $0.dense($1[0], DenseOptions(units: 1)) },
        "sequence": { try $0.dense($1[0], DenseOptions(units: 5)) },
        "relu": { try $0.dense($1[0], DenseOptions(units: 7, activation: .relu)) },
        "tanh": { try $0.dense($1[0], DenseOptions(units: 7, activation: .tanh)) },
      ]
    )
  }

  @Test func `a dense layer without features is refused`() throws {
    let input = try Signal([3])
    #expect(throws: KernelError.self) { try ProcessorBackend().dense(input, DenseOptions(units: 2)) }
  }

  @Test func `the input of a network gets no gradient`() throws {
    let input = try Signal([2, 3], hasGradient: false)
    let operation = try ProcessorBackend().dense(input, DenseOptions(units: 2))
    try operation.forward(isTraining: true)
    try operation.output.gradient?.overwrite { (tensor) throws(KernelError) in tensor.fill(1) }
    try operation.backward()
    #expect(try operation.parameters[1].readGradient() == [2, 2])
  }
}
