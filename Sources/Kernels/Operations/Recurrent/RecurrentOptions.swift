internal import CKernels

package struct RecurrentOptions {
  package enum Cell: Equatable, Sendable {
    case simple
    case lstm
    /// `resetsAfter`: the reset gate is applied behind the recurrent product, as PyTorch and, unless told otherwise, Keras do.
    case gru(resetsAfter: Bool)
  }

  /// What a cell may apply: those activations whose slope follows from what they give.
  package enum Gate: Sendable {
    case linear, tanh, sigmoid, relu, softsign
    /// min(max(x / 6 + 1 / 2, 0), 1), as in Keras 3.
    case hardSigmoid
  }

  package var cell: Cell
  package var units: Int
  package var activation: Gate
  /// Of the gates that let through; a simple cell has none.
  package var recurrentActivation: Gate
  package var hasBias: Bool
  /// Gives the states of all steps, [batch, time, units], rather than the last one, [batch, units].
  package var returnsSequences: Bool
  /// Gives the last states as further outputs: h, and c of an LSTM.
  package var returnsState: Bool
  /// Reads from the last step to the first, and gives sequences in that order, as Keras does.
  package var goesBackwards: Bool

  package init(
    _ cell: Cell,
    units: Int,
    activation: Gate = .tanh,
    recurrentActivation: Gate = .sigmoid,
    hasBias: Bool = true,
    returnsSequences: Bool = false,
    returnsState: Bool = false,
    goesBackwards: Bool = false
  ) {
    self.cell = cell
    self.units = units
    self.activation = activation
    self.recurrentActivation = recurrentActivation
    self.hasBias = hasBias
    self.returnsSequences = returnsSequences
    self.returnsState = returnsState
    self.goesBackwards = goesBackwards
  }

  /// How many units of gates there are for each unit.
  var gates: Int {
    switch cell {
    case .simple: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  /// How many states a cell hands on.
  var states: Int { cell == .lstm ? 2 : 1 }

  var biasShape: [Int] {
    cell == .gru(resetsAfter: true) ? [2, gates * units] : [gates * units]
  }
}

extension RecurrentOptions.Gate {
  var code: ck_gate {
    switch self {
    case .linear: CK_GATE_LINEAR
    case .tanh: CK_GATE_TANH
    case .sigmoid: CK_GATE_SIGMOID
    case .hardSigmoid: CK_GATE_HARD_SIGMOID
    case .relu: CK_GATE_RELU
    case .softsign: CK_GATE_SOFTSIGN
    }
  }
}
