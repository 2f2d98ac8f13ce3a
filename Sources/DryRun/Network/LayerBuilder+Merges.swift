import Experiment
import Kernels

/// Layers that join signals, code on tensors, and encodings of ids.
extension LayerBuilder {
  mutating func merged(_ inputs: [Signal]) throws(KernelError) -> Signal {
    guard inputs.count > 1 else { return inputs[0] }
    switch layer.kind {
    case .concatenate: return try concatenated(inputs)
    case .dot:
      guard let axes = facts.value(LayerKeys.axes), let first = axes.first, let last = axes.last else {
        throw unknown(LayerKeys.axes.name)
      }
      return try take(
        backend.dot(
          inputs[0],
          inputs[1],
          axes: (place(ofAxis: first, in: inputs[0]), place(ofAxis: last, in: inputs[1]))
        )
      )
    case .subtract: return try take(backend.merge(inputs, .subtract))
    case .multiply: return try take(backend.merge(inputs, .multiply))
    case .average: return try take(backend.merge(inputs, .average))
    case .maximum: return try take(backend.merge(inputs, .maximum))
    case .minimum: return try take(backend.merge(inputs, .minimum))
    default: return try take(backend.merge(inputs, .add))
    }
  }

  private mutating func concatenated(_ inputs: [Signal]) throws(KernelError) -> Signal {
    // A single number for each example stands beside vectors as a vector of one.
    let rank = inputs.map(\.shape.count).max() ?? 0
    var signals: [Signal] = []
    for input in inputs {
      signals.append(rank == 2 && input.shape.count == 1 ? try reshaped(input, to: [input.shape[0], 1]) : input)
    }
    let axis = facts.value(LayerKeys.axes)?.first ?? -1
    return try take(backend.concatenate(signals, axis: place(ofAxis: axis, in: signals[0])))
  }

  /// Ids as they are, or each as a vector of zeros and a one.
  mutating func encoded(_ input: Signal) throws(KernelError) -> Signal {
    let otherwise = layer.kind == .categoryEncoding ? "multi_hot" : "int"
    let mode = facts.value(LayerKeys.outputMode) ?? otherwise
    guard mode != "int" else { return input }
    let width = try size(LayerKeys.vocabularySize)
    var ids = input
    if mode == "one_hot", input.shape.count > 1, input.shape.last == 1 {
      ids = try reshaped(input, to: input.shape.dropLast())
    }
    let table = try backend.embedding(ids, entries: width, width: width, masksZero: false)
    for parameter in table.parameters {
      try parameter.write(Initializer.identity(gain: 1).values([width, width], from: noise))
    }
    let rows = try take(table)
    guard mode != "one_hot", ids.shape.count > 1 else { return rows }
    let flat = try reshaped(rows, to: [ids.value.count / (ids.shape.last ?? 1), ids.shape.last ?? 1, width])
    let pooled: Signal
    switch mode {
    case "multi_hot": pooled = try take(backend.globalPooling(flat, .maximum, keepsAxes: false))
    case "count":
      let mean = try take(backend.globalPooling(flat, .average, keepsAxes: false))
      pooled = try take(backend.rescaling(mean, scale: Float(flat.shape[1]), offset: 0))
    default: throw missing("\(layer.kind.rawValue) with output_mode \"\(mode)\"")
    }
    return try reshaped(pooled, to: ids.shape.dropLast() + [width])
  }

  // MARK: - Operations

  /// Code on tensors, as far as its name tells what it does.
  mutating func operated(_ inputs: [Signal]) throws(KernelError) -> Signal {
    guard let name = facts.value(LayerKeys.operation) else {
      // Ludwig's way to one vector of a sequence.
      if ["last", "sum"].contains(facts.value(LayerKeys.className)) { return try sequencePooling(inputs[0]) }
      throw missing(facts.value(LayerKeys.className) ?? layer.kind.rawValue)
    }
    if inputs.count > 1 { return try operatedOnSeveral(name, inputs) }
    return try operatedOnOne(name, inputs[0])
  }

  private mutating func operatedOnOne(_ name: String, _ input: Signal) throws(KernelError) -> Signal {
    if let operand = facts.value(LayerKeys.operand) { return try operated(name, input, Float(operand)) }
    switch name {
    case "cast", "copy", "identity": return input
    case "negative": return try take(backend.rescaling(input, scale: -1, offset: 0))
    case "exp": return try take(backend.activation(input, .exponential))
    case "round": return try take(backend.function(input, .round))
    case "floor": return try take(backend.function(input, .floor))
    case "ceil": return try take(backend.function(input, .ceil))
    case "trunc", "cast_to_integer": return try take(backend.function(input, .trunc))
    case "sign": return try take(backend.function(input, .sign))
    case "absolute": return try take(backend.function(input, .absolute))
    case "square": return try take(backend.function(input, .square))
    case "sqrt": return try take(backend.function(input, .squareRoot))
    case "reciprocal": return try take(backend.function(input, .reciprocal))
    case "clip":
      let low = facts.value(LayerKeys.minimum), high = facts.value(LayerKeys.maximum)
      guard low != nil || high != nil else { throw missing("clip with bounds that are not known") }
      return try take(backend.function(input, .clip(Float(low ?? -.infinity), Float(high ?? .infinity))))
    case "argmax":
      guard facts.value(LayerKeys.outputShape).map({ $0.rank + 2 == input.shape.count }) ?? true else {
        throw missing("argmax that keeps its axis")
      }
      return try take(backend.largestPlace(input))
    default: throw missing(name)
    }
  }

  /// An operation of a tensor and a number, which stands behind it.
  private mutating func operated(_ name: String, _ input: Signal, _ operand: Float) throws(KernelError) -> Signal {
    switch name {
    case "add": try take(backend.rescaling(input, scale: 1, offset: operand))
    case "subtract": try take(backend.rescaling(input, scale: 1, offset: -operand))
    case "multiply": try take(backend.rescaling(input, scale: operand, offset: 0))
    case "true_divide", "divide": try take(backend.rescaling(input, scale: 1 / operand, offset: 0))
    default: throw missing("\(name) with a number")
    }
  }

  private mutating func operatedOnSeveral(_ name: String, _ inputs: [Signal]) throws(KernelError) -> Signal {
    switch name {
    case "add": try take(backend.merge(inputs, .add))
    case "subtract": try take(backend.merge(inputs, .subtract))
    case "multiply": try take(backend.merge(inputs, .multiply))
    case "maximum": try take(backend.merge(inputs, .maximum))
    case "minimum": try take(backend.merge(inputs, .minimum))
    case "matmul": try take(backend.matmul(inputs[0], inputs[1]))
    default: throw missing(name)
    }
  }
}
