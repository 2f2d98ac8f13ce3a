import Experiment

/// What an operation on tensors does, as far as its name tells: of Keras 3 (`Argmax`) or TensorFlow (`math.argmax`).
struct KerasOperation {
  /// The name in one spelling for all frameworks: that of the function in `keras.ops`.
  let name: String

  /// - Parameter word: The class of an operation of Keras 3, or the last part of a TensorFlow function's name.
  init(_ word: String) {
    let snake = KerasNames.snakeCase(word)
    name = Self.otherSpellings[snake] ?? snake
  }

  /// Whether it works on each element by itself, so that its output has the shape that its inputs broadcast to.
  var isElementwise: Bool { Self.elementwise.contains(name) }

  /// What it is when it is given two tensors.
  var kindOfTwo: LayerKind? { Self.kindsOfTwo[name] }

  private static let kindsOfTwo: [String: LayerKind] = [
    "add": .add, "subtract": .subtract, "multiply": .multiply, "maximum": .maximum, "minimum": .minimum,
  ]

  private static let elementwise: Set<String> = [
    "add", "subtract", "multiply", "true_divide", "divide", "maximum", "minimum", "power", "absolute", "exp", "log",
    "log1p", "sqrt", "rsqrt", "square", "negative", "sin", "cos", "clip", "cast", "cast_to_integer", "sign", "round",
    "floor", "ceil",
    "trunc",
    "floor_divide", "mod", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "logical_and",
    "logical_or", "logical_not", "logical_xor", "isfinite", "isnan", "isinf", "reciprocal", "stop_gradient",
  ]

  /// TensorFlow's spellings (`tensorflow/python/ops/math_ops.py`, `array_ops.py`), and operators of Python.
  private static let otherSpellings: [String: String] = [
    "truediv": "true_divide", "div": "divide", "pow": "power", "abs": "absolute", "fabs": "absolute", "neg": "negative",
    "sub": "subtract", "mul": "multiply", "clip_by_value": "clip", "rint": "round", "arg_max": "argmax",
    "arg_min": "argmin", "floordiv": "floor_divide", "floormod": "mod", "floor_mod": "mod", "gt": "greater",
    "ge": "greater_equal", "lt": "less", "le": "less_equal", "eq": "equal", "ne": "not_equal", "reduce_any": "any",
    "reduce_all": "all", "searchsorted": "search_sorted", "is_finite": "isfinite", "is_nan": "isnan", "is_inf": "isinf",
  ]
}
