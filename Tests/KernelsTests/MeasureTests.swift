import Kernels
import Testing

struct MeasureTests {
  @Test func `norms and distances are Euclidean`() throws {
    let tensor = try Tensor([2, 2], [3, 0, 0, -4])
    #expect(tensor.norm == 5)
    #expect(tensor.distance(to: try Tensor([4], [3, 1, 0, -4])) == 1)
    #expect(tensor.distance(to: try Tensor([3])).isNaN)
  }

  @Test func `the norm of the largest numbers is finite, and that of one that is none is not`() throws {
    let most = Float.greatestFiniteMagnitude
    #expect(try Tensor([3], [most, -most, most]).isFinite)
    #expect(try !Tensor([3], [0, .infinity, 0]).isFinite)
    #expect(try !Tensor([3], [0, 1, .nan]).isFinite)
  }

  @Test func `rows are gathered in any order, and more than once`() throws {
    let table = try Tensor([3, 2], [0, 1, 10, 11, 20, 21])
    let tensor = try Tensor([4, 2])
    try tensor.gather([2, 0, 2], of: table)
    #expect(tensor.values == [20, 21, 0, 1, 20, 21, 0, 0])
    #expect(throws: KernelError.self) { try tensor.gather([3], of: table) }
    #expect(throws: KernelError.self) { try tensor.gather([-1], of: table) }
    #expect(throws: KernelError.self) { try tensor.gather([0, 0, 0, 0, 0], of: table) }
  }

  @Test func `a copy has its own memory`() throws {
    let first = try Tensor([2], [1, 2]), second = try Tensor([2])
    try second.copy(first)
    try first.write([5, 6])
    #expect(second.values == [1, 2])
    #expect(throws: KernelError.self) { try second.copy(try Tensor([3])) }
  }
}
