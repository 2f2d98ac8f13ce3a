import Experiment

/// The keys of encoders, combiners and decoders, which mean the same in all of them.
extension LudwigGuide {
  static let modules = KeyTable(
    nil,
    """
    type | text | | which one it is; its other keys depend on it
    dropout | number | share from 0 to 1 | the share of values that is dropped while training
    activation | :activations null | | the activation behind each layer
    num_fc_layers | integer | layers | how many fully connected layers there are, each of output_size
    output_size | integer | elements | the number of units of each fully connected layer, and so the width of what \
    comes out
    fc_size ! output_size
    fc_layers | list null | | the fully connected layers one by one; num_fc_layers and output_size say less
    fc_activation | :activations | | the activation behind each fully connected layer
    fc_dropout | number | share from 0 to 1 | the share of values that is dropped behind each fully connected layer
    fc_output_size | integer | elements | the number of units of each fully connected layer
    fc_use_bias | boolean | | whether fully connected layers add a learned offset
    fc_weights_initializer | :initializers mapping | | how the weights of fully connected layers start
    fc_bias_initializer | :initializers mapping | | how the bias of fully connected layers starts
    fc_norm | (batch layer ghost) null | | the normalisation in each fully connected layer
    fc_norm_params | mapping null | | the settings of that normalisation
    fc_residual | boolean | | whether fully connected layers have skip connections
    fc_weights_regularizer ! | text | | the penalty on the weights of fully connected layers, in old releases
    fc_bias_regularizer ! | text | | the penalty on the bias of fully connected layers, in old releases
    fc_activity_regularizer ! | text | | the penalty on what fully connected layers give, in old releases
    use_bias | boolean | | whether layers add a learned offset
    weights_initializer | :initializers mapping | | how the weights start
    kernel_initializer ! weights_initializer
    initializer ! weights_initializer
    bias_initializer | :initializers mapping | | how the bias starts
    weights_regularizer ! | text | | the penalty on the weights, in old releases
    kernel_regularizer ! weights_regularizer
    bias_regularizer ! | text | | the penalty on the bias, in old releases
    activity_regularizer ! | text | | the penalty on what a layer gives, in old releases
    regularize ! | boolean | | whether the weights are penalised, in old releases
    norm | (batch layer ghost) null | | the normalisation in each layer
    norm_params | mapping null | | the settings of the normalisation
    residual | boolean | | whether fully connected layers have skip connections
    input_size | integer | elements | the width of what comes in; Ludwig fills it in itself
    input_rank | integer | axes | the number of axes of what comes in
    flatten_inputs | boolean | | whether inputs with several axes are made vectors first
    batch_ensemble | boolean | | whether the layers are an ensemble that shares weights
    num_ensemble_members | integer | members | the members of that ensemble
    projection_size | integer | elements | the width to which each input is projected before they are joined
    entity_1 | list | | the inputs of the first thing that is compared
    entity_2 | list | | the inputs of the second thing that is compared
    main_sequence_feature | :inputs null | | the sequence to whose steps the other inputs are joined
    encoder | mapping | | the encoder of the joined sequence
    reduce_output | (sum mean avg max concat last attention) null | | how a sequence is reduced to a vector; null \
    keeps it
    reduce_input | (sum mean avg max concat last) null | | how a sequence that comes in is reduced to a vector
    num_layers | integer | layers | how many layers there are
    layers ! fc_layers
    num_heads | integer | heads | the heads of each attention
    hidden_size | integer | elements | the width inside the stack
    transformer_output_size | integer | elements | the width of the layer behind the attention of a block
    transformer_fc_size ! transformer_output_size
    embed_input_feature_name | integer text null | | how the name of an input is joined to it: add, or the width of \
    its embedding
    size | integer | elements | the width of TabNet's hidden layers
    num_steps | integer | steps | how many times TabNet attends and transforms
    num_total_blocks | integer | blocks | the feature transformer blocks of each step
    num_shared_blocks | integer | blocks | how many of them all steps share
    relaxation_factor | number | | how often a feature may be used over the steps; 1 is once
    bn_epsilon | number | | what batch normalisation adds to a variance
    bn_momentum | number | share from 0 to 1 | how much of each batch batch normalisation's statistics take up
    bn_virtual_bs | integer null | examples | the size of the parts of a batch that are normalised each by itself
    sparsity | number | factor | the weight of the loss that makes TabNet look at few features
    entmax_mode | (entmax15 sparsemax constant adaptive) | | how TabNet chooses features
    entmax_alpha | number | from 1 to 2 | between softmax (1) and sparsemax (2), for the modes constant and adaptive
    vocab | list null | | the words or categories; Ludwig fills them in itself
    vocab_size | integer null | words | how many words there are; Ludwig fills it in itself
    vocab_file | text | | the path of a file with the vocabulary
    embedding_size | integer | elements | the width of the embedding
    embedding_initializer | :initializers mapping null | | how the embedding starts
    embedding_regularizer ! | text | | the penalty on the embedding, in old releases
    embeddings_on_cpu | boolean | | whether the embedding lies in main memory instead of the accelerator's
    embeddings_trainable | boolean | | whether the embedding is trained
    pretrained_embeddings | text null | | the path of a file with embeddings to start from, in GloVe's format
    force_embedding_size | boolean | | whether embedding_size counts even where there are fewer categories
    representation | (dense sparse) | | dense learns a vector for each id, sparse is one-hot
    should_embed | boolean | | whether the sequence holds ids that are to be embedded
    should_softmax | boolean | | whether the weights of the sum go through a softmax
    max_sequence_length | integer null | tokens | the longest sequence; Ludwig fills it in itself
    encoding_size | integer null | elements | the width of each step
    conv_layers | list null | | the convolution layers one by one
    num_conv_layers | integer null | layers | how many convolution layers there are
    stacked_layers | list null | | the layers of the stack one by one, each a list of parallel convolutions
    num_stacked_layers | integer null | layers | how many layers of parallel convolutions there are
    num_filters | integer | filters | the filters of each convolution
    filter_size | integer | steps | how many steps a filter looks at
    out_channels | integer | filters | the filters of each convolution
    kernel_size | integer list | pixels | the filter's height and width
    stride | integer list | pixels | the step of a filter
    strides | integer | steps | the step of a filter
    padding | (same valid) integer list | | what happens at the edges
    padding_mode | (zeros reflect replicate circular) | | what is put beyond the edges
    dilation | integer list | pixels | the distance between the places that a filter looks at
    dilation_rate | integer | steps | the distance between the places that a filter looks at
    groups | integer | groups | in how many groups channels are convolved
    pool_function | (max average avg mean) | | how a window is reduced to one value
    pool_size | integer null | steps | the window of the pooling
    pool_strides | integer null | steps | the step of the pooling
    pool_padding | (same valid) integer | | what happens at the pooling's edges
    pool_kernel_size | integer list | pixels | the window of the pooling
    pool_stride | integer list | pixels | the step of the pooling
    pool_dilation | integer list | pixels | the distance between the places of the pooling's window
    conv_activation | :activations | | the activation behind each convolution
    conv_dropout | number | share from 0 to 1 | the share of values that is dropped behind each convolution
    conv_norm | (batch layer) null | | the normalisation behind each convolution
    conv_norm_params | mapping null | | the settings of that normalisation
    conv_use_bias | boolean | | whether convolutions add a learned offset
    conv_bias ! conv_use_bias
    conv_stride | integer list | pixels | the step of the first convolution
    conv_weights_initializer | :initializers mapping | | how the weights of convolutions start
    conv_bias_initializer | :initializers mapping | | how the bias of convolutions starts
    conv_weights_regularizer ! | text | | the penalty on the weights of convolutions, in old releases
    conv_bias_regularizer ! | text | | the penalty on the bias of convolutions, in old releases
    conv_activity_regularizer ! | text | | the penalty on what convolutions give, in old releases
    num_rec_layers | integer | layers | how many recurrent layers there are
    cell_type | (rnn lstm gru) | | the recurrent cell
    state_size | integer | elements | the width of the recurrent state
    bidirectional | boolean | | whether the sequence is read in both directions
    recurrent_activation | :activations | | the activation of the gates
    recurrent_dropout | number | share from 0 to 1 | the share of the recurrent state that is dropped while training
    recurrent_initializer | :initializers | | how the recurrent weights start
    recurrent_regularizer ! | text | | the penalty on the recurrent weights, in old releases
    unit_forget_bias | boolean | | whether the forget gate starts with bias 1
    height | integer null | pixels | the height of images; Ludwig fills it in itself
    width | integer null | pixels | the width of images; Ludwig fills it in itself
    num_channels | integer null | channels | the channels of images; Ludwig fills them in itself
    resnet_size | integer | layers | the depth of the ResNet: 18, 34, 50, 101, ...
    first_pool_kernel_size | integer list | pixels | the window of the first pooling
    first_pool_size ! first_pool_kernel_size
    first_pool_stride | integer list | pixels | the step of the first pooling
    batch_norm_momentum | number | share from 0 to 1 | the momentum of batch normalisation's statistics
    batch_norm_epsilon | number | | what batch normalisation adds to a variance
    patch_size | integer | pixels | the edge of the patches that an image is cut into
    embed_size | integer | elements | the width of a patch's embedding
    token_size | integer | elements | the hidden width of the mixing over patches
    channel_dim | integer | elements | the hidden width of the mixing over channels
    avg_pool | boolean | | whether patches are averaged to one vector at the end
    use_pretrained | boolean | | whether the weights start from an earlier training
    trainable | boolean | | whether the weights are trained further
    model_variant | text integer | | which size of the model
    model_cache_dir | text null | | the folder that pretrained weights are kept in
    saved_weights_in_checkpoint | boolean | | whether the weights lie in the model's checkpoint; Ludwig fills it in \
    itself
    pretrained_model | text | | the pretrained model, by its name at Hugging Face
    skip | boolean | | whether the encoder is left out; Ludwig uses it itself
    base_model | text null | | the language model, by its name at Hugging Face or a path
    adapter | mapping null | | a small set of weights that is trained in place of the model's own, such as lora
    quantization | mapping null | | in how many bits the model's weights are held
    model_parameters | mapping | | settings of the language model itself
    str2idf | mapping null | | the rarity of each word; Ludwig fills it in itself
    num_classes | integer null | classes | the number of classes; Ludwig fills it in itself
    calibration | boolean | | whether probabilities are scaled by a temperature that validation data give
    mc_dropout_samples | integer | passes | how many passes with dropout a prediction is the mean of
    multiplier | number | factor | what the activated output is multiplied by
    clip | list null | | the two bounds that predictions are cut to
    vector_size | integer | elements | the vector's width
    beam_width | integer | sequences | how many sequences the search for the best one keeps
    attention | boolean | | whether the decoder looks back at the input
    attention_mechanism ! attention
    tied_embeddings ! | text | | the input whose embedding the decoder shares, in old releases
    is_timeseries ! | boolean | | whether the sequence is a series of numbers, in old releases
    use_attention | boolean | | whether a self-attention stands before the prediction
    attention_embedding_size | integer | elements | the width of that attention
    attention_num_heads | integer | heads | the heads of that attention
    max_new_tokens | integer null | tokens | the most tokens that are generated
    tokenizer | text | | how a text is cut into tokens
    match | mapping null | | for each label, the words by which the model's answer is taken for it
    str2idx | mapping null | | the index of each label; Ludwig fills it in itself
    fallback_label | text | | the label that is taken where none fits
    """
  )

  static let textModels = KeyTable(
    nil,
    """
    pretrained_model_name_or_path | text null | | the pretrained model, by its name at Hugging Face or a path
    pretrained_kwargs | mapping null | | further settings that the pretrained model is loaded with
    num_tokens | integer | tokens | the number of tokens; Ludwig fills it in itself
    checkpoint_path ! | text | | the path of a BERT checkpoint, up to 0.2
    config_path ! | text | | the path of a BERT configuration, up to 0.2
    do_lower_case ! | boolean | | whether text is made lower case, up to 0.2
    num_hidden_layers | integer | layers | how many transformer layers there are
    num_attention_heads | integer | heads | the heads of each attention
    num_hidden_groups | integer | groups | in how many groups layers share their weights
    inner_group_num | integer | repetitions | how often attention and feed-forward layer are repeated in a group
    intermediate_size | integer | elements | the hidden width of the feed-forward layers
    hidden_act | (gelu relu silu gelu_new) | | the activation of the feed-forward layers
    hidden_dropout_prob | number | share from 0 to 1 | the share of values that is dropped in fully connected layers
    attention_probs_dropout_prob | number | share from 0 to 1 | the share of attention weights that is dropped
    classifier_dropout_prob | number | share from 0 to 1 | the share of values that is dropped before a classifier
    classifier_dropout | number null | share from 0 to 1 | the share of values that is dropped before a classifier
    max_position_embeddings | integer | tokens | the longest sequence that the model has positions for
    type_vocab_size | integer | types | how many kinds of segments there are
    initializer_range | number | | the standard deviation that weights start with
    initializer_factor | number | factor | what the initial weights are multiplied by
    layer_norm_eps | number | | what layer normalisation adds to a variance
    layer_norm_epsilon | number | | what layer normalisation adds to a variance
    gradient_checkpointing | boolean | | whether values are computed again in the backward pass, which saves memory \
    and costs time
    position_embedding_type | (absolute relative_key relative_key_query) | | how positions are told
    pad_token_id | integer | | the id of the token for padding
    bos_token_id | integer | | the id of the token at the start
    eos_token_id | integer | | the id of the token at the end
    sep_token_id | integer | | the id of the token between two texts
    mask_token_id | integer | | the id of the token for what is masked
    decoder_start_token_id | integer | | the id of the token that decoding starts with
    bos_index | integer | | the index of the token at the start
    eos_index | integer | | the index of the token at the end
    pad_index | integer | | the index of the token for padding
    unk_index | integer | | the index of the token for unknown words
    mask_index | integer | | the index of the token for what is masked
    attention_window | integer list | tokens | how far each token looks to both sides
    add_pooling_layer | boolean | | whether a pooling layer stands at the end
    relative_attention | boolean | | whether attention sees how far tokens are apart
    max_relative_positions | integer | tokens | the largest distance that is told apart; -1 is the longest sequence
    position_buckets | integer | buckets | in how many buckets distances are put
    position_biased_input | boolean | | whether positions are added to the embedding too
    pos_att_type | list | | which of content and position attend to which: c2p, p2c
    share_att_key | boolean | | whether layers share the keys of attention
    norm_rel_ebd | text | | how the embeddings of distances are normalised
    pooler_dropout | number | share from 0 to 1 | the share of values that is dropped in the pooler
    pooler_hidden_act | text | | the activation of the pooler
    pooler_hidden_size | integer | elements | the width of the pooler
    n_positions | integer | tokens | the longest sequence that the model has positions for
    n_ctx | integer | tokens | the longest sequence that attention looks at
    n_embd | integer | elements | the width of embeddings and hidden states
    n_layer | integer | layers | how many transformer layers there are
    n_layers | integer | layers | how many transformer layers there are
    n_head | integer | heads | the heads of each attention
    n_heads | integer | heads | the heads of each attention
    n_inner | integer null | elements | the hidden width of the feed-forward layers; null is four times n_embd
    n_langs | integer | languages | how many languages the model knows
    dff | integer | elements | the hidden width of the feed-forward layers
    dim | integer | elements | the width of embeddings and hidden states
    emb_dim | integer | elements | the width of embeddings and hidden states
    hidden_dim | integer | elements | the hidden width of the feed-forward layers
    afn | text | | the activation of the feed-forward layers
    activation_function | text | | the activation of the feed-forward layers
    ff_activation | text | | the activation of the feed-forward layers
    gelu_activation | boolean | | whether the feed-forward layers use gelu instead of relu
    attn_pdrop | number | share from 0 to 1 | the share of attention weights that is dropped
    embd_pdrop | number | share from 0 to 1 | the share of embedding values that is dropped
    resid_pdrop | number | share from 0 to 1 | the share of values that is dropped in fully connected layers
    attention_dropout | number | share from 0 to 1 | the share of attention weights that is dropped
    dropatt | number | share from 0 to 1 | the share of attention weights that is dropped
    dropout_rate | number | share from 0 to 1 | the share of values that is dropped in all dropout layers
    qa_dropout | number | share from 0 to 1 | the share that is dropped in the model for questions
    seq_classif_dropout | number | share from 0 to 1 | the share that is dropped in the model for classification
    layerdrop | number | share from 0 to 1 | how often whole layers are skipped while training
    scale_attn_weights | boolean | | whether attention scores are divided by the root of their width
    sinusoidal_pos_embds | boolean | | whether positions are sines and cosines instead of learned
    sinusoidal_embeddings | boolean | | whether positions are sines and cosines instead of learned
    pre_norm | boolean | | whether normalisation stands before the feed-forward layer instead of behind it
    pre_lnorm | boolean | | whether normalisation stands at a block's input instead of its output
    causal | boolean | | whether a token sees only those before it
    asm | boolean | | whether the prediction is an adaptive softmax
    use_lang_emb | boolean | | whether languages have embeddings
    lang_id | integer | | the id of the language
    is_encoder | boolean | | whether it is an encoder instead of a decoder
    is_encoder_decoder | boolean | | whether it is encoder and decoder
    embed_init_std | number | | the standard deviation that embeddings start with
    init | (normal uniform) | | how weights start
    init_range | number | | the bound of weights that start uniform
    init_std | number | | the standard deviation that weights start with
    proj_init_std | number | | the standard deviation that projections start with
    d_model | integer | elements | the width of embeddings and hidden states
    d_embed | integer | elements | the width of embeddings
    d_head | integer | elements | the width of a head
    d_kv | integer | elements | the width of a head's keys and values
    d_inner | integer | elements | the hidden width of the feed-forward layers
    d_ff | integer | elements | the hidden width of the feed-forward layers
    num_decoder_layers | integer | layers | how many layers the decoder has
    relative_attention_num_buckets | integer | buckets | in how many buckets distances are put
    feed_forward_proj | text | | the kind of feed-forward layer
    tie_word_embeddings | boolean | | whether input and output share their embedding
    tokenizer_class | text | | the class of the tokenizer
    use_cache | boolean | | whether keys and values are kept while generating
    adaptive | boolean | | whether the prediction is an adaptive softmax
    attn_type | integer text | | the kind of attention
    clamp_len | integer | tokens | the distance beyond which all positions are alike; -1 is no bound
    cutoffs | list | words | where the adaptive softmax divides the vocabulary
    div_val | integer | factor | how much narrower the embeddings of each rarer part are
    mem_len | integer null | tokens | how many earlier tokens are remembered
    reuse_len | integer null | tokens | how many tokens of a batch are kept for the next
    same_length | boolean | | whether every token sees equally many others
    sample_softmax | integer | words | how many words a sampled softmax draws; -1 is all
    proj_share_all_but_first | boolean | | whether all projections but the first are shared
    untie_r | boolean | | whether layers have their own bias for distances
    bi_data | boolean | | whether texts are read in both directions
    use_mems_eval | boolean | | whether earlier tokens are remembered while evaluating
    use_mems_train | boolean | | whether earlier tokens are remembered while training
    summary_type | text | | how a sequence is summed up
    summary_use_proj | boolean | | whether a projection follows the summary
    summary_activation | text | | the activation behind the summary
    summary_last_dropout | number | share from 0 to 1 | the share that is dropped behind the summary
    start_n_top | integer | | how many starts of an answer are looked at
    end_n_top | integer | | how many ends of an answer are looked at
    """
  )
}
