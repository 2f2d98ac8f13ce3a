extension LudwigDefaults {
  /// Sections of language models, and the executor of a search.
  static let languageModels = DefaultTable(
    """
    lora: pretrained_adapter_weights=null postprocessor r=8 alpha=null dropout=0.05 bias_type=none
      target_modules=null use_rslora=false use_dora=false
    adalora: pretrained_adapter_weights=null postprocessor r=8 alpha=null dropout=0.05 bias_type=none
      target_modules=null use_rslora=false use_dora=false target_r=8 init_r=12 tinit=0 tfinal=0 delta_t=1
      beta1=0.85 beta2=0.85 orth_reg_weight=0.5 total_step=10000 rank_pattern=null
    ia3: pretrained_adapter_weights=null postprocessor target_modules=null feedforward_modules=null
      fan_in_fan_out=false modules_to_save=null init_ia3_weights=true
    quantization: bits=4 llm_int8_threshold=6 llm_int8_has_fp16_weight=false bnb_4bit_compute_dtype=float16
      bnb_4bit_use_double_quant=true bnb_4bit_quant_type=nf4
    generation: max_new_tokens=32 min_new_tokens=null max_length=32 min_length=0 early_stopping=false
      max_time=null do_sample=true num_beams=1 num_beam_groups=1 penalty_alpha=null use_cache=true
      prompt_lookup_num_tokens=null temperature=0.1 top_k=50 top_p=1 typical_p=1 epsilon_cutoff=0 eta_cutoff=0
      diversity_penalty=0 repetition_penalty=1 encoder_repetition_penalty=1 length_penalty=1
      no_repeat_ngram_size=0 bad_words_ids=null force_words_ids=null renormalize_logits=false
      forced_bos_token_id=null forced_eos_token_id=null remove_invalid_values=false
      exponential_decay_length_penalty=null suppress_tokens=null begin_suppress_tokens=null
      forced_decoder_ids=null sequence_bias=null guidance_scale=null pad_token_id=null bos_token_id=null
      eos_token_id=null
    prompt: template=null task=null retrieval
    retrieval: index_name=null model_name=null k=0
    model_parameters: rope_scaling neftune_noise_alpha=0
    rope_scaling: rope_type=null factor=null
    executor: num_samples=null time_budget_s=3600 trial_driver_resources=null cpu_resources_per_trial=1
      gpu_resources_per_trial=0 kubernetes_namespace=null max_concurrent_trials scheduler
    """
  )

  /// The ways in which images are varied.
  static let augmentations = DefaultTable(
    """
    auto_augmentation: method=trivial_augment
    random_horizontal_flip:
    random_vertical_flip:
    random_rotate: degree=15
    random_blur: kernel_size=3
    random_brightness: min=0.5 max=2
    random_contrast: min=0.5 max=2
    """
  )
}
