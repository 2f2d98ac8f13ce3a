internal import CKernels

/// Moves parameters along their gradients, and keeps what it needs to remember of them.
package final class Optimizer {
  package let rule: OptimizerRule
  package let decay: WeightDecay
  package let clipping: Clipping?
  /// How many steps were made.
  package private(set) var steps = 0
  private var states: [State]
  /// Nadam's product of all momenta so far.
  private var momenta = 1.0

  struct State {
    let parameter: Parameter
    let gradient: Gradient
    let decays: Bool
    /// What the rule remembers of each number, in the rule's order.
    let slots: [Tensor]
  }

  /// What a step met.
  package struct Report: Equatable, Sendable {
    /// Over all parameters, before clipping; nil where nobody asked and no limit needed it.
    package var norm: Double?
    /// Whether clipping changed any gradient.
    package var isClipped: Bool

    package init(norm: Double? = nil, isClipped: Bool = false) {
      self.norm = norm
      self.isClipped = isClipped
    }
  }

  /// `parameters` that are not learnt are left out.
  ///
  /// `decays` tells which ones weight decay applies to.
  package init(
    _ rule: OptimizerRule,
    _ parameters: [Parameter],
    decay: WeightDecay = .none,
    clipping: Clipping? = nil,
    decays: (Parameter) -> Bool = { _ in true }
  ) throws(KernelError) {
    self.rule = rule
    self.decay = decay
    self.clipping = clipping
    states = []
    for parameter in parameters {
      guard let gradient = parameter.gradient else { continue }
      states.append(
        State(
          parameter: parameter,
          gradient: gradient,
          decays: decays(parameter),
          slots: try rule.slots(for: parameter)
        )
      )
    }
  }

  /// One step at the rate that a schedule gives for it.
  ///
  /// Reads the gradients as they stand; resetting them is the network's work.
  package func step(rate: Double, measuresNorm: Bool = false) throws(KernelError) -> Report {
    steps += 1
    var report = Report()
    var scale = 1.0
    if case .value(let limit) = clipping {
      if measuresNorm { report.norm = globalNorm() }
      for state in states {
        let gradient = state.gradient.sum
        if ck_clip_values(Float(limit), gradient.pointer, gradient.count) > 0 { report.isClipped = true }
      }
    } else if case .globalNorm(let limit) = clipping {
      let norm = globalNorm()
      report.norm = norm
      report.isClipped = !(norm <= limit)
      scale = norm.isFinite ? limit / max(norm, limit) : .nan
    } else if measuresNorm {
      report.norm = globalNorm()
    }
    let numbers = rule.numbers(step: steps, rate: rate, momenta: &momenta)
    for state in states {
      if case .norm(let limit) = clipping {
        let norm = Self.squares(state.gradient).squareRoot()
        scale = norm > limit ? limit / norm : 1
        if norm > limit { report.isClipped = true }
      }
      try rule.apply(to: state, common(rate: rate, scale: scale, decays: state.decays), numbers)
    }
    return report
  }

  private func common(rate: Double, scale: Double, decays: Bool) -> ck_step {
    var step = ck_step(rate: Float(rate), scale: Float(scale), coupled: 0, keep: 1)
    guard decays else { return step }
    switch decay {
    case .none: break
    case .coupled(let share): step.coupled = Float(share)
    case .decoupled(let share): step.keep = Float(1 - share * rate)
    }
    return step
  }

  /// The norm of all gradients together.
  private func globalNorm() -> Double {
    states.reduce(0) { $0 + Self.squares($1.gradient) }.squareRoot()
  }

  private static func squares(_ gradient: Gradient) -> Double {
    let tensor = gradient.sum
    return ck_sum_of_squares(tensor.pointer, tensor.count)
  }
}
