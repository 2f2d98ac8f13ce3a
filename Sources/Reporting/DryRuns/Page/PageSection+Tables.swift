import DryRunMessages
import Linting

/// Every figure that charts show, and those that they do not.
extension PageSection {
  // MARK: - Scores and curves

  func pairs(_ judgement: Judgement, to writer: inout XMLWriter) {
    let heads = ["seed", names.writtenLabel, names.changedLabel, "ratio"]
    writer.table(heads, caption: "Held-out \(judgement.metric) at the end of each run", numbersFrom: 1) { writer in
      for pair in judgement.pairs {
        let ratio = (pair.written / pair.changed)
        writer.row(["\(pair.seed)", pair.written.short, pair.changed.short, ratio.short], numbersFrom: 1)
      }
    }
    let spread = judgement.tellingInterval.map { ", surely from \($0.lowerBound.short) to \($0.upperBound.short)" }
    writer.element(
      "p",
      text: """
        Ratio \(judgement.ratio.short)\(spread ?? ""); \
        \(judgement.minimumRatio.short) is the least that counts, and the best constant gets \(judgement.baseline.short). \
        Test: \(judgement.test.printable).
        """
    )
  }

  /// Writes a curve of a version, a row for each step and a column for each seed.
  func points(of curve: LossCurve, _ version: Version, to writer: inout XMLWriter) {
    let runs = version.report.runs
    let steps = Set(runs.flatMap { run in curve.points(of: run).map(\.x) }).sorted()
    if steps.isEmpty { return }
    let heads = ["step"] + runs.map { "seed \($0.seed)" }
    let kind = curve == .training ? "Training loss" : "Held-out loss"
    writer.table(heads, caption: "\(kind), \(version.label)", numbersFrom: 0) { writer in
      for step in steps {
        let losses = runs.map { run in curve.points(of: run).first { $0.x == step }?.y.short ?? "" }
        writer.row([step.short] + losses, numbersFrom: 0)
      }
    }
  }

  // MARK: - Layers

  func layerTable(_ summaries: [(Version, [LayerSummary])], to writer: inout XMLWriter) {
    let measures: [(String, (LayerProbe) -> String?)] = [
      ("gradient, first", { $0.firstGradientNorm?.short }), ("gradient, last", { $0.lastGradientNorm?.short }),
      ("update ratio", { $0.updateRatio?.short }), ("dead", { $0.deadUnits?.percent }),
      ("saturated", { $0.saturatedUnits?.percent }), ("symmetric", { $0.symmetricUnits?.percent }),
    ]
    let probes = summaries.flatMap { $0.1.map(\.probe) }
    let shown = measures.filter { measure in probes.contains { measure.1($0) != nil } }
    let heads = ["layer", "kind", "version"] + shown.map(\.0)
    writer.table(heads, caption: "Gradient norms, update ratios, and the shares of units", numbersFrom: 3) { writer in
      for index in 0..<(summaries.map(\.1.count).max() ?? 0) {
        for (version, layers) in summaries where layers.indices.contains(index) {
          let probe = layers[index].probe
          let words = ["\(index + 1) \(probe.name.printable)", probe.kind.printable, version.label]
          writer.row(words + shown.map { $0.1(probe) ?? "" }, numbersFrom: 3)
        }
      }
    }
  }

  func histogramTable(_ shown: [(Version, [LayerSummary])], to writer: inout XMLWriter) {
    writer.details("The activations in figures") { writer in
      let heads = ["layer", "version", "when", "from", "to", "count of each bin"]
      writer.table(heads, caption: "Values in bins of equal width", numbersFrom: nil) { writer in
        for (version, layers) in shown {
          for layer in layers {
            for (when, histogram) in [("first", layer.probe.firstHistogram), ("last", layer.probe.lastHistogram)] {
              guard let histogram else { continue }
              writer.row([
                "\(layer.number) \(layer.probe.name.printable)", version.label, when, histogram.minimum.short,
                histogram.maximum.short, histogram.counts.map(String.init).joined(separator: " "),
              ])
            }
          }
        }
      }
    }
  }

  // MARK: - Probes

  func probes(to writer: inout XMLWriter) {
    let rows: [(String, (VersionReport) -> String?)] = [
      ("loss before the first step", { $0.median(\.initialLoss)?.short }),
      ("loss of knowing nothing", { $0.median(\.expectedInitialLoss)?.short }),
      (
        "steps until the training loss was half",
        { version in
          let counts = version.runs.compactMap(\.probes.stepsToHalf)
          guard !counts.isEmpty else { return "never" }
          let median = counts.map(Double.init).median?.short ?? ""
          return counts.count == version.runs.count
            ? median : "\(median), in \(counts.count) of \(version.runs.count) runs"
        }
      ),
      ("clipped steps", { $0.median(\.clippedSteps)?.percent }),
      ("global norm of the gradient", { $0.median(\.globalNorm)?.short }),
      ("targets out of reach", { $0.median(\.unreachableTargets)?.percent }),
      ("held-out loss over training loss", { $0.median(\.generalizationGap)?.short }),
      (
        "first NaN or infinity",
        { version in
          let places = version.runs.compactMap { run in run.probes.nonFinite?.words }
          return places.first.map { "\($0), in \(places.count) of \(version.runs.count) runs" }
        }
      ),
      ("optimizer steps", { "\($0.steps)" }),
    ]
    writer.element("h3", text: "Probes")
    writer.table(["measured"] + versions.map(\.label), numbersFrom: 1) { writer in
      for (name, value) in rows {
        let values = versions.map { value($0.report) }
        if values.contains(where: { $0 != nil }) { writer.row([name] + values.map { $0 ?? "" }, numbersFrom: 1) }
      }
    }
  }

  // MARK: - Plan and data

  func plan(to writer: inout XMLWriter) {
    let plan = report.plan
    writer.element("h3", text: "Plan")
    writer.table(["what", "how"]) { writer in
      for scaling in plan.scalings { writer.row(["scaled: \(scaling.what)", "\(scaling.from) to \(scaling.to)"]) }
      for assumption in plan.assumptions { writer.row(["assumed", assumption.printable]) }
      for omission in plan.omissions { writer.row(["left out", omission.printable]) }
      if plan.trainingRows > 0 {
        writer.row(["rows", "\(plan.trainingRows) to train on, \(plan.heldOutRows) held out"])
      }
      let versions = report.changed == nil ? [names.writtenLabel] : [names.writtenLabel, names.changedLabel]
      for (what, numbers) in [
        ("batch", [plan.writtenBatch, plan.changedBatch]), ("steps", [plan.writtenSteps, plan.changedSteps]),
      ] where numbers[0] > 0 {
        let isOne = versions.count == 1 || numbers[0] == numbers[1]
        let text = isOne ? "\(numbers[0])" : zip(numbers, versions).map { "\($0) \($1)" }.joined(separator: ", ")
        writer.row([what, text])
      }
      if plan.estimatedMemory > 0 {
        writer.row(["estimated memory", "\((Double(plan.estimatedMemory) / 0x1p20).short) MiB"])
      }
      if plan.estimatedWork > 0 {
        writer.row(["estimated work", "\((plan.estimatedWork / 1e9).short) billion multiplications and additions"])
      }
      writer.row(["trained in", report.circumstances])
    }
  }

  func data(to writer: inout XMLWriter) {
    let data = report.data
    if data.path == nil, data.descriptions.isEmpty, data.limits.isEmpty { return }
    writer.element("h3", text: "Data")
    writer.element("p", text: data.path.map { "Rows of \($0.printable)." } ?? "Synthetic.")
    writer.element("ul") { writer in
      for description in data.descriptions { writer.element("li", text: description.printable) }
    }
    if !data.limits.isEmpty { writer.element("p", text: data.limits.printable) }
  }
}

extension ProbeReport.NonFinite {
  /// As "step 12, in the gradient of \"dense_1\"".
  var words: String {
    let place = layer.map { "\"\($0.printable)\"" }
    switch (place, isGradient) {
    case (let place?, true): return "step \(step), in the gradient of \(place)"
    case (let place?, false): return "step \(step), in \(place)"
    case (nil, true): return "step \(step), in the gradient of the loss"
    case (nil, false): return "step \(step), in the loss"
    }
  }
}

extension XMLWriter {
  /// Writes a table that scrolls by itself where it is too wide.
  mutating func table(
    _ heads: [String],
    caption: String? = nil,
    numbersFrom: Int? = nil,
    _ rows: (inout XMLWriter) -> Void
  ) {
    element("div", [("class", "scroll"), ("tabindex", "0")]) { writer in
      writer.element("table") { writer in
        if let caption { writer.element("caption", text: caption) }
        writer.element("thead") { writer in
          writer.element("tr") { writer in
            for (index, head) in heads.enumerated() {
              let isNumber = numbersFrom.map { index >= $0 } ?? false
              writer.element("th", [("scope", "col")] + (isNumber ? [("class", "number")] : []), text: head)
            }
          }
        }
        writer.element("tbody") { rows(&$0) }
      }
    }
  }

  /// Writes a row of a table; cells from a column on are numbers.
  mutating func row(_ cells: [String], numbersFrom: Int? = nil) {
    element("tr") { writer in
      for (index, cell) in cells.enumerated() {
        // A sentence is broken into lines, also where it stands among numbers.
        let isNumber = numbersFrom.map { index >= $0 } ?? false
        let look = cell.count > 24 ? "words" : isNumber ? "number" : nil
        writer.element("td", look.map { [("class", $0)] } ?? [], text: cell)
      }
    }
  }
}
