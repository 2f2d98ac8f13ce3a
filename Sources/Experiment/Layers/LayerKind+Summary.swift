extension LayerKind {
  /// What a layer of the kind computes, in a sentence.
  package var summary: String { Self.glossary[rawValue] ?? "" }

  package static let glossary = Glossary(
    """
    input: what the model is given; it says the shape of one example
    dense: a weighted sum of all inputs for each unit, with an activation
    einsum_dense: a dense layer whose sum an einsum equation describes
    conv1d: filters that slide along one axis
    conv2d: filters that slide along height and width
    conv3d: filters that slide along three axes
    conv_transpose_1d: a convolution backwards along one axis, which makes its output longer
    conv_transpose_2d: a convolution backwards along two axes, which makes its output larger
    conv_transpose_3d: a convolution backwards along three axes, which makes its output larger
    depthwise_conv1d: one filter or a few for each channel by itself, along one axis
    depthwise_conv2d: one filter or a few for each channel by itself, along two axes
    separable_conv1d: a depthwise convolution, then one of kernel size 1 across channels, along one axis
    separable_conv2d: a depthwise convolution, then one of kernel size 1 across channels, along two axes
    embedding: a learned vector for each id
    simple_rnn: a recurrent layer without gates
    gru: a recurrent layer with a reset and an update gate
    lstm: a recurrent layer with a cell and three gates
    conv_lstm1d: an LSTM whose products are convolutions along one axis
    conv_lstm2d: an LSTM whose products are convolutions along two axes
    conv_lstm3d: an LSTM whose products are convolutions along three axes
    attention: dot-product attention without projections of its own
    additive_attention: attention that compares queries with keys through a tanh (Bahdanau)
    multi_head_attention: several attentions side by side, each with its own projections
    grouped_query_attention: multi-head attention in which groups of queries share keys and values
    batch_normalization: mean 0 and variance 1 over the batch for each channel, then a learned scale and offset
    layer_normalization: mean 0 and variance 1 over the features of each example, then a learned scale and offset
    group_normalization: mean 0 and variance 1 over groups of channels of each example
    rms_normalization: divides each example by its root mean square
    unit_normalization: divides each example by its length
    local_response_normalization: divides each channel by the activity of its neighbours
    activation: an activation function by itself
    dropout: sets a random share of values to 0 while training
    spatial_dropout: sets whole channels to 0 while training
    alpha_dropout: dropout that keeps mean and variance, made for selu
    gaussian_dropout: multiplies by random numbers around 1 while training
    gaussian_noise: adds random numbers around 0 while training
    stochastic_depth: skips a whole branch at random while training
    activity_regularization: adds a penalty on its input to the loss
    max_pooling1d: the largest value of each window along one axis
    max_pooling2d: the largest value of each window along two axes
    max_pooling3d: the largest value of each window along three axes
    average_pooling1d: the mean of each window along one axis
    average_pooling2d: the mean of each window along two axes
    average_pooling3d: the mean of each window along three axes
    global_max_pooling: the largest value of each channel over all places
    global_average_pooling: the mean of each channel over all places
    adaptive_pooling: pooling with windows that make an output of a given size
    flatten: all axes of an example as one
    reshape: the same values in another shape
    permute: the axes in another order
    cropping: takes places away at the edges
    repeat_vector: the same vector several times, as a sequence
    zero_padding: adds zeros at the edges
    up_sampling: repeats or interpolates places, which makes the output larger
    sequence_pooling: reduces a sequence to one vector
    add: the sum of its inputs, as at the end of a skip connection
    subtract: the difference of its two inputs
    multiply: the product of its inputs, element by element
    average: the mean of its inputs
    maximum: the largest of its inputs, element by element
    minimum: the smallest of its inputs, element by element
    concatenate: its inputs behind one another along an axis
    dot: the scalar product of its two inputs along axes
    rescaling: multiplies by a constant and adds one, as from pixels to 0 to 1
    normalization: takes away a mean and divides by a deviation that the data gave
    resizing: images in another size
    center_crop: the middle of images
    augmentation: varies examples at random while training
    category_encoding: ids as one-hot, multi-hot or counts
    discretization: numbers as the index of their bin
    hashing: words or ids as the index of a hash bin
    string_lookup: words as their index in a vocabulary
    integer_lookup: integers as their index in a vocabulary
    text_vectorization: texts as sequences of token ids or as counts
    masking: marks steps of a sequence that are to be passed over
    identity: passes its input on unchanged
    layer_scale: a learned factor for each channel, as in ConvNeXt
    operation: code that is not in the file, such as a lambda or an operation on tensors
    backbone: a network given by name, whose inside is not in the file
    unknown: a layer that is not known here; rules pass it over
    """
  )
}
