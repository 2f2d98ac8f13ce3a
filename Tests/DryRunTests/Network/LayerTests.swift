import DryRun
import Experiment
import Kernels
import Testing

struct LayerTests {
  /// A stack of layers with the shape that it starts from, and the bound of the ids where it takes ids.
  struct Stack: CustomTestStringConvertible, Sendable {
    var shape: String
    var layers: [String]
    var ids: Int?

    init(_ shape: String, _ layers: String..., ids: Int? = nil) {
      self.shape = shape
      self.layers = layers
      self.ids = ids
    }

    var testDescription: String { "\(shape) \(layers.joined(separator: "; "))" }
  }

  static let stacks = [
    Stack("[8]", "kind: dense, units: 5, activation: relu", "kind: dense, units: 3, activation: softmax"),
    Stack(
      "[8]",
      "kind: dense, units: 5, use_bias: false",
      "kind: activation, activation: gelu",
      "kind: dropout, rate: 0.5"
    ),
    Stack("[6, 6, 3]", "kind: conv2d, filters: 4, kernel_size: 3, strides: 2, padding: same", "kind: flatten"),
    Stack("[7, 7, 3]", "kind: conv2d, filters: 4, kernel_size: 3, dilation_rate: 2", "kind: batch_normalization"),
    Stack(
      "[9, 4]",
      "kind: conv1d, filters: 6, kernel_size: 3, padding: causal, groups: 2",
      "kind: max_pooling1d, pool_size: 2"
    ),
    Stack("[5, 5, 2]", "kind: depthwise_conv2d, kernel_size: 3, depth_multiplier: 3", "kind: global_average_pooling"),
    Stack(
      "[5, 5, 2]",
      "kind: separable_conv2d, filters: 7, kernel_size: 3, padding: same",
      "kind: global_max_pooling, keepdims: true"
    ),
    Stack(
      "[4, 4, 3]",
      "kind: conv_transpose_2d, filters: 5, kernel_size: 3, strides: 2, padding: same",
      "kind: layer_normalization"
    ),
    Stack(
      "[3, 6, 6]",
      "kind: conv2d, filters: 4, kernel_size: 3, data_format: channels_first",
      "kind: max_pooling2d, pool_size: 2, data_format: channels_first"
    ),
    Stack("[6, 4]", "kind: lstm, units: 5, return_sequences: true", "kind: gru, units: 3", "kind: dense, units: 2"),
    Stack(
      "[6, 4]",
      "kind: lstm, units: 5, bidirectional: true, return_sequences: true",
      "kind: simple_rnn, units: 3, bidirectional: true, merge_mode: sum"
    ),
    Stack("[6]", "kind: embedding, vocabulary_size: 9, output_dim: 4", "kind: global_average_pooling", ids: 9),
    Stack("[6, 8]", "kind: multi_head_attention, num_heads: 2, key_dim: 3", "kind: rms_normalization", "kind: flatten"),
    Stack(
      "[4, 4, 2]",
      "kind: zero_padding, amounts: [1, 2, 0, 1]",
      "kind: cropping, amounts: [1, 0, 0, 1]",
      "kind: up_sampling, factors: [2, 3]"
    ),
    Stack(
      "[4, 6]",
      "kind: permute, dims: [2, 1]",
      "kind: reshape, target_shape: [3, -1]",
      "kind: spatial_dropout, rate: 0.2"
    ),
    Stack(
      "[6]",
      "kind: repeat_vector, factors: [3]",
      "kind: group_normalization, groups: 2",
      "kind: gaussian_noise, noise_stddev: 0.1"
    ),
    Stack(
      "[6, 4]",
      "kind: dense, units: 3, time_distributed: true",
      "kind: unit_normalization",
      "kind: identity",
      "kind: masking"
    ),
    Stack(
      "[8, 8, 3]",
      "kind: rescaling, scale: 0.1, offset: -1",
      "kind: augmentation",
      "kind: adaptive_pooling, size: [2, 2]"
    ),
    Stack(
      "[6, 4]",
      "kind: einsum_dense, equation: 'abc,cde->abde', output_shape: [6, 2, 3], bias_axes: de",
      "kind: stochastic_depth, rate: 0.5"
    ),
    Stack(
      "[5]",
      "kind: activation, activation: prelu",
      "kind: layer_scale",
      "kind: alpha_dropout, rate: 0.1",
      "kind: gaussian_dropout, rate: 0.1"
    ),
  ]

  @Test(arguments: stacks)
  func `gives what the shapes say, and the way back goes through`(_ stack: Stack) throws {
    let experiment = try experiment(layers: stack.layers, shape: stack.shape)
    let network = try network(experiment)
    expectShapes(of: network, experiment)
    try fill(network.inputs[0].value, below: stack.ids)
    let optimizer = try network.makeOptimizer()
    let loss = try trainStep(network, optimizer, targets(of: network), at: 0)
    #expect(loss.isFinite)
    for part in network.parts {
      for parameter in part.parameters where parameter.gradient != nil {
        #expect(try parameter.readGradient().contains { $0 != 0 }, "\(part.name)/\(parameter.name)")
      }
    }
  }

  @Test func `lowers the loss`() throws {
    let experiment = try experiment(
      layers: ["kind: dense, units: 16, activation: tanh", "kind: dense, units: 3"],
      training: "optimizer: {name: adam, learning_rate: 0.01}"
    )
    let network = try network(experiment, batch: 16)
    try fill(network.inputs[0].value)
    let optimizer = try network.makeOptimizer()
    let targets = try targets(of: network)
    let losses = try (0..<60).map { try trainStep(network, optimizer, targets, at: $0) }
    #expect(try #require(losses.last) < losses[0] / 4)
  }
}
