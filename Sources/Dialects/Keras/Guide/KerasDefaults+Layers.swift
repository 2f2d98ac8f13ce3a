extension KerasDefaults {
  /// The layers, with what their constructors take beside the keys of every layer.
  static let layers = DefaultTable(
    """
    Activation: activation=!
    ActivityRegularization: l1=0.0 l2=0.0
    AdaptiveAveragePooling1D: output_size=! data_format=null
    AdaptiveAveragePooling2D: output_size=! data_format=null
    AdaptiveAveragePooling3D: output_size=! data_format=null
    AdaptiveMaxPooling1D: output_size=! data_format=null
    AdaptiveMaxPooling2D: output_size=! data_format=null
    AdaptiveMaxPooling3D: output_size=! data_format=null
    Add:
    AdditiveAttention: use_scale=true dropout=0.0
    AlphaDropout: rate=! noise_shape=null seed=null
    Attention: use_scale=false score_mode=dot dropout=0.0 seed=null
    Average:
    AveragePooling1D: pool_size=! strides=null padding=valid data_format=null
    AveragePooling2D: pool_size=! strides=null padding=valid data_format=null
    AveragePooling3D: pool_size=! strides=null padding=valid data_format=null
    BatchNormalization: axis=-1 momentum=0.99 epsilon=0.001 center=true scale=true beta_initializer=zeros
      gamma_initializer=ones moving_mean_initializer=zeros moving_variance_initializer=ones beta_regularizer=null
      gamma_regularizer=null beta_constraint=null gamma_constraint=null renorm=false renorm_clipping=null
      renorm_momentum=0.99 synchronized=false
    Bidirectional: layer=! merge_mode=concat weights=null backward_layer=null
    CategoryEncoding: num_tokens=null output_mode=multi_hot sparse=false
    CenterCrop: height=! width=! data_format=null
    Concatenate: axis=-1
    Conv1D: filters=! kernel_size=! strides=1 padding=valid data_format=null dilation_rate=1 groups=1
      activation=null use_bias=true kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null
    Conv1DTranspose: filters=! kernel_size=! strides=1 padding=valid output_padding=null data_format=null
      dilation_rate=1 activation=null use_bias=true kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null
    Conv2D: filters=! kernel_size=! strides=[1,1] padding=valid data_format=null dilation_rate=[1,1] groups=1
      activation=null use_bias=true kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null
    Conv2DTranspose: filters=! kernel_size=! strides=[1,1] padding=valid output_padding=null data_format=null
      dilation_rate=[1,1] activation=null use_bias=true kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null
    Conv3D: filters=! kernel_size=! strides=[1,1,1] padding=valid data_format=null dilation_rate=[1,1,1] groups=1
      activation=null use_bias=true kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null
    Conv3DTranspose: filters=! kernel_size=! strides=[1,1,1] padding=valid data_format=null output_padding=null
      dilation_rate=[1,1,1] activation=null use_bias=true kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null
    ConvLSTM1D: filters=! kernel_size=! strides=1 padding=valid data_format=null dilation_rate=1 activation=tanh
      recurrent_activation=sigmoid use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros unit_forget_bias=true kernel_regularizer=null
      recurrent_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      recurrent_constraint=null bias_constraint=null dropout=0.0 recurrent_dropout=0.0 seed=null
      return_sequences=false return_state=false go_backwards=false stateful=false
    ConvLSTM2D: filters=! kernel_size=! strides=1 padding=valid data_format=null dilation_rate=1 activation=tanh
      recurrent_activation=sigmoid use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros unit_forget_bias=true kernel_regularizer=null
      recurrent_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      recurrent_constraint=null bias_constraint=null dropout=0.0 recurrent_dropout=0.0 seed=null
      return_sequences=false return_state=false go_backwards=false stateful=false
    ConvLSTM3D: filters=! kernel_size=! strides=1 padding=valid data_format=null dilation_rate=1 activation=tanh
      recurrent_activation=sigmoid use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros unit_forget_bias=true kernel_regularizer=null
      recurrent_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      recurrent_constraint=null bias_constraint=null dropout=0.0 recurrent_dropout=0.0 seed=null
      return_sequences=false return_state=false go_backwards=false stateful=false
    Cropping1D: cropping=[1,1]
    Cropping2D: cropping=[[0,0],[0,0]] data_format=null
    Cropping3D: cropping=[[1,1],[1,1],[1,1]] data_format=null
    Dense: units=! activation=null use_bias=true kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null lora_rank=null lora_alpha=null quantization_config=null
    DepthwiseConv1D: kernel_size=! strides=1 padding=valid depth_multiplier=1 data_format=null dilation_rate=1
      activation=null use_bias=true depthwise_initializer=glorot_uniform bias_initializer=zeros
      depthwise_regularizer=null bias_regularizer=null activity_regularizer=null depthwise_constraint=null
      bias_constraint=null
    DepthwiseConv2D: kernel_size=! strides=[1,1] padding=valid depth_multiplier=1 data_format=null
      dilation_rate=[1,1] activation=null use_bias=true depthwise_initializer=glorot_uniform
      bias_initializer=zeros depthwise_regularizer=null bias_regularizer=null activity_regularizer=null
      depthwise_constraint=null bias_constraint=null
    Discretization: bin_boundaries=null num_bins=null epsilon=0.01 output_mode=int sparse=false dtype=null
    Dot: axes=! normalize=false
    Dropout: rate=! noise_shape=null seed=null
    ELU: alpha=1.0
    EinsumDense: equation=! output_shape=! activation=null bias_axes=null kernel_initializer=glorot_uniform
      bias_initializer=zeros kernel_regularizer=null bias_regularizer=null kernel_constraint=null
      bias_constraint=null lora_rank=null lora_alpha=null gptq_unpacked_column_size=null quantization_config=null
    Embedding: input_dim=! output_dim=! embeddings_initializer=uniform embeddings_regularizer=null
      embeddings_constraint=null mask_zero=false weights=null lora_rank=null lora_alpha=null
      quantization_config=null
    Flatten: data_format=null
    GRU: units=! activation=tanh recurrent_activation=sigmoid use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros kernel_regularizer=null recurrent_regularizer=null
      bias_regularizer=null activity_regularizer=null kernel_constraint=null recurrent_constraint=null
      bias_constraint=null dropout=0.0 recurrent_dropout=0.0 seed=null return_sequences=false return_state=false
      go_backwards=false stateful=false unroll=false reset_after=true use_cudnn=auto
    GRUCell: units=! activation=tanh recurrent_activation=sigmoid use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros kernel_regularizer=null recurrent_regularizer=null
      bias_regularizer=null kernel_constraint=null recurrent_constraint=null bias_constraint=null dropout=0.0
      recurrent_dropout=0.0 reset_after=true seed=null
    GaussianDropout: rate=! seed=null
    GaussianNoise: stddev=! seed=null
    GlobalAveragePooling1D: data_format=null keepdims=false
    GlobalAveragePooling2D: data_format=null keepdims=false
    GlobalAveragePooling3D: data_format=null keepdims=false
    GlobalMaxPooling1D: data_format=null keepdims=false
    GlobalMaxPooling2D: data_format=null keepdims=false
    GlobalMaxPooling3D: data_format=null keepdims=false
    GroupNormalization: groups=32 axis=-1 epsilon=0.001 center=true scale=true beta_initializer=zeros
      gamma_initializer=ones beta_regularizer=null gamma_regularizer=null beta_constraint=null
      gamma_constraint=null
    GroupedQueryAttention: head_dim=! num_query_heads=! num_key_value_heads=! dropout=0.0 use_bias=true
      sliding_window=null flash_attention=null kernel_initializer=glorot_uniform bias_initializer=zeros
      kernel_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      bias_constraint=null use_gate=false seed=null
    HashedCrossing: num_bins=! output_mode=int sparse=false dtype=null
    Hashing: num_bins=! mask_value=null salt=null output_mode=int sparse=false
    Identity:
    InputLayer: shape=null batch_size=null dtype=null sparse=null ragged=null batch_shape=null input_tensor=null
      optional=false
    IntegerLookup: max_tokens=null num_oov_indices=1 mask_token=null oov_token=-1 vocabulary=null
      vocabulary_dtype=int64 idf_weights=null invert=false output_mode=int sparse=false pad_to_max_tokens=false
      oov_method=floormod salt=null
    LSTM: units=! activation=tanh recurrent_activation=sigmoid use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros unit_forget_bias=true kernel_regularizer=null
      recurrent_regularizer=null bias_regularizer=null activity_regularizer=null kernel_constraint=null
      recurrent_constraint=null bias_constraint=null dropout=0.0 recurrent_dropout=0.0 seed=null
      return_sequences=false return_state=false go_backwards=false stateful=false unroll=false use_cudnn=auto
    LSTMCell: units=! activation=tanh recurrent_activation=sigmoid use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros unit_forget_bias=true kernel_regularizer=null
      recurrent_regularizer=null bias_regularizer=null kernel_constraint=null recurrent_constraint=null
      bias_constraint=null dropout=0.0 recurrent_dropout=0.0 seed=null
    Lambda: function=! output_shape=null mask=null arguments=null
    LayerNormalization: axis=-1 epsilon=0.001 center=true scale=true beta_initializer=zeros gamma_initializer=ones
      beta_regularizer=null gamma_regularizer=null beta_constraint=null gamma_constraint=null
    LeakyReLU: negative_slope=0.3
    Masking: mask_value=0.0
    MaxPooling1D: pool_size=2 strides=null padding=valid data_format=null
    MaxPooling2D: pool_size=[2,2] strides=null padding=valid data_format=null
    MaxPooling3D: pool_size=[2,2,2] strides=null padding=valid data_format=null
    Maximum:
    MelSpectrogram: fft_length=2048 sequence_stride=512 sequence_length=null window=hann sampling_rate=16000
      num_mel_bins=128 min_freq=20.0 max_freq=null power_to_db=true top_db=80.0 mag_exp=2.0 min_power=1e-10
      ref_power=1.0
    Minimum:
    MultiHeadAttention: num_heads=! key_dim=! value_dim=null dropout=0.0 use_bias=true output_shape=null
      attention_axes=null sliding_window=null flash_attention=null kernel_initializer=glorot_uniform
      bias_initializer=zeros kernel_regularizer=null bias_regularizer=null activity_regularizer=null
      kernel_constraint=null bias_constraint=null use_gate=false seed=null
    Multiply:
    Normalization: axis=-1 mean=null variance=null invert=false
    PReLU: alpha_initializer=Zeros alpha_regularizer=null alpha_constraint=null shared_axes=null
    Permute: dims=!
    RMSNormalization: axis=-1 epsilon=1e-06
    RNN: cell=! return_sequences=false return_state=false go_backwards=false stateful=false unroll=false
      zero_output_for_mask=false
    ReLU: max_value=null negative_slope=0.0 threshold=0.0
    RepeatVector: n=!
    Rescaling: scale=! offset=0.0
    Reshape: target_shape=!
    Resizing: height=! width=! interpolation=bilinear crop_to_aspect_ratio=false pad_to_aspect_ratio=false
      fill_mode=constant fill_value=0.0 antialias=false data_format=null
    ReversibleEmbedding: input_dim=! output_dim=! tie_weights=true embeddings_initializer=uniform
      embeddings_regularizer=null embeddings_constraint=null mask_zero=false reverse_dtype=null
      logit_soft_cap=null
    STFTSpectrogram: mode=log frame_length=256 frame_step=null fft_length=null window=hann periodic=false
      scaling=density padding=valid expand_dims=false data_format=null
    SeparableConv1D: filters=! kernel_size=! strides=1 padding=valid data_format=null dilation_rate=1
      depth_multiplier=1 activation=null use_bias=true depthwise_initializer=glorot_uniform
      pointwise_initializer=glorot_uniform bias_initializer=zeros depthwise_regularizer=null
      pointwise_regularizer=null bias_regularizer=null activity_regularizer=null depthwise_constraint=null
      pointwise_constraint=null bias_constraint=null
    SeparableConv2D: filters=! kernel_size=! strides=[1,1] padding=valid data_format=null dilation_rate=[1,1]
      depth_multiplier=1 activation=null use_bias=true depthwise_initializer=glorot_uniform
      pointwise_initializer=glorot_uniform bias_initializer=zeros depthwise_regularizer=null
      pointwise_regularizer=null bias_regularizer=null activity_regularizer=null depthwise_constraint=null
      pointwise_constraint=null bias_constraint=null
    SimpleRNN: units=! activation=tanh use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros kernel_regularizer=null recurrent_regularizer=null
      bias_regularizer=null activity_regularizer=null kernel_constraint=null recurrent_constraint=null
      bias_constraint=null dropout=0.0 recurrent_dropout=0.0 return_sequences=false return_state=false
      go_backwards=false stateful=false unroll=false seed=null
    SimpleRNNCell: units=! activation=tanh use_bias=true kernel_initializer=glorot_uniform
      recurrent_initializer=orthogonal bias_initializer=zeros kernel_regularizer=null recurrent_regularizer=null
      bias_regularizer=null kernel_constraint=null recurrent_constraint=null bias_constraint=null dropout=0.0
      recurrent_dropout=0.0 seed=null
    Softmax: axis=-1
    SpatialDropout1D: rate=! seed=null dtype=null
    SpatialDropout2D: rate=! data_format=null seed=null dtype=null
    SpatialDropout3D: rate=! data_format=null seed=null dtype=null
    SpectralNormalization: layer=! power_iterations=1
    StackedRNNCells: cells=!
    StringLookup: max_tokens=null num_oov_indices=1 mask_token=null oov_token=[UNK] vocabulary=null
      idf_weights=null invert=false output_mode=int pad_to_max_tokens=false sparse=false encoding=utf-8 salt=null
    Subtract:
    TextVectorization: max_tokens=null standardize=lower_and_strip_punctuation split=whitespace ngrams=null
      output_mode=int output_sequence_length=null pad_to_max_tokens=false vocabulary=null idf_weights=null
      sparse=false ragged=false encoding=utf-8
    TimeDistributed: layer=!
    UnitNormalization: axis=-1
    UpSampling1D: size=2
    UpSampling2D: size=[2,2] data_format=null interpolation=nearest
    UpSampling3D: size=[2,2,2] data_format=null
    ZeroPadding1D: padding=1 data_format=null
    ZeroPadding2D: padding=[1,1] data_format=null
    ZeroPadding3D: padding=[[1,1],[1,1],[1,1]] data_format=null
    """
  )
}
