import ConfigSyntax
import Experiment

/// What each type of layer is, and its settings; defaults are those of its message in caffe.proto.
extension CaffeNet {
  /// Sets a layer's facts and returns its kind.
  mutating func kind(of layer: CaffeLayer, _ sources: [Blob], _ facts: inout Record) -> LayerKind {
    switch layer.type {
    case "Convolution", "Deconvolution", "ConvolutionDepthwise", "DepthwiseConvolution":
      return convolution(layer, &facts)
    case "InnerProduct":
      let message = layer.parameters("inner_product_param")
      facts[LayerKeys.units] = size("num_output", of: message)
      // Whatever it takes, one example of what it gives is a vector.
      if let units = facts[LayerKeys.units], takesWholeExample(layer) {
        let origin = Origin.inferred(from: "\"num_output\"", at: units.origin.location)
        facts[LayerKeys.statedOutputShape] = Fact([units.value], origin)
      }
      setKernel(layer, message, "inner_product_param", &facts)
      return .dense
    case "Embed":
      let message = layer.parameters("embed_param")
      facts[LayerKeys.vocabularySize] = size("input_dim", of: message)
      facts[LayerKeys.outputDimension] = size("num_output", of: message)
      setStart(layer, message, &facts)
      return .embedding
    case "LSTM", "RNN", "LSTMUnit":
      let message = layer.parameters("recurrent_param")
      facts[LayerKeys.units] = size("num_output", of: message)
      facts[LayerKeys.returnSequences] = Fact(true, .caffe())
      setStart(layer, message, &facts)
      return layer.type == "RNN" ? .simpleRNN : layer.type == "LSTM" ? .lstm : .unknown
    case "Pooling": return pooling(layer, &facts)
    case "Dropout":
      facts[LayerKeys.rate] =
        reader.read(Double.self, "dropout_ratio", of: layer.parameters("dropout_param")) ?? Fact(0.5, .caffe())
      return .dropout
    case "BatchNorm", "MVN", "LRN", "Normalize", "Scale": return normalization(layer, sources, &facts)
    case "Concat", "Eltwise", "Slice", "Split", "Flatten", "Reshape", "Permute": return arrangement(layer, &facts)
    default: return activation(layer, sources, &facts)
    }
  }

  // MARK: - Weights

  private mutating func convolution(_ layer: CaffeLayer, _ facts: inout Record) -> LayerKind {
    let key = "convolution_param"
    let message = layer.parameters(key)
    let window = CaffeWindow(message, kernel: "kernel_size")
    facts[LayerKeys.filters] = size("num_output", of: message)
    window.set(LayerKeys.kernelSize, window.kernel, window.kernelNode, reader, &facts)
    window.set(LayerKeys.strides, window.strides, window.strideNode, reader, &facts)
    if let dilation = window.sizes("dilation") {
      window.set(LayerKeys.dilationRate, dilation, message?["dilation"], reader, &facts)
    }
    facts[LayerKeys.groups] = reader.read(Int.self, "group", of: message) ?? Fact(1, .caffe())
    facts[LayerKeys.dataFormat] = Fact("channels_first", .caffe())
    let isTransposed = layer.type == "Deconvolution"
    setPadding(window, isTransposed: isTransposed, &facts)
    setKernel(layer, message, key, &facts)
    switch (isTransposed, window.rank) {
    case (true, 1): return .convTranspose1d
    case (true, 3): return .convTranspose3d
    case (true, _): return .convTranspose2d
    case (false, 1): return .conv1d
    case (false, 3): return .conv3d
    case (false, _): return .conv2d
    }
  }

  /// Notes how the window meets the edges; what has no word for it is padded in a step of its own, or left unknown.
  private func setPadding(_ window: CaffeWindow, isTransposed: Bool, _ facts: inout Record) {
    guard let pad = window.pad else { return }
    let origin = window.padNode.map(reader.stated) ?? .caffe()
    if isTransposed {
      guard let kernel = window.kernel else { return }
      if pad.allSatisfy({ $0 == 0 }) {
        facts[LayerKeys.padding] = Fact("valid", origin)
        facts[LayerKeys.outputPadding] = Fact(pad, .inferred(from: "the padding", at: origin.location))
      } else if window.axes.allSatisfy({ 2 * pad[$0] == kernel[$0] - window.strides[$0] }) {
        facts[LayerKeys.padding] = Fact("same", origin)
      }
    } else {
      facts[LayerKeys.padding] = Fact(window.isSame ? "same" : "valid", origin)
    }
  }

  /// Returns the facts of the padding that a convolution needs before it, where it is not the kernel's half.
  func paddingAround(_ layer: CaffeLayer, _ kind: LayerKind) -> Record? {
    guard kind == .conv1d || kind == .conv2d || kind == .conv3d else { return nil }
    let window = CaffeWindow(layer.parameters("convolution_param"), kernel: "kernel_size")
    guard let pad = window.pad, !window.isSame, pad.contains(where: { $0 > 0 }), let node = window.padNode else {
      return nil
    }
    var facts = Record()
    facts[LayerKeys.amounts] = Fact(pad.flatMap { [$0, $0] }, reader.stated(node))
    return facts
  }

  private mutating func setKernel(_ layer: CaffeLayer, _ message: SyntaxNode?, _ key: String, _ facts: inout Record) {
    facts[LayerKeys.useBias] = reader.read(Bool.self, "bias_term", of: message) ?? Fact(true, .caffe())
    facts[LayerKeys.activation] = Fact("linear", .caffe("activations are layers of their own"))
    setStart(layer, message, &facts)
    if let message {
      reader.noteMisspelledFields(
        of: message,
        key == "convolution_param" ? .convolution : .innerProduct,
        subject: "\"\(key)\" of layer \"\(layer.name)\""
      )
    }
  }

  /// Sets how the weights start.
  ///
  /// That nothing says so means zeros only where the layer's own weights are trained from the start: shared ones are filled by
  /// the layer that has them, and a net without a loss gets its weights from a file.
  private mutating func setStart(_ layer: CaffeLayer, _ message: SyntaxNode?, _ facts: inout Record) {
    let filler = message?["weight_filler"]
    if filler != nil || (isTrained && !isShared(layer)) {
      facts[LayerKeys.kernelInitializer] = reader.initializer(filler, "weight_filler", of: layer.typeNode)
      if filler == nil, let message {
        facts[LayerKeys.kernelInitializer]?.value.container = message.location(source: reader.source)
      }
    }
    guard facts.value(LayerKeys.useBias) != false else { return }
    let bias = message?["bias_filler"]
    if bias != nil || isTrained {
      facts[LayerKeys.biasInitializer] = reader.initializer(bias, "bias_filler", of: layer.typeNode)
    }
  }

  /// Whether another layer has the same kernel: of several with one name any may fill it.
  private func isShared(_ layer: CaffeLayer) -> Bool {
    guard let name = layer.sharedName?.text else { return false }
    return isKernelShared(name)
  }

  // MARK: - Pooling, normalisation

  /// Windows that reach over the end count (`PoolingLayer::Reshape` rounds up).
  private mutating func pooling(_ layer: CaffeLayer, _ facts: inout Record) -> LayerKind {
    let message = layer.parameters("pooling_param")
    facts[LayerKeys.dataFormat] = Fact("channels_first", .caffe())
    let method = reader.word("pool", of: message, among: ["MAX", "AVE", "STOCHASTIC"])?.value ?? "MAX"
    let isMaximum = method == "MAX"
    if reader.read(Bool.self, "global_pooling", of: message)?.value == true {
      facts[LayerKeys.keepDimensions] = Fact(true, .caffe())
      return isMaximum ? .globalMaxPooling : method == "AVE" ? .globalAveragePooling : .unknown
    }
    let window = CaffeWindow(message, kernel: "kernel_size")
    window.set(LayerKeys.poolSize, window.kernel, window.kernelNode, reader, &facts)
    window.set(LayerKeys.strides, window.strides, window.strideNode, reader, &facts)
    if let pad = window.pad {
      let origin = window.padNode.map(reader.stated) ?? .caffe()
      if pad.allSatisfy({ $0 == 0 }) {
        facts[LayerKeys.padding] = Fact("valid", origin)
        facts[LayerKeys.ceilMode] = Fact(true, .caffe())
      } else if window.isSame, window.strides.allSatisfy({ $0 == 1 }) {
        facts[LayerKeys.padding] = Fact("same", origin)
      }
    }
    switch (method, window.rank) {
    case ("MAX", 3): return .maxPooling3d
    case ("MAX", _): return .maxPooling2d
    case ("AVE", 3): return .averagePooling3d
    case ("AVE", _): return .averagePooling2d
    default: return .unknown
    }
  }

  private mutating func normalization(_ layer: CaffeLayer, _ sources: [Blob], _ facts: inout Record) -> LayerKind {
    let isFlat = sources.first?.isFlat ?? false
    switch layer.type {
    case "BatchNorm":
      let message = layer.parameters("batch_norm_param")
      facts[LayerKeys.axes] = Fact([1], .caffe())
      facts[LayerKeys.epsilon] = reader.read(Double.self, "eps", of: message) ?? Fact(1e-5, .caffe())
      facts[LayerKeys.momentum] =
        reader.read(Double.self, "moving_average_fraction", of: message) ?? Fact(0.999, .caffe())
      // Scale and offset are learnt by a layer of its own behind it.
      let scale = scaleBehind(layer)
      let origin = scale.map { reader.stated($0.typeNode) } ?? .caffe()
      facts[LayerKeys.scale] = Fact(scale != nil, origin)
      facts[LayerKeys.center] = Fact(scale?.parameters("scale_param")?["bias_term"]?.boolean ?? false, origin)
      return .batchNormalization
    case "Scale":
      // Right behind a BatchNorm it is a part of that.
      if let input = sources.first?.layer, layers[input.index].kind == .batchNormalization, layer.bottoms.count == 1 {
        return .identity
      }
      return operation("scale", isElementwise: layer.bottoms.count == 1, layer, &facts)
    case "LRN": return .localResponseNormalization
    case "Normalize": return .unitNormalization
    default:
      let message = layer.parameters("mvn_param")
      let isAcross = reader.read(Bool.self, "across_channels", of: message)?.value ?? false
      if !isFlat { facts[LayerKeys.axes] = Fact(isAcross ? [1, 2, 3] : [2, 3], .caffe()) }
      facts[LayerKeys.scale] = Fact(false, .caffe())
      facts[LayerKeys.center] = Fact(false, .caffe())
      facts[LayerKeys.epsilon] = reader.read(Double.self, "eps", of: message) ?? Fact(1e-9, .caffe())
      return .layerNormalization
    }
  }

  // MARK: - Shapes

  private mutating func arrangement(_ layer: CaffeLayer, _ facts: inout Record) -> LayerKind {
    switch layer.type {
    case "Concat":
      let message = layer.parameters("concat_param")
      let axis = reader.read(Int.self, "axis", of: message) ?? reader.read(Int.self, "concat_dim", of: message)
      facts[LayerKeys.axes] = axis.map { Fact([$0.value], $0.origin) } ?? Fact([1], .caffe())
      return .concatenate
    case "Eltwise":
      let message = layer.parameters("eltwise_param")
      switch reader.word("operation", of: message, among: ["PROD", "SUM", "MAX"])?.value ?? "SUM" {
      case "PROD": return .multiply
      case "MAX": return .maximum
      default: return message?.values(of: "coeff").map(\.number) == [1, -1] ? .subtract : .add
      }
    case "Slice": return layer.tops.count == 1 ? .identity : operation("slice", isElementwise: false, layer, &facts)
    case "Split": return .identity
    case "Flatten":
      let message = layer.parameters("flatten_param")
      let isWhole = (message?["axis"]?.integer ?? 1) == 1 && (message?["end_axis"]?.integer ?? -1) == -1
      return isWhole ? .flatten : operation("flatten", isElementwise: false, layer, &facts)
    case "Permute":
      let order = reader.integers("order", of: layer.parameters("permute_param"))
      guard order.first == 0, let place = reader.place("order", of: layer.parameters("permute_param")) else {
        return operation("transpose", isElementwise: false, layer, &facts)
      }
      facts[LayerKeys.dimensions] = Fact(Array(order.dropFirst()), place)
      return .permute
    default:
      // 0 takes the input's own size: only that of the batch can be told here.
      let message = layer.parameters("reshape_param")
      let shape = message?["shape"]
      let sizes = reader.integers("dim", of: shape)
      guard let shape, sizes.count > 1, sizes[0] == 0, !sizes.dropFirst().contains(0), message?["axis"] == nil,
        message?["num_axes"] == nil
      else { return operation("reshape", isElementwise: false, layer, &facts) }
      facts[LayerKeys.targetShape] = Fact(Array(sizes.dropFirst()), reader.stated(shape))
      return .reshape
    }
  }

  // MARK: - Activations, operations

  private mutating func activation(_ layer: CaffeLayer, _ sources: [Blob], _ facts: inout Record) -> LayerKind {
    func named(_ name: String) -> LayerKind {
      facts[LayerKeys.activation] = Fact(name, reader.stated(layer.typeNode))
      return .activation
    }
    switch layer.type {
    case "ReLU":
      let slope = reader.read(Double.self, "negative_slope", of: layer.parameters("relu_param"))
      guard let slope, slope.value != 0 else { return named("relu") }
      facts[LayerKeys.negativeSlope] = slope
      return named("leaky_relu")
    case "PReLU":
      let isShared = layer.parameters("prelu_param")?["channel_shared"]?.boolean ?? false
      let isFlat = sources.first?.isFlat ?? false
      let axes = isFlat ? (isShared ? [1] : []) : isShared ? [1, 2, 3] : [2, 3]
      // Of the rank nothing is known unless the layer before has axes of space.
      if isFlat || isBehindConvolution(sources) { facts[LayerKeys.sharedAxes] = Fact(axes, .caffe()) }
      return named("prelu")
    case "ELU": return named("elu")
    case "Sigmoid": return named("sigmoid")
    case "TanH": return named("tanh")
    case "BNLL": return named("softplus")
    case "Softmax": return named("softmax")
    case "Exp":
      return layer.parameters("exp_param") == nil
        ? named("exponential") : operation("exp", isElementwise: true, layer, &facts)
    case "Log": return operation("log", isElementwise: true, layer, &facts)
    case "AbsVal": return operation("absolute", isElementwise: true, layer, &facts)
    case "Threshold": return operation("greater", isElementwise: true, layer, &facts)
    case "Bias": return operation("add", isElementwise: layer.bottoms.count == 1, layer, &facts)
    case "Power":
      let message = layer.parameters("power_param")
      guard (reader.read(Double.self, "power", of: message)?.value ?? 1) == 1 else {
        return operation("power", isElementwise: true, layer, &facts)
      }
      facts[LayerKeys.inputScale] = reader.read(Double.self, "scale", of: message) ?? Fact(1, .caffe())
      facts[LayerKeys.inputOffset] = reader.read(Double.self, "shift", of: message) ?? Fact(0, .caffe())
      return .rescaling
    case "ArgMax": return operation("argmax", isElementwise: false, layer, &facts)
    case "Crop", "Tile", "Reduction", "SPP", "Im2col", "Filter", "BatchReindex":
      return operation(layer.type.lowercased(), isElementwise: false, layer, &facts)
    default: return .unknown
    }
  }

  private func operation(_ name: String, isElementwise: Bool, _ layer: CaffeLayer, _ facts: inout Record) -> LayerKind {
    let origin = reader.stated(layer.typeNode)
    facts[LayerKeys.operation] = Fact(name, origin)
    if isElementwise {
      facts[LayerKeys.elementwise] = Fact(true, .inferred(from: "the operation", at: origin.location))
    }
    return .operation
  }

  private func isBehindConvolution(_ sources: [Blob]) -> Bool {
    guard let index = sources.first?.layer?.index else { return false }
    switch layers[index].kind {
    case .conv2d, .convTranspose2d, .maxPooling2d, .averagePooling2d: return true
    default: return false
    }
  }

  private mutating func size(_ key: String, of message: SyntaxNode?) -> Fact<Int>? {
    reader.read(Int.self, key, of: message)
  }
}
