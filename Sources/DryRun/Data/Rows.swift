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
  /// What was done to the numbers of each head's targets, as `none` or `zscore`.
  ///
  /// Where two versions differ here, their losses are in different units and cannot be compared.
  package var targetNormalizations: [String]

  package init(training: Rows, heldOut: Rows, targetNormalizations: [String]) {
    self.training = training
    self.heldOut = heldOut
    self.targetNormalizations = targetNormalizations
  }
}
