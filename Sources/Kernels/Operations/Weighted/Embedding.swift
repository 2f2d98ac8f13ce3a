internal import CKernels

extension ProcessorBackend {
  /// A row of a table for each id; ids are whole numbers in the input.
  ///
  /// `masksZero`: the row of id 0 stands for nothing and does not learn.
  package func embedding(
    _ input: Signal,
    entries: Int,
    width: Int,
    masksZero: Bool = false
  ) throws(KernelError)
    -> any Operation
  {
    try Embedding(input, entries: entries, width: width, masksZero: masksZero, self)
  }
}

final class Embedding: Operation {
  let name = "embedding"
  let inputs: [Signal]
  let outputs: [Signal]
  let parameters: [Parameter]
  private let entries: Int
  private let width: Int
  private let masksZero: Bool
  private var ids: [Int32]

  init(_ input: Signal, entries: Int, width: Int, masksZero: Bool, _ backend: ProcessorBackend) throws(KernelError) {
    // Floats hold whole numbers up to here.
    guard entries > 0, entries <= 1 << 24, width > 0 else {
      throw .unsupported(operation: name, reason: "a table of \(entries) rows of \(width) is none, or too large")
    }
    self.entries = entries
    self.width = width
    self.masksZero = masksZero
    ids = Array(repeating: 0, count: input.value.count)
    inputs = [input]
    outputs = [try Signal(input.shape + [width])]
    parameters = [try backend.parameter("embeddings", [entries, width])]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    for (place, value) in inputs[0].value.buffer.enumerated() {
      guard let id = Int32(exactly: value), id >= 0, id < entries else {
        throw .unsupported(operation: name, reason: "the id \(value) is not in its table of \(entries) rows")
      }
      ids[place] = id
    }
    ck_gather(parameters[0].value.pointer, width, ids, ids.count, output.value.pointer)
  }

  func backward() throws(KernelError) {
    guard let target = parameters[0].gradient, let gradient = output.gradient?.sum else { return }
    try target.add { (target) throws(KernelError) in
      ck_scatter_add(gradient.pointer, ids, ids.count, width, masksZero, target.pointer)
    }
  }
}
