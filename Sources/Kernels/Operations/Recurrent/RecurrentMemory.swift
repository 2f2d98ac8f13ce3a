internal import CKernels

/// What a recurrent operation keeps of all its steps, sample by sample.
///
/// States have a step more than gates: the first one is the initial state, and step t goes from entry t to entry t + 1.
final class RecurrentMemory {
  let batch: Int
  let steps: Int
  let units: Int
  /// Of all gates together.
  let width: Int
  var cell: ck_cell
  let recurrentKernel: Parameter
  let bias: Parameter?
  /// Of all steps, [batch, steps, width].
  let gates: Tensor
  let gatesGradient: Tensor
  /// The output of the cells, [batch, steps + 1, units].
  let h: Tensor
  /// Of the state, [batch, units], between the step that was gone back over and the one before it.
  let hGradient: Tensor

  init(
    batch: Int,
    steps: Int,
    _ options: RecurrentOptions,
    recurrentKernel: Parameter,
    bias: Parameter?
  ) throws(KernelError) {
    self.batch = batch
    self.steps = steps
    units = options.units
    width = options.gates * options.units
    self.recurrentKernel = recurrentKernel
    self.bias = bias
    gates = try Tensor([batch, steps, width])
    gatesGradient = try Tensor([batch, steps, width])
    h = try Tensor([batch, steps + 1, units])
    hGradient = try Tensor([batch, units])
    cell = ck_cell(
      rows: Int64(batch),
      units: Int64(units),
      gate_step: Int64(steps * width),
      state_step: Int64((steps + 1) * units),
      recurrent: options.recurrentActivation.code,
      activation: options.activation.code
    )
  }

  /// Where a step begins in a tensor of gates.
  func gate(_ tensor: Tensor, _ step: Int) -> UnsafeMutablePointer<Float> {
    tensor.pointer + step * width
  }

  /// Where a state begins in a tensor of states.
  func state(_ tensor: Tensor, _ index: Int) -> UnsafeMutablePointer<Float> {
    tensor.pointer + index * units
  }

  /// gates[step] += or = h[step] * the columns of the recurrent kernel from `first` on.
  func multiply(_ state: Tensor, _ step: Int, into gates: Tensor, add: Bool, columns: Range<Int>) throws(KernelError) {
    try product(
      .init(self.state(state, step), (steps + 1) * units),
      .init(recurrentKernel.value.pointer + columns.lowerBound, width),
      add: add,
      .init(gate(gates, step) + columns.lowerBound, steps * width),
      m: batch,
      n: columns.count,
      k: units
    )
  }

  /// result (+)= the gradient of gates at a step * the transposed columns of the recurrent kernel.
  func multiplyBack(
    _ gradient: Tensor,
    _ step: Int,
    into result: Tensor,
    add: Bool,
    columns: Range<Int>
  ) throws(KernelError) {
    try product(
      .init(gate(gradient, step) + columns.lowerBound, steps * width),
      .init(recurrentKernel.value.pointer + columns.lowerBound, width, isTransposed: true),
      add: add,
      .init(result.pointer, units),
      m: batch,
      n: units,
      k: columns.count
    )
  }

  /// The recurrent kernel's columns get their gradient: states times gradients of gates, over all steps and samples.
  func gather(_ state: Tensor, _ gradient: Tensor, columns: Range<Int>) throws(KernelError) {
    try recurrentKernel.gradient?.add { (sum) throws(KernelError) in
      for sample in 0..<batch {
        try product(
          .init(state.pointer + sample * (steps + 1) * units, units, isTransposed: true),
          .init(gradient.pointer + sample * steps * width + columns.lowerBound, width),
          add: true,
          .init(sum.pointer + columns.lowerBound, width),
          m: units,
          n: columns.count,
          k: steps
        )
      }
    }
  }

  /// A row of the bias gets its gradient.
  func gatherBias(_ gradient: Tensor, row: Int = 0) throws(KernelError) {
    try bias?.gradient?.add { (sum) throws(KernelError) in
      ck_add_columns(Int64(batch * steps), Int64(width), gradient.pointer, sum.pointer + row * width)
    }
  }
}
