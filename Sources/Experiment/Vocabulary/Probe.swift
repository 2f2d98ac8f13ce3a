/// What a dry run measures inside a network to show why it does not learn.
///
/// A rule names the one that explains its findings. The raw values are the names in rules and in reports.
package enum Probe: String, Hashable, Sendable, CaseIterable {
  /// The share of the targets that the final activation cannot reach.
  case unreachableTargets = "unreachable_targets"
  /// The share of a layer's units that compute what another one of it does.
  case symmetricUnits = "symmetric_units"
  /// The share of units that give nothing for any of the examples, and so have no gradient.
  case deadUnits = "dead_units"
  /// The share of values in the flat parts of their activation.
  case saturatedUnits = "saturated_units"
  /// The norm of the gradient of each layer's weights, from the first to the last layer and from the first to the last step.
  case gradientNorm = "gradient_norm"
  /// The norm of a layer's step over the norm of its weights.
  case updateRatio = "update_ratio"
  /// The share of steps whose gradient was clipped.
  case clippedSteps = "clipped_steps"
  /// The loss before the first step against the one that knowing nothing has.
  case initialLoss = "initial_loss"
  /// How many steps it took until the loss was half of the first.
  case stepsToHalf = "steps_to_half"
  /// The step and the layer where the first number that is none came up.
  case nonFinite = "non_finite"
  /// How much better the network is on what it was trained on than on held-out rows.
  case generalizationGap = "generalization_gap"

  /// What it shows, in a sentence.
  package var summary: String {
    switch self {
    case .unreachableTargets: "the share of the targets that the final activation cannot reach"
    case .symmetricUnits: "the share of a layer's units that compute what another one of it does"
    case .deadUnits: "the share of units that give 0 for every example, and so have no gradient"
    case .saturatedUnits: "the share of values in the flat parts of their activation"
    case .gradientNorm: "the norm of the gradient of each layer's weights, at the first and the last step"
    case .updateRatio: "the norm of a layer's step over the norm of its weights"
    case .clippedSteps: "the share of steps whose gradient was clipped"
    case .initialLoss: "the loss before the first step, and that of knowing nothing"
    case .stepsToHalf: "the steps until the loss was half of the first"
    case .nonFinite: "the step and the layer where the first NaN or infinity came up"
    case .generalizationGap: "the loss on rows that were not trained on over that on rows that were"
    }
  }
}
