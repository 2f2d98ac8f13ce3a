internal import DryRunMessages

/// How much of an experiment by itself there is room for.
extension Planner {
  /// How much of a training goes into probes; looks at held-out rows are counted one by one.
  private static let probing = 1.1
  /// What a step costs in prediction, which has no way back.
  private static let lookShare = 1.0 / 3
  /// How often all held-out rows are looked at: at the start, in between, and as many of those to train on at the end.
  private static let looks = Run.looks + 2

  var isExploration: Bool { job.changed == nil }

  /// The work of all that is done with a training of so many steps.
  func work(of fitted: Fitted, _ exploration: ExplorationPlan, steps: Int) -> Double {
    let heldOut = rows(of: [fitted], steps: steps, own: nil).heldOut
    let looks = Double(Self.looks * ((heldOut + fitted.batch - 1) / fitted.batch)) * Self.lookShare
    let training = Double(steps) * Self.probing + looks
    let all = Double(exploration.trainings) * training + Double(exploration.steps)
    return fitted.cost.setUp + Double(exploration.networks - 1) * fitted.cost.nextSetUp + all * fitted.work
  }

  /// The longest training that leaves room for what is done beside it; 0 where there is none.
  func mostSteps(of fitted: Fitted, _ exploration: ExplorationPlan) -> Int {
    let room = job.budget.seconds * Self.plannedShare * NetworkCost.speed
    var fitting = 0, tooMany = 1_000_000_001
    while tooMany - fitting > 1 {
      let steps = fitting + (tooMany - fitting) / 2
      if work(of: fitted, exploration, steps: steps) <= room { fitting = steps } else { tooMany = steps }
    }
    return fitting
  }

  /// Where too few steps fit beside all else: the longest training, and what remains beside it.
  func fewestSteps(of fitted: Fitted, own: Int?) throws(NotRunnable) -> (steps: Int, ExplorationPlan) {
    let longest = min(own ?? .max, Self.typicalSteps)
    for exploration in ExplorationPlan.all {
      let steps = min(mostSteps(of: fitted, exploration), longest)
      if steps >= exploration.leastSteps { return (steps, exploration) }
    }
    let least = ExplorationPlan.least
    try checkTime(of: work(of: fitted, least, steps: least.leastSteps))
    return (min(least.leastSteps, longest), least)
  }
}
