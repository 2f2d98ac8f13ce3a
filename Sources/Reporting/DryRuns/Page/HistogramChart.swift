import DryRunMessages

/// The values of a layer at the first step and at the end, as an SVG element.
struct HistogramChart {
  private static let width = 190.0
  private static let height = 96.0
  private static let bottom = 76.0
  private static let top = 6.0

  var title: String
  var first: Histogram?
  var last: Histogram?
  /// Whose values they are: `written` or `changed`.
  var look: String

  func write(to writer: inout XMLWriter, id: String) {
    let shown = [first, last].compactMap(\.self)
    let low = shown.map(\.minimum).min() ?? 0, high = shown.map(\.maximum).max() ?? 1
    let width = high > low ? high - low : 1
    let ends = "from \(low.short) to \(high.short)"
    writer.chart(id, width: Self.width, height: Self.height, title: title, description: ends) { writer in
      if let last { writer.element("path", [("class", "bars \(look)"), ("d", outline(of: last, low, width))]) }
      if let first { writer.element("path", [("class", "line first \(look)"), ("d", outline(of: first, low, width))]) }
      writer.line("axis", 4, Self.bottom, Self.width - 4, Self.bottom)
      if low < 0, high > 0 {
        let zero = Self.place(of: 0, low, width)
        writer.line("axis", zero, Self.bottom, zero, Self.bottom + 4)
        if zero > 45, zero < Self.width - 45 { writer.label("0", zero, Self.bottom + 16, anchor: "middle") }
      }
      writer.label(low.short, 4, Self.bottom + 16, anchor: "start")
      writer.label(high.short, Self.width - 4, Self.bottom + 16, anchor: "end")
    }
  }

  /// The steps of the bins, as dense as the fullest is high.
  private func outline(of histogram: Histogram, _ low: Double, _ width: Double) -> String {
    let most = Double(histogram.counts.max() ?? 0)
    guard most > 0 else { return "M4 \(Self.bottom.coordinate)" }
    let bin = (histogram.maximum - histogram.minimum) / Double(histogram.counts.count)
    var path = "M\(Self.place(of: histogram.minimum, low, width).coordinate) \(Self.bottom.coordinate)"
    for (index, count) in histogram.counts.enumerated() {
      let start = Self.place(of: histogram.minimum + Double(index) * bin, low, width)
      let end = Self.place(of: histogram.minimum + Double(index + 1) * bin, low, width)
      let y = Self.bottom - (Self.bottom - Self.top) * Double(count) / most
      path += "L\(start.coordinate) \(y.coordinate)L\(end.coordinate) \(y.coordinate)"
    }
    return path + "L\(Self.place(of: histogram.maximum, low, width).coordinate) \(Self.bottom.coordinate)"
  }

  private static func place(of number: Double, _ low: Double, _ range: Double) -> Double {
    4 + (width - 8) * (number - low) / range
  }
}
