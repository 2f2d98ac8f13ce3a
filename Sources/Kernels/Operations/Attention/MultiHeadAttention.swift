package struct AttentionOptions {
  package var heads: Int
  /// Of queries and keys, for each head.
  package var keySize: Int
  /// Of values, for each head; as `keySize` unless told.
  package var valueSize: Int
  /// Of the output; as the query's unless told.
  package var outputSize: Int?
  package var hasBias: Bool
  /// Whether a place sees only itself and those before it.
  package var isCausal: Bool

  package init(
    heads: Int,
    keySize: Int,
    valueSize: Int? = nil,
    outputSize: Int? = nil,
    hasBias: Bool = true,
    isCausal: Bool = false
  ) {
    self.heads = heads
    self.keySize = keySize
    self.valueSize = valueSize ?? keySize
    self.outputSize = outputSize
    self.hasBias = hasBias
    self.isCausal = isCausal
  }
}

extension ProcessorBackend {
  /// Attention of `query` [batch, t, features] to `key` and `value` [batch, s, features]: [batch, t, output size].
  ///
  /// softmax(Q K^T / sqrt(key size)) V for each head, the heads side by side, and a dense layer. Parameters are those of Keras's layer, in its order:
  /// kernel [features, heads * size] and bias of query, key and value, and of the output kernel [heads * value size, output size]. (Keras
  /// stores heads and size as two axes, in the same order.) `weighing` is put behind the softmax: dropout, for one.
  package func multiHeadAttention(
    query: Signal,
    key: Signal,
    value: Signal,
    _ options: AttentionOptions,
    weighing: (Signal) throws(KernelError) -> (any Operation)? = { _ in nil }
  ) throws(KernelError) -> any Operation {
    let name = "multi_head_attention"
    let shapes = [query.shape, key.shape, value.shape]
    guard shapes.allSatisfy({ $0.count == 3 && $0[0] == query.shape[0] }), key.shape[1] == value.shape[1],
      options.heads > 0, options.keySize > 0, options.valueSize > 0, (options.outputSize ?? 1) > 0
    else {
      throw .shapes(
        operation: name,
        shapes: shapes,
        reason: "it wants sequences of one batch, key and value equally long"
      )
    }
    let (heads, size, valueSize) = (options.heads, options.keySize, options.valueSize)
    func project(_ signal: Signal, _ units: Int) throws(KernelError) -> any Operation {
      try dense(signal, DenseOptions(units: units, hasBias: options.hasBias))
    }
    let queries = try project(query, heads * size)
    let keys = try project(key, heads * size)
    let values = try project(value, heads * valueSize)

    // Heads are seen through strides, not moved.
    let (batch, targets, sources) = (query.shape[0], query.shape[1], key.shape[1])
    func operand(_ length: Int, _ size: Int) -> MatrixProduct.Operand {
      MatrixProduct.Operand(
        sizes: [batch, heads, length, size],
        strides: [length * heads * size, size, heads * size, 1]
      )
    }
    let square = [batch, heads, targets, sources]
    let squares = MatrixProduct.Operand(sizes: square, strides: square.contiguousStrides)
    let scores = try MatrixProduct(
      name,
      (queries.output, operand(targets, size)),
      (keys.output, operand(sources, size).transposed),
      shape: square,
      destination: squares,
      scale: 1 / Float(size).squareRoot()
    )
    let shares = try Softmax(name, scores.output, isCausal: options.isCausal)
    let weighed = try weighing(shares.output)
    let context = try MatrixProduct(
      name,
      (weighed?.output ?? shares.output, squares),
      (values.output, operand(sources, valueSize)),
      shape: [batch, targets, heads * valueSize],
      destination: operand(targets, valueSize)
    )
    let last = try project(context.output, options.outputSize ?? query.shape[2])
    let middle = [scores, shares] + (weighed.map { [$0] } ?? []) + [context] as [any Operation]
    return Network(
      name,
      operations: [queries, keys, values] + middle + [last],
      inputs: [query, key, value],
      outputs: last.outputs
    )
  }
}
