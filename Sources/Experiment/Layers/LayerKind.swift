/// What a layer computes, whichever framework names it.
///
/// The raw value is the name that rules and the native dialect use.
package enum LayerKind: String, Hashable, Sendable, CaseIterable {
  case input
  // Weight layers.
  case dense
  case einsumDense = "einsum_dense"
  case conv1d, conv2d, conv3d
  case convTranspose1d = "conv_transpose_1d"
  case convTranspose2d = "conv_transpose_2d"
  case convTranspose3d = "conv_transpose_3d"
  case depthwiseConv1d = "depthwise_conv1d"
  case depthwiseConv2d = "depthwise_conv2d"
  case separableConv1d = "separable_conv1d"
  case separableConv2d = "separable_conv2d"
  case embedding
  case simpleRNN = "simple_rnn"
  case gru, lstm
  case convLSTM1d = "conv_lstm1d"
  case convLSTM2d = "conv_lstm2d"
  case convLSTM3d = "conv_lstm3d"
  case attention
  case additiveAttention = "additive_attention"
  case multiHeadAttention = "multi_head_attention"
  case groupedQueryAttention = "grouped_query_attention"
  // Normalization.
  case batchNormalization = "batch_normalization"
  case layerNormalization = "layer_normalization"
  case groupNormalization = "group_normalization"
  case rmsNormalization = "rms_normalization"
  case unitNormalization = "unit_normalization"
  case localResponseNormalization = "local_response_normalization"
  // Activations; the fact `activation` says which.
  case activation
  // Regularization that is active in training only; `rate` is always the share that is dropped.
  case dropout
  case spatialDropout = "spatial_dropout"
  case alphaDropout = "alpha_dropout"
  case gaussianDropout = "gaussian_dropout"
  case gaussianNoise = "gaussian_noise"
  case stochasticDepth = "stochastic_depth"
  case activityRegularization = "activity_regularization"
  // Pooling.
  case maxPooling1d = "max_pooling1d"
  case maxPooling2d = "max_pooling2d"
  case maxPooling3d = "max_pooling3d"
  case averagePooling1d = "average_pooling1d"
  case averagePooling2d = "average_pooling2d"
  case averagePooling3d = "average_pooling3d"
  case globalMaxPooling = "global_max_pooling"
  case globalAveragePooling = "global_average_pooling"
  case adaptivePooling = "adaptive_pooling"
  // Shape.
  case flatten, reshape, permute, cropping
  case repeatVector = "repeat_vector"
  case zeroPadding = "zero_padding"
  case upSampling = "up_sampling"
  case sequencePooling = "sequence_pooling"
  // Merging.
  case add, subtract, multiply, average, maximum, minimum, concatenate, dot
  // Preprocessing.
  case rescaling, normalization, resizing
  case centerCrop = "center_crop"
  case augmentation
  case categoryEncoding = "category_encoding"
  case discretization, hashing
  case stringLookup = "string_lookup"
  case integerLookup = "integer_lookup"
  case textVectorization = "text_vectorization"
  // The rest.
  case masking, identity
  /// A learned scale for each channel, as in ConvNeXt.
  case layerScale = "layer_scale"
  /// Code that is not in the file: a lambda or an operation on tensors.
  case operation
  /// A network given by name, such as `bert`: pretrained or not, its inside is not in the file.
  case backbone
  /// A class that is not known here.
  case unknown
}
