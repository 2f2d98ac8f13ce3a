/// The processor: oneDNN, and C loops for what it lacks.
///
/// Uses one thread unless told otherwise.
package struct ProcessorBackend: Backend {
  private let shared: SharedParameters?

  package init() {
    shared = nil
  }

  private init(shared: SharedParameters) {
    self.shared = shared
  }

  package func sharing(_ operation: any Operation) -> ProcessorBackend {
    ProcessorBackend(shared: SharedParameters(operation.parameters))
  }

  /// The next parameter of an operation: a new one in Keras's own order, or the next that is shared.
  func parameter(
    _ name: String,
    _ shape: [Int],
    isLearnt: Bool = true,
    initial: Float = 0
  ) throws(KernelError) -> Parameter {
    if let shared { return try shared.next(name, shape) }
    let parameter = try Parameter(name, shape, isLearnt: isLearnt)
    if initial != 0 { parameter.value.fill(initial) }
    return parameter
  }

  /// The next parameter that is shared, if any are.
  func sharedParameter(_ name: String, _ shape: [Int]) throws(KernelError) -> Parameter? {
    try shared?.next(name, shape)
  }
}

/// Parameters of another operation, which are handed out in turn.
private final class SharedParameters {
  private var rest: ArraySlice<Parameter>

  init(_ parameters: [Parameter]) {
    rest = parameters[...]
  }

  func next(_ name: String, _ shape: [Int]) throws(KernelError) -> Parameter {
    guard let parameter = rest.popFirst(), parameter.name == name, parameter.shape == shape else {
      throw .shapes(operation: name, shapes: [shape], reason: "the operation that it shares with has no such parameter")
    }
    return parameter
  }
}
