import Kernels

/// The networks that `scripts/benchmark-kernels` compares; it builds the same ones with PyTorch.
enum BenchmarkNetwork: String, CaseIterable {
  case mlp32 = "mlp-32"
  case mlp128 = "mlp-128"
  case cnn = "cnn-32"
  case lstm = "lstm-32"
  case transformer = "transformer-32"

  var batch: Int { self == .mlp128 ? 128 : 32 }

  /// The shape of a sample.
  private var sample: [Int] {
    switch self {
    case .mlp32, .mlp128: [784]
    case .cnn: [28, 28, 1]
    case .lstm: [50, 32]
    case .transformer: [64, 128]
    }
  }

  func make() throws(KernelError) -> Network {
    let input = try Signal([batch] + sample, hasGradient: false)
    var builder = Builder(output: input)
    switch self {
    case .mlp32, .mlp128:
      try builder.dense(512, .relu)
      try builder.dense(512, .relu)
    case .cnn:
      try builder.convolution(32)
      try builder.convolution(64)
      try builder.flatten()
    case .lstm:
      try builder.lstm(64)
    case .transformer:
      try builder.transformerBlock(width: 128, heads: 4)
      try builder.transformerBlock(width: 128, heads: 4)
      try builder.mean()
    }
    try builder.dense(10)
    return Network(rawValue, operations: builder.operations, inputs: [input], outputs: [builder.output])
  }
}

/// Puts operations one behind the other.
private struct Builder {
  let backend = ProcessorBackend()
  var output: Signal
  var operations: [any Operation] = []

  private mutating func append(_ operation: any Operation) {
    operations.append(operation)
    output = operation.output
  }

  mutating func dense(_ units: Int, _ activation: Activation = .linear) throws(KernelError) {
    append(try backend.dense(output, DenseOptions(units: units, activation: activation)))
  }

  mutating func convolution(_ filters: Int) throws(KernelError) {
    let options = ConvolutionOptions(filters: filters, kernel: [3, 3], activation: .relu)
    append(try backend.convolution(output, options))
    append(try backend.pooling(output, PoolingOptions(.maximum, window: [2, 2])))
  }

  mutating func flatten() throws(KernelError) {
    let size = output.shape.dropFirst().reduce(1, *)
    append(try backend.reshape(output, to: [output.shape[0], size]))
  }

  mutating func lstm(_ units: Int) throws(KernelError) {
    append(try backend.recurrent(output, RecurrentOptions(.lstm, units: units)))
  }

  mutating func mean() throws(KernelError) {
    append(try backend.globalPooling(output, .average))
  }

  /// Normalisation before each part, and a feed-forward part four times as wide.
  mutating func transformerBlock(width: Int, heads: Int) throws(KernelError) {
    var residual = output
    try normalize()
    let options = AttentionOptions(heads: heads, keySize: width / heads)
    append(try backend.multiHeadAttention(query: output, key: output, value: output, options))
    append(try backend.merge([residual, output], .add))
    residual = output
    try normalize()
    try dense(4 * width, .relu)
    try dense(width)
    append(try backend.merge([residual, output], .add))
  }

  private mutating func normalize() throws(KernelError) {
    append(try backend.layerNormalization(output, NormalizationOptions(epsilon: 1e-5)))
  }
}
