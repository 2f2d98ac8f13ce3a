/// The parts of charts.
extension XMLWriter {
  /// Writes an SVG element that scales with its place, with a title and a description for those who do not see it.
  mutating func chart(
    _ id: String,
    width: Double,
    height: Double,
    title: String,
    description: String,
    _ content: (inout XMLWriter) -> Void
  ) {
    let attributes = [
      ("viewBox", "0 0 \(width.coordinate) \(height.coordinate)"), ("role", "img"),
      ("aria-labelledby", "\(id)-title \(id)-desc"), ("xmlns", "http://www.w3.org/2000/svg"),
    ]
    element("svg", attributes) { writer in
      writer.element("title", [("id", "\(id)-title")], text: title)
      writer.element("desc", [("id", "\(id)-desc")], text: description)
      content(&writer)
    }
  }

  mutating func line(_ look: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    element(
      "path",
      [("class", look), ("d", "M\(x1.coordinate) \(y1.coordinate)L\(x2.coordinate) \(y2.coordinate)")]
    )
  }

  mutating func label(_ content: String, _ x: Double, _ y: Double, anchor: String) {
    element("text", [("x", x.coordinate), ("y", y.coordinate), ("text-anchor", anchor)], text: content)
  }

  mutating func dot(at place: (x: Double, y: Double), look: String) {
    element(
      "circle",
      [("class", "dot \(look)"), ("cx", place.x.coordinate), ("cy", place.y.coordinate), ("r", "3.5")]
    )
  }

  /// Writes a cross where a curve ends since it does not stay finite.
  mutating func cross(at place: (x: Double, y: Double), look: String) {
    let reach = 5.0
    line("cross \(look)", place.x - reach, place.y - reach, place.x + reach, place.y + reach)
    line("cross \(look)", place.x - reach, place.y + reach, place.x + reach, place.y - reach)
  }
}

extension Double {
  /// The number with one place behind the point: finer steps cannot be seen.
  var coordinate: String {
    let tenths = (self * 10).rounded() / 10
    return Int(exactly: tenths).map(String.init) ?? "\(tenths)"
  }
}
