extension LudwigDefaults {
  /// The encoders; `type.encoder` where feature types have different ones of one name.
  static let encoders = DefaultTable(
    """
    _resnet_legacy: dropout=0 activation=relu height=null width=null resnet_size=50 num_channels=null
      out_channels=32 kernel_size=3 conv_stride=1 first_pool_kernel_size=null first_pool_stride=null
      batch_norm_momentum=0.9 batch_norm_epsilon=0.001 use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform output_size=128 norm=null norm_params=null num_fc_layers=1 fc_layers=null
    _vit_legacy: height=null width=null num_hidden_layers=12 hidden_size=768 hidden_act=gelu
      hidden_dropout_prob=0.1 num_attention_heads=12 attention_probs_dropout_prob=0.1 intermediate_size=3072
      initializer_range=0.02 layer_norm_eps=1e-12 gradient_checkpointing=false patch_size=16 trainable=true
      use_pretrained=true pretrained_model=google/vit-base-patch16-224
    alexnet: use_pretrained=true model_cache_dir=null trainable=true model_variant=base
    bag.embed: dropout=0 activation=relu vocab=null representation=dense embedding_size=50
      force_embedding_size=false embeddings_on_cpu=false embeddings_trainable=true pretrained_embeddings=null
      use_bias=true bias_initializer=zeros weights_initializer=xavier_uniform output_size=10 norm=null
      norm_params=null num_fc_layers=0 fc_layers=null
    category.dense: dropout=0 vocab=null embedding_initializer=null embedding_size=50 embeddings_on_cpu=false
      embeddings_trainable=true pretrained_embeddings=null
    category.passthrough:
    cnnrnn: dropout=0 recurrent_dropout=0 conv_dropout=0 activation=tanh recurrent_activation=sigmoid
      conv_activation=relu max_sequence_length=null representation=dense vocab=null cell_type=rnn
      num_conv_layers=null conv_layers=null num_filters=256 filter_size=5 pool_function=max pool_size=null
      strides=1 padding=same dilation_rate=1 pool_strides=null pool_padding=same num_rec_layers=1 state_size=256
      bidirectional=false unit_forget_bias=true recurrent_initializer=orthogonal use_bias=true
      bias_initializer=zeros weights_initializer=xavier_uniform should_embed=true embedding_size=256
      embeddings_on_cpu=false embeddings_trainable=true pretrained_embeddings=null reduce_output=last
      output_size=256 norm=null norm_params=null num_fc_layers=0 fc_activation=relu fc_dropout=0 fc_layers=null
    convnext: use_pretrained=true model_cache_dir=null trainable=true model_variant=base
    date.embed: dropout=0 activation=relu use_bias=true bias_initializer=zeros weights_initializer=xavier_uniform
      embedding_size=10 embeddings_on_cpu=false output_size=10 norm=null norm_params=null num_fc_layers=0
      fc_layers=null
    dense: dropout=0 activation=relu output_size=256 use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform norm=null norm_params=null num_layers=1 fc_layers=null
    densenet: use_pretrained=true model_cache_dir=null trainable=true model_variant=121
    efficientnet: use_pretrained=true model_cache_dir=null trainable=true model_variant=b0
    embed: dropout=0 max_sequence_length=null representation=dense vocab=null weights_initializer=uniform
      reduce_output=sum embedding_size=256 embeddings_on_cpu=false embeddings_trainable=true
      pretrained_embeddings=null
    googlenet: use_pretrained=true model_cache_dir=null trainable=true model_variant=base
    h3.embed: dropout=0 activation=relu use_bias=true bias_initializer=zeros weights_initializer=xavier_uniform
      embedding_size=10 embeddings_on_cpu=false reduce_output=sum output_size=10 norm=null norm_params=null
      num_fc_layers=0 fc_layers=null
    h3.rnn: dropout=0 recurrent_dropout=0 activation=tanh recurrent_activation=sigmoid cell_type=rnn num_layers=1
      hidden_size=10 use_bias=true unit_forget_bias=true bias_initializer=zeros weights_initializer=xavier_uniform
      recurrent_initializer=orthogonal reduce_output=last embedding_size=10 embeddings_on_cpu=false
      bidirectional=false
    image.stacked_cnn: conv_dropout=0 conv_activation=relu height=null width=null num_channels=null
      out_channels=32 kernel_size=3 stride=1 padding_mode=zeros padding=valid dilation=1 groups=1
      pool_function=max pool_kernel_size=2 pool_stride=null pool_padding=0 pool_dilation=1 output_size=128
      conv_use_bias=true conv_norm=null conv_norm_params=null num_conv_layers=null conv_layers=null fc_dropout=0
      fc_activation=relu fc_use_bias=true fc_bias_initializer=zeros fc_weights_initializer=xavier_uniform
      fc_norm=null fc_norm_params=null num_fc_layers=1 fc_layers=null
    inceptionv3: use_pretrained=true model_cache_dir=null trainable=true model_variant=base
    llm: base_model=null max_sequence_length=null adapter=null quantization model_parameters
    maxvit: use_pretrained=true model_cache_dir=null trainable=true model_variant=t
    mlp_mixer: dropout=0 height=null width=null num_channels=null patch_size=16 embed_size=512 token_size=2048
      channel_dim=256 num_layers=8 avg_pool=true
    mnasnet: use_pretrained=true model_cache_dir=null trainable=true model_variant=0_5
    mobilenetv2: use_pretrained=true model_cache_dir=null trainable=true model_variant=base
    mobilenetv3: use_pretrained=true model_cache_dir=null trainable=true model_variant=small
    onehot: vocab=null
    parallel_cnn: dropout=0 activation=relu max_sequence_length=null representation=dense vocab=null use_bias=true
      bias_initializer=zeros weights_initializer=xavier_uniform should_embed=true embedding_size=256
      embeddings_on_cpu=false embeddings_trainable=true pretrained_embeddings=null reduce_output=sum
      num_conv_layers=null conv_layers=null num_filters=256 filter_size=3 pool_function=max pool_size=null
      output_size=256 norm=null norm_params=null num_fc_layers=null fc_layers=null
    passthrough:
    regnet: use_pretrained=true model_cache_dir=null trainable=true model_variant=x_1_6gf
    resnet: use_pretrained=true model_cache_dir=null trainable=true model_variant=50
    resnext: use_pretrained=true model_cache_dir=null trainable=true model_variant=50_32x4d
    rnn: dropout=0 recurrent_dropout=0 activation=tanh recurrent_activation=sigmoid max_sequence_length=null
      representation=dense vocab=null cell_type=rnn num_layers=1 state_size=256 bidirectional=false
      unit_forget_bias=true recurrent_initializer=orthogonal use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform should_embed=true embedding_size=256 embeddings_on_cpu=false
      embeddings_trainable=true pretrained_embeddings=null reduce_output=last output_size=256 norm=null
      norm_params=null num_fc_layers=0 fc_activation=relu fc_dropout=0 fc_layers=null
    set.embed: dropout=0 activation=relu representation=dense vocab=null use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform embedding_size=50 embeddings_on_cpu=false embeddings_trainable=true
      pretrained_embeddings=null output_size=10 norm=null norm_params=null num_fc_layers=0 fc_layers=null
    shufflenet_v2: use_pretrained=true model_cache_dir=null trainable=true model_variant=x0_5
    sparse: dropout=0 vocab=null embedding_initializer=null embeddings_on_cpu=false embeddings_trainable=false
      pretrained_embeddings=null
    squeezenet: use_pretrained=true model_cache_dir=null trainable=true model_variant=1_0
    stacked_cnn: dropout=0 activation=relu max_sequence_length=null representation=dense vocab=null
      num_conv_layers=null conv_layers=null num_filters=256 filter_size=3 pool_function=max pool_size=null
      strides=1 padding=same dilation_rate=1 pool_strides=null pool_padding=same use_bias=true
      bias_initializer=zeros weights_initializer=xavier_uniform should_embed=true embedding_size=256
      embeddings_on_cpu=false embeddings_trainable=true pretrained_embeddings=null reduce_output=sum
      output_size=256 norm=null norm_params=null num_fc_layers=null fc_layers=null
    stacked_parallel_cnn: dropout=0 activation=relu max_sequence_length=null representation=dense vocab=null
      num_stacked_layers=null stacked_layers=null num_filters=256 filter_size=3 pool_function=max pool_size=null
      use_bias=true bias_initializer=zeros weights_initializer=xavier_uniform should_embed=true embedding_size=256
      embeddings_on_cpu=false embeddings_trainable=true pretrained_embeddings=null reduce_output=sum
      output_size=256 norm=null norm_params=null num_fc_layers=null fc_layers=null
    swin_transformer: use_pretrained=true model_cache_dir=null trainable=true model_variant=t
    text.passthrough:
    tf_idf: max_sequence_length=null str2idf=null vocab=null vocab_size=null
    timeseries.passthrough: max_sequence_length=null encoding_size=null reduce_output=null
    transformer: dropout=0.1 max_sequence_length=null representation=dense vocab=null num_layers=1 hidden_size=256
      num_heads=8 transformer_output_size=256 use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform should_embed=true embedding_size=256 embeddings_on_cpu=false
      embeddings_trainable=true pretrained_embeddings=null reduce_output=last output_size=256 norm=null
      norm_params=null num_fc_layers=0 fc_activation=relu fc_dropout=0 fc_layers=null
    unet: height=null width=null num_channels=null conv_norm=batch
    vgg: use_pretrained=true model_cache_dir=null trainable=true model_variant=11
    vit: use_pretrained=true model_cache_dir=null trainable=true model_variant=b_16
    wave: dropout=0 activation=relu use_bias=true bias_initializer=zeros weights_initializer=xavier_uniform
      output_size=10 norm=null norm_params=null num_fc_layers=1 fc_layers=null
    weighted_sum: dropout=0 activation=relu use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform embedding_size=10 embeddings_on_cpu=false should_softmax=false
      output_size=10 norm=null norm_params=null num_fc_layers=0 fc_layers=null
    wide_resnet: use_pretrained=true model_cache_dir=null trainable=true model_variant=50_2
    """
  )

  /// The text models by their names at Hugging Face.
  static let textModels = DefaultTable(
    """
    albert: trainable=false use_pretrained=true pretrained_model_name_or_path=albert-base-v2
      reduce_output=cls_pooled max_sequence_length=null adapter=null vocab=null vocab_size=30000
      embedding_size=128 hidden_size=768 num_hidden_layers=12 num_hidden_groups=1 num_attention_heads=12
      intermediate_size=3072 inner_group_num=1 hidden_act=gelu_new hidden_dropout_prob=0
      attention_probs_dropout_prob=0 max_position_embeddings=512 type_vocab_size=2 initializer_range=0.02
      layer_norm_eps=1e-12 classifier_dropout_prob=0.1 position_embedding_type=absolute pad_token_id=0
      bos_token_id=2 eos_token_id=3 pretrained_kwargs=null
    auto_transformer: trainable=false use_pretrained pretrained_model_name_or_path=null reduce_output=sum
      max_sequence_length=null adapter=null vocab=null vocab_size=null pretrained_kwargs=null
    bert: trainable=false use_pretrained=true pretrained_model_name_or_path=bert-base-uncased
      reduce_output=cls_pooled max_sequence_length=null adapter=null vocab=null vocab_size=30522 hidden_size=768
      num_hidden_layers=12 num_attention_heads=12 intermediate_size=3072 hidden_act=gelu hidden_dropout_prob=0.1
      attention_probs_dropout_prob=0.1 max_position_embeddings=512 type_vocab_size=2 initializer_range=0.02
      layer_norm_eps=1e-12 pad_token_id=0 gradient_checkpointing=false position_embedding_type=absolute
      classifier_dropout=null pretrained_kwargs=null
    camembert: trainable=false use_pretrained=true pretrained_model_name_or_path=camembert-base reduce_output=sum
      max_sequence_length=null adapter=null vocab=null vocab_size=32005 hidden_size=768 num_hidden_layers=12
      num_attention_heads=12 intermediate_size=3072 hidden_act=gelu hidden_dropout_prob=0.1
      attention_probs_dropout_prob=0.1 max_position_embeddings=514 type_vocab_size=1 initializer_range=0.02
      layer_norm_eps=1e-05 pad_token_id=1 gradient_checkpointing=false position_embedding_type=absolute
      classifier_dropout=null pretrained_kwargs=null
    deberta: vocab_size=null hidden_size=1536 num_hidden_layers=24 num_attention_heads=24 intermediate_size=6144
      hidden_act=gelu hidden_dropout_prob=0.1 attention_probs_dropout_prob=0.1 max_position_embeddings=512
      type_vocab_size=0 initializer_range=0.02 layer_norm_eps=1e-12 relative_attention=true
      max_relative_positions=-1 pad_token_id=0 position_biased_input=false pos_att_type=[p2c,c2p]
      pooler_hidden_size=1536 pooler_dropout=0 pooler_hidden_act=gelu position_buckets=256 share_att_key=true
      norm_rel_ebd=layer_norm trainable=false use_pretrained=true
      pretrained_model_name_or_path=sileod/deberta-v3-base-tasksource-nli reduce_output=sum adapter=null
      pretrained_kwargs=null max_sequence_length=null
    distilbert: trainable=false use_pretrained=true pretrained_model_name_or_path=distilbert-base-uncased
      reduce_output=sum max_sequence_length=null adapter=null vocab=null vocab_size=30522 dropout=0.1
      max_position_embeddings=512 sinusoidal_pos_embds=false n_layers=6 n_heads=12 dim=768 hidden_dim=3072
      attention_dropout=0.1 activation=gelu initializer_range=0.02 qa_dropout=0.1 seq_classif_dropout=0.2
      pretrained_kwargs=null
    electra: trainable=false use_pretrained=true pretrained_model_name_or_path=google/electra-small-discriminator
      reduce_output=sum max_sequence_length=null adapter=null vocab=null vocab_size=30522 embedding_size=128
      hidden_size=256 num_hidden_layers=12 num_attention_heads=4 intermediate_size=1024 hidden_act=gelu
      hidden_dropout_prob=0.1 attention_probs_dropout_prob=0.1 max_position_embeddings=512 type_vocab_size=2
      initializer_range=0.02 layer_norm_eps=1e-12 position_embedding_type=absolute classifier_dropout=null
      pretrained_kwargs=null
    flaubert: trainable=false use_pretrained=true pretrained_model_name_or_path=flaubert/flaubert_small_cased
      reduce_output=sum max_sequence_length=null adapter=null vocab=null vocab_size=30145 pre_norm=true
      layerdrop=0.2 emb_dim=512 n_layers=6 n_heads=8 dropout=0.1 attention_dropout=0.1 gelu_activation=true
      sinusoidal_embeddings=false causal=false asm=false n_langs=1 use_lang_emb=true max_position_embeddings=512
      embed_init_std init_std=0.02 layer_norm_eps=1e-06 bos_index=0 eos_index=1 pad_index=2 unk_index=3
      mask_index=5 is_encoder=true mask_token_id=0 lang_id=0 pretrained_kwargs=null
    gpt: trainable=false use_pretrained=true pretrained_model_name_or_path=openai-gpt reduce_output=sum
      max_sequence_length=null adapter=null vocab=null vocab_size=30522 n_positions=40478 n_ctx=512 n_embd=768
      n_layer=12 n_head=12 afn=gelu resid_pdrop=0.1 embd_pdrop=0.1 attn_pdrop=0.1 layer_norm_epsilon=1e-05
      initializer_range=0.02 pretrained_kwargs=null
    gpt2: trainable=false use_pretrained=true pretrained_model_name_or_path=gpt2 reduce_output=sum
      max_sequence_length=null adapter=null vocab=null vocab_size=50257 n_positions=1024 n_ctx=1024 n_embd=768
      n_layer=12 n_head=12 n_inner=null activation_function=gelu_new resid_pdrop=0.1 embd_pdrop=0.1 attn_pdrop=0.1
      layer_norm_epsilon=1e-05 initializer_range=0.02 scale_attn_weights=true pretrained_kwargs=null
    longformer: trainable=false use_pretrained=true pretrained_model_name_or_path=allenai/longformer-base-4096
      reduce_output=cls_pooled max_sequence_length=null attention_window=512 sep_token_id=2 adapter=null
      vocab=null vocab_size=50265 max_position_embeddings=4098 type_vocab_size=1 pretrained_kwargs=null
    roberta: trainable=false use_pretrained=true pretrained_model_name_or_path=roberta-base
      reduce_output=cls_pooled max_sequence_length=null adapter=null vocab=null vocab_size=null pad_token_id=1
      bos_token_id=0 eos_token_id=2 pretrained_kwargs=null
    t5: trainable=false use_pretrained=true pretrained_model_name_or_path=t5-small reduce_output=sum
      max_sequence_length=null adapter=null vocab=null vocab_size=32128 d_model=512 d_kv=64 d_ff=2048 num_layers=6
      num_decoder_layers=6 num_heads=8 relative_attention_num_buckets=32 dropout_rate=0.1 layer_norm_eps=1e-06
      initializer_factor=1 feed_forward_proj=relu pretrained_kwargs=null
    transformer_xl: trainable=false use_pretrained=true pretrained_model_name_or_path=transfo-xl-wt103
      reduce_output=sum max_sequence_length=null adapter=null vocab=null vocab_size=267735
      cutoffs=[20000,40000,200000] d_model=1024 d_embed=1024 n_head=16 d_head=64 d_inner=4096 div_val=4
      pre_lnorm=false n_layer=18 mem_len=1600 clamp_len=1000 same_length=true proj_share_all_but_first=true
      attn_type=0 sample_softmax=-1 adaptive=true dropout=0.1 dropatt=0 untie_r=true init=normal init_range=0.01
      proj_init_std=0.01 init_std=0.02 layer_norm_epsilon=1e-05 eos_token_id=0 pretrained_kwargs=null
    xlmroberta: trainable=false use_pretrained=true pretrained_model_name_or_path=xlm-roberta-base
      reduce_output=cls_pooled max_sequence_length=null adapter=null vocab=null vocab_size=null pad_token_id=1
      bos_token_id=0 eos_token_id=2 max_position_embeddings=514 type_vocab_size=1 add_pooling_layer=true
      pretrained_kwargs=null
    xlnet: trainable=false use_pretrained=true pretrained_model_name_or_path=xlnet-base-cased reduce_output=sum
      max_sequence_length=null adapter=null vocab=null vocab_size=32000 d_model=768 n_layer=12 n_head=12
      d_inner=3072 ff_activation=gelu untie_r=true attn_type=bi initializer_range=0.02 layer_norm_eps=1e-12
      dropout=0.1 mem_len=null reuse_len=null use_mems_eval=true use_mems_train=false bi_data=false clamp_len=-1
      same_length=false summary_type=last summary_use_proj=true summary_activation=tanh summary_last_dropout=0.1
      start_n_top=5 end_n_top=5 pad_token_id=5 bos_token_id=1 eos_token_id=2 pretrained_kwargs=null
    """
  )
}
