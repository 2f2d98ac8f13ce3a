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

  /// Returns the points to draw: what grew beyond ten thousand times its start counts as infinite, or nothing else could be seen.
  func drawnPoints(of run: RunReport) -> [CurvePoint] { Self.drawn(points(of: run)) }

  static func drawn(_ points: [CurvePoint]) -> [CurvePoint] {
    guard let first = points.first?.y, first.isFinite else { return points }
    return points.map { CurvePoint($0.x, $0.y > 1e4 * abs(first) ? .infinity : $0.y) }
  }
}

extension VersionReport {
  /// Returns the median over the runs at every step that a run has a point of; x is the step.
  func median(of curve: LossCurve) -> [CurvePoint] {
    median(of: curve, at: Set(runs.flatMap { run in curve.points(of: run).map(\.x) }).sorted())
  }

  /// Returns the median over the runs at some steps, evenly from the first to the last.
  func median(of curve: LossCurve, points count: Int) -> [CurvePoint] {
    guard let last = runs.compactMap({ curve.points(of: $0).last?.x }).max(), count > 1 else { return [] }
    return median(of: curve, at: (0..<count).map { last * Double($0) / Double(count - 1) })
  }

  /// A run that did not stay finite counts as infinite after its end.
  private func median(of curve: LossCurve, at steps: [Double]) -> [CurvePoint] {
    steps.compactMap { step in
      let losses = runs.compactMap { run -> Double? in
        let points = curve.points(of: run)
        guard let first = points.first, let end = points.last else { return nil }
        if step > end.x { return run.score.isFinite ? end.y : .infinity }
        guard let next = points.firstIndex(where: { $0.x > step }), next > 0 else {
          return step < first.x ? first.y : end.y
        }
        let (before, after) = (points[next - 1], points[next])
        return before.y + (after.y - before.y) * (step - before.x) / (after.x - before.x)
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
