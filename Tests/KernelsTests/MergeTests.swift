import Kernels
import Testing

struct MergeTests {
  @Test func `merges agree with PyTorch`() throws {
    func merge(_ merge: Merge) -> MakeOperation { { try $0.merge($1, merge) } }

    try compareFamily(
      "merges",
      [
        "add": merge(.add),
        "add, repeated": merge(.add),
        "add, both repeated": merge(.add),
        "add of three": merge(.add),
        "add, other rank": merge(.add),
        "subtract": merge(.subtract),
        "subtract, repeated": merge(.subtract),
        "subtract, both repeated": merge(.subtract),
        "multiply": merge(.multiply),
        "multiply, repeated": merge(.multiply),
        "multiply, both repeated": merge(.multiply),
        "multiply of three": merge(.multiply),
        "multiply one with itself": { try $0.merge([$1[0], $1[0]], .multiply) },
        "average": merge(.average),
        "average, repeated": merge(.average),
        "average, both repeated": merge(.average),
        "average of three": merge(.average),
        "maximum": merge(.maximum),
        "maximum, repeated": merge(.maximum),
        "maximum, both repeated": merge(.maximum),
        "maximum of three": merge(.maximum),
        "minimum": merge(.minimum),
        "minimum, repeated": merge(.minimum),
        "minimum, both repeated": merge(.minimum),
        "minimum of three": merge(.minimum),
        "dot of vectors": { try $0.dot($1[0], $1[1], axes: (1, 1)) },
        "dot of matrices": { try $0.dot($1[0], $1[1], axes: (2, 2)) },
        "dot of matrices, first axes": { try $0.dot($1[0], $1[1], axes: (1, 1)) },
        "dot of a matrix and a vector": { try $0.dot($1[0], $1[1], axes: (2, 1)) },
        "matmul": { try $0.matmul($1[0], $1[1]) },
        "matmul of four axes": { try $0.matmul($1[0], $1[1]) },
      ]
    )
  }

  @Test func `the gradient of equally large ones goes to the left`() throws {
    let left = try Signal([1, 1])
    let right = try Signal([1, 1])
    let operation = try ProcessorBackend().merge([left, right], .maximum)
    try operation.forward(isTraining: true)
    try operation.output.gradient?.overwrite { (tensor) throws(KernelError) in tensor.fill(3) }
    try operation.backward()
    #expect(left.gradient?.sum.values == [3])
    #expect(right.gradient?.sum.values == [0])
  }

  @Test func `what does not fit is refused`() throws {
    let backend = ProcessorBackend()
    let input = try Signal([2, 3, 4])
    let other = try Signal([2, 5, 3])
    #expect(throws: KernelError.self) { try backend.merge([input, other], .add) }
    #expect(throws: KernelError.self) { try backend.merge([input], .add) }
    #expect(throws: KernelError.self) { try backend.merge([input, input, input], .subtract) }
    #expect(throws: KernelError.self) { try backend.dot(input, other, axes: (2, 1)) }
    #expect(throws: KernelError.self) { try backend.matmul(input, other) }
  }
}
