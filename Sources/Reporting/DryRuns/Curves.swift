import DryRunMessages

/// The kinds of loss that a run has a curve of.
enum LossCurve: CaseIterable {
  case training
  case heldOut

  func points(of run: RunReport) -> [CurvePoint] {
    switch self {
    case .training: run.training
    case .heldOut: run.heldOut
    }
  }
}

extension VersionReport {
  /// Returns the median over the runs at some steps from the first to the last; x is the step.
  ///
  /// A run that did not stay finite counts as infinite after its end.
  func median(of curve: LossCurve, points count: Int) -> [CurvePoint] {
    guard let last = runs.compactMap({ curve.points(of: $0).last?.x }).max(), count > 1 else { return [] }
    return (0..<count).compactMap { index in
      let step = last * Double(index) / Double(count - 1)
      let losses = runs.compactMap { run -> Double? in
        let points = curve.points(of: run)
        guard let first = points.first, let end = points.last else { return nil }
        if step > end.x { return run.score.isFinite ? end.y : .infinity }
        return points.last { $0.x <= step }?.y ?? first.y
      }
      return losses.median.map { CurvePoint(step, $0) }
    }
  }

  /// The optimizer steps of the longest run.
  var steps: Int { runs.map(\.steps).max() ?? 0 }

  /// Returns the median over the runs of what was measured; nil where it was measured in none.
  func median(_ probe: (ProbeReport) -> Double?) -> Double? {
    runs.compactMap { probe($0.probes) }.median
  }
}
