import ConfigSyntax
import Experiment

/// Notes keys that the format knows and that have no effect where they stand.
extension KeyReader {
  /// Notes keys of a layer that its kind, or its other keys, leave without effect.
  mutating func noteIgnoredKeys(of kind: LayerKind, _ facts: Record) {
    for key in Self.ignoredKeys(of: kind) { noteIgnored(key.name, key.why) }
    if facts.value(LayerKeys.bidirectional) != true {
      noteIgnored("merge_mode", "the layer runs in one direction")
    }
    if facts.value(LayerKeys.useBias) == false {
      for key in ["bias_init", "bias_initializer"] { noteIgnored(key, "\"use_bias\" is false") }
    }
    guard let activation = facts.value(LayerKeys.activation), ActivationVocabulary.traits(of: activation) != nil,
      !["relu", "leaky_relu", "prelu", "threshold"].contains(activation)
    else { return }
    for key in ["max_value", "negative_slope", "threshold"] where kind != .operation {
      noteIgnored(key, "the activation \"\(activation)\" has none")
    }
  }

  /// The keys that a layer of the kind may have and that do nothing there.
  static func keysWithoutEffect(on kind: LayerKind) -> [String] { ignoredKeys(of: kind).map(\.name) }

  private static func ignoredKeys(of kind: LayerKind) -> [(name: String, why: String)] {
    var keys: [(String, String)] = []
    switch kind {
    case .depthwiseConv1d, .depthwiseConv2d:
      keys.append(("filters", "a depthwise convolution has \"depth_multiplier\" filters for each channel"))
    case .conv1d, .conv2d, .conv3d, .convTranspose1d, .convTranspose2d, .convTranspose3d:
      keys.append(("depth_multiplier", "only depthwise and separable convolutions have one"))
    case .simpleRNN:
      for key in ["recurrent_activation", "reset_after", "unit_forget_bias"] {
        keys.append((key, "a simple RNN has no gates"))
      }
    case .gru: keys.append(("unit_forget_bias", "a GRU has no forget gate"))
    case .lstm: keys.append(("reset_after", "an LSTM has no reset gate"))
    default: break
    }
    let isTransposed = [.convTranspose1d, .convTranspose2d, .convTranspose3d].contains(kind)
    if !isTransposed { keys.append(("output_padding", "only transposed convolutions have one")) }
    return keys
  }

  /// Notes a key that is stated and has no effect.
  mutating func noteIgnored(_ key: String, _ why: String) {
    guard let member = node.member(key), !member.value.isNull else { return }
    note(.ignoredKey, "\"\(key)\" in \(subject) has no effect: \(why)", at: member.key, help: "leave it out")
  }
}
