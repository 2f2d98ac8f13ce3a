package import Kernels

/// Examples as a network takes them: normalised, encoded, the row first.
package struct Rows {
  /// One for each of the experiment's inputs: [rows, axes of one example]; ids and class numbers are whole floats.
  package var inputs: [Tensor]
  /// One for each head: [rows, places..., columns], or [rows, places...] of class indices.
  package var targets: [Tensor]

  package init(inputs: [Tensor], targets: [Tensor]) {
    self.inputs = inputs
    self.targets = targets
  }

  package var count: Int { inputs.first?.shape.first ?? 0 }
}

/// The rows of one version.
///
/// Row i of two versions is the same example, however each normalises and encodes it.
package struct Split {
  package var training: Rows
  package var heldOut: Rows

  package init(training: Rows, heldOut: Rows) {
    self.training = training
    self.heldOut = heldOut
  }
}
