internal import CKernels

/// The numbers that a parameter starts with.
///
/// Names and formulas are those of `keras.initializers`.
package enum Initializer: Equatable, Sendable {
  package enum Mode: Sendable {
    case fanIn
    case fanOut
    case fanAverage
  }

  package enum Distribution: Sendable {
    case uniform
    case normal
    case truncatedNormal
  }

  case constant(Float)
  /// `gain` on the diagonal of a matrix, 0 elsewhere.
  case identity(gain: Float)
  case randomUniform(Range<Float>)
  case randomNormal(mean: Float, deviation: Float)
  /// `deviation` is that before the cut at two deviations.
  case truncatedNormal(mean: Float, deviation: Float)
  /// Numbers of mean 0 and variance scale / fan. PyTorch's default for weights, uniform within 1 / sqrt(fan in), is the scale 1/3 here.
  case varianceScaling(scale: Double, Mode, Distribution)
  /// Rows or columns, whichever are fewer, at right angles and of the length `gain`; all axes but the last make the rows.
  case orthogonal(gain: Float)

  package static let zeros = Initializer.constant(0)
  package static let ones = Initializer.constant(1)
  package static let glorotUniform = Initializer.varianceScaling(scale: 1, .fanAverage, .uniform)
  package static let glorotNormal = Initializer.varianceScaling(scale: 1, .fanAverage, .truncatedNormal)
  package static let heUniform = Initializer.varianceScaling(scale: 2, .fanIn, .uniform)
  package static let heNormal = Initializer.varianceScaling(scale: 2, .fanIn, .truncatedNormal)
  package static let lecunUniform = Initializer.varianceScaling(scale: 1, .fanIn, .uniform)
  package static let lecunNormal = Initializer.varianceScaling(scale: 1, .fanIn, .truncatedNormal)

  /// Values of `shape`, which is in Keras's order.
  ///
  /// Random ones come from `stream`.
  package func values(_ shape: [Int], from stream: RandomStream) throws(KernelError) -> [Float] {
    let count = shape.reduce(1, *)
    guard count <= RandomStream.length else { throw .memory(bytes: count * MemoryLayout<Float>.stride) }
    switch self {
    case .constant(let value): return Array(repeating: value, count: count)
    case .identity(let gain):
      guard shape.count == 2 else {
        throw .shapes(operation: "identity", shapes: [shape], reason: "only a matrix can be an identity")
      }
      var values = [Float](repeating: 0, count: count)
      for place in 0..<min(shape[0], shape[1]) { values[place * shape[1] + place] = gain }
      return values
    case .randomUniform(let range): return stream.uniform(count, in: range)
    case .randomNormal(let mean, let deviation): return stream.normal(count, mean: mean, deviation: deviation)
    case .truncatedNormal(let mean, let deviation):
      return stream.truncatedNormal(count, mean: mean, deviation: deviation)
    case .varianceScaling(let scale, let mode, let distribution):
      let variance = scale / max(1, mode.fan(Fans(shape)))
      switch distribution {
      case .uniform:
        let limit = Float((3 * variance).squareRoot())
        return stream.uniform(count, in: -limit..<limit)
      case .normal: return stream.normal(count, deviation: Float(variance.squareRoot()))
      case .truncatedNormal:
        // The deviation of a standard normal that is cut at two deviations.
        return stream.truncatedNormal(count, deviation: Float(variance.squareRoot() / 0.87962566103423978))
      }
    case .orthogonal(let gain): return try Self.orthogonal(shape, gain, stream)
    }
  }

  private static func orthogonal(_ shape: [Int], _ gain: Float, _ stream: RandomStream) throws(KernelError) -> [Float] {
    guard shape.count >= 2, shape.allSatisfy({ $0 > 0 }) else {
      throw .shapes(operation: "orthogonal", shapes: [shape], reason: "only a matrix can be orthogonal")
    }
    let columns = shape[shape.count - 1], rows = shape.reduce(1, *) / columns
    let few = min(rows, columns), many = max(rows, columns)
    // Gram and Schmidt's way gives the Q whose R has a positive diagonal, which Keras makes of any other by a change of signs.
    var values = stream.normal(rows * columns)
    guard ck_orthonormalize(&values, few, many) else {
      throw .library(operation: "orthogonal", shapes: [shape], reason: "the random rows are not independent")
    }
    guard rows > columns else { return values.map { gain * $0 } }
    return [Float](unsafeUninitializedCapacity: values.count) { buffer, initialized in
      for row in 0..<rows {
        for column in 0..<columns { buffer[row * columns + column] = gain * values[column * rows + row] }
      }
      initialized = values.count
    }
  }
}

extension Initializer.Mode {
  func fan(_ fans: Fans) -> Double {
    switch self {
    case .fanIn: Double(fans.in)
    case .fanOut: Double(fans.out)
    case .fanAverage: Double(fans.in + fans.out) / 2
    }
  }
}
