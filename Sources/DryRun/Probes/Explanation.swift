internal import DryRunMessages
internal import Experiment

/// What explains a finding, in a sentence with the figures of both versions.
struct Explanation {
  let written: [RunReport]
  let changed: [RunReport]

  /// The sentence on what the rule names; where it names nothing, or there is nothing to say of it, on what differs most.
  func sentence(on probe: Probe?) -> String? {
    if let probe, let sentence = sentence(probe) { return sentence }
    return Self.order.lazy.filter { isTelling($0) }.compactMap { sentence($0) }.first ?? losses()
  }

  /// The order in which probes are asked where none is named: from those that leave no doubt to those that only describe.
  private static let order: [Probe] = [
    .nonFinite, .unreachableTargets, .symmetricUnits, .gradientNorm, .deadUnits, .saturatedUnits, .initialLoss,
    .clippedSteps, .stepsToHalf,
  ]

  private func sentence(_ probe: Probe) -> String? {
    switch probe {
    case .unreachableTargets: unreachable()
    case .symmetricUnits:
      share(\.symmetricUnits) { "\(Figures.percent($0)) of the units of \"\($1)\" compute what another one does" }
    case .deadUnits: share(\.deadUnits) { "\(Figures.percent($0)) of the units of \"\($1)\" give 0 for every example" }
    case .saturatedUnits:
      share(\.saturatedUnits) {
        "\(Figures.percent($0)) of the values of \"\($1)\" are in the flat parts of its activation"
      }
    case .gradientNorm: gradients()
    case .updateRatio: updates()
    case .clippedSteps: clipping()
    case .initialLoss: start()
    case .stepsToHalf: halving()
    case .nonFinite: nonFinite()
    case .generalizationGap: gap()
    }
  }

  /// Whether the versions differ in what a probe measures by enough to be worth a word.
  private func isTelling(_ probe: Probe) -> Bool {
    func differ(_ one: Double?, _ other: Double?, by least: Double) -> Bool {
      guard let one, let other else { return false }
      return one - other >= least
    }
    switch probe {
    case .nonFinite: return written.contains { $0.probes.nonFinite != nil }
    case .unreachableTargets:
      return differ(figure(written, \.unreachableTargets), figure(changed, \.unreachableTargets) ?? 0, by: 0.01)
    case .symmetricUnits: return worst(\.symmetricUnits).map { differ($0.written, $0.changed ?? 0, by: 0.2) } ?? false
    case .deadUnits: return worst(\.deadUnits).map { differ($0.written, $0.changed ?? 0, by: 0.2) } ?? false
    case .saturatedUnits: return worst(\.saturatedUnits).map { differ($0.written, $0.changed ?? 0, by: 0.2) } ?? false
    case .clippedSteps: return differ(figure(written, \.clippedSteps), figure(changed, \.clippedSteps) ?? 0, by: 0.2)
    case .gradientNorm:
      guard let one = reach(written), let other = reach(changed) else { return false }
      return one < other / 10
    case .initialLoss:
      guard let one = figure(written, \.initialLoss), let other = figure(changed, \.initialLoss) else { return false }
      return one > 2 * other
    case .stepsToHalf: return steps(written) == nil && steps(changed) != nil
    case .updateRatio, .generalizationGap: return false
    }
  }

  // MARK: - Of the network

  private func unreachable() -> String? {
    guard let one = figure(written, \.unreachableTargets) else { return nil }
    let other = figure(changed, \.unreachableTargets) ?? 0
    return "\(Figures.percent(one)) of the targets are out of reach, \(Figures.percent(other)) with the fix"
  }

  private func clipping() -> String? {
    guard let one = figure(written, \.clippedSteps) else { return nil }
    guard let other = figure(changed, \.clippedSteps) else {
      return "\(Figures.percent(one)) of the steps are clipped, none with the fix"
    }
    return "\(Figures.percent(one)) of the steps are clipped, \(Figures.percent(other)) with the fix"
  }

  private func start() -> String? {
    guard let one = figure(written, \.initialLoss), let other = figure(changed, \.initialLoss) else { return nil }
    let known = figure(written, \.expectedInitialLoss).map { ", where knowing nothing gets \(Figures.short($0))" } ?? ""
    return "the loss starts at \(Figures.short(one))\(known), and at \(Figures.short(other)) with the fix"
  }

  private func halving() -> String? {
    let one = steps(written), other = steps(changed)
    func words(_ steps: Double) -> String { Figures.count(Int(steps), "step") }
    switch (one, other) {
    case (let one?, let other?):
      return "the loss is half of the first after \(words(one)), after \(words(other)) with the fix"
    case (nil, let other?):
      return "the loss does not get to half of the first, and does so after \(words(other)) with the fix"
    case (let one?, nil): return "the loss is half of the first after \(words(one)), and never with the fix"
    case (nil, nil): return nil
    }
  }

  private func nonFinite() -> String? {
    guard let place = written.lazy.compactMap(\.probes.nonFinite).first else { return nil }
    let isMended = changed.allSatisfy { $0.probes.nonFinite == nil }
    let what =
      place.layer.map { place.isGradient ? "the gradient of \"\($0)\"" : "what \"\($0)\" gives" } ?? "the loss"
    let end = isMended ? "with the fix all stays finite" : "with the fix not all stays finite either"
    return "\(what) is no finite number at step \(place.step); \(end)"
  }

  private func gap() -> String? {
    guard let one = figure(written, \.generalizationGap), let other = figure(changed, \.generalizationGap) else {
      return nil
    }
    return "the loss on held-out rows is \(Figures.short(one)) times that on training rows, "
      + "\(Figures.short(other)) times with the fix"
  }

  private func losses() -> String? {
    let one = written.compactMap { $0.heldOut.last?.y }.median, other = changed.compactMap { $0.heldOut.last?.y }.median
    guard let one, let other else { return nil }
    return "the loss on held-out rows ends at \(Figures.short(one)), at \(Figures.short(other)) with the fix"
  }

  // MARK: - Of its layers

  private func share(_ figure: KeyPath<LayerProbe, Double?>, _ words: (Double, String) -> String) -> String? {
    guard let worst = worst(figure) else { return nil }
    let fixed = worst.changed.map { "\(Figures.percent($0)) with the fix" } ?? "with the fix there is no such layer"
    return "\(words(worst.written, worst.layer)), \(fixed)"
  }

  /// How the gradient comes through to the first weights, at the first step.
  private func gradients() -> String? {
    let layers = written.first?.probes.layers.filter { $0.firstGradientNorm != nil } ?? []
    guard let first = layers.first, let last = layers.last else { return nil }
    let without = layers.count { median(written, of: $0.name, \.firstGradientNorm) == 0 }
    if without > 0 {
      let fixed = changed.first?.probes.layers.count { $0.firstGradientNorm == 0 } ?? 0
      return "\(without) of \(Figures.count(layers.count, "layer")) have no gradient at all, \(fixed) with the fix"
    }
    guard layers.count > 1, let one = reach(written), let other = reach(changed) else { return nil }
    return
      "the gradient of \"\(first.name)\" is \(Figures.short(one)) times that of \"\(last.name)\" at the first step, "
      + "and the first layer's \(Figures.short(other)) times the last one's with the fix"
  }

  /// The gradient norm of the first layer with weights over that of the last.
  private func reach(_ runs: [RunReport]) -> Double? {
    let ratios = runs.compactMap { run -> Double? in
      let norms = run.probes.layers.compactMap(\.firstGradientNorm)
      guard let first = norms.first, let last = norms.last, norms.count > 1, last > 0 else { return nil }
      return first / last
    }
    return ratios.median
  }

  private func updates() -> String? {
    let ratios = (written.first?.probes.layers ?? []).compactMap {
      layer -> (name: String, one: Double, other: Double)? in
      guard let one = median(written, of: layer.name, \.updateRatio),
        let other = median(changed, of: layer.name, \.updateRatio)
      else { return nil }
      return (layer.name, one, other)
    }
    let most = ratios.max { Self.factor($0.one, $0.other) < Self.factor($1.one, $1.other) }
    guard let most else { return nil }
    return "a step moves the weights of \"\(most.name)\" by \(Figures.percent(most.one)) of their size, "
      + "by \(Figures.percent(most.other)) with the fix"
  }

  private static func factor(_ one: Double, _ other: Double) -> Double {
    one == other ? 1 : max(one, other) / min(one, other)
  }

  // MARK: - Over the runs

  /// The layer where the version as written has most of something, with the figures of both.
  private func worst(_ figure: KeyPath<LayerProbe, Double?>) -> (layer: String, written: Double, changed: Double?)? {
    let layers = written.first?.probes.layers ?? []
    let figures = layers.compactMap { layer in median(written, of: layer.name, figure).map { (layer.name, $0) } }
    guard let worst = figures.max(by: { $0.1 < $1.1 }) else { return nil }
    return (worst.0, worst.1, median(changed, of: worst.0, figure))
  }

  private func median(_ runs: [RunReport], of layer: String, _ figure: KeyPath<LayerProbe, Double?>) -> Double? {
    runs.compactMap { run in run.probes.layers.first { $0.name == layer }?[keyPath: figure] }.median
  }

  /// Steps to half of the loss; nil where most runs do not get there.
  private func steps(_ runs: [RunReport]) -> Double? {
    let steps = runs.compactMap { $0.probes.stepsToHalf.map { Double($0) } }
    return steps.count * 2 > runs.count ? steps.median : nil
  }

  private func figure(_ runs: [RunReport], _ figure: KeyPath<ProbeReport, Double?>) -> Double? {
    runs.compactMap { $0.probes[keyPath: figure] }.median
  }
}
