import DryRunMessages

/// The scores of each seed's pair of runs, a row each, as an SVG element.
struct PairChart {
  private static let left = 62.0
  private static let right = 388.0
  private static let rowHeight = 20.0
  private static let top = 8.0

  var judgement: Judgement
  var names: VersionNames

  func write(to writer: inout XMLWriter, id: String) {
    let pairs = judgement.pairs
    let axis = Axis(
      of: pairs.flatMap { [$0.written, $0.changed] } + [judgement.baseline],
      .fitting,
      from: Self.left,
      to: Self.right
    )
    let bottom = Self.top + Double(pairs.count) * Self.rowHeight
    writer.chart(
      id,
      width: LineChart.width,
      height: bottom + 42,
      title: "Held-out \(judgement.metric) by seed",
      description: "\(names.changedLabel) lower in \(judgement.wins) of \(pairs.count) pairs; lower is better"
    ) { writer in
      for tick in axis.ticks {
        guard let x = axis.position(tick.number) else { continue }
        writer.line("grid", x, Self.top, x, bottom)
        writer.label(tick.text, x, bottom + 17, anchor: "middle")
      }
      if let x = axis.position(judgement.baseline) {
        writer.line("reference", x, Self.top, x, bottom)
      }
      for (index, pair) in pairs.enumerated() {
        let y = Self.top + (Double(index) + 0.5) * Self.rowHeight
        writer.label("seed \(pair.seed)", Self.left - 8, y + 4, anchor: "end")
        let written = axis.position(pair.written), changed = axis.position(pair.changed)
        if let written, let changed { writer.line("link", written, y, changed, y) }
        // What is not finite lies beyond the right end.
        write(written, y, "written", to: &writer)
        write(changed, y, "changed", to: &writer)
      }
      writer.line("axis", Self.left, bottom, Self.right, bottom)
      let metric = "held-out \(judgement.metric); dashed: the best constant"
      writer.label(metric, (Self.left + Self.right) / 2, bottom + 35, anchor: "middle")
    }
  }

  private func write(_ x: Double?, _ y: Double, _ look: String, to writer: inout XMLWriter) {
    if let x { writer.dot(at: (x, y), look: look) } else { writer.cross(at: (Self.right - 6, y), look: look) }
  }
}
