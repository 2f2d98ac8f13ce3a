import ConfigSyntax
import Experiment

/// The keys of sections that only some configs have: language models, searches, augmentation.
///
/// Ludwig's check of keys leaves these sections alone, for they grow with every release.
extension LudwigGuide {
  /// The scope of a section of language models, which may stand at the top or in an encoder.
  func languageModel(_ path: [String], _ node: SyntaxNode) -> GuideScope? {
    let defaults = LudwigDefaults.languageModels
    switch path {
    case ["adapter"]:
      let type = node["type"]?.string ?? ""
      return scope("adapter \(type)", Self.adapter, defaults: defaults, type)
    case ["quantization"]: return scope("quantization", Self.quantization, defaults: defaults, "quantization")
    case ["generation"]: return scope("generation", Self.generation, defaults: defaults, "generation")
    case ["prompt"]: return scope("prompt", Self.prompt, defaults: defaults, "prompt")
    case ["prompt", "retrieval"]: return scope("retrieval", Self.retrieval, defaults: defaults, "retrieval")
    case ["model_parameters"]:
      return scope("model_parameters", Self.modelParameters, defaults: defaults, "model_parameters")
    case ["model_parameters", "rope_scaling"]:
      return scope("rope_scaling", Self.ropeScaling, defaults: defaults, "rope_scaling")
    default: return nil
    }
  }

  /// The scope of a part of a hyperparameter search.
  func search(_ path: [String], _ node: SyntaxNode) -> GuideScope? {
    switch path {
    case []: return scope("hyperopt", Self.hyperopt, defaults: LudwigDefaults.sections, "hyperopt")
    case ["executor"]: return scope("executor", Self.executor, defaults: LudwigDefaults.languageModels, "executor")
    case ["parameters"]: return GuideScope(title: "parameters", membersOf: node) { "the values to try for \($0)" }
    default: return path.count == 2 && path[0] == "parameters" ? scope("space of \(path[1])", Self.space) : nil
    }
  }

  static let adapter = KeyTable(
    nil,
    """
    type | (lora adalora ia3) | | the kind of adapter
    r | integer | | the rank of the adapter's matrices: more can learn more, and take more memory
    alpha | integer null | | the scale of what the adapter adds, which is alpha / r | Ludwig 0.11 takes 2 * r
    dropout | number | share from 0 to 1 | the share of values that is dropped in the adapter while training
    target_modules | list null | | the layers that get an adapter, by their names
    bias_type | (none all lora_only) | | which biases are trained too
    use_rslora | boolean | | whether the scale is alpha / sqrt(r), which holds for large ranks
    use_dora | boolean | | whether size and direction of the weights are learned apart
    pretrained_adapter_weights | text null | | the path of an adapter to start from
    postprocessor | mapping | | whether the adapter is merged into the model after training
    target_r | integer | | the mean rank that AdaLoRA ends with
    init_r | integer | | the rank that AdaLoRA starts with
    tinit | integer | optimizer steps | the steps before AdaLoRA begins to cut ranks
    tfinal | integer | optimizer steps | the steps after AdaLoRA has cut ranks
    delta_t | integer | optimizer steps | the steps between two cuts
    beta1 | number | share from 0 to 1 | how much of AdaLoRA's running sensitivity a step keeps
    beta2 | number | share from 0 to 1 | how much of AdaLoRA's running uncertainty a step keeps
    orth_reg_weight | number | factor | the penalty that keeps AdaLoRA's matrices orthogonal
    total_step | integer | optimizer steps | the length of the run that AdaLoRA plans for
    rank_pattern | mapping null | | the rank of each matrix
    feedforward_modules | list null | | the layers whose input is scaled instead of their output, in IA3
    fan_in_fan_out | boolean | | whether the layers hold their weights with the inputs first, as GPT-2 does
    modules_to_save | list null | | further layers that are trained and saved
    init_ia3_weights | boolean | | whether IA3's vectors are initialised
    """
  )

  static let quantization = KeyTable(
    nil,
    """
    bits | integer | bits | in how many bits weights are held: 4 or 8
    bnb_4bit_compute_dtype | (float32 float16 bfloat16) | | the type that products are computed in
    bnb_4bit_quant_type | (nf4 fp4) | | the type that weights of 4 bits have
    bnb_4bit_use_double_quant | boolean | | whether the scales of the weights are held in few bits too
    llm_int8_threshold | number | | the size from which on a value is an outlier, computed in 16 bits
    llm_int8_has_fp16_weight | boolean | | whether the main weights have 16 bits
    """
  )

  static let generation = KeyTable(
    nil,
    """
    temperature | number | | how random the choice of tokens is; small takes the likeliest
    max_new_tokens | integer null | tokens | the most tokens that are generated
    min_new_tokens | integer null | tokens | the fewest tokens that are generated
    max_length | integer | tokens | the most tokens of prompt and answer together
    min_length | integer | tokens | the fewest tokens of prompt and answer together
    do_sample | boolean | | whether tokens are drawn at random instead of always the likeliest taken
    top_k | integer | tokens | how many of the likeliest tokens may be drawn
    top_p | number | share from 0 to 1 | the likeliest tokens that together have this probability may be drawn
    typical_p | number | share from 0 to 1 | as top_p, by how typical tokens are
    num_beams | integer | beams | how many texts the search for the likeliest keeps
    num_beam_groups | integer | groups | in how many groups those texts are kept apart
    early_stopping | boolean | | whether the search ends as soon as it has enough finished texts
    max_time | number null | seconds | the longest that generation takes
    use_cache | boolean | | whether keys and values are kept from token to token
    penalty_alpha | number null | | the weight of the penalty for repetition in contrastive search
    prompt_lookup_num_tokens | integer null | tokens | how many tokens of the prompt are tried as a guess
    epsilon_cutoff | number | | the probability below which tokens are not drawn
    eta_cutoff | number | | as epsilon_cutoff, by how certain the model is
    diversity_penalty | number | | the penalty for tokens that another group of beams has
    repetition_penalty | number | factor | the penalty for tokens that were there before; 1 is none
    encoder_repetition_penalty | number | factor | the penalty for tokens that the input has not; 1 is none
    length_penalty | number | | the power of the length by which scores of beams are divided
    no_repeat_ngram_size | integer | tokens | runs of so many tokens occur once only; 0 is off
    bad_words_ids | list null | | tokens that are never generated
    force_words_ids | list null | | tokens that must be generated
    renormalize_logits | boolean | | whether probabilities are made to add up to 1 again
    forced_bos_token_id | integer null | | the token that is generated first
    forced_eos_token_id | integer list null | | the token that is generated last where max_length is reached
    remove_invalid_values | boolean | | whether infinite and undefined values are taken out
    exponential_decay_length_penalty | list null | | from which token on, and how fast, an end gets likelier
    suppress_tokens | list null | | tokens that are never generated
    begin_suppress_tokens | list null | | tokens that are not generated first
    forced_decoder_ids | list null | | tokens that are generated at given places
    sequence_bias | mapping null | | how much likelier or less likely runs of tokens are made
    guidance_scale | number null | | how strongly the prompt guides the text
    pad_token_id | integer null | | the id of the token for padding
    bos_token_id | integer null | | the id of the token at the start
    eos_token_id | integer list null | | the id of the token at the end
    """
  )

  static let prompt = KeyTable(
    nil,
    """
    template | text null | | the text with the columns of a row in curly brackets
    task | text null | | what the model is to do, where no template says it
    retrieval | mapping | | examples from the data that are put into the prompt
    """
  )

  static let retrieval = KeyTable(
    nil,
    """
    type | (random semantic) null | | how examples are chosen; null is none
    k | integer | examples | how many examples there are
    model_name | text null | | the model whose embeddings tell which examples are near
    index_name | text null | | the name of the index with those embeddings
    """
  )

  static let modelParameters = KeyTable(
    nil,
    """
    rope_scaling | mapping | | how positions are stretched to longer texts
    neftune_noise_alpha | integer | | how much noise is added to embeddings while training; 0 is none
    """
  )

  static let ropeScaling = KeyTable(
    nil,
    """
    rope_type | (linear dynamic) null | | how positions are stretched
    factor | number null | factor | how much longer texts become
    """
  )

  static let executor = KeyTable(
    nil,
    """
    type | (ray) | | what runs the trials
    num_samples | integer null | trials | how many trials there are, for each point of a grid where there is one
    time_budget_s | integer | seconds | how long the whole search may take
    max_concurrent_trials | integer (auto) null | trials | how many trials run at a time
    cpu_resources_per_trial | number | cores | the processor cores of each trial
    gpu_resources_per_trial | number | devices | the accelerators of each trial
    trial_driver_resources | mapping null | | what is set aside for the process that drives a trial
    kubernetes_namespace | text null | | the namespace of the cluster
    scheduler | mapping | | what ends trials early that go badly
    """
  )

  /// The space of a parameter in `hyperopt.parameters`.
  static let space = KeyTable(
    nil,
    """
    space | :spaces | | how values are drawn
    lower | number | | the lowest value
    upper | number | | the highest value
    categories | list | | the values to choose from
    values | list | | the values that are all tried
    mean | number | | the mean of a normal distribution
    sd | number | | the deviation of a normal distribution
    q | number | | values are rounded to multiples of this
    base | number | | the base of the logarithm
    """
  )

  static let augmentation = KeyTable(
    nil,
    """
    type | :augmentations | | how images are varied
    method | (trivial_augment auto_augment rand_augment) | | the automatic way of varying
    degree | integer | degrees | the largest angle to both sides
    kernel_size | integer | pixels | the size of the blur
    min | number | factor | the lowest factor
    max | number | factor | the highest factor
    """
  )

  static let spaces = Glossary(
    """
    choice: one of categories
    grid_search: each of values
    uniform: a number between lower and upper
    quniform: a number between lower and upper, rounded to multiples of q
    loguniform: a number between lower and upper, all magnitudes alike: right for learning rates
    qloguniform: as loguniform, rounded to multiples of q
    randn: a number around mean
    qrandn: a number around mean, rounded to multiples of q
    randint: an integer between lower and upper
    qrandint: an integer between lower and upper, rounded to multiples of q
    lograndint: an integer between lower and upper, all magnitudes alike
    qlograndint: as lograndint, rounded to multiples of q
    """
  )

  static let augmentations = Glossary(
    """
    random_horizontal_flip: left and right change places half of the time
    random_vertical_flip: up and down change places half of the time
    random_rotate: turns images by a random angle
    random_blur: blurs images
    random_brightness: makes images darker or brighter
    random_contrast: gives images more or less contrast
    auto_augmentation: one of PyTorch's automatic policies
    """
  )

  /// The keys of an entry of `conv_layers`: of a sequence, and of images.
  static let sequenceConvolution = """
    activation bias_initializer dilation_rate dropout filter_size norm norm_params num_filters padding pool_function
    pool_padding pool_size pool_strides strides use_bias weights_initializer
    """
  static let imageConvolution = """
    activation bias_initializer dilation dropout groups kernel_size norm norm_params out_channels padding padding_mode
    pool_dilation pool_function pool_kernel_size pool_padding pool_stride stride use_bias weights_initializer
    """
}
