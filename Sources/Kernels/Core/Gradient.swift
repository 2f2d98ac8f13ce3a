internal import CKernels

/// Where the gradient of the loss with respect to some numbers gathers.
///
/// What goes into several operations gets a contribution from each. The first of a step may overwrite, which spares clearing the memory; the others
/// add.
package final class Gradient {
  package let tensor: Tensor
  /// Whether nothing has contributed since the last `reset`.
  package private(set) var isEmpty = true
  private var scratch: Tensor?

  package init(_ shape: [Int]) throws(KernelError) {
    tensor = try Tensor(shape)
  }

  /// Forgets all contributions.
  package func reset() {
    isEmpty = true
  }

  /// Takes a contribution from a kernel that overwrites the memory it is given.
  package func overwrite(_ kernel: (Tensor) throws(KernelError) -> Void) throws(KernelError) {
    if isEmpty {
      try kernel(tensor)
      isEmpty = false
      return
    }
    let contribution: Tensor
    if let scratch { contribution = scratch } else { contribution = try Tensor(tensor.shape) }
    scratch = contribution
    try kernel(contribution)
    Strided.add(contribution, to: tensor)
  }

  /// Takes a contribution from a kernel that adds to the memory it is given.
  package func add(_ kernel: (Tensor) throws(KernelError) -> Void) throws(KernelError) {
    if isEmpty { tensor.fill(0) }
    isEmpty = false
    try kernel(tensor)
  }

  /// The sum of all contributions; zeros where there were none.
  package var sum: Tensor {
    if isEmpty { tensor.fill(0) }
    isEmpty = false
    return tensor
  }
}
