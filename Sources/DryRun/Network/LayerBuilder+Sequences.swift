import Experiment
import Kernels

/// Recurrent layers and attention.
extension LayerBuilder {
  mutating func recurrent(_ inputs: [Signal]) throws(KernelError) -> [Signal] {
    var input = inputs[0]
    guard input.shape.count == 3 else {
      throw .shapes(operation: layer.kind.rawValue, shapes: [input.shape], reason: "it wants steps of features")
    }
    if let rate = facts.value(LayerKeys.rate), rate > 0 {
      // Keras drops the same features at every step.
      input = try take(backend.noise(input, .spatialDropout(rate: Float(rate)), noise))
    }
    let options = try recurrentOptions()
    guard facts.value(LayerKeys.bidirectional) == true else {
      let operation = try backend.recurrent(input, initial: Array(inputs.dropFirst()), options)
      operations.append(operation)
      return operation.outputs
    }
    guard inputs.count == 1 else { throw missing("bidirectional \(layer.kind.rawValue) with states that are given") }
    return try bidirectional(input, options)
  }

  private mutating func bidirectional(_ input: Signal, _ options: RecurrentOptions) throws(KernelError) -> [Signal] {
    let there = try backend.recurrent(input, initial: [], options)
    var backwards = options
    backwards.goesBackwards = true
    let back = try backend.recurrent(input, initial: [], backwards)
    operations += [there, back]
    let states = Array(there.outputs.dropFirst() + back.outputs.dropFirst())
    let second = options.returnsSequences ? try take(backend.reverse(back.output, axis: 1)) : back.output
    let pair = [there.output, second]
    let output: Signal
    switch facts.value(LayerKeys.mergeMode) {
    case "none": return pair + states
    case "sum": output = try take(backend.merge(pair, .add))
    case "mul": output = try take(backend.merge(pair, .multiply))
    case "ave": output = try take(backend.merge(pair, .average))
    case "concat", nil: output = try take(backend.concatenate(pair, axis: pair[0].shape.count - 1))
    case let mode?: throw missing("bidirectional with merge_mode \"\(mode)\"")
    }
    return [output] + states
  }

  private func recurrentOptions() throws(KernelError) -> RecurrentOptions {
    let cell: RecurrentOptions.Cell =
      switch layer.kind {
      case .lstm: .lstm
      case .gru: .gru(resetsAfter: facts.value(LayerKeys.resetAfter) ?? facts.value(LayerKeys.doubleBias) ?? true)
      default: .simple
      }
    return RecurrentOptions(
      cell,
      units: try size(LayerKeys.units),
      activation: try gate(facts.value(LayerKeys.activation) ?? "tanh"),
      recurrentActivation: try gate(facts.value(LayerKeys.recurrentActivation) ?? "sigmoid"),
      hasBias: hasBias,
      returnsSequences: facts.value(LayerKeys.returnSequences) ?? false,
      returnsState: facts.value(LayerKeys.returnState) ?? false
    )
  }

  private func gate(_ name: String) throws(KernelError) -> RecurrentOptions.Gate {
    switch name {
    case "linear": .linear
    case "tanh": .tanh
    case "sigmoid": .sigmoid
    case "relu": .relu
    case "softsign": .softsign
    case "hard_sigmoid": .hardSigmoid
    default: throw missing("\(layer.kind.rawValue) with the activation \"\(name)\"")
    }
  }

  // MARK: - Attention

  /// Inputs are the query, the value and, unless it is the value too, the key.
  mutating func multiHeadAttention(_ inputs: [Signal]) throws(KernelError) -> Signal {
    let heads = try size(LayerKeys.headCount)
    if let shared = facts.value(LayerKeys.keyValueHeadCount), shared != heads {
      throw missing("grouped_query_attention with \(heads) query heads for \(shared) keys")
    }
    if facts.value(LayerKeys.useGate) == true { throw missing("multi_head_attention with a gate") }
    let value = inputs.count > 1 ? inputs[1] : inputs[0]
    let stated = facts.value(LayerKeys.statedOutputShape) ?? []
    guard stated.count <= 1 else { throw missing("multi_head_attention with an output of several axes") }
    let options = AttentionOptions(
      heads: heads,
      keySize: try size(LayerKeys.keyDimension),
      valueSize: facts.value(LayerKeys.valueDimension),
      outputSize: stated.first,
      hasBias: hasBias
    )
    let rate = Float(facts.value(LayerKeys.rate) ?? 0)
    let (backend, noise) = (backend, noise)
    return try take(
      backend.multiHeadAttention(
        query: inputs[0],
        key: inputs.count > 2 ? inputs[2] : value,
        value: value,
        options
      ) { (shares) throws(KernelError) in
        rate > 0 ? try backend.noise(shares, .dropout(rate: rate), noise) : nil
      }
    )
  }

  /// Attention without projections, by products or by a learnt sum over tanh.
  mutating func attention(_ inputs: [Signal]) throws(KernelError) -> Signal {
    guard inputs.count > 1, inputs.allSatisfy({ $0.shape.count == 3 }) else {
      throw .shapes(
        operation: layer.kind.rawValue,
        shapes: inputs.map(\.shape),
        reason: "it wants a query and a value, each steps of features"
      )
    }
    let (query, value) = (inputs[0], inputs[1])
    let key = inputs.count > 2 ? inputs[2] : value
    var scores: Signal
    if layer.kind == .additiveAttention {
      scores = try additiveScores(query, key)
    } else {
      guard facts.value(LayerKeys.scoreMode) != "concat" else { throw missing("attention with score_mode \"concat\"") }
      scores = try take(backend.dot(query, key, axes: (2, 2)))
      if facts.value(LayerKeys.useScale) == true {
        let shape = scores.shape
        let column = try reshaped(scores, to: [scores.value.count, 1])
        scores = try reshaped(take(backend.learntScale(column, initial: 1)), to: shape)
      }
    }
    var shares = try take(backend.softmax(scores, axis: 2))
    if let rate = facts.value(LayerKeys.rate), rate > 0 {
      shares = try take(backend.noise(shares, .dropout(rate: Float(rate)), noise))
    }
    return try take(backend.matmul(shares, value))
  }

  /// The sum over the features of scale * tanh(query + key), for each pair.
  private mutating func additiveScores(_ query: Signal, _ key: Signal) throws(KernelError) -> Signal {
    let (batch, targets, width) = (query.shape[0], query.shape[1], query.shape[2])
    let sources = key.shape[1]
    let rows = try reshaped(query, to: [batch, targets, 1, width])
    let columns = try reshaped(key, to: [batch, 1, sources, width])
    let sum = try take(backend.merge([rows, columns], .add))
    var pairs = try take(backend.activation(sum, .tanh))
    if facts.value(LayerKeys.useScale) ?? true { pairs = try take(backend.learntScale(pairs, initial: 1)) }
    let flat = try reshaped(pairs, to: [batch * targets * sources, width, 1])
    let mean = try take(backend.globalPooling(flat, .average, keepsAxes: false))
    let scores = try take(backend.rescaling(mean, scale: Float(width), offset: 0))
    return try reshaped(scores, to: [batch, targets, sources])
  }
}
