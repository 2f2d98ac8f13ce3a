import Experiment
import Testing

/// Layers with the shapes and parameter counts that Keras 3.15 itself gives them.
struct KerasLayerTests {
  /// A layer's class and config, the shape it is fed with, and what Keras makes of it.
  struct Row: CustomTestStringConvertible, Sendable {
    let className: String
    let config: String
    let input: [Int?]
    let output: [Int?]
    let parameters: Int

    init(_ className: String, _ config: String, _ input: [Int?], _ output: [Int?], _ parameters: Int) {
      self.className = className
      self.config = config
      self.input = input
      self.output = output
      self.parameters = parameters
    }

    var testDescription: String { "\(className) \(config) on \(Shape(input))" }
  }

  private static let rows = [
    // Dense layers and embeddings.
    Row("Dense", #"{"units": 2}"#, [nil, 8], [nil, 2], 18),
    Row("Dense", #"{"units": 3, "activation": "relu", "use_bias": false}"#, [10], [3], 30),
    Row("Dense", #"{"units": 3}"#, [16, 16, 6], [16, 16, 3], 21),
    Row("Dense", #"{"units": 5}"#, [10], [5], 55),
    Row("Dense", #"{"units": 5}"#, [12, 8], [12, 5], 45),
    Row("EinsumDense", #"{"output_shape": [7], "equation": "ab,bc->ac", "bias_axes": "c"}"#, [10], [7], 77),
    Row("EinsumDense", #"{"output_shape": [9], "equation": "...x,xy->...y"}"#, [12, 8], [12, 9], 72),
    Row(
      "EinsumDense",
      #"{"output_shape": [null, 2, 3], "equation": "abc,cde->abde", "bias_axes": "de"}"#,
      [12, 8],
      [nil, 2, 3],
      54
    ),
    Row(
      "EinsumDense",
      #"{"output_shape": [null, 5], "equation": "abc,cd->abd", "bias_axes": "d"}"#,
      [12, 8],
      [nil, 5],
      45
    ),
    Row("Embedding", #"{"input_dim": 100, "output_dim": 16, "mask_zero": true}"#, [7], [7, 16], 1600),
    Row("Embedding", #"{"input_dim": 100, "output_dim": 16}"#, [7], [7, 16], 1600),
    Row("ReversibleEmbedding", #"{"input_dim": 50, "output_dim": 8}"#, [7], [7, 8], 400),
    Row(
      "SpectralNormalization",
      #"{"layer": {"class_name": "Conv2D", "config": {"filters": 4, "kernel_size": [3, 3]}}}"#,
      [16, 16, 6],
      [14, 14, 4],
      224
    ),
    Row("SpectralNormalization", #"{"layer": {"class_name": "Dense", "config": {"units": 6}}}"#, [10], [6], 72),
    // Convolutions.
    Row("Conv1D", #"{"filters": 4, "kernel_size": [3]}"#, [nil, 8], [nil, 4], 100),
    Row(
      "Conv1D",
      #"{"filters": 6, "kernel_size": [3], "padding": "causal", "dilation_rate": [2]}"#,
      [12, 8],
      [12, 6],
      150
    ),
    Row(
      "Conv1D",
      #"{"filters": 6, "kernel_size": [3], "strides": [2], "padding": "same", "groups": 2}"#,
      [12, 8],
      [6, 6],
      78
    ),
    Row("Conv1D", #"{"filters": 6, "kernel_size": [3]}"#, [12, 8], [10, 6], 150),
    Row("Conv1DTranspose", #"{"filters": 3, "kernel_size": [2]}"#, [nil, 8], [nil, 3], 51),
    Row(
      "Conv1DTranspose",
      #"{"filters": 6, "kernel_size": [3], "strides": [2], "padding": "same"}"#,
      [12, 8],
      [24, 6],
      150
    ),
    Row("Conv1DTranspose", #"{"filters": 6, "kernel_size": [3]}"#, [12, 8], [14, 6], 150),
    Row(
      "Conv2D",
      #"{"filters": 4, "kernel_size": [3, 3], "data_format": "channels_first"}"#,
      [3, 8, 8],
      [4, 6, 6],
      112
    ),
    Row(
      "Conv2D",
      #"{"filters": 8, "kernel_size": [3, 3], "dilation_rate": [3, 3], "groups": 2}"#,
      [16, 16, 6],
      [10, 10, 8],
      224
    ),
    Row("Conv2D", #"{"filters": 8, "kernel_size": [3, 3]}"#, [16, 16, 6], [14, 14, 8], 440),
    Row(
      "Conv2D",
      #"{"filters": 8, "kernel_size": [5, 3], "strides": [2, 1], "padding": "same", "use_bias": false}"#,
      [16, 16, 6],
      [8, 16, 8],
      720
    ),
    Row(
      "Conv2DTranspose",
      #"{"filters": 8, "kernel_size": [3, 3], "strides": [2, 2], "padding": "same", "output_padding": [1, 1]}"#,
      [16, 16, 6],
      [32, 32, 8],
      440
    ),
    Row(
      "Conv2DTranspose",
      #"{"filters": 8, "kernel_size": [3, 3], "strides": [2, 2]}"#,
      [16, 16, 6],
      [33, 33, 8],
      440
    ),
    Row(
      "Conv2DTranspose",
      #"{"filters": 8, "kernel_size": [4, 4], "strides": [3, 3], "padding": "same"}"#,
      [16, 16, 6],
      [48, 48, 8],
      776
    ),
    Row("Conv3D", #"{"filters": 4, "kernel_size": [3, 3, 3]}"#, [8, 8, 8, 2], [6, 6, 6, 4], 220),
    Row(
      "Conv3DTranspose",
      #"{"filters": 4, "kernel_size": [3, 3, 3], "strides": [2, 2, 2]}"#,
      [8, 8, 8, 2],
      [17, 17, 17, 4],
      220
    ),
    Row("DepthwiseConv1D", #"{"depth_multiplier": 2, "kernel_size": [3]}"#, [12, 8], [10, 16], 64),
    Row("DepthwiseConv2D", #"{"depth_multiplier": 3, "kernel_size": [3, 5]}"#, [16, 16, 6], [14, 12, 18], 288),
    Row(
      "DepthwiseConv2D",
      #"{"kernel_size": [3, 3], "strides": [2, 2], "padding": "same"}"#,
      [16, 16, 6],
      [8, 8, 6],
      60
    ),
    Row("SeparableConv1D", #"{"depth_multiplier": 2, "filters": 6, "kernel_size": [3]}"#, [12, 8], [10, 6], 150),
    Row(
      "SeparableConv2D",
      #"{"depth_multiplier": 2, "filters": 8, "kernel_size": [3, 3]}"#,
      [16, 16, 6],
      [14, 14, 8],
      212
    ),
    // Recurrent layers and what is applied to each step.
    Row(
      "Bidirectional",
      #"{"layer": {"class_name": "ConvLSTM2D", "config": {"filters": 4, "kernel_size": [3, 3]}}}"#,
      [8, 8, 8, 2],
      [6, 6, 8],
      1760
    ),
    Row(
      "Bidirectional",
      #"{"layer": {"class_name": "LSTM", "config": {"return_state": true, "units": 4}}}"#,
      [12, 8],
      [8],
      416
    ),
    Row("Bidirectional", #"{"layer": {"class_name": "LSTM", "config": {"units": 4}}}"#, [12, 8], [8], 416),
    Row(
      "Bidirectional",
      #"{"merge_mode": "sum", "layer": {"class_name": "GRU", "config": {"return_sequences": true, "units": 4, "reset_after": true}}}"#,
      [12, 8],
      [12, 4],
      336
    ),
    Row(
      "Bidirectional",
      #"{"merge_mode": null, "layer": {"class_name": "LSTM", "config": {"units": 4}}}"#,
      [12, 8],
      [4],
      416
    ),
    Row("ConvLSTM1D", #"{"filters": 4, "kernel_size": [3]}"#, [16, 16, 6], [14, 4], 496),
    Row("ConvLSTM2D", #"{"filters": 4, "kernel_size": [3, 3]}"#, [8, 8, 8, 2], [6, 6, 4], 880),
    Row(
      "ConvLSTM2D",
      #"{"return_sequences": true, "return_state": true, "filters": 4, "kernel_size": [3, 3], "padding": "same"}"#,
      [8, 8, 8, 2],
      [8, 8, 8, 4],
      880
    ),
    Row("ConvLSTM3D", #"{"filters": 3, "kernel_size": [3, 3, 3]}"#, [4, 8, 8, 8, 2], [6, 6, 6, 3], 1632),
    Row("GRU", #"{"return_state": true, "units": 4, "reset_after": false}"#, [12, 8], [4], 156),
    Row("GRU", #"{"units": 4, "reset_after": true}"#, [12, 8], [4], 168),
    Row("LSTM", #"{"return_sequences": true, "return_state": true, "units": 4}"#, [12, 8], [12, 4], 208),
    Row("LSTM", #"{"units": 3}"#, [nil, 8], [3], 144),
    Row("RNN", #"{"cell": {"class_name": "LSTMCell", "config": {"units": 4}}}"#, [12, 8], [4], 208),
    Row(
      "RNN",
      #"{"return_sequences": true, "cell": {"class_name": "GRUCell", "config": {"units": 3, "reset_after": true}}}"#,
      [12, 8],
      [12, 3],
      117
    ),
    Row("SimpleRNN", #"{"return_sequences": true, "units": 4}"#, [12, 8], [12, 4], 52),
    Row("SimpleRNN", #"{"units": 4}"#, [12, 8], [4], 52),
    Row("TimeDistributed", #"{"layer": {"class_name": "BatchNormalization", "config": {}}}"#, [12, 8], [12, 8], 32),
    Row(
      "TimeDistributed",
      #"{"layer": {"class_name": "Conv1D", "config": {"filters": 4, "kernel_size": [3]}}}"#,
      [16, 16, 6],
      [16, 14, 4],
      76
    ),
    Row(
      "TimeDistributed",
      #"{"layer": {"class_name": "Conv2D", "config": {"filters": 4, "kernel_size": [3, 3]}}}"#,
      [8, 8, 8, 2],
      [8, 6, 6, 4],
      76
    ),
    Row(
      "TimeDistributed",
      #"{"layer": {"class_name": "Conv3D", "config": {"filters": 3, "kernel_size": [3, 3, 3]}}}"#,
      [4, 8, 8, 8, 2],
      [4, 6, 6, 6, 3],
      165
    ),
    Row("TimeDistributed", #"{"layer": {"class_name": "Dense", "config": {"units": 2}}}"#, [nil, 8], [nil, 2], 18),
    Row("TimeDistributed", #"{"layer": {"class_name": "Dense", "config": {"units": 3}}}"#, [12, 8], [12, 3], 27),
    Row("TimeDistributed", #"{"layer": {"class_name": "Flatten", "config": {}}}"#, [8, 8, 8, 2], [8, 128], 0),
    Row(
      "TimeDistributed",
      #"{"layer": {"class_name": "GlobalAveragePooling2D", "config": {}}}"#,
      [8, 8, 8, 2],
      [8, 2],
      0
    ),
    // Pooling.
    Row("AdaptiveAveragePooling1D", #"{"output_size": [4]}"#, [12, 8], [4, 8], 0),
    Row("AdaptiveAveragePooling3D", #"{"output_size": [2, 2, 2]}"#, [8, 8, 8, 2], [2, 2, 2, 2], 0),
    Row("AdaptiveMaxPooling2D", #"{"output_size": [3, 5]}"#, [16, 16, 6], [3, 5, 6], 0),
    Row("AveragePooling1D", #"{"pool_size": [2], "strides": [2]}"#, [12, 8], [6, 8], 0),
    Row(
      "AveragePooling2D",
      #"{"pool_size": [3, 3], "padding": "same", "strides": [3, 3]}"#,
      [16, 16, 6],
      [6, 6, 6],
      0
    ),
    Row("AveragePooling3D", #"{"pool_size": [3, 3, 3], "strides": [3, 3, 3]}"#, [8, 8, 8, 2], [2, 2, 2, 2], 0),
    Row("GlobalAveragePooling1D", #"{"keepdims": true}"#, [12, 8], [1, 8], 0),
    Row("GlobalAveragePooling1D", #"{}"#, [nil, 8], [8], 0),
    Row("GlobalAveragePooling2D", #"{"data_format": "channels_first"}"#, [3, 8, 8], [3], 0),
    Row("GlobalAveragePooling2D", #"{}"#, [16, 16, 6], [6], 0),
    Row("GlobalAveragePooling3D", #"{}"#, [8, 8, 8, 2], [2], 0),
    Row("GlobalMaxPooling1D", #"{}"#, [12, 8], [8], 0),
    Row("GlobalMaxPooling2D", #"{"keepdims": true}"#, [16, 16, 6], [1, 1, 6], 0),
    Row("MaxPooling1D", #"{"pool_size": [2], "strides": [2]}"#, [12, 8], [6, 8], 0),
    Row("MaxPooling1D", #"{"pool_size": [3], "padding": "same", "strides": [2]}"#, [12, 8], [6, 8], 0),
    Row(
      "MaxPooling2D",
      #"{"pool_size": [2, 2], "strides": [2, 2], "data_format": "channels_first"}"#,
      [3, 8, 8],
      [3, 4, 4],
      0
    ),
    Row("MaxPooling2D", #"{"pool_size": [2, 2], "strides": [2, 2]}"#, [16, 16, 6], [8, 8, 6], 0),
    Row("MaxPooling2D", #"{"pool_size": [3, 2], "strides": [1, 1]}"#, [16, 16, 6], [14, 15, 6], 0),
    Row("MaxPooling3D", #"{"pool_size": [2, 2, 2], "strides": [2, 2, 2]}"#, [8, 8, 8, 2], [4, 4, 4, 2], 0),
    // Normalisation.
    Row("BatchNormalization", #"{"axis": 1}"#, [16, 16, 6], [16, 16, 6], 64),
    Row("BatchNormalization", #"{"center": false, "scale": false}"#, [16, 16, 6], [16, 16, 6], 12),
    Row("BatchNormalization", #"{"scale": false}"#, [16, 16, 6], [16, 16, 6], 18),
    Row("BatchNormalization", #"{}"#, [10], [10], 40),
    Row("GroupNormalization", #"{"groups": 3}"#, [16, 16, 6], [16, 16, 6], 12),
    Row("GroupNormalization", #"{"groups": 4}"#, [12, 8], [12, 8], 16),
    Row("GroupNormalization", #"{"groups": 8}"#, [12, 8], [12, 8], 16),
    Row("LayerNormalization", #"{"axis": [1, 2]}"#, [12, 8], [12, 8], 192),
    Row("LayerNormalization", #"{}"#, [10], [10], 20),
    Row("Normalization", #"{"axis": []}"#, [10], [10], 3),
    Row("Normalization", #"{"mean": 0.0, "variance": 1.0}"#, [10], [10], 0),
    Row("Normalization", #"{}"#, [10], [10], 21),
    Row("Normalization", #"{}"#, [16, 16, 6], [16, 16, 6], 13),
    Row("RMSNormalization", #"{}"#, [10], [10], 10),
    Row("UnitNormalization", #"{}"#, [10], [10], 0),
    // Shape.
    Row("Cropping1D", #"{"cropping": [1, 2]}"#, [12, 8], [9, 8], 0),
    Row("Cropping2D", #"{"cropping": [[1, 2], [3, 4]]}"#, [16, 16, 6], [13, 9, 6], 0),
    Row("Cropping3D", #"{"cropping": [[1, 1], [1, 1], [1, 1]]}"#, [8, 8, 8, 2], [6, 6, 6, 2], 0),
    Row("Flatten", #"{}"#, [10], [10], 0),
    Row("Flatten", #"{}"#, [16, 16, 6], [1536], 0),
    Row("Flatten", #"{}"#, [nil, 8], [nil], 0),
    Row("Permute", #"{"dims": [2, 1]}"#, [12, 8], [8, 12], 0),
    Row("Permute", #"{"dims": [3, 1, 2]}"#, [16, 16, 6], [6, 16, 16], 0),
    Row("RepeatVector", #"{"n": 4}"#, [10], [4, 10], 0),
    Row("Reshape", #"{"target_shape": [-1, 4]}"#, [nil, 8], [nil, 4], 0),
    Row("Reshape", #"{"target_shape": [2, 5]}"#, [10], [2, 5], 0),
    Row("Reshape", #"{"target_shape": [5, -1]}"#, [10], [5, 2], 0),
    Row("UpSampling1D", #"{"size": 2}"#, [nil, 8], [nil, 8], 0),
    Row("UpSampling1D", #"{"size": 3}"#, [12, 8], [36, 8], 0),
    Row("UpSampling2D", #"{"size": [2, 2], "data_format": "channels_first"}"#, [3, 8, 8], [3, 16, 16], 0),
    Row("UpSampling2D", #"{"size": [2, 3]}"#, [16, 16, 6], [32, 48, 6], 0),
    Row("UpSampling3D", #"{"size": [2, 2, 2]}"#, [8, 8, 8, 2], [16, 16, 16, 2], 0),
    Row("ZeroPadding1D", #"{"padding": [1, 1]}"#, [nil, 8], [nil, 8], 0),
    Row("ZeroPadding1D", #"{"padding": [1, 3]}"#, [12, 8], [16, 8], 0),
    Row("ZeroPadding1D", #"{"padding": [2, 2]}"#, [12, 8], [16, 8], 0),
    Row("ZeroPadding2D", #"{"padding": [[1, 1], [1, 1]]}"#, [16, 16, 6], [18, 18, 6], 0),
    Row("ZeroPadding2D", #"{"padding": [[1, 1], [2, 2]]}"#, [16, 16, 6], [18, 20, 6], 0),
    Row("ZeroPadding2D", #"{"padding": [[1, 2], [3, 4]]}"#, [16, 16, 6], [19, 23, 6], 0),
    Row(
      "ZeroPadding2D",
      #"{"padding": [[2, 2], [2, 2]], "data_format": "channels_first"}"#,
      [3, 8, 8],
      [3, 12, 12],
      0
    ),
    Row("ZeroPadding3D", #"{"padding": [[1, 1], [1, 1], [1, 1]]}"#, [8, 8, 8, 2], [10, 10, 10, 2], 0),
    // Activations, dropout, attention.
    Row("ActivityRegularization", #"{}"#, [10], [10], 0),
    Row("AlphaDropout", #"{"rate": 0.1}"#, [10], [10], 0),
    Row("Dropout", #"{"rate": 0.2}"#, [10], [10], 0),
    Row("ELU", #"{"alpha": 1.0}"#, [10], [10], 0),
    Row("GaussianDropout", #"{"rate": 0.1}"#, [10], [10], 0),
    Row("GaussianNoise", #"{"stddev": 0.1}"#, [10], [10], 0),
    Row("Identity", #"{}"#, [10], [10], 0),
    Row("LeakyReLU", #"{"negative_slope": 0.3}"#, [10], [10], 0),
    Row("Masking", #"{}"#, [10], [10], 0),
    Row(
      "MultiHeadAttention",
      #"{"num_heads": 2, "key_dim": 4, "value_dim": 4, "attention_axes": [1, 2]}"#,
      [4, 5, 8],
      [4, 5, 8],
      288
    ),
    Row(
      "MultiHeadAttention",
      #"{"num_heads": 3, "key_dim": 4, "value_dim": 4, "attention_axes": [1]}"#,
      [5, 8],
      [5, 8],
      428
    ),
    Row(
      "MultiHeadAttention",
      #"{"num_heads": 3, "key_dim": 4, "value_dim": 4, "use_gate": true, "attention_axes": [1]}"#,
      [5, 8],
      [5, 8],
      536
    ),
    Row("PReLU", #"{"shared_axes": [1, 2]}"#, [16, 16, 6], [16, 16, 6], 6),
    Row("PReLU", #"{"shared_axes": [1]}"#, [12, 8], [12, 8], 8),
    Row("PReLU", #"{}"#, [10], [10], 10),
    Row("ReLU", #"{"max_value": 6, "negative_slope": 0.0}"#, [10], [10], 0),
    Row("Softmax", #"{"axis": 1}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("Softmax", #"{}"#, [10], [10], 0),
    Row("SpatialDropout1D", #"{"rate": 0.2}"#, [12, 8], [12, 8], 0),
    Row("SpatialDropout2D", #"{"rate": 0.2}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("SpatialDropout3D", #"{"rate": 0.1}"#, [8, 8, 8, 2], [8, 8, 8, 2], 0),
    // Preprocessing.
    Row("CategoryEncoding", #"{"num_tokens": 12, "output_mode": "count"}"#, [1], [12], 0),
    Row("CategoryEncoding", #"{"num_tokens": 12, "output_mode": "multi_hot"}"#, [7], [12], 0),
    Row("CategoryEncoding", #"{"num_tokens": 12, "output_mode": "one_hot"}"#, [7], [7, 12], 0),
    Row("CategoryEncoding", #"{"num_tokens": 12, "output_mode": "one_hot"}"#, [1], [12], 0),
    Row("CenterCrop", #"{"height": 8, "width": 8}"#, [16, 16, 6], [8, 8, 6], 0),
    Row("Discretization", #"{"bin_boundaries": [0.0, 1.0, 2.0], "output_mode": "int"}"#, [7], [7], 0),
    Row("Discretization", #"{"bin_boundaries": [0.0, 1.0, 2.0], "output_mode": "one_hot"}"#, [7], [7, 4], 0),
    Row("RandomBrightness", #"{}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("RandomContrast", #"{}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("RandomCrop", #"{"height": 8, "width": 9}"#, [16, 16, 6], [8, 9, 6], 0),
    Row("RandomFlip", #"{}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("RandomRotation", #"{}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("RandomTranslation", #"{}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("RandomZoom", #"{}"#, [16, 16, 6], [16, 16, 6], 0),
    Row("Rescaling", #"{"scale": 0.00392156862745098, "offset": 0.0}"#, [10], [10], 0),
    Row("Resizing", #"{"height": 9, "width": 7, "fill_mode": "constant"}"#, [16, 16, 6], [9, 7, 6], 0),
  ]

  @Test(arguments: rows)
  func `gives a layer the shape and parameters that Keras gives it`(row: Row) throws {
    let axes = row.input.map { $0.map(String.init) ?? "null" }.joined(separator: ", ")
    let text = sequential(
      #"{"class_name": "\#(row.className)", "config": \#(row.config)}"#,
      input: "[null, \(axes)]"
    )
    let experiment = lowerKeras(text)
    #expect(experiment.problems == [])
    let layer = try #require(experiment.layers.last)
    #expect(layer.kind != .unknown)
    #expect(layer.facts.value(LayerKeys.outputShape) == Shape(row.output))
    #expect(layer.facts.value(LayerKeys.parameters) == row.parameters)
  }

  @Test func `reads the regularisers of kernel, bias, recurrent kernel and output`() throws {
    func l2(_ factor: Double) -> String { #"{"class_name": "L2", "config": {"l2": \#(factor)}}"# }
    let experiment = lowerKeras(
      sequential(
        """
        {"class_name": "LSTM", "config": {"name": "r", "units": 3, "kernel_regularizer": \(l2(0.1)),
         "recurrent_regularizer": \(l2(0.2)), "bias_regularizer": \(l2(0.3)), "activity_regularizer": "l1"}}
        """,
        #"{"class_name": "ActivityRegularization", "config": {"name": "a", "l1": 0.0, "l2": 0.5}}"#,
        """
        {"class_name": "Dense", "config": {"name": "d", "units": 3,
         "kernel_regularizer": {"class_name": "OrthogonalRegularizer", "config": {"factor": 0.01, "mode": "rows"}}}}
        """,
        input: "[null, 5, 4]"
      )
    )
    let recurrent = try #require(experiment.layer("r")?.facts)
    #expect(recurrent.value(LayerKeys.kernelL2) == 0.1)
    #expect(recurrent.value(LayerKeys.recurrentL2) == 0.2)
    #expect(recurrent.value(LayerKeys.biasL2) == 0.3)
    #expect(recurrent.value(LayerKeys.activityL1) == 0.01)
    #expect(recurrent.value(LayerKeys.activityL2) == nil)
    #expect(experiment.layer("a")?.facts.value(LayerKeys.activityL2) == 0.5)
    let dense = try #require(experiment.layer("d")?.facts)
    #expect(dense.value(LayerKeys.kernelL2) == nil)
    #expect(dense.value(LayerKeys.otherPenalty) == true)
  }
}
