import Kernels
import Testing

struct EmbeddingTests {
  @Test func `embeddings agree with PyTorch`() throws {
    try compareFamily(
      "embedding",
      [
        "sequence": { try $0.embedding($1[0], entries: 6, width: 5) },
        "one id each": { try $0.embedding($1[0], entries: 4, width: 3) },
        "masked": { try $0.embedding($1[0], entries: 3, width: 18, masksZero: true) },
      ]
    )
  }

  @Test(arguments: [Float(-1), 6, 0.5, .nan, .infinity, 1e12])
  func `what is not in the table is an error`(id: Float) throws {
    let input = try Signal([2, 1])
    let operation = try ProcessorBackend().embedding(input, entries: 6, width: 2)
    try input.value.write([0, id])
    #expect(throws: KernelError.self) { try operation.forward(isTraining: true) }
  }
}
