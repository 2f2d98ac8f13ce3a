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
}
