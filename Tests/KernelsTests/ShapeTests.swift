import Kernels
import Testing

struct ShapeTests {
  @Test func `what moves numbers agrees with PyTorch`() throws {
    try compareFamily(
      "shapes",
      [
        "reshape": { try $0.reshape($1[0], to: [2, 12]) },
        "permute": { try $0.permute($1[0], axes: [0, 3, 1, 2]) },
        "zero padding 1d": { try $0.zeroPadding($1[0], before: [2], after: [1]) },
        "zero padding 2d": { try $0.zeroPadding($1[0], before: [2, 1], after: [0, 3]) },
        "cropping 1d": { try $0.cropping($1[0], before: [2], after: [1]) },
        "cropping 2d": { try $0.cropping($1[0], before: [1, 0], after: [2, 3]) },
        "repeat vector": { try $0.repeatVector($1[0], count: 3) },
        "reverse": { try $0.reverse($1[0], axis: 1) },
        "slice": { try $0.slice($1[0], axis: 1, range: 2..<5) },
        "upsampling 1d": { try $0.upsampling($1[0], factors: [3]) },
        "upsampling 2d": { try $0.upsampling($1[0], factors: [2, 3]) },
        "upsampling 2d, linear": { try $0.upsampling($1[0], factors: [2, 3], .linear) },
        "rescaling": { try $0.rescaling($1[0], scale: 0.25, offset: -0.5) },
        "concatenate last": { try $0.concatenate($1, axis: 2) },
        "concatenate first": { try $0.concatenate($1, axis: 1) },
        "concatenate one with itself": { try $0.concatenate([$1[0], $1[0]], axis: 1) },
      ]
    )
  }

  @Test func `what does not fit is refused`() throws {
    let backend = ProcessorBackend()
    let input = try Signal([2, 3, 4])
    let other = try Signal([2, 5, 3])
    #expect(throws: KernelError.self) { try backend.reshape(input, to: [2, 11]) }
    #expect(throws: KernelError.self) { try backend.permute(input, axes: [0, 1, 1]) }
    #expect(throws: KernelError.self) { try backend.zeroPadding(input, before: [1, 1], after: [0, 0]) }
    #expect(throws: KernelError.self) { try backend.cropping(input, before: [2], after: [1]) }
    #expect(throws: KernelError.self) { try backend.slice(input, axis: 1, range: 2..<4) }
    #expect(throws: KernelError.self) { try backend.concatenate([input, other], axis: 1) }
    #expect(throws: KernelError.self) { try backend.concatenate([], axis: 0) }
    #expect(throws: KernelError.self) { try backend.upsampling(input, factors: [2, 2]) }
  }

  @Test func `memory that nobody has is an error`() {
    #expect(throws: KernelError.memory(bytes: .max)) { try Tensor([.max, 2]) }
    #expect(throws: KernelError.memory(bytes: 1 << 58)) { try Tensor([1 << 56]) }
  }
}
