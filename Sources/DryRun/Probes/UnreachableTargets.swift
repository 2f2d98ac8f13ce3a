internal import Experiment
internal import Kernels

extension Plan.Version {
  /// The share of the target values of all regression heads that the final activation, or the cut behind it, cannot reach.
  ///
  /// Nil where no head has bounds that are known.
  func unreachableTargets(in rows: Rows) -> Double? {
    var missed = 0, all = 0
    for (index, head) in heads.enumerated() where head.task == .regression {
      let facts = experiment.outputs[head.output].facts
      let traits = facts.value(OutputKeys.activation).flatMap { ActivationVocabulary.traits(of: $0) }
      guard let traits else { continue }
      var minimum = traits.minimum ?? -.infinity, maximum = traits.maximum ?? .infinity
      if let clip = facts.value(OutputKeys.clip), clip.count == 2 {
        minimum = max(minimum, clip[0])
        maximum = min(maximum, clip[1])
      }
      // Rounding is no reason.
      let low = Float(minimum) - 1e-6, high = Float(maximum) + 1e-6
      let targets = rows.targets[index]
      missed += targets.buffer.count { !($0 >= low && $0 <= high) }
      all += targets.count
    }
    return all > 0 ? Double(missed) / Double(all) : nil
  }
}
