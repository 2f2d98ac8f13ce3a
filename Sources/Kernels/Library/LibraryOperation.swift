internal import CKernels

/// An operation on one signal that learns nothing, and whose ways forward and back are each one kernel of the library.
final class LibraryOperation: Operation {
  /// What the way back reads beside the gradient of the output.
  enum Memory {
    case nothing, input, output
    /// What the way forward left in a workspace, if it did.
    case workspace
  }

  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let forwards: Primitive
  private let backwards: Primitive

  /// Makes the operation with its output.
  ///
  /// - Parameters:
  ///   - name: The operation's name, for messages.
  ///   - input: What it takes.
  ///   - shape: The shape of what it gives.
  ///   - shapes: What messages say of it.
  ///   - memory: What its way back reads.
  ///   - make: Runs the shim's maker for one way.
  /// - Throws: Where the library makes no such kernel, or memory is short.
  init(
    _ name: String,
    _ input: Signal,
    shape: [Int],
    shapes: [[Int]],
    remembering memory: Memory,
    _ make: (ck_pass, UnsafeMutablePointer<OpaquePointer?>) -> Int32
  ) throws(KernelError) {
    let output = try Signal(shape, hasGradient: input.gradient != nil)
    forwards = try Primitive(name, shapes) { make(CK_FORWARD_TRAINING, $0) }
    backwards = try Primitive(name, shapes) { make(CK_BACKWARD_DATA, $0) }
    try forwards.bind(.source, input.value)
    try forwards.bind(.destination, output.value)
    if let gradient = output.gradient { try backwards.bind(.destinationGradient, gradient.tensor) }
    switch memory {
    case .nothing: break
    case .input: try backwards.bind(.source, input.value)
    case .output: try backwards.bind(.destination, output.value)
    case .workspace:
      guard forwards.has(.workspace) else { break }
      let workspace = try Tensor([try forwards.layout(.workspace).count])
      try forwards.bind(.workspace, workspace)
      try backwards.bind(.workspace, workspace)
    }
    self.name = name
    inputs = [input]
    outputs = [output]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    try forwards.run()
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient else { return }
    _ = gradient.sum
    try target.overwrite { (gradient) throws(KernelError) in
      try backwards.bind(.sourceGradient, gradient)
      try backwards.run()
    }
  }
}
