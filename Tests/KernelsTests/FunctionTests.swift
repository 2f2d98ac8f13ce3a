import Kernels
import Testing

struct FunctionTests {
  @Test func `operations on tensors agree with PyTorch`() throws {
    try compareFamily(
      "functions",
      [
        "round": { try $0.function($1[0], .round) },
        "floor": { try $0.function($1[0], .floor) },
        "ceil": { try $0.function($1[0], .ceil) },
        "trunc": { try $0.function($1[0], .trunc) },
        "sign": { try $0.function($1[0], .sign) },
        "clip": { try $0.function($1[0], .clip(-1.5, 2)) },
        "absolute": { try $0.function($1[0], .absolute) },
        "square": { try $0.function($1[0], .square) },
        "sqrt": { try $0.function($1[0], .squareRoot) },
        "reciprocal": { try $0.function($1[0], .reciprocal) },
        "log_softmax": { try $0.logSoftmax($1[0]) },
      ]
    )
  }

  @Test func `the place of the largest number has no gradient`() throws {
    let input = try Signal([2, 3])
    try input.value.write([1, 5, 5, -2, -3, -4])
    let operation = try ProcessorBackend().largestPlace(input)
    try operation.forward(isTraining: true)
    #expect(operation.output.value.values == [1, 0])
    try operation.backward()
    #expect(try #require(input.gradient).sum.values == [0, 0, 0, 0, 0, 0])
  }
}
