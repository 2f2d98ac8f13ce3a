import ConfigSyntax
import Experiment
import SourceText

/// The sections that are layers.
extension DarknetLowering {
  mutating func lower(_ section: inout DarknetSection) {
    guard let kind = DarknetSectionKind(section.name) else { return lowerUnknown(&section) }
    switch kind {
    case .convolutional: lowerConvolution(&section)
    case .connected: lowerConnected(&section)
    case .activation: addActivation(of: section, section.activation(default: "linear"))
    case .batchNormalization: addNormalization(of: section)
    case .localNormalization: add(.localResponseNormalization, section.layerName, section.facts, size: current.size)
    case .dropout:
      var facts = section.facts
      facts[LayerKeys.rate] = section.number("probability", default: 0.2)
      add(.dropout, section.layerName, facts, size: current.size)
    case .maxPooling: lowerPooling(&section, .maxPooling2d)
    case .localAveragePooling: lowerPooling(&section, .averagePooling2d)
    case .globalAveragePooling:
      var facts = section.facts
      facts[LayerKeys.keepDimensions] = Fact(true, .inferred(from: "the kind of layer", at: facts.location))
      add(.globalAveragePooling, section.layerName, facts, size: current.isImage ? [1, 1, current.channels] : [nil])
    case .route: lowerRoute(&section)
    case .shortcut: lowerShortcut(&section)
    case .scaleChannels: lowerProduct(&section, isScale: true)
    case .sam: lowerProduct(&section, isScale: false)
    case .reorganisation: lowerReorganisation(&section)
    case .upSampling: lowerUpSampling(&section)
    case .crop: lowerCrop(&section)
    case .lstm: lowerRecurrent(&section, .lstm)
    case .gru: lowerRecurrent(&section, .gru)
    case .rnn:
      addOpaque(section, size: current.size.dropLast() + [section.integer("output", default: 1).value])
    case .crnn, .convLSTM, .local, .deconvolutional, .history, .implicit, .contrastive:
      addOpaque(section, size: current.size.map { _ in nil })
    case .softmax: lowerSoftmax(&section)
    case .cost: lowerCost(&section)
    case .yolo, .gaussianYOLO, .region, .detection: lowerHead(&section, kind)
    case .empty: break
    }
  }

  // MARK: - Weight layers

  /// A convolution with what Darknet puts into it: the normalisation behind it and then the activation.
  private mutating func lowerConvolution(_ section: inout DarknetSection) {
    var facts = section.facts
    let filters = section.integer("filters", default: 1)
    let size = section.integer("size", default: 1)
    facts[LayerKeys.filters] = filters
    facts[LayerKeys.kernelSize] = size.pair
    let strides = section.strides(default: 1)
    facts[LayerKeys.strides] = strides
    let dilation = section.integer("dilation")
    if let dilation, size.value > 1 { facts[LayerKeys.dilationRate] = dilation.pair }
    // Without floating-point weights there are no groups (make_convolutional_layer).
    let isBinary = section.isOn("xnor") || section.isOn("binary")
    if let groups = section.integer("groups"), groups.value > 1, !section.isOn("xnor") {
      facts[LayerKeys.groups] = groups
    }
    if !isBinary { facts[LayerKeys.kernelInitializer] = section.initializer }
    let margin = section.margin(size: size)
    let spatial = Self.spatial(current, size: size.value, strides: strides.value, margin: margin.value)
    addMargin(margin, size: size, of: section, &facts)
    addWeights(.conv2d, &section, facts, size: spatial + [filters.value])
  }

  private mutating func lowerConnected(_ section: inout DarknetSection) {
    flatten(for: section)
    var facts = section.facts
    let units = section.integer("output", default: 1)
    facts[LayerKeys.units] = units
    facts[LayerKeys.kernelInitializer] = section.initializer
    addWeights(.dense, &section, facts, size: Array(current.size.dropLast()) + [units.value])
  }

  /// Adds a weight layer with its normalisation and its activation: layers of their own where there is a normalisation.
  private mutating func addWeights(_ kind: LayerKind, _ section: inout DarknetSection, _ facts: Record, size: Size) {
    var facts = facts
    let activation = section.activation(default: "logistic")
    guard section.isOn("batch_normalize") || section.isOn("cbn") else {
      facts[LayerKeys.useBias] = Fact(true, .darknetDefault)
      activation.set(in: &facts)
      add(kind, section.layerName, facts, size: size)
      return
    }
    let place = section.text("batch_normalize")?.origin.location ?? facts.location
    let origin = Origin.inferred(from: "the batch normalisation behind it", at: place)
    facts[LayerKeys.useBias] = Fact(false, origin)
    facts[LayerKeys.activation] = Fact("linear", origin)
    add(kind, section.layerName, facts, size: size)
    addNormalization(of: section, named: "\(section.layerName)_batch_norm")
    addActivation(of: section, activation, named: "\(section.layerName)_activation")
  }

  private mutating func addNormalization(of section: DarknetSection, named name: String? = nil) {
    var facts = section.facts
    facts[LayerKeys.axes] = Fact([-1], .inferred(from: "channels being normalised", at: facts.location))
    add(.batchNormalization, name ?? section.layerName, facts, size: current.size)
  }

  private mutating func addActivation(
    of section: DarknetSection,
    _ activation: DarknetSection.Activation,
    named name: String? = nil
  ) {
    guard !activation.isLinear else { return }
    var facts = section.facts
    activation.set(in: &facts)
    add(.activation, name ?? section.layerName, facts, size: current.size)
  }

  private mutating func lowerRecurrent(_ section: inout DarknetSection, _ kind: LayerKind) {
    var facts = section.facts
    let units = section.integer("output", default: 1)
    guard current.size.count == 2 else {
      return addOpaque(section, size: Array(current.size.dropLast()) + [units.value])
    }
    facts[LayerKeys.units] = units
    facts[LayerKeys.returnSequences] = Fact(true, .inferred(from: "the kind of layer", at: facts.location))
    add(kind, section.layerName, facts, size: [current.size[0], units.value])
  }

  // MARK: - Windows

  /// How far a window reaches beyond its image, and the padding that says so: `pad` stands for half the size.
  private static func spatial(_ input: Result, size: Int, strides: [Int], margin: Int) -> Size {
    guard input.isImage else { return [nil, nil] }
    return zip(input.size, strides).map { extent, stride in
      guard let extent, stride > 0, size > 0, margin >= 0, extent < 1 << 31, margin < 1 << 31 else { return nil }
      return extent + 2 * margin < size ? nil : (extent + 2 * margin - size) / stride + 1
    }
  }

  /// Says how a convolution is padded; margins that neither "same" nor "valid" means are a layer of their own.
  private mutating func addMargin(
    _ margin: Fact<Int>,
    size: Fact<Int>,
    of section: DarknetSection,
    _ facts: inout Record
  ) {
    let origin = Origin.inferred(from: "pad and size", at: margin.origin.location ?? size.origin.location)
    if margin.value == 0 {
      facts[LayerKeys.padding] = Fact("valid", margin.origin.location == nil ? .darknetDefault : origin)
    } else if size.value == 2 * margin.value + 1 {
      facts[LayerKeys.padding] = Fact("same", origin)
    } else if margin.value > 0, current.isImage {
      facts[LayerKeys.padding] = Fact("valid", origin)
      var padding = section.facts
      padding[LayerKeys.amounts] = Fact([margin.value, margin.value, margin.value, margin.value], origin)
      let grown = current.size.prefix(2).map { Bounded.sum($0, 2 * margin.value) } + [current.channels]
      add(.zeroPadding, "\(section.layerName)_padding", padding, size: grown)
    }
  }

  /// A pooling, which takes windows that reach beyond the image by all but one value of their size where nothing else is said.
  private mutating func lowerPooling(_ section: inout DarknetSection, _ kind: LayerKind) {
    let strides = section.strides(default: 1)
    var size = section.integer("size") ?? Fact(strides.value[0], strides.origin)
    if section.isOn("maxpool_depth") { return addOpaque(section, size: Array(current.size.dropLast()) + [nil]) }
    if size.value < 1 { size.value = 1 }
    var facts = section.facts
    facts[LayerKeys.poolSize] = size.pair
    facts[LayerKeys.strides] = strides
    let padding = section.integer("padding") ?? Fact(size.value - 1, .darknetDefault)
    var spatial: Size = [nil, nil]
    if current.isImage {
      spatial = zip(current.size, strides.value).map { extent, stride in
        guard let extent, stride > 0, (0..<1 << 31).contains(padding.value), extent < 1 << 31 else { return nil }
        return extent + padding.value < size.value ? nil : (extent + padding.value - size.value) / stride + 1
      }
    }
    switch padding.value {
    case 0: facts[LayerKeys.padding] = Fact("valid", padding.origin)
    case size.value - 1: facts[LayerKeys.padding] = Fact("same", padding.origin)
    default: break
    }
    add(kind, section.layerName, facts, size: spatial + [current.channels])
  }

  // MARK: - Shapes

  /// Makes a row of an image, as Darknet does without a word in front of connected layers.
  mutating func flatten(for section: DarknetSection) {
    guard current.isImage else { return }
    let count = current.size.reduce(1 as Int?) { Bounded.product($0, $1) }
    add(.flatten, "\(section.layerName)_flatten", section.facts, size: [count])
  }

  private mutating func lowerReorganisation(_ section: inout DarknetSection) {
    let stride = section.integer("stride", default: 1).value
    var size: Size = [nil, nil, nil]
    if current.isImage, (1...1024).contains(stride) {
      let (factor, area) = (stride, stride * stride)
      size =
        section.isOn("reverse")
        ? [
          Bounded.product(current.size[0], factor), Bounded.product(current.size[1], factor),
          current.channels.map { $0 / area },
        ]
        : [
          current.size[0].map { $0 / factor }, current.size[1].map { $0 / factor },
          Bounded.product(current.channels, area),
        ]
    }
    addOperation("reorg", section, size: size)
  }

  private mutating func lowerUpSampling(_ section: inout DarknetSection) {
    let stride = section.integer("stride", default: 2)
    guard stride.value > 0, current.isImage else { return addOpaque(section, size: [nil, nil, current.channels]) }
    var facts = section.facts
    facts[LayerKeys.factors] = stride.pair
    let grown = current.size.prefix(2).map { Bounded.product($0, stride.value) }
    add(.upSampling, section.layerName, facts, size: grown + [current.channels])
  }

  private mutating func lowerCrop(_ section: inout DarknetSection) {
    let height = section.integer("crop_height", default: 1)
    let width = section.integer("crop_width", default: 1)
    var facts = section.facts
    facts[LayerKeys.size] = Fact([height.value, width.value], height.origin)
    add(.augmentation, section.layerName, facts, size: [height.value, width.value, current.channels])
  }

  // MARK: - What is not known here

  /// Adds a layer whose inside the IR has no words for.
  private mutating func addOpaque(_ section: DarknetSection, size: some Sequence<Int?>) {
    let size = Array(size)
    var facts = section.record
    if !size.isEmpty {
      facts[LayerKeys.statedOutputShape] = Fact(
        size.map { $0 ?? -1 },
        .inferred(from: "its options", at: facts.location)
      )
    }
    add(.unknown, section.layerName, facts, size: size)
  }

  private mutating func lowerUnknown(_ section: inout DarknetSection) {
    let nearest = Spelling.nearest(to: section.name, among: DarknetSectionKind.names)
    section.note(
      Problem(
        kind: .unknownLayer,
        message: "Darknet knows no section [\(section.name)] and puts a layer there that does nothing",
        location: section.key.location(source: 0),
        help: nearest.map { "did you mean [\($0)]?" }
      )
    )
    addOpaque(section, size: current.size.map { _ in nil })
  }
}

extension DarknetSection {
  /// What the layer is called: its section and its number.
  var layerName: String { "\(name)_\(index ?? 0)" }

  /// The facts that every layer has.
  var facts: Record {
    var facts = record
    facts[LayerKeys.className] = Fact(name, .stated(key.location(source: 0)))
    return facts
  }

  /// Uniform weights within sqrt(2 / fan_in): a third of the variance that keeps the signal through ReLUs.
  ///
  /// See `make_convolutional_layer` and `make_connected_layer`.
  fileprivate var initializer: Fact<Record> {
    var record = Record(location: key.location(source: 0))
    let origin = Origin.darknetDefault
    record[InitializerKeys.name] = Fact("variance_scaling", origin)
    record[InitializerKeys.scale] = Fact(2.0 / 3, origin)
    record[InitializerKeys.mode] = Fact("fan_in", origin)
    record[InitializerKeys.distribution] = Fact("uniform", origin)
    return Fact(record, origin)
  }

  /// The steps of a window, downwards and to the right.
  fileprivate mutating func strides(default value: Int) -> Fact<[Int]> {
    let stride = integer("stride", default: value)
    let right = integer("stride_x") ?? stride
    let down = integer("stride_y") ?? stride
    let steps = [down.value, right.value].map { $0 < 1 ? stride.value : $0 }
    return Fact(steps, stride.origin.location == nil ? right.origin : stride.origin)
  }

  /// How many zeros stand around the image.
  fileprivate mutating func margin(size: Fact<Int>) -> Fact<Int> {
    if let pad = integer("pad"), pad.value != 0 { return Fact(size.value / 2, pad.origin) }
    return integer("padding", default: 0)
  }
}

extension Fact where Value == Int {
  /// The same number for height and width.
  fileprivate var pair: Fact<[Int]> { Fact<[Int]>([value, value], origin) }
}

/// Sums and products of sizes that may be unknown; unknown where they are too large.
enum Bounded {
  static func sum(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : sum
  }

  static func product(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return nil }
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? nil : product
  }
}
