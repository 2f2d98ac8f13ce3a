/// What an experiment by itself is put through beside its training, as far as there is room for it.
package struct ExplorationPlan: Hashable, Sendable {
  /// How long one batch is learnt by heart; 0 where it is not tried.
  package var stepsByHeart: Int
  /// The rates that are tried, in thirds of a power of ten above the stated one, rising.
  package var exponents: [Int]
  package var stepsForRate: Int
  /// Whether it is trained once more with zeros in the place of its inputs.
  package var zeroesInputs: Bool
  /// The training may be as short as this before something is left out.
  let leastSteps: Int

  /// From a hundredth of the stated rate to a hundred times as much.
  package static let whole = ExplorationPlan(
    stepsByHeart: BatchByHeart.fullLength,
    exponents: Array(-6...6),
    stepsForRate: 30,
    zeroesInputs: true,
    leastSteps: 60
  )

  /// The training by itself.
  static let least = ExplorationPlan(
    stepsByHeart: 0,
    exponents: [],
    stepsForRate: 0,
    zeroesInputs: false,
    leastSteps: 3
  )

  /// The one to prefer first.
  static let all = [
    whole,
    ExplorationPlan(stepsByHeart: 60, exponents: [-3, 0, 3], stepsForRate: 15, zeroesInputs: true, leastSteps: 20),
    ExplorationPlan(stepsByHeart: 30, exponents: [], stepsForRate: 0, zeroesInputs: false, leastSteps: 10),
    least,
  ]

  /// How often the whole training is run.
  var trainings: Int { zeroesInputs ? 2 : 1 }

  /// Steps beside those of the trainings.
  package var steps: Int { stepsByHeart + exponents.count * stepsForRate }

  /// The networks that are made.
  var networks: Int { trainings + (stepsByHeart > 0 ? 1 : 0) + exponents.count }
}
