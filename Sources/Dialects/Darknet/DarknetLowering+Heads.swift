import ConfigSyntax
import Experiment
import SourceText

/// The sections that compare what the network gives with the truth.
extension DarknetLowering {
  /// A detection head: its number of values for each place is fixed by classes and anchors (`make_yolo_layer` and the like).
  mutating func lowerHead(_ section: inout DarknetSection, _ kind: DarknetSectionKind) {
    var facts = section.record
    let place = section.key.location(source: 0)
    let origin = Origin.inferred(from: "the kind of layer", at: place)
    facts[OutputKeys.name] = Fact(section.layerName, origin)
    facts[OutputKeys.type] = Fact(section.name, .stated(place))
    facts[OutputKeys.task] = Fact("detection", origin)
    facts[OutputKeys.loss] = Fact(section.name.lowercased(), origin)
    let classes = section.integer("classes", default: kind == .detection ? 1 : 20)
    facts[OutputKeys.classes] = classes
    let boxes = section.integer("num", default: 1)
    var anchors = boxes
    var wanted: Int?
    switch kind {
    case .yolo, .gaussianYOLO:
      if let mask = section.integers("mask") { anchors = Fact(mask.value.count, mask.origin) }
      // make_yolo_layer: n * (classes + 4 + 1); make_gaussian_yolo_layer: n * (classes + 8 + 1).
      let box = kind == .yolo ? 5 : 9
      wanted = Bounded.product(anchors.value, Bounded.sum(classes.value, box))
      if !section.isOn("new_coords") { facts[OutputKeys.lossExpects] = Fact("logits", origin) }
    case .region:
      let coordinates = section.integer("coords", default: 4)
      wanted = Bounded.product(anchors.value, Bounded.sum(classes.value, Bounded.sum(coordinates.value, 1)))
      facts[OutputKeys.lossExpects] = Fact("logits", origin)
    default:
      // make_detection_layer: side * side * ((1 + coords) * num + classes).
      let coordinates = section.integer("coords", default: 1)
      let side = section.integer("side", default: 7)
      let each = Bounded.sum(Bounded.product(anchors.value, Bounded.sum(coordinates.value, 1)), classes.value)
      wanted = Bounded.product(Bounded.product(side.value, side.value), each)
    }
    facts[OutputKeys.anchors] = anchors
    if let wanted, wanted > 0 {
      facts[OutputKeys.wantedUnits] = Fact(
        wanted,
        .inferred(from: "classes and anchors", at: classes.origin.location ?? anchors.origin.location ?? place)
      )
    }
    let layer = current.layer
    change { $0.outputs.append(Output(facts: facts, layer: layer)) }
  }

  /// A softmax with its cross-entropy, which it computes itself unless `noloss` says otherwise.
  mutating func lowerSoftmax(_ section: inout DarknetSection) {
    if !section.isOn("spatial") { flatten(for: section) }
    var facts = section.facts
    let place = section.key.location(source: 0)
    let origin = Origin.inferred(from: "the kind of layer", at: place)
    facts[LayerKeys.activation] = Fact("softmax", origin)
    let units = current.channels
    let layer = add(.activation, section.layerName, facts, size: current.size)
    guard !section.isOn("noloss") else { return }
    var output = section.record
    output[OutputKeys.name] = Fact(section.layerName, origin)
    output[OutputKeys.type] = Fact(section.name, .stated(place))
    output[OutputKeys.loss] = Fact("categorical_crossentropy", origin)
    output[OutputKeys.fromLogits] = Fact(false, origin)
    let isHierarchical = section.option("tree") != nil || (section.integer("groups")?.value ?? 1) > 1
    if isHierarchical {
      output[OutputKeys.task] = Fact("other", origin)
    } else {
      output[OutputKeys.task] = Fact("multiclass", origin)
      if let units {
        output[OutputKeys.classes] = Fact(units, .inferred(from: "the units in front of the softmax", at: place))
      }
    }
    change { $0.outputs.append(Output(facts: output, layer: layer)) }
  }

  /// A cost by itself; behind a softmax it adds nothing, whose cross-entropy has the same gradient.
  mutating func lowerCost(_ section: inout DarknetSection) {
    let layer = current.layer
    guard !experiment.outputs.contains(where: { $0.layer == layer }) else { return }
    let place = section.key.location(source: 0)
    let origin = Origin.inferred(from: "the kind of layer", at: place)
    let type = section.text("type") ?? Fact("sse", .darknetDefault)
    var output = section.record
    output[OutputKeys.name] = Fact(section.layerName, origin)
    output[OutputKeys.type] = Fact(section.name, .stated(place))
    let loss: String
    switch type.value {
    case "L1": loss = "mean_absolute_error"
    case "smooth": loss = "huber"
    case "sse", "masked": loss = "mean_squared_error"
    default: loss = type.value
    }
    output[OutputKeys.loss] = Fact(loss, type.origin)
    change { $0.outputs.append(Output(facts: output, layer: layer)) }
  }

  /// A config that ends without a head still has an output.
  mutating func settleOutputs() {
    guard experiment.outputs.isEmpty, !results.isEmpty else { return }
    let layer = current.layer
    change { $0.outputs = [Output(facts: Record(location: $0.layers[layer].facts.location), layer: layer)] }
  }
}
