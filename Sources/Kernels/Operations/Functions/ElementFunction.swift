internal import CKernels

/// What code on tensors does to each number by itself; the names are those of `keras.ops`.
///
/// The first five step: their gradient is 0 wherever they have one, and nothing behind them learns.
package enum ElementFunction: Equatable, Sendable {
  /// To the nearest whole number, halves to the even one.
  case round
  case floor
  case ceil
  case trunc
  /// -1, 0 or 1.
  case sign
  /// x within the bounds; at a bound the gradient passes.
  case clip(Float, Float)
  case absolute
  case square
  case squareRoot
  /// 1 / x
  case reciprocal
}

extension ProcessorBackend {
  package func function(_ input: Signal, _ function: ElementFunction) throws(KernelError) -> any Operation {
    switch function {
    case .round: try CurveActivation("round", input, ck_curve_round)
    case .floor: try CurveActivation("floor", input, ck_curve_floor)
    case .ceil: try CurveActivation("ceil", input, ck_curve_ceil)
    case .trunc: try CurveActivation("trunc", input, ck_curve_trunc)
    case .sign: try CurveActivation("sign", input, ck_curve_sign)
    case .clip(let low, let high): try CurveActivation("clip", input, ck_curve_clip, low, high)
    case .absolute: try CurveActivation("absolute", input, ck_curve_absolute)
    case .square: try CurveActivation("square", input, ck_curve_square)
    case .squareRoot: try CurveActivation("sqrt", input, ck_curve_square_root)
    case .reciprocal: try CurveActivation("reciprocal", input, ck_curve_reciprocal)
    }
  }
}
