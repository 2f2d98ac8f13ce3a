package import Kernels

/// An output of the network with what it is trained for.
package struct Head: Sendable {
  /// The index in ``Experiment/outputs``.
  package var output: Int
  /// The index of the layer that gives the output.
  package var layer: Int
  package var name: String
  package var loss: Loss
  /// The loss's weight among those of several heads.
  package var weight: Double
  /// How much each class weighs in the loss; empty for alike.
  package var classWeights: [Float]
  package var task: Task
  package var form: TargetForm

  /// What is learnt: what data are made for, and what figure compares two versions whose losses differ.
  package enum Task: Hashable, Sendable {
    /// Numbers; compared by 1 - R2.
    case regression
    /// One of two, or any number of independent ones of two; compared by the error rate.
    case binary
    /// One of several; compared by the error rate.
    case multiclass
  }

  /// How a row's target is given to the loss.
  package enum TargetForm: Hashable, Sendable {
    /// So many numbers.
    case numbers(Int)
    /// So many zeros and ones, each by itself.
    case bits(Int)
    /// The index of one of so many classes.
    case classIndex(Int)
    /// One of so many classes as zeros and a one.
    case oneHot(Int)
  }

  package init(
    output: Int,
    layer: Int,
    name: String,
    loss: Loss,
    weight: Double = 1,
    classWeights: [Float] = [],
    task: Task,
    form: TargetForm
  ) {
    self.output = output
    self.layer = layer
    self.name = name
    self.loss = loss
    self.weight = weight
    self.classWeights = classWeights
    self.task = task
    self.form = form
  }
}
