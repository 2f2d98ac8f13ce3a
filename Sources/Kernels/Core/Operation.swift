/// A step of a network, made once for tensors of fixed shapes.
///
/// Making it does all that can be done ahead: checks, memory, compiled kernels. It must run on the thread that made it.
package protocol Operation: AnyObject {
  /// Keras's snake_case name of the kind, for messages.
  var name: String { get }
  var inputs: [Signal] { get }
  var outputs: [Signal] { get }
  /// In Keras's order of `weights`.
  var parameters: [Parameter] { get }

  /// Computes the outputs' values from the inputs' ones. `isTraining`: dropout drops, batch normalisation uses and gathers the batch's
  /// statistics, and what `backward` needs is kept.
  func forward(isTraining: Bool) throws(KernelError)

  /// Contributes to the gradients of inputs and parameters from the gradients of the outputs. Follows a `forward` in training.
  func backward() throws(KernelError)
}

extension Operation {
  package var output: Signal {
    outputs[0]
  }

  package var parameters: [Parameter] { [] }
}
