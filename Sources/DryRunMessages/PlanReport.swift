/// What was trained, as it differs from what the experiment says.
package struct PlanReport: Hashable, Sendable {
  /// What was made smaller to fit the budget: "batch 256 -> 32", "image side 224 -> 64".
  package var scalings: [Scaling]
  /// What the experiment does not say and a run needs: "loss: categorical_crossentropy, since the output ends in softmax".
  package var assumptions: [String]
  /// What the experiment says and a dry run leaves out: "augmentation".
  package var omissions: [String]
  /// Bytes that all tensors of the larger version take, as estimated before any was made.
  package var estimatedMemory: Int
  /// Multiplications and additions of all runs, as estimated.
  package var estimatedWork: Double
  /// Rows that were trained on and held out.
  package var trainingRows: Int
  package var heldOutRows: Int
  /// The batch of each version.
  package var writtenBatch: Int
  package var changedBatch: Int
  /// The most optimizer steps of each version; what ends early is in the runs.
  package var writtenSteps: Int
  package var changedSteps: Int

  package struct Scaling: Hashable, Sendable {
    /// `batch`, `rows`, `image side`, `sequence length`, `depth repeats`, `steps`.
    package var what: String
    package var from: Int
    package var to: Int

    package init(what: String, from: Int, to: Int) {
      self.what = what
      self.from = from
      self.to = to
    }
  }

  package init() {
    scalings = []
    assumptions = []
    omissions = []
    estimatedMemory = 0
    estimatedWork = 0
    trainingRows = 0
    heldOutRows = 0
    writtenBatch = 0
    changedBatch = 0
    writtenSteps = 0
    changedSteps = 0
  }
}

/// What was trained on.
package struct DataReport: Hashable, Sendable {
  /// The path of the user's rows; nil for synthetic data.
  package var path: String?
  /// What each input and target was made from: "input \"spectrum\": 256 numbers of mean 0 and deviation 1, in 8 correlated groups".
  package var descriptions: [String]
  /// What data such as these can and cannot show, in a sentence or two.
  package var limits: String

  package init(path: String? = nil, descriptions: [String] = [], limits: String = "") {
    self.path = path
    self.descriptions = descriptions
    self.limits = limits
  }
}
