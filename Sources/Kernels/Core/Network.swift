/// Operations in an order in which each finds its inputs computed: a whole network, or an operation that is made of others.
package final class Network: Operation {
  package let name: String
  package let inputs: [Signal]
  package let outputs: [Signal]
  package let operations: [any Operation]
  package let parameters: [Parameter]

  package init(_ name: String, operations: [any Operation], inputs: [Signal], outputs: [Signal]) {
    self.name = name
    self.operations = operations
    self.inputs = inputs
    self.outputs = outputs
    // What several operations share is one parameter.
    var seen = Set<ObjectIdentifier>()
    parameters = operations.flatMap(\.parameters).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  package func forward(isTraining: Bool) throws(KernelError) {
    for operation in operations {
      try operation.forward(isTraining: isTraining)
      guard isTraining else { continue }
      for output in operation.outputs { output.gradient?.reset() }
    }
  }

  package func backward() throws(KernelError) {
    for operation in operations.reversed() {
      try operation.backward()
    }
  }

  /// Forgets the gradients of all parameters and inputs, as is due before each step.
  package func resetGradients() {
    for parameter in parameters { parameter.gradient?.reset() }
    for input in inputs { input.gradient?.reset() }
  }
}
