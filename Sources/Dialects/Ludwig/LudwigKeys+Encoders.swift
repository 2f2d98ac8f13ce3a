extension LudwigKeys {
  /// Returns the keys of an encoder, `type` left out, of releases 0.6 to 0.11; keys that moved or were renamed since 0.3
  /// included.
  ///
  /// An encoder that is not here, nil, may have any key.
  static func encoder(_ name: String) -> LudwigKeySet? {
    if let keys = ownEncoders.keys(of: name) { return keys }
    if let keys = textModels.keys(of: name) { return keys + textModel }
    return imageModels.contains(name) ? imageModel : nil
  }

  /// Encoders of Ludwig's own.
  private static let ownEncoders: LudwigTable = [
    "_resnet_legacy": """
    activation batch_norm_epsilon batch_norm_momentum bias_initializer conv_stride dropout fc_layers
    first_pool_kernel_size first_pool_stride height kernel_size norm norm_params num_channels num_fc_layers
    out_channels output_size resnet_size skip use_bias weights_initializer width
    """,
    "_vit_legacy": """
    attention_probs_dropout_prob gradient_checkpointing height hidden_act hidden_dropout_prob hidden_size
    initializer_range intermediate_size layer_norm_eps num_attention_heads num_hidden_layers patch_size
    pretrained_model saved_weights_in_checkpoint skip trainable use_pretrained width
    """,
    "cnnrnn": """
    activation activity_regularizer bias_initializer bias_regularizer bidirectional cell_type conv_activation
    conv_dropout conv_layers dilation_rate dropout embedding_size embeddings_on_cpu embeddings_trainable
    fc_activation fc_dropout fc_layers fc_size filter_size max_sequence_length norm norm_params num_conv_layers
    num_fc_layers num_filters num_rec_layers output_size padding pool_function pool_padding pool_size pool_strides
    pretrained_embeddings recurrent_activation recurrent_dropout recurrent_initializer recurrent_regularizer
    reduce_output representation should_embed skip state_size strides unit_forget_bias use_bias vocab
    weights_initializer weights_regularizer
    """,
    "dense": """
    activation activity_regularizer bias_initializer bias_regularizer dropout embedding_initializer
    embedding_regularizer embedding_size embeddings_on_cpu embeddings_trainable fc_layers fc_size input_size
    layers norm norm_params num_layers output_size pretrained_embeddings skip use_bias vocab weights_initializer
    weights_regularizer
    """,
    "embed": """
    activation activity_regularizer bias_initializer bias_regularizer dropout embedding_size embeddings_on_cpu
    embeddings_trainable fc_layers fc_size force_embedding_size max_sequence_length norm norm_params num_fc_layers
    output_size pretrained_embeddings reduce_output representation skip use_bias vocab weights_initializer
    weights_regularizer
    """,
    "llm": "adapter base_model max_sequence_length model_parameters quantization skip",
    "mlp_mixer": """
    avg_pool channel_dim dropout embed_size height num_channels num_layers patch_size skip token_size width
    """,
    "onehot": "skip vocab",
    "parallel_cnn": """
    activation activity_regularizer bias_initializer bias_regularizer conv_layers dropout embedding_size
    embeddings_on_cpu embeddings_trainable fc_layers fc_size filter_size max_sequence_length norm norm_params
    num_conv_layers num_fc_layers num_filters output_size pool_function pool_size pretrained_embeddings
    reduce_output representation should_embed skip use_bias vocab weights_initializer weights_regularizer
    """,
    "passthrough": "encoding_size input_size max_sequence_length reduce_output skip",
    "resnet": """
    activation activity_regularizer batch_norm_epsilon batch_norm_momentum bias_initializer bias_regularizer
    conv_stride dropout fc_layers fc_size first_pool_kernel_size first_pool_size first_pool_stride height
    kernel_size model_cache_dir model_variant norm norm_params num_channels num_fc_layers num_filters out_channels
    output_size resnet_size saved_weights_in_checkpoint skip trainable use_bias use_pretrained weights_initializer
    weights_regularizer width
    """,
    "rnn": """
    activation activity_regularizer bias_initializer bias_regularizer bidirectional cell_type dropout
    embedding_size embeddings_on_cpu embeddings_trainable fc_activation fc_dropout fc_layers fc_size hidden_size
    max_sequence_length norm norm_params num_fc_layers num_layers output_size pretrained_embeddings
    recurrent_activation recurrent_dropout recurrent_initializer recurrent_regularizer reduce_output
    representation should_embed skip state_size unit_forget_bias use_bias vocab weights_initializer
    weights_regularizer
    """,
    "sparse": """
    dropout embedding_initializer embedding_regularizer embedding_size embeddings_on_cpu embeddings_trainable
    pretrained_embeddings skip vocab
    """,
    "stacked_cnn": """
    activation activity_regularizer bias_initializer bias_regularizer conv_activation conv_activity_regularizer
    conv_bias conv_bias_initializer conv_bias_regularizer conv_dropout conv_layers conv_norm conv_norm_params
    conv_use_bias conv_weights_initializer conv_weights_regularizer dilation dilation_rate dropout embedding_size
    embeddings_on_cpu embeddings_trainable fc_activation fc_activity_regularizer fc_bias_initializer
    fc_bias_regularizer fc_dropout fc_layers fc_norm fc_norm_params fc_size fc_use_bias fc_weights_initializer
    fc_weights_regularizer filter_size groups height kernel_size max_sequence_length norm norm_params num_channels
    num_conv_layers num_fc_layers num_filters out_channels output_size padding padding_mode pool_dilation
    pool_function pool_kernel_size pool_padding pool_size pool_stride pool_strides pretrained_embeddings
    reduce_output representation should_embed skip stride strides use_bias vocab weights_initializer
    weights_regularizer width
    """,
    "stacked_parallel_cnn": """
    activation activity_regularizer bias_initializer bias_regularizer dropout embedding_size embeddings_on_cpu
    embeddings_trainable fc_layers fc_size filter_size max_sequence_length norm norm_params num_fc_layers
    num_filters num_stacked_layers output_size pool_function pool_size pretrained_embeddings reduce_output
    representation should_embed skip stacked_layers use_bias vocab weights_initializer weights_regularizer
    """,
    "tf_idf": "max_sequence_length skip str2idf vocab vocab_size",
    "transformer": """
    activity_regularizer bias_initializer bias_regularizer dropout embedding_size embeddings_on_cpu
    embeddings_trainable fc_activation fc_dropout fc_layers fc_size hidden_size max_sequence_length norm
    norm_params num_fc_layers num_heads num_layers output_size pretrained_embeddings reduce_output representation
    should_embed skip transformer_fc_size transformer_output_size use_bias vocab weights_initializer
    weights_regularizer
    """,
    "unet": "conv_norm height num_channels skip width",
    "vit": """
    attention_probs_dropout_prob gradient_checkpointing height hidden_act hidden_dropout_prob hidden_size
    initializer_range intermediate_size layer_norm_eps model_cache_dir model_variant num_attention_heads
    num_channels num_hidden_layers patch_size pretrained_model saved_weights_in_checkpoint skip trainable
    use_pretrained width
    """,
    "wave": """
    activation activity_regularizer bias_initializer bias_regularizer dropout fc_layers fc_size norm norm_params
    num_fc_layers output_size skip use_bias weights_initializer weights_regularizer
    """,
    "weighted_sum": """
    activation activity_regularizer bias_initializer bias_regularizer dropout embedding_size embeddings_on_cpu
    fc_layers fc_size norm norm_params num_fc_layers output_size should_softmax skip use_bias weights_initializer
    weights_regularizer
    """,
  ]

  /// Text models by their names at Hugging Face.
  private static let textModels: LudwigTable = [
    "albert": """
    attention_probs_dropout_prob bos_token_id classifier_dropout_prob embedding_size eos_token_id hidden_act
    hidden_dropout_prob hidden_size initializer_range inner_group_num intermediate_size layer_norm_eps
    max_position_embeddings num_attention_heads num_hidden_groups num_hidden_layers pad_token_id
    position_embedding_type type_vocab_size
    """,
    "auto_transformer": "",
    "bert": """
    attention_probs_dropout_prob classifier_dropout gradient_checkpointing hidden_act hidden_dropout_prob
    hidden_size initializer_range intermediate_size layer_norm_eps max_position_embeddings num_attention_heads
    num_hidden_layers pad_token_id position_embedding_type type_vocab_size
    """,
    "camembert": """
    attention_probs_dropout_prob classifier_dropout gradient_checkpointing hidden_act hidden_dropout_prob
    hidden_size initializer_range intermediate_size layer_norm_eps max_position_embeddings num_attention_heads
    num_hidden_layers pad_token_id position_embedding_type type_vocab_size
    """,
    "ctrl": """
    attn_pdrop dff embd_pdrop initializer_range layer_norm_epsilon n_ctx n_embd n_head n_layer n_positions
    resid_pdrop
    """,
    "deberta": """
    attention_probs_dropout_prob hidden_act hidden_dropout_prob hidden_size initializer_range intermediate_size
    layer_norm_eps max_position_embeddings max_relative_positions norm_rel_ebd num_attention_heads
    num_hidden_layers pad_token_id pooler_dropout pooler_hidden_act pooler_hidden_size pos_att_type
    position_biased_input position_buckets relative_attention share_att_key type_vocab_size
    """,
    "distilbert": """
    activation attention_dropout dim dropout hidden_dim initializer_range max_position_embeddings n_heads n_layers
    qa_dropout seq_classif_dropout sinusoidal_pos_embds
    """,
    "electra": """
    attention_probs_dropout_prob classifier_dropout embedding_size hidden_act hidden_dropout_prob hidden_size
    initializer_range intermediate_size layer_norm_eps max_position_embeddings num_attention_heads
    num_hidden_layers position_embedding_type type_vocab_size
    """,
    "flaubert": """
    asm attention_dropout bos_index causal dropout emb_dim embed_init_std eos_index gelu_activation init_std
    is_encoder lang_id layer_norm_eps layerdrop mask_index mask_token_id max_position_embeddings n_head n_heads
    n_langs n_layer n_layers pad_index pre_norm sinusoidal_embeddings unk_index use_lang_emb
    """,
    "gpt": """
    afn attn_pdrop embd_pdrop initializer_range layer_norm_epsilon n_ctx n_embd n_head n_layer n_positions
    resid_pdrop
    """,
    "gpt2": """
    activation_function attn_pdrop embd_pdrop initializer_range layer_norm_epsilon n_ctx n_embd n_head n_inner
    n_layer n_positions resid_pdrop scale_attn_weights
    """,
    "longformer": "attention_window max_position_embeddings sep_token_id type_vocab_size",
    "mt5": """
    d_ff d_kv d_model decoder_start_token_id dropout_rate eos_token_id feed_forward_proj initializer_factor
    is_encoder_decoder layer_norm_epsilon num_decoder_layers num_heads num_layers pad_token_id
    relative_attention_num_buckets tie_word_embeddings tokenizer_class use_cache
    """,
    "roberta": "bos_token_id eos_token_id pad_token_id",
    "t5": """
    d_ff d_kv d_model dropout_rate feed_forward_proj initializer_factor layer_norm_eps num_decoder_layers
    num_heads num_layers relative_attention_num_buckets
    """,
    "transformer_xl": """
    adaptive attn_type clamp_len cutoffs d_embed d_head d_inner d_model div_val dropatt dropout eos_token_id init
    init_range init_std layer_norm_epsilon mem_len n_head n_layer pre_lnorm proj_init_std proj_share_all_but_first
    same_length sample_softmax untie_r
    """,
    "xlm": """
    asm attention_dropout bos_index bos_token_id causal dropout emb_dim embed_init_std end_n_top eos_index
    gelu_activation init_std is_encoder lang_id layer_norm_eps mask_index mask_token_id max_position_embeddings
    n_heads n_langs n_layers pad_index pad_token_id sinusoidal_embeddings start_n_top unk_index use_lang_emb
    """,
    "xlmroberta": """
    add_pooling_layer bos_token_id eos_token_id max_position_embeddings pad_token_id type_vocab_size
    """,
    "xlnet": """
    attn_type bi_data bos_token_id clamp_len d_inner d_model dropout end_n_top eos_token_id ff_activation
    initializer_range layer_norm_eps mem_len n_head n_layer pad_token_id reuse_len same_length start_n_top
    summary_activation summary_last_dropout summary_type summary_use_proj untie_r use_mems_eval use_mems_train
    """,
  ]

  /// The keys of every text model.
  private static let textModel = keys(
    """
    adapter max_sequence_length num_tokens pretrained_kwargs pretrained_model_name_or_path reduce_output
    saved_weights_in_checkpoint skip trainable use_pretrained vocab vocab_size
    """
  )

  /// Image models by their names in torchvision.
  private static let imageModels = keys(
    """
    alexnet convnext densenet efficientnet googlenet inceptionv3 maxvit mnasnet mobilenetv2 mobilenetv3 regnet
    resnext shufflenet_v2 squeezenet swin_transformer vgg wide_resnet
    """
  )

  /// The keys of every image model.
  private static let imageModel = keys(
    "model_cache_dir model_variant saved_weights_in_checkpoint skip trainable use_pretrained"
  )

  /// Keys that some encoder has had since 0.2, when they stood on the feature itself.
  static let flatEncoder = keys(
    """
    activation activation_function activity_regularizer adapter adaptive add_pooling_layer afn asm attention_dropout
    attention_probs_dropout_prob attention_window attn_pdrop attn_type avg_pool base_model batch_norm_epsilon
    batch_norm_momentum bi_data bias_initializer bias_regularizer bidirectional bos_index bos_token_id causal
    cell_type channel_dim checkpoint_path clamp_len classifier_dropout classifier_dropout_prob config_path
    conv_activation conv_activity_regularizer conv_bias conv_bias_initializer conv_bias_regularizer conv_dropout
    conv_layers conv_norm conv_norm_params conv_stride conv_use_bias conv_weights_initializer
    conv_weights_regularizer cutoffs d_embed d_ff d_head d_inner d_kv d_model decoder_start_token_id dff dilation
    dilation_rate dim div_val do_lower_case dropatt dropout dropout_rate emb_dim embd_pdrop embed_init_std
    embed_size embedding_initializer embedding_regularizer embedding_size embeddings_on_cpu embeddings_trainable
    encoding_size end_n_top eos_index eos_token_id fc_activation fc_activity_regularizer fc_bias_initializer
    fc_bias_regularizer fc_dropout fc_layers fc_norm fc_norm_params fc_size fc_use_bias fc_weights_initializer
    fc_weights_regularizer feed_forward_proj ff_activation filter_size first_pool_kernel_size first_pool_size
    first_pool_stride force_embedding_size gelu_activation gradient_checkpointing groups height hidden_act
    hidden_dim hidden_dropout_prob hidden_size init init_range init_std initializer initializer_factor
    initializer_range inner_group_num input_size intermediate_size is_encoder is_encoder_decoder kernel_size lang_id
    layer_norm_eps layer_norm_epsilon layerdrop layers mask_index mask_token_id max_position_embeddings
    max_relative_positions max_sequence_length mem_len model_cache_dir model_parameters model_variant n_ctx n_embd
    n_head n_heads n_inner n_langs n_layer n_layers n_positions norm norm_params norm_rel_ebd num_attention_heads
    num_channels num_conv_layers num_decoder_layers num_fc_layers num_filters num_heads num_hidden_groups
    num_hidden_layers num_layers num_rec_layers num_stacked_layers num_tokens out_channels output_size pad_index
    pad_token_id padding padding_mode patch_size pool_dilation pool_function pool_kernel_size pool_padding pool_size
    pool_stride pool_strides pooler_dropout pooler_hidden_act pooler_hidden_size pos_att_type position_biased_input
    position_buckets position_embedding_type pre_lnorm pre_norm pretrained_embeddings pretrained_kwargs
    pretrained_model pretrained_model_name_or_path proj_init_std proj_share_all_but_first qa_dropout quantization
    recurrent_activation recurrent_dropout recurrent_initializer recurrent_regularizer reduce_output regularize
    relative_attention relative_attention_num_buckets representation resid_pdrop resnet_size reuse_len same_length
    sample_softmax saved_weights_in_checkpoint scale_attn_weights sep_token_id seq_classif_dropout share_att_key
    should_embed should_softmax sinusoidal_embeddings sinusoidal_pos_embds skip stacked_layers start_n_top
    state_size str2idf stride strides summary_activation summary_last_dropout summary_type summary_use_proj
    tie_word_embeddings token_size tokenizer_class trainable transformer_fc_size transformer_output_size
    type_vocab_size unit_forget_bias unk_index untie_r use_bias use_cache use_lang_emb use_mems_eval use_mems_train
    use_pretrained vocab vocab_size weights_initializer weights_regularizer width
    """
  )
}
