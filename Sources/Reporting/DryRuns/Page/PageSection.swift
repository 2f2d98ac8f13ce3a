import DryRunMessages
import Linting

/// What one report has to show: charts, tables, the plan, the data.
struct PageSection {
  let report: DryRunReport
  let names: VersionNames
  /// What the ids of the section start with.
  let id: String

  init(_ report: DryRunReport, _ names: VersionNames, id: String) {
    self.report = report
    self.names = names
    self.id = id
  }

  /// A version with what to call it and how to draw it.
  struct Version {
    var report: VersionReport
    var label: String
    var look: String
  }

  /// The versions that were trained.
  var versions: [Version] {
    let isAlone = report.changed == nil
    let written = report.written.map {
      Version(report: $0, label: isAlone ? "the experiment" : names.writtenLabel, look: "written")
    }
    let changed = report.changed.map { Version(report: $0, label: names.changedLabel, look: "changed") }
    return [written, changed].compactMap(\.self).filter { !$0.report.runs.isEmpty }
  }

  func write(to writer: inout XMLWriter) {
    if !report.checks.isEmpty { checks(to: &writer) }
    if !versions.isEmpty {
      key(to: &writer)
      losses(to: &writer)
      layers(to: &writer)
      histograms(to: &writer)
      probes(to: &writer)
    }
    plan(to: &writer)
    data(to: &writer)
  }

  // MARK: - Charts

  private func key(to writer: inout XMLWriter) {
    writer.element("div", [("class", "key")]) { writer in
      for version in versions { writer.element("span", [("class", version.look)], text: version.label) }
    }
  }

  private func losses(to writer: inout XMLWriter) {
    writer.element("h3", text: "Loss")
    writer.element("div", [("class", "charts")]) { writer in
      for (curve, name, about) in [
        (LossCurve.training, "training", "of the batch"), (.heldOut, "heldout", "on rows that were held out"),
      ] {
        let series = versions.flatMap { version in
          version.report.runs.map { run in
            LineChart.Series(points: curve.drawnPoints(of: run), look: "seed \(version.look)")
          } + [
            LineChart.Series(
              points: LossCurve.drawn(version.report.median(of: curve)),
              look: version.look
            )
          ]
        }
        guard series.contains(where: { !$0.points.isEmpty }) else { continue }
        let title = curve == .training ? "Training loss" : "Held-out loss"
        writer.figure(title, "\(about); thin: each seed, thick: their median") { writer in
          var chart = LineChart(title: title, description: ends(of: curve), unit: "step", series: series)
          if curve == .heldOut, let judgement = report.judgement, judgement.metric == "loss" {
            chart.reference = (judgement.baseline, "the best constant")
          }
          chart.write(to: &writer, id: "\(id)-\(name)")
        }
      }
      if let judgement = report.judgement {
        writer.figure("Held-out \(judgement.metric) by seed", "at the end of each run; lower is better") { writer in
          PairChart(judgement: judgement, names: names).write(to: &writer, id: "\(id)-pairs")
        }
      }
    }
    if let judgement = report.judgement { pairs(judgement, to: &writer) }
    writer.details("The curves in figures") { writer in
      for version in versions {
        for curve in LossCurve.allCases { points(of: curve, version, to: &writer) }
      }
    }
  }

  /// What a curve comes to, in words.
  private func ends(of curve: LossCurve) -> String {
    versions.map { version in
      let points = version.report.median(of: curve, points: 2)
      guard let first = points.first, let last = points.last else { return "" }
      return "\(version.label): from \(first.y.short) to \(last.y.short)"
    }
    .joined(separator: "; ")
  }

  private func layers(to writer: inout XMLWriter) {
    let summaries = versions.map { ($0, LayerSummary.all(of: $0.report)) }
    guard let count = summaries.map(\.1.count).max(), count > 0 else { return }
    writer.element("h3", text: "Layers")
    let categories = Self.categories(count)
    writer.element("div", [("class", "charts")]) { writer in
      let flow = summaries.flatMap { version, layers in
        [
          Self.series(layers, "first \(version.look)", \.probe.firstGradientNorm),
          Self.series(layers, version.look, \.probe.lastGradientNorm),
        ]
      }
      if flow.contains(where: { !$0.points.isEmpty }) {
        writer.figure("Gradient flow", "norm of the weights' gradient; dashed: first step, solid: last step") {
          writer in
          LineChart(
            title: "Gradient flow",
            description: "the norm of the gradient of each layer's weights at the first and the last step",
            unit: "layer, numbered as in the table",
            series: flow,
            verticalScale: .logarithmic,
            categories: categories
          )
          .write(to: &writer, id: "\(id)-flow")
        }
      }
      let updates = summaries.map { version, layers in Self.series(layers, version.look, \.probe.updateRatio) }
      if updates.contains(where: { !$0.points.isEmpty }) {
        writer.figure("Update ratio", "norm of a step over the norm of the weights") { writer in
          LineChart(
            title: "Update ratio",
            description: "the median over the steps of the norm of the step over the norm of the layer's weights",
            unit: "layer, numbered as in the table",
            series: updates,
            verticalScale: .logarithmic,
            categories: categories
          )
          .write(to: &writer, id: "\(id)-updates")
        }
      }
    }
    if count > Self.openLayers {
      writer.details("The \(count) layers in figures") { layerTable(summaries, to: &$0) }
    } else {
      layerTable(summaries, to: &writer)
    }
  }

  private static func series(
    _ layers: [LayerSummary],
    _ look: String,
    _ value: (LayerSummary) -> Double?
  ) -> LineChart.Series {
    let points = layers.compactMap { layer in value(layer).map { CurvePoint(Double(layer.number), $0) } }
    return LineChart.Series(points: points, look: look, hasDots: layers.count <= 40)
  }

  /// The numbers of layers, as many as fit.
  private static func categories(_ count: Int) -> [(x: Double, text: String)] {
    let step = max(1, (count + 11) / 12)
    return stride(from: 1, through: count, by: step).map { (Double($0), "\($0)") }
  }

  private func histograms(to writer: inout XMLWriter) {
    let shown = versions.map { ($0, LayerSummary.all(of: $0.report).filter { $0.probe.hasHistogram }) }
    guard shown.contains(where: { !$0.1.isEmpty }) else { return }
    writer.element("h3", text: "Activations")
    writer.element(
      "p",
      [("class", "dim")],
      text: "The values of each layer in the first seed; dashed: at the first step, filled: at the end."
    )
    for (version, layers) in shown where !layers.isEmpty {
      writer.element("div", [("class", "key")]) { writer in
        writer.element("span", [("class", version.look)], text: version.label)
      }
      writer.element("div", [("class", "charts small")]) { writer in
        for layer in Self.outermost(layers) {
          writer.figure("\(layer.number) \(layer.probe.name)", nil) { writer in
            HistogramChart(
              title: "\(layer.probe.name), \(version.label)",
              first: layer.probe.firstHistogram,
              last: layer.probe.lastHistogram,
              look: version.look
            )
            .write(to: &writer, id: "\(id)-\(version.look)-\(layer.number)")
          }
        }
      }
      if layers.count > Self.histogramLimit {
        let text = "The first and the last \(Self.histogramLimit / 2) of \(layers.count) layers; the table has all."
        writer.element("p", [("class", "dim")], text: text)
      }
    }
    histogramTable(shown, to: &writer)
  }

  /// A table of more layers is shown when it is asked for.
  private static let openLayers = 10

  /// How many layers of a version have a histogram drawn.
  private static let histogramLimit = 12

  private static func outermost(_ layers: [LayerSummary]) -> [LayerSummary] {
    layers.count <= histogramLimit
      ? layers : Array(layers.prefix(histogramLimit / 2) + layers.suffix(histogramLimit / 2))
  }

  // MARK: - Checks

  private func checks(to writer: inout XMLWriter) {
    writer.element("h3", text: "Checks")
    writer.table(["check", "outcome", "what came out"]) { writer in
      for check in report.checks {
        writer.element("tr") { writer in
          writer.element("th", [("scope", "row")], text: check.kind.title)
          writer.element("td") { $0.element("span", [("class", check.outcome.rawValue)], text: check.outcome.rawValue) }
          writer.element("td", [("class", "words")], text: check.message.printable)
        }
      }
    }
    let drawn = report.checks.filter { $0.curve.count > 1 }
    if drawn.isEmpty { return }
    writer.element("div", [("class", "charts")]) { writer in
      for check in drawn {
        writer.figure(check.kind.title, nil) { writer in
          let isSweep = check.kind == .learningRateSweep
          LineChart(
            title: check.kind.title,
            description: check.message.printable,
            unit: isSweep ? "learning rate" : "step",
            series: [.init(points: check.curve, look: "changed", hasDots: isSweep)],
            horizontalScale: isSweep ? .logarithmic : .linear
          )
          .write(to: &writer, id: "\(id)-\(check.kind.rawValue)")
        }
      }
    }
    writer.details("The checks in figures") { writer in
      for check in drawn {
        let unit = check.kind == .learningRateSweep ? "learning rate" : "step"
        writer.table([unit, "loss"], caption: check.kind.title, numbersFrom: 0) { writer in
          for point in check.curve { writer.row([point.x.short, point.y.short], numbersFrom: 0) }
        }
      }
    }
  }
}

extension ExperimentCheck.Kind {
  /// As "overfit one batch".
  var title: String { rawValue.replacing("-", with: " ") }
}

extension LayerProbe {
  var hasHistogram: Bool { firstHistogram != nil || lastHistogram != nil }
}

extension XMLWriter {
  mutating func figure(_ caption: String, _ about: String?, _ content: (inout XMLWriter) -> Void) {
    element("figure") { writer in
      writer.element("figcaption") { writer in
        writer.line(caption)
        if let about { writer.element("span", text: about) }
      }
      content(&writer)
    }
  }

  mutating func details(_ summary: String, _ content: (inout XMLWriter) -> Void) {
    element("details") { writer in
      writer.element("summary", text: summary)
      content(&writer)
    }
  }
}
