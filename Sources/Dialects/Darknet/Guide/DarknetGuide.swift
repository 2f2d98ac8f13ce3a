package import ConfigSyntax
import Experiment
import SourceText

extension DarknetDialect {
  package func guide(at place: SyntaxPlace) -> PlaceGuide? {
    guide(at: place) { steps in
      guard let section = steps.first?.key else { return Self.sections }
      guard steps.count == 1 else { return nil }
      let keys = DarknetKeys.guides(of: section)
      return keys.isEmpty ? nil : GuideScope(title: "[\(section)]", keys: keys)
    }
  }

  /// The names of sections, which stand in brackets.
  private static var sections: GuideScope {
    let names = ["net"] + DarknetSectionKind.names
    let keys = names.map { name in
      KeyGuide(name: name, summary: summary(of: name), valueTypes: [.mapping])
    }
    return GuideScope(title: "Darknet config", keys: keys)
  }

  private static func summary(of section: String) -> String {
    switch section {
    case "net": "how the network is trained, and what goes in; the first section"
    case "convolutional": "a convolution, with its normalisation and activation"
    case "connected": "a dense layer, with its normalisation and activation"
    case "maxpool": "the largest value under a window"
    case "avgpool": "the mean of each channel over the whole image"
    case "local_avgpool": "the mean under a window"
    case "dropout": "drops values at random while it trains"
    case "route": "takes from earlier layers, joined along the channels"
    case "shortcut": "adds an earlier layer to the one before"
    case "upsample": "repeats each pixel"
    case "yolo": "a detection head: needs filters = (classes + 5) * anchors of its mask, linear, in front"
    case "Gaussian_yolo":
      "a detection head with uncertainties: needs filters = (classes + 9) * anchors of its mask in front"
    case "region": "the detection head of YOLOv2: needs filters = (classes + coords + 1) * num, linear, in front"
    case "detection":
      "the detection head of YOLOv1: needs output = side * side * ((1 + coords) * num + classes) in front"
    case "softmax": "probabilities of classes, with their cross-entropy"
    case "cost": "compares what the layer before gives with the truth"
    case "scale_channels": "multiplies each channel of an earlier layer by what the one before gives"
    case "sam": "multiplies an earlier layer by the one before, value by value"
    case "reorg", "reorg3d": "turns parts of an image into channels"
    default: "a layer of Darknet"
    }
  }
}
