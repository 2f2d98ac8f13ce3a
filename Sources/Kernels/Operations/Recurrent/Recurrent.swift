/// How the two directions of a bidirectional layer become one output; the names are Keras's.
package enum BidirectionalMerge: Sendable {
  case concatenate, add, multiply, average
}

extension ProcessorBackend {
  /// A recurrent layer over [batch, time, features].
  ///
  /// The first output is the sequence or the last state, see `returnsSequences`; then, with `returnsState`, the last states. `initial`: one state, or h and c
  /// of an LSTM, [batch, units] each; none for zeros.
  package func recurrent(
    _ input: Signal,
    initial: [Signal] = [],
    _ options: RecurrentOptions
  ) throws(KernelError) -> any Operation {
    guard options.goesBackwards, input.shape.count == 3 else {
      return try RecurrentOperation(input, initial: initial, options, self)
    }
    let turned = try reverse(input, axis: 1)
    let operation = try RecurrentOperation(turned.output, initial: initial, options, self)
    return Network(
      operation.name,
      operations: [turned, operation],
      inputs: [input] + initial,
      outputs: operation.outputs
    )
  }

  /// Two layers, one from the first step to the last and one back, merged step by step; `options.goesBackwards` plays no part.
  ///
  /// With `returnsState` the states of the one follow the merged output, then those of the other.
  package func bidirectional(
    _ input: Signal,
    merge: BidirectionalMerge,
    _ options: RecurrentOptions
  ) throws(KernelError) -> any Operation {
    var options = options
    options.goesBackwards = false
    let there = try recurrent(input, options)
    options.goesBackwards = true
    let back = try recurrent(input, options)
    var operations = [there, back]
    if options.returnsSequences { operations.append(try reverse(back.output, axis: 1)) }
    let pair = [there.output, operations[operations.count - 1].output]
    let merged =
      switch merge {
      case .concatenate: try concatenate(pair, axis: pair[0].shape.count - 1)
      case .add: try self.merge(pair, .add)
      case .multiply: try self.merge(pair, .multiply)
      case .average: try self.merge(pair, .average)
      }
    return Network(
      "bidirectional",
      operations: operations + [merged],
      inputs: [input],
      outputs: merged.outputs + there.outputs.dropFirst() + back.outputs.dropFirst()
    )
  }
}
