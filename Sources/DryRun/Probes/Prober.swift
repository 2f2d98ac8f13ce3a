internal import DryRunMessages
internal import Experiment
internal import Kernels

/// Measures inside a network while it trains, without changing what it does: it looks at what a step leaves behind, and shows the network some rows
/// as for a prediction, which draws no random numbers and gathers no statistics.
final class Prober {
  private let trainee: Trainee
  private let rows: Rows
  private let parts: [Part]
  private var layers: [LayerProbe]
  private var updateRatios: [[Double]]
  private var before: [ObjectIdentifier: Tensor] = [:]
  private var norms: [Double] = []
  private var clipped = 0
  private var clippable = 0
  private(set) var report = ProbeReport()

  /// How many examples are looked at, at least where there are as many.
  private static let examples = 64

  init(_ trainee: Trainee, rows: Rows) {
    self.trainee = trainee
    self.rows = rows
    parts = trainee.network.parts.filter { !$0.parameters.isEmpty || $0.activation != nil }
    layers = parts.map { LayerProbe(name: $0.name, kind: $0.kind.rawValue) }
    updateRatios = parts.map { _ in [] }
  }

  // MARK: - Values

  func lookAtFirstValues() throws(KernelError) {
    for (index, sample) in try samples().enumerated() { layers[index].firstHistogram = sample.histogram() }
  }

  func lookAtLastValues() throws(KernelError) {
    for (index, sample) in try samples().enumerated() {
      let traits = parts[index].activation.flatMap { ActivationVocabulary.traits(of: $0) }
      let dies = traits.map { $0.family == .rectifier && $0.hasZeroGradient } ?? false
      layers[index].lastHistogram = sample.histogram()
      layers[index].symmetricUnits = sample.symmetricUnits(ignoresDead: dies)
      if dies { layers[index].deadUnits = sample.deadUnits }
      if let traits, traits.family == .saturating, let minimum = traits.minimum, let maximum = traits.maximum {
        layers[index].saturatedUnits = sample.saturated(from: minimum, to: maximum)
      }
    }
  }

  private func samples() throws(KernelError) -> [LayerSample] {
    let count = min(Self.examples, rows.count)
    var samples = parts.map { LayerSample(units: $0.output.shape.last ?? 1) }
    for first in stride(from: 0, to: count, by: trainee.batch) {
      let taken = min(trainee.batch, count - first)
      try trainee.load(rows, (first..<first + taken).map { Int32($0) })
      try trainee.network.network.forward(isTraining: false)
      for (index, part) in parts.enumerated() {
        samples[index].take(part.output.value, examples: taken, share: Double(taken) / Double(count))
      }
    }
    return samples
  }

  // MARK: - Gradients and steps

  /// Reads the gradients that the way back has left.
  func lookAtGradients(isFirst: Bool) {
    for (index, part) in parts.enumerated() {
      guard let norm = Self.norm(part.parameters.compactMap(\.gradient?.sum)) else { continue }
      if isFirst { layers[index].firstGradientNorm = norm }
      layers[index].lastGradientNorm = norm
    }
  }

  func willStep() throws(KernelError) {
    for part in parts {
      for parameter in part.parameters where parameter.gradient != nil {
        let key = ObjectIdentifier(parameter)
        let copy: Tensor
        if let made = before[key] { copy = made } else { copy = try Tensor(parameter.value.shape) }
        before[key] = copy
        try copy.copy(parameter.value)
      }
    }
  }

  func didStep() {
    for (index, part) in parts.enumerated() {
      var moved = 0.0, size = 0.0
      for parameter in part.parameters {
        guard let copy = before[ObjectIdentifier(parameter)] else { continue }
        let distance = parameter.value.distance(to: copy), norm = copy.norm
        moved += distance * distance
        size += norm * norm
      }
      // Weights of 0 are moved by infinitely much of their size.
      if size > 0 { updateRatios[index].append((moved / size).squareRoot()) }
    }
  }

  func note(_ step: Optimizer.Report, isClipping: Bool) {
    if let norm = step.norm { norms.append(norm) }
    guard isClipping else { return }
    clippable += 1
    if step.isClipped { clipped += 1 }
  }

  private static func norm(_ tensors: [Tensor]) -> Double? {
    guard !tensors.isEmpty else { return nil }
    return tensors.reduce(0) { $0 + $1.norm * $1.norm }.squareRoot()
  }

  // MARK: - What is no number

  /// Finds where it began, from what a step has left whose loss is not finite.
  ///
  /// Steps count from 1.
  func locateNonFinite(step: Int) {
    guard report.nonFinite == nil else { return }
    let broken = trainee.network.parts.first { !$0.output.value.isFinite }
    let isWeight = broken?.parameters.contains { !$0.value.isFinite } ?? false
    // The gradients of the step before still lie where the way back left them, and that is where bad weights came from.
    let source = trainee.network.parts.last { part in
      part.parameters.contains { $0.gradient.map { !$0.tensor.isFinite } ?? false }
    }
    if isWeight, let source, step > 1 {
      report.nonFinite = .init(step: step - 1, layer: source.name, isGradient: true)
    } else {
      report.nonFinite = .init(step: step, layer: broken?.name, isGradient: false)
    }
  }

  // MARK: - The end

  func finish() -> ProbeReport {
    for (index, ratios) in updateRatios.enumerated() { layers[index].updateRatio = ratios.median }
    report.layers = layers
    report.globalNorm = norms.median
    report.clippedSteps = clippable > 0 ? Double(clipped) / Double(clippable) : nil
    return report
  }
}

extension [Double] {
  /// The middle one, or the mean of the two in the middle; nil where there is none.
  var median: Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    let middle = count / 2
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
