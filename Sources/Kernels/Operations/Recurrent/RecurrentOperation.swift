internal import CKernels

/// A recurrent layer over [batch, time, features].
///
/// The input's part of all steps is one product; each step adds the state's. Parameters are kernel [features, gates * units], recurrent kernel [units, gates *
/// units] and bias, with Keras's order of gates: i, f, c, o of an LSTM; z, r, h of a GRU.
final class RecurrentOperation: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  let parameters: [Parameter]
  private let kernel: Parameter
  private let memory: RecurrentMemory
  private let cell: any RecurrentCell
  private let returnsSequences: Bool

  init(
    _ input: Signal,
    initial: [Signal],
    _ options: RecurrentOptions,
    _ backend: ProcessorBackend
  ) throws(KernelError) {
    let name = options.name
    let units = options.units
    guard input.shape.count == 3, units > 0, input.shape.allSatisfy({ $0 > 0 }) else {
      throw .shapes(
        operation: name,
        shapes: [input.shape, [units]],
        reason: "it wants sequences of features, and units"
      )
    }
    let batch = input.shape[0]
    guard initial.isEmpty || initial.count == options.states, initial.allSatisfy({ $0.shape == [batch, units] }) else {
      throw .shapes(
        operation: name,
        shapes: [input.shape] + initial.map(\.shape),
        reason: "it wants \(options.states) initial states of \(units) units"
      )
    }
    let width = options.gates * units
    kernel = try backend.parameter("kernel", [input.shape[2], width])
    let recurrentKernel = try backend.parameter("recurrent_kernel", [units, width])
    let bias = options.hasBias ? try backend.parameter("bias", options.biasShape) : nil
    memory = try RecurrentMemory(
      batch: batch,
      steps: input.shape[1],
      options,
      recurrentKernel: recurrentKernel,
      bias: bias
    )
    cell =
      switch options.cell {
      case .simple: SimpleCell(memory)
      case .lstm: try LSTMCell(memory)
      case .gru(resetsAfter: true): try GRUAfterCell(memory)
      case .gru(resetsAfter: false): try GRUBeforeCell(memory)
      }
    var outputs = [try Signal(options.returnsSequences ? [batch, input.shape[1], units] : [batch, units])]
    if options.returnsState {
      for _ in 0..<options.states { outputs.append(try Signal([batch, units])) }
    }
    self.name = name
    self.outputs = outputs
    inputs = [input] + initial
    parameters = [kernel, recurrentKernel] + (bias.map { [$0] } ?? [])
    returnsSequences = options.returnsSequences
  }

  private var features: Int { inputs[0].shape[2] }

  private var rows: Int { memory.batch * memory.steps }

  func forward(isTraining: Bool) throws(KernelError) {
    for (state, initial) in zip(cell.states, inputs.dropFirst()) {
      copy(StridedView(tensor: initial.value, strides: [memory.units, 1]), to: entry(state, 0))
    }
    try product(
      MatrixView(inputs[0].value.pointer, features),
      MatrixView(kernel.value.pointer, memory.width),
      add: false,
      MatrixView(memory.gates.pointer, memory.width),
      m: rows,
      n: memory.width,
      k: features
    )
    for step in 0..<memory.steps { try cell.forward(step) }
    if returnsSequences {
      Strided.run(CK_COPY, sizes: output.shape, sequence(memory.h, from: 1), into: sequence(output.value, from: 0))
    } else {
      copy(entry(memory.h, memory.steps), to: StridedView(tensor: output.value, strides: [memory.units, 1]))
    }
    for (output, state) in zip(outputs.dropFirst(), cell.states) {
      copy(entry(state, memory.steps), to: StridedView(tensor: output.value, strides: [memory.units, 1]))
    }
  }

  func backward() throws(KernelError) {
    let gradients = outputs.compactMap { $0.gradient?.sum }
    for gradient in cell.stateGradients { gradient.fill(0) }
    for (gradient, given) in zip(cell.stateGradients, gradients.dropFirst()) { Strided.add(given, to: gradient) }
    if !returnsSequences { Strided.add(gradients[0], to: memory.hGradient) }
    for step in (0..<memory.steps).reversed() {
      if returnsSequences { add(gradients[0], step) }
      try cell.backward(step)
    }
    try cell.gather()
    try gatherInput()
    for (input, gradient) in zip(inputs.dropFirst(), cell.stateGradients) {
      try input.gradient?.add { (sum) throws(KernelError) in Strided.add(gradient, to: sum) }
    }
  }

  /// Adds what one step of the output's gradient brings to that of the state.
  private func add(_ gradient: Tensor, _ step: Int) {
    Strided.run(
      CK_ADD_COPY,
      sizes: [memory.batch, memory.units],
      StridedView(tensor: gradient, offset: step * memory.units, strides: [memory.steps * memory.units, 1]),
      into: StridedView(tensor: memory.hGradient, strides: [memory.units, 1])
    )
  }

  private func gatherInput() throws(KernelError) {
    let gradient = MatrixView(memory.gatesGradient.pointer, memory.width)
    try kernel.gradient?.add { (sum) throws(KernelError) in
      try product(
        MatrixView(inputs[0].value.pointer, features, isTransposed: true),
        gradient,
        add: true,
        MatrixView(sum.pointer, memory.width),
        m: features,
        n: memory.width,
        k: rows
      )
    }
    try inputs[0].gradient?.overwrite { (target) throws(KernelError) in
      try product(
        gradient,
        MatrixView(kernel.value.pointer, memory.width, isTransposed: true),
        add: false,
        MatrixView(target.pointer, features),
        m: rows,
        n: features,
        k: memory.width
      )
    }
  }

  /// One entry of a tensor of states.
  private func entry(_ state: Tensor, _ index: Int) -> StridedView {
    StridedView(tensor: state, offset: index * memory.units, strides: [(memory.steps + 1) * memory.units, 1])
  }

  /// All entries of a tensor of states but for the first ones.
  private func sequence(_ tensor: Tensor, from first: Int) -> StridedView {
    StridedView(
      tensor: tensor,
      offset: first * memory.units,
      strides: [(memory.steps + first) * memory.units, memory.units, 1]
    )
  }

  private func copy(_ source: StridedView, to destination: StridedView) {
    Strided.run(CK_COPY, sizes: [memory.batch, memory.units], source, into: destination)
  }
}

extension RecurrentOptions {
  var name: String {
    switch cell {
    case .simple: "simple_rnn"
    case .lstm: "lstm"
    case .gru: "gru"
    }
  }
}
