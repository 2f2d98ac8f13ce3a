import Experiment
import Kernels

/// Dense layers, embeddings and convolutions.
extension LayerBuilder {
  var hasBias: Bool { facts.value(LayerKeys.useBias) ?? true }

  mutating func weighted(_ input: Signal) throws(KernelError) -> Signal {
    switch layer.kind {
    case .embedding:
      return try take(
        backend.embedding(
          input,
          entries: size(LayerKeys.vocabularySize),
          width: size(LayerKeys.outputDimension),
          masksZero: false
        )
      )
    case .layerScale:
      // The start that ConvNeXt's authors give, which files do not state (Liu et al. 2022).
      return try take(backend.learntScale(input, initial: 1e-6))
    case .einsumDense: return try einsum(input)
    default:
      let rows = input.shape.count > 1 ? input : try reshaped(input, to: [input.shape[0], 1])
      let (fused, rest) = try activations()
      let output = try take(
        backend.dense(rows, DenseOptions(units: size(LayerKeys.units), hasBias: hasBias, activation: fused))
      )
      return try activation(output, rest)
    }
  }

  mutating func convolution(_ input: Signal) throws(KernelError) -> Signal {
    let rank = input.shape.count - 2
    guard let kernel = sizes(LayerKeys.kernelSize, rank) else {
      throw .unsupported(operation: layer.kind.rawValue, reason: "its \"kernel_size\" is not known")
    }
    let (fused, rest) = try activations()
    let multiplier = facts.value(LayerKeys.depthMultiplier) ?? 1
    let isDepthwise = layer.kind == .depthwiseConv1d || layer.kind == .depthwiseConv2d
    let options = ConvolutionOptions(
      filters: isDepthwise ? (input.shape.last ?? 1) * multiplier : try size(LayerKeys.filters),
      kernel: kernel,
      strides: sizes(LayerKeys.strides, rank),
      dilations: sizes(LayerKeys.dilationRate, rank),
      padding: try padding(),
      groups: facts.value(LayerKeys.groups) ?? 1,
      hasBias: hasBias,
      activation: fused
    )
    let operation: any Operation
    switch layer.kind {
    case .depthwiseConv1d, .depthwiseConv2d: operation = try backend.depthwiseConvolution(input, options)
    case .separableConv1d, .separableConv2d:
      operation = try backend.separableConvolution(input, multiplier: multiplier, options)
    case .convTranspose1d, .convTranspose2d, .convTranspose3d:
      guard facts.value(LayerKeys.outputPadding) == nil else {
        throw missing("\(layer.kind.rawValue) with output_padding")
      }
      operation = try backend.transposedConvolution(input, options)
    default: operation = try backend.convolution(input, options)
    }
    return try activation(take(operation), rest)
  }

  /// The layer's activation as what the kernel applies itself, and the name of what is to follow it.
  private func activations() throws(KernelError) -> (fused: Activation, rest: String?) {
    guard let name = facts.value(LayerKeys.activation), name != "linear" else { return (.linear, nil) }
    if case .single(let activation) = try NamedActivation(name, facts) { return (activation, nil) }
    return (.linear, name)
  }

  /// A product of matrices between other orders of the axes: each letter is kept, summed over, or new.
  private mutating func einsum(_ input: Signal) throws(KernelError) -> Signal {
    guard let equation = facts.value(LayerKeys.equation), let letters = EinsumLetters(equation),
      letters.input.count == input.shape.count, let stated = facts.value(LayerKeys.outputShape)?.axes,
      stated.count == letters.output.count - 1
    else { throw missing("einsum_dense with \"\(facts.value(LayerKeys.equation) ?? "?")\"") }
    let summed = letters.kernel.filter { letters.input.contains($0) && !letters.output.contains($0) }
    let new = letters.kernel.filter { !letters.input.contains($0) }
    let kept = letters.input.filter { !summed.contains($0) }
    let bias = Array(facts.value(LayerKeys.biasAxes) ?? "")
    guard letters.kernel.count == summed.count + new.count, kept.first == letters.output.first,
      Set(letters.output) == Set(kept + new), bias.isEmpty || bias == new
    else { throw missing("einsum_dense with \"\(equation)\"") }
    var sizes = Dictionary(zip(letters.input, input.shape), uniquingKeysWith: { first, _ in first })
    for (letter, size) in zip(letters.output.dropFirst(), stated) where sizes[letter] == nil { sizes[letter] = size }
    func extent(_ letters: [Character]) -> [Int] { letters.map { sizes[$0] ?? 0 } }
    let ordered = (kept + summed).compactMap { letters.input.firstIndex(of: $0) }
    let turned = ordered == Array(input.shape.indices) ? input : try take(backend.permute(input, axes: ordered))
    let rows = try reshaped(turned, to: [extent(kept).reduce(1, *), extent(summed).reduce(1, *)])
    let (fused, rest) = try activations()
    let options = DenseOptions(units: extent(new).reduce(1, *), hasBias: !bias.isEmpty, activation: fused)
    let product = try take(backend.dense(rows, options))
    let spread = try reshaped(product, to: extent(kept + new))
    let order = letters.output.compactMap { (kept + new).firstIndex(of: $0) }
    let output = order == Array(order.indices) ? spread : try take(backend.permute(spread, axes: order))
    return try activation(output, rest)
  }
}

/// The letters of an equation such as `abc,cd->abd`.
private struct EinsumLetters {
  let input: [Character]
  let kernel: [Character]
  let output: [Character]

  /// Nil for an ellipsis, and for what is no equation.
  init?(_ equation: String) {
    let sides = equation.filter { $0 != " " }.split(separator: "-", maxSplits: 1)
    guard sides.count == 2, sides[1].first == ">" else { return nil }
    let operands = sides[0].split(separator: ",")
    guard operands.count == 2, !equation.contains(".") else { return nil }
    (input, kernel, output) = (Array(operands[0]), Array(operands[1]), Array(sides[1].dropFirst()))
  }
}
