/// The versions of Keras whose files differ.
enum KerasGeneration: Int, Comparable {
  /// Keras 0.3: layers without `class_name`.
  case zero
  /// Keras 1: `nb_filter`, `border_mode`, `init`.
  case one
  /// Keras 2 and tf.keras.
  case two
  /// Keras 3: every object with its `module`.
  case three

  static func < (left: KerasGeneration, right: KerasGeneration) -> Bool { left.rawValue < right.rawValue }

  /// The key of a dropout layer's rate.
  var rateKey: String { self <= .one ? "p" : "rate" }
  /// The key of a dense layer's width.
  var unitsKey: String { self <= .one ? "output_dim" : "units" }
  /// The key of an optimizer's learning rate.
  var learningRateKey: String { self <= .one ? "lr" : "learning_rate" }
}
