import DryRunMessages

/// Curves in one pair of axes, as an SVG element.
struct LineChart {
  struct Series {
    var points: [CurvePoint]
    /// The classes of the line: whose it is, and what of it.
    var look: String
    /// Whether each point has a dot.
    var hasDots = false
  }

  static let width = 400.0
  static let height = 230.0
  private static let left = 50.0
  private static let right = 388.0
  private static let top = 12.0
  private static let bottom = 190.0

  var title: String
  /// What a reader who does not see it should know.
  var description: String
  /// What the horizontal axis counts.
  var unit: String
  var series: [Series]
  var verticalScale = Axis.Scale.fitting
  var horizontalScale = Axis.Scale.linear
  /// Marks of the horizontal axis in place of numbers, such as layers.
  var categories: [(x: Double, text: String)]?
  /// A number to compare with, as a line across.
  var reference: (number: Double, text: String)?

  /// Writes the chart; the id must be the only such one of the page.
  func write(to writer: inout XMLWriter, id: String) {
    let points = series.flatMap(\.points)
    let vertical = Axis(
      of: points.map(\.y) + (reference.map { [$0.number] } ?? []),
      verticalScale,
      from: Self.bottom,
      to: Self.top
    )
    let horizontal = Axis(
      of: points.map(\.x),
      horizontalScale,
      from: Self.left,
      to: Self.right,
      isPadded: categories != nil
    )
    writer.chart(id, width: Self.width, height: Self.height, title: title, description: description) { writer in
      for tick in vertical.ticks {
        guard let y = vertical.position(tick.number) else { continue }
        writer.line("grid", Self.left, y, Self.right, y)
        writer.label(tick.text, Self.left - 6, y + 4, anchor: "end")
      }
      for mark in categories ?? horizontal.ticks.map({ (x: $0.number, text: $0.text) }) {
        guard let x = horizontal.position(mark.x) else { continue }
        writer.label(mark.text, x, Self.bottom + 17, anchor: "middle")
      }
      writer.line("axis", Self.left, Self.bottom, Self.right, Self.bottom)
      writer.label(unit, (Self.left + Self.right) / 2, Self.bottom + 35, anchor: "middle")
      if let reference, let y = vertical.position(reference.number) {
        writer.line("reference", Self.left, y, Self.right, y)
        writer.label(reference.text, Self.right, y - 4, anchor: "end")
      }
      for each in series { write(each, horizontal, vertical, to: &writer) }
    }
  }

  private func write(_ series: Series, _ horizontal: Axis, _ vertical: Axis, to writer: inout XMLWriter) {
    var places: [(x: Double, y: Double)] = []
    var parts: [String] = []
    var isBroken = true
    for point in series.points {
      guard let x = horizontal.position(point.x), let y = vertical.position(point.y) else {
        // Where the curve leaves the finite numbers.
        if !isBroken, let last = places.last { writer.cross(at: last, look: series.look) }
        isBroken = true
        continue
      }
      parts.append("\(isBroken ? "M" : "L")\(x.coordinate) \(y.coordinate)")
      places.append((x, y))
      isBroken = false
    }
    if places.isEmpty { return }
    writer.element("path", [("class", "line \(series.look)"), ("d", parts.joined())])
    guard series.hasDots || places.count == 1 else { return }
    for place in places { writer.dot(at: place, look: series.look) }
  }
}
