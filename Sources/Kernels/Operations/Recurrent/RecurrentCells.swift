internal import CKernels

/// One kind of cell: how a step goes, forwards and backwards.
protocol RecurrentCell: AnyObject {
  /// The states that flow from step to step, [batch, steps + 1, units] each, h first.
  var states: [Tensor] { get }
  /// Their gradients between two steps, [batch, units] each.
  var stateGradients: [Tensor] { get }

  /// The gates hold the input's part; goes from the states at `step` to those at `step` + 1.
  func forward(_ step: Int) throws(KernelError)
  /// Turns the gradients of the states at `step` + 1 into those of the gates and of the states at `step`.
  func backward(_ step: Int) throws(KernelError)
  /// Gives recurrent kernel and bias their gradients, once all steps were gone back over.
  func gather() throws(KernelError)
}

final class SimpleCell: RecurrentCell {
  private let memory: RecurrentMemory

  init(_ memory: RecurrentMemory) {
    self.memory = memory
  }

  var states: [Tensor] { [memory.h] }
  var stateGradients: [Tensor] { [memory.hGradient] }
  private var columns: Range<Int> { 0..<memory.width }

  func forward(_ step: Int) throws(KernelError) {
    try memory.multiply(memory.h, step, into: memory.gates, add: true, columns: columns)
    ck_simple_step(
      &memory.cell,
      memory.bias?.value.pointer,
      memory.gate(memory.gates, step),
      memory.state(memory.h, step + 1)
    )
  }

  func backward(_ step: Int) throws(KernelError) {
    ck_simple_step_backward(
      &memory.cell,
      memory.gate(memory.gates, step),
      memory.hGradient.pointer,
      memory.gate(memory.gatesGradient, step)
    )
    try memory.multiplyBack(memory.gatesGradient, step, into: memory.hGradient, add: true, columns: columns)
  }

  func gather() throws(KernelError) {
    try memory.gather(memory.h, memory.gatesGradient, columns: columns)
    try memory.gatherBias(memory.gatesGradient)
  }
}

final class LSTMCell: RecurrentCell {
  private let memory: RecurrentMemory
  private let c: Tensor
  // Behind the activation.
  private let lifted: Tensor
  private let cGradient: Tensor

  init(_ memory: RecurrentMemory) throws(KernelError) {
    self.memory = memory
    c = try Tensor(memory.h.shape)
    lifted = try Tensor(memory.h.shape)
    cGradient = try Tensor(memory.hGradient.shape)
  }

  var states: [Tensor] { [memory.h, c] }
  var stateGradients: [Tensor] { [memory.hGradient, cGradient] }
  private var columns: Range<Int> { 0..<memory.width }

  func forward(_ step: Int) throws(KernelError) {
    try memory.multiply(memory.h, step, into: memory.gates, add: true, columns: columns)
    ck_lstm_step(
      &memory.cell,
      memory.bias?.value.pointer,
      memory.gate(memory.gates, step),
      memory.state(c, step),
      memory.state(c, step + 1),
      memory.state(lifted, step + 1),
      memory.state(memory.h, step + 1)
    )
  }

  func backward(_ step: Int) throws(KernelError) {
    ck_lstm_step_backward(
      &memory.cell,
      memory.gate(memory.gates, step),
      memory.state(c, step),
      memory.state(lifted, step + 1),
      memory.hGradient.pointer,
      cGradient.pointer,
      memory.gate(memory.gatesGradient, step)
    )
    try memory.multiplyBack(memory.gatesGradient, step, into: memory.hGradient, add: true, columns: columns)
  }

  func gather() throws(KernelError) {
    try memory.gather(memory.h, memory.gatesGradient, columns: columns)
    try memory.gatherBias(memory.gatesGradient)
  }
}

/// A GRU whose reset gate is applied behind the recurrent product, with a bias of its own there.
final class GRUAfterCell: RecurrentCell {
  private let memory: RecurrentMemory
  private let products: Tensor
  private let productsGradient: Tensor

  init(_ memory: RecurrentMemory) throws(KernelError) {
    self.memory = memory
    products = try Tensor(memory.gates.shape)
    productsGradient = try Tensor(memory.gates.shape)
  }

  var states: [Tensor] { [memory.h] }
  var stateGradients: [Tensor] { [memory.hGradient] }
  private var columns: Range<Int> { 0..<memory.width }

  func forward(_ step: Int) throws(KernelError) {
    try memory.multiply(memory.h, step, into: products, add: false, columns: columns)
    ck_gru_after_step(
      &memory.cell,
      memory.bias?.value.pointer,
      memory.gate(memory.gates, step),
      memory.gate(products, step),
      memory.state(memory.h, step),
      memory.state(memory.h, step + 1)
    )
  }

  func backward(_ step: Int) throws(KernelError) {
    ck_gru_after_step_backward(
      &memory.cell,
      memory.gate(memory.gates, step),
      memory.gate(products, step),
      memory.state(memory.h, step),
      memory.hGradient.pointer,
      memory.gate(memory.gatesGradient, step),
      memory.gate(productsGradient, step)
    )
    try memory.multiplyBack(productsGradient, step, into: memory.hGradient, add: true, columns: columns)
  }

  func gather() throws(KernelError) {
    try memory.gather(memory.h, productsGradient, columns: columns)
    try memory.gatherBias(memory.gatesGradient)
    try memory.gatherBias(productsGradient, row: 1)
  }
}

/// A GRU whose reset gate is applied to the state before the recurrent product.
final class GRUBeforeCell: RecurrentCell {
  private let memory: RecurrentMemory
  // The state behind the reset gate.
  private let reset: Tensor
  private let resetGradient: Tensor

  init(_ memory: RecurrentMemory) throws(KernelError) {
    self.memory = memory
    reset = try Tensor(memory.h.shape)
    resetGradient = try Tensor(memory.hGradient.shape)
  }

  var states: [Tensor] { [memory.h] }
  var stateGradients: [Tensor] { [memory.hGradient] }
  private var gates: Range<Int> { 0..<2 * memory.units }
  private var candidate: Range<Int> { 2 * memory.units..<3 * memory.units }

  func forward(_ step: Int) throws(KernelError) {
    let bias = memory.bias?.value.pointer
    let values = memory.gate(memory.gates, step)
    let before = memory.state(memory.h, step)
    try memory.multiply(memory.h, step, into: memory.gates, add: true, columns: gates)
    ck_gru_before_step(&memory.cell, bias, values, before, memory.state(reset, step))
    try memory.multiply(reset, step, into: memory.gates, add: true, columns: candidate)
    ck_gru_before_finish(&memory.cell, bias, values, before, memory.state(memory.h, step + 1))
  }

  func backward(_ step: Int) throws(KernelError) {
    let values = memory.gate(memory.gates, step)
    let before = memory.state(memory.h, step)
    let gradient = memory.gate(memory.gatesGradient, step)
    ck_gru_before_finish_backward(&memory.cell, values, before, memory.hGradient.pointer, gradient)
    try memory.multiplyBack(memory.gatesGradient, step, into: resetGradient, add: false, columns: candidate)
    ck_gru_before_step_backward(
      &memory.cell,
      values,
      before,
      resetGradient.pointer,
      memory.hGradient.pointer,
      gradient
    )
    try memory.multiplyBack(memory.gatesGradient, step, into: memory.hGradient, add: true, columns: gates)
  }

  func gather() throws(KernelError) {
    try memory.gather(memory.h, memory.gatesGradient, columns: gates)
    try memory.gather(reset, memory.gatesGradient, columns: candidate)
    try memory.gatherBias(memory.gatesGradient)
  }
}
