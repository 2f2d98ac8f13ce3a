import Experiment

/// Layers that one mapping of a file stands for: one, or those that a section of a config is made into.
struct LayerGroup: Sendable {
  /// Where the first of them is named.
  var location: SourceLocation
  /// The indices of the layers, in order.
  var layers: [Int]
}

extension Experiment {
  /// The layers that one of the files tells of, by their mappings, in the order of their first layers.
  func layerGroups(inSource source: Int) -> [LayerGroup] {
    var groups: [LayerGroup] = []
    var positions: [SourceLocation: Int] = [:]
    for layer in layers.indices {
      let facts = layers[layer].facts
      guard let location = facts.location, location.source == source else { continue }
      let container = facts.container ?? location
      if let position = positions[container] {
        groups[position].layers.append(layer)
      } else {
        positions[container] = groups.count
        groups.append(LayerGroup(location: location, layers: [layer]))
      }
    }
    return groups
  }

  /// What is known of the size of layers in a few words: `(32, 32, 64) · 1,792 parameters`; nil where nothing is.
  func sizeSummary(
    of group: LayerGroup,
    shape showsShape: Bool = true,
    parameters showsParameters: Bool = true
  ) -> String? {
    guard let last = group.layers.last else { return nil }
    var parts: [String] = []
    if showsShape, let shape = layers[last].facts.value(LayerKeys.outputShape) { parts.append(shape.description) }
    if showsParameters {
      // Of layers of which one is unknown the sum is too.
      let counts = group.layers.map { layers[$0].facts.value(LayerKeys.parameters) }
      let parameters = counts.contains(nil) ? 0 : counts.reduce(0) { $0 + ($1 ?? 0) }
      if parameters > 0 {
        parts.append("\(parameters.grouped) parameter\(parameters == 1 ? "" : "s")")
      } else if layers[last].sharesWeightsWith != nil {
        parts.append("shared weights")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }
}

extension Int {
  /// The digits in groups of three.
  var grouped: String {
    let digits = String(magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + text
  }
}
