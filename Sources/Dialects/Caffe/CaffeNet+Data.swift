import ConfigSyntax
import Experiment

/// The layers that bring data.
extension CaffeNet {
  mutating func lowerData(_ layer: CaffeLayer, labels: Set<String>) {
    let message = Self.messages[layer.type].flatMap(layer.parameters)
    setBatch(layer, message)
    for (position, top) in layer.tops.enumerated() {
      // The second output of these is the label, whatever becomes of it.
      let isSecond = position > 0 && Self.labelled.contains(layer.type)
      if isSecond || labels.contains(top) {
        addLabel(top)
        continue
      }
      var facts = facts(of: layer)
      var input = Record()
      setShape(layer, message, position, &facts)
      setPreprocessing(layer, message, &input)
      addInput(top, facts, input)
    }
  }

  private static let labelled: Set<String> = ["Data", "ImageData", "MemoryData", "WindowData", "AnnotatedData"]

  private static let messages = [
    "Data": "data_param", "ImageData": "image_data_param", "HDF5Data": "hdf5_data_param",
    "MemoryData": "memory_data_param", "WindowData": "window_data_param", "DummyData": "dummy_data_param",
    "Input": "input_param", "AnnotatedData": "data_param",
  ]

  // MARK: - Private

  /// A net's batch is that of its data; a net with several sources has the largest.
  private mutating func setBatch(_ layer: CaffeLayer, _ message: SyntaxNode?) {
    guard isTrained, layer.type != "Input", layer.type != "DummyData", !isRecurrent else { return }
    var batch = reader.read(Int.self, "batch_size", of: message)
    if batch == nil, layer.type == "ImageData" { batch = Fact(1, .caffe()) }
    guard let batch, batch.value > batchSize?.value ?? 0 else { return }
    batchSize = batch
  }

  private mutating func setShape(_ layer: CaffeLayer, _ message: SyntaxNode?, _ position: Int, _ facts: inout Record) {
    let transform = layer.parameters("transform_param")
    let crop = (transform?["crop_size"] ?? message?["crop_size"])?.integer
    switch layer.type {
    case "Input", "DummyData":
      let shapes = message?.values(of: "shape") ?? []
      if let shape = shapes.indices.contains(position) ? shapes[position] : shapes.count == 1 ? shapes[0] : nil {
        facts[LayerKeys.inputShapeStated] = Self.shape(shape.values(of: "dim").map(\.integer), reader.stated(shape))
      } else if let message {
        let sizes = ["channels", "height", "width"].map { key -> Int? in
          let all = reader.integers(key, of: message)
          return all.indices.contains(position) ? all[position] : all.first
        }
        if !sizes.contains(nil) { facts[LayerKeys.inputShapeStated] = Fact(Shape(sizes), reader.stated(message)) }
      }
    case "MemoryData":
      let sizes = ["channels", "height", "width"].map { message?[$0]?.integer }
      if let message, !sizes.contains(nil) {
        facts[LayerKeys.inputShapeStated] = Fact(Shape(sizes), reader.stated(message))
      }
    case "ImageData":
      let channels = message?["is_color"]?.boolean == false ? 1 : 3
      let size = [message?["new_height"]?.integer, message?["new_width"]?.integer].map { $0 == 0 ? nil : $0 }
      let spatial = crop.map { $0 > 0 ? [$0, $0] : size } ?? size
      facts[LayerKeys.inputShapeStated] = Fact(
        Shape([channels] + spatial),
        .inferred(from: "what images become", at: (message ?? layer.node).location(source: reader.source))
      )
    default:
      if let crop, crop > 0, let place = transform?["crop_size"] ?? message?["crop_size"] {
        facts[LayerKeys.inputShapeStated] = Fact(Shape([nil, crop, crop]), reader.stated(place))
      }
    }
  }

  /// Lowers what is done to each example: the mean is taken away first, then it is scaled (`TransformationParameter`).
  private mutating func setPreprocessing(_ layer: CaffeLayer, _ message: SyntaxNode?, _ input: inout Record) {
    let transform = layer.parameters("transform_param")
    func field(_ key: String) -> SyntaxNode? { transform?[key] ?? (message?.kind == .mapping ? message?[key] : nil) }
    let mean = field("mean_file") ?? field("mean_value")
    let scale = field("scale").flatMap { node in node.number.map { (value: $0, node: node) } }
    switch (mean, scale) {
    case (let mean?, let scale?) where scale.value != 1:
      input[InputKeys.normalization] = Fact("mean_and_scale", reader.stated(mean))
    case (let mean?, _): input[InputKeys.normalization] = Fact("mean_subtracted", reader.stated(mean))
    case (nil, let scale?):
      input[InputKeys.normalization] = Fact(scale.value == 1 ? "none" : "rescaled", reader.stated(scale.node))
    // What a database or an HDF5 file holds may have been scaled when it was made; image files hold bytes.
    case (nil, nil) where layer.type == "ImageData" || layer.type == "WindowData":
      input[InputKeys.normalization] = Fact("none", .caffe())
    default: break
    }
    if layer.type == "ImageData" || layer.type == "WindowData" {
      let place = layer.typeNode.location(source: reader.source)
      input[InputKeys.type] = Fact("image", .inferred(from: "the layer's type", at: place))
      input[InputKeys.dataType] = Fact("uint8", .inferred(from: "image files", at: place))
    }
    if let mirror = field("mirror"), mirror.boolean ?? (mirror.integer == 1) {
      data[DataKeys.augmentation] = Fact(true, reader.stated(mirror))
    }
  }
}
