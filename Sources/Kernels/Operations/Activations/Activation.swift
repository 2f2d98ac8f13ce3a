/// What is applied to each number by itself; the names and formulas are Keras's.
package enum Activation: Equatable, Sendable {
  case linear
  /// max(x, 0)
  case relu
  /// x where positive, slope * x elsewhere.
  case leakyReLU(slope: Float)
  case tanh
  case sigmoid
  /// x where positive, alpha * (e^x - 1) elsewhere.
  case elu(alpha: Float)
  /// log(1 + e^x)
  case softplus
  case exponential
  /// x * P(X <= x) of a standard normal X; the approximation is the one with tanh.
  case gelu(isApproximate: Bool)
  /// x * sigmoid(x)
  case swish
  /// x * tanh(softplus(x))
  case mish
  /// x up to `most` where above the threshold, slope * (x - threshold) elsewhere: Keras's ReLU in full, and ReLU6.
  case limitedReLU(slope: Float, most: Float, threshold: Float)
  /// ELU with the two constants that keep mean 0 and variance 1.
  case selu
  /// x where positive, alpha * (e^(x / alpha) - 1) elsewhere.
  case celu(alpha: Float)
  /// x - tanh(x)
  case tanhShrink
  /// slope * x + shift within 0 and 1: slope 1/6 in Keras 3 and PyTorch, 1/5 in Keras 2; shift 1/2.
  case hardSigmoid(slope: Float, shift: Float)
  /// x * min(max(x + 3, 0), 6) / 6
  case hardSwish
  /// x within -1 and 1.
  case hardTanh
  /// x moved towards 0 by the threshold, 0 within it.
  case softShrink(threshold: Float)
  /// x, 0 within the threshold.
  case hardShrink(threshold: Float)
  /// x / (1 + |x|)
  case softsign
  /// 0 below -1, x above 1, (x + 1)^2 / 4 between.
  case sparsePlus
  /// (x + 1) / 2 within 0 and 1.
  case sparseSigmoid
  /// (x + sqrt(x^2 + b)) / 2
  case squareplus(b: Float)
  /// log(sigmoid(x))
  case logSigmoid
  /// x above the threshold, `value` elsewhere.
  case threshold(Float, value: Float)
}
