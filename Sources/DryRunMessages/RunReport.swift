/// What one version of an experiment did, over all its runs.
package struct VersionReport: Hashable, Sendable {
  /// One for each seed, in the order of the seeds.
  package var runs: [RunReport]

  package init(runs: [RunReport] = []) {
    self.runs = runs
  }
}

/// One training of a version.
package struct RunReport: Hashable, Sendable {
  package var seed: UInt64
  /// The optimizer steps that were made.
  package var steps: Int
  /// The loss of the batch at some of the steps, the first and the last always among them.
  package var training: [CurvePoint]
  /// The loss on held-out rows, penalties left out.
  package var heldOut: [CurvePoint]
  /// What the versions are compared by, at the end; infinite where the run did not stay finite.
  package var score: Double
  package var probes: ProbeReport

  package init(
    seed: UInt64,
    steps: Int,
    training: [CurvePoint],
    heldOut: [CurvePoint],
    score: Double,
    probes: ProbeReport
  ) {
    self.seed = seed
    self.steps = steps
    self.training = training
    self.heldOut = heldOut
    self.score = score
    self.probes = probes
  }
}

/// A point of a curve: a step with its loss, or a learning rate with the loss it led to.
package struct CurvePoint: Hashable, Sendable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// What was measured inside a network while it trained; nil is what was not, or does not apply.
package struct ProbeReport: Hashable, Sendable {
  /// The loss before the first step, on held-out rows.
  package var initialLoss: Double?
  /// The loss of knowing nothing: ln(classes), the variance of the targets, ...
  package var expectedInitialLoss: Double?
  /// Steps until the training loss was half of the first.
  package var stepsToHalf: Int?
  /// The share of steps whose gradient was clipped; nil where there is no clipping.
  package var clippedSteps: Double?
  /// The median over the steps of the gradient's global norm, before clipping.
  package var globalNorm: Double?
  /// The share of the target values that the final activation cannot reach.
  package var unreachableTargets: Double?
  /// The loss on held-out rows over that on training rows, at the end.
  package var generalizationGap: Double?
  package var nonFinite: NonFinite?
  /// The layers with weights or with an activation, in the order of the network.
  package var layers: [LayerProbe]

  /// Where the first number that is none came up.
  package struct NonFinite: Hashable, Sendable {
    /// Counted from 1.
    package var step: Int
    /// The layer; nil for the loss itself.
    package var layer: String?
    /// Whether it was found on the way back, in the gradient.
    package var isGradient: Bool

    package init(step: Int, layer: String?, isGradient: Bool) {
      self.step = step
      self.layer = layer
      self.isGradient = isGradient
    }
  }

  package init(layers: [LayerProbe] = []) {
    self.layers = layers
  }
}

/// What was measured of one layer.
package struct LayerProbe: Hashable, Sendable {
  package var name: String
  /// The kind as in the IR: `dense`, `conv2d`.
  package var kind: String
  /// The norm of the gradient of the layer's weights at the first step.
  package var firstGradientNorm: Double?
  /// The same at the last step.
  package var lastGradientNorm: Double?
  /// The median over the measured steps of the norm of the step over the norm of the weights.
  package var updateRatio: Double?
  /// The share of units that give 0 for all probed examples at the end.
  package var deadUnits: Double?
  /// The share of values in the flat parts of the activation at the end.
  package var saturatedUnits: Double?
  /// The share of units whose values are those of another one at the end.
  package var symmetricUnits: Double?
  /// The layer's values at the first step.
  package var firstHistogram: Histogram?
  /// The layer's values at the end.
  package var lastHistogram: Histogram?

  package init(name: String, kind: String) {
    self.name = name
    self.kind = kind
  }
}

/// How often values lie in bins of equal width.
package struct Histogram: Hashable, Sendable {
  /// The lower end of the first bin and the upper end of the last.
  package var minimum: Double
  package var maximum: Double
  package var counts: [Int]

  package init(minimum: Double, maximum: Double, counts: [Int]) {
    self.minimum = minimum
    self.maximum = maximum
    self.counts = counts
  }
}
