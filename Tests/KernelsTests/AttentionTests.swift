import Kernels
import Testing

struct AttentionTests {
  @Test func `attention agrees with PyTorch`() throws {
    func attention(_ options: AttentionOptions) -> MakeOperation {
      {
        try $0.multiHeadAttention(
          query: $1[0],
          key: $1.count > 1 ? $1[1] : $1[0],
          value: $1.count > 1 ? $1[2] : $1[0],
          options,
          weighing: { _ in nil }
        )
      }
    }

    try compareFamily(
      "attention",
      [
        "to others": attention(AttentionOptions(heads: 2, keySize: 3)),
        "to itself": attention(AttentionOptions(heads: 2, keySize: 4)),
        "causal": attention(AttentionOptions(heads: 3, keySize: 2, isCausal: true)),
        "causal, to others": attention(AttentionOptions(heads: 2, keySize: 2, isCausal: true)),
        "other sizes": attention(AttentionOptions(heads: 2, keySize: 3, valueSize: 5, outputSize: 7)),
        "no bias": attention(AttentionOptions(heads: 1, keySize: 4, hasBias: false)),
        "weighed": { backend, inputs in
          try backend.multiHeadAttention(
            query: inputs[0],
            key: inputs[0],
            value: inputs[0],
            AttentionOptions(heads: 2, keySize: 2)
          ) { (shares) throws(KernelError) in try backend.rescaling(shares, scale: 0.5) }
        },
        "blocks": attention(AttentionOptions(heads: 2, keySize: 16)),
      ]
    )
  }

  @Test func `sequences of other lengths are refused`() throws {
    let query = try Signal([2, 3, 4])
    let key = try Signal([2, 5, 4])
    #expect(throws: KernelError.self) {
      try ProcessorBackend().multiHeadAttention(
        query: query,
        key: key,
        value: query,
        AttentionOptions(heads: 1, keySize: 2)
      )
    }
  }
}
