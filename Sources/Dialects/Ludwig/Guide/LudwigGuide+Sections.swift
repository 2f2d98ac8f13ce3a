import Experiment

/// The keys of the sections that have no type of their own; ``LudwigKeys`` says which Ludwig reads.
extension LudwigGuide {
  static let topLevel = KeyTable(
    .experiment,
    """
    input_features= | list | | the columns that the model is given, each with its type, encoder and preprocessing
    output_features= | list | | the columns that it predicts, each with its type, decoder and loss
    combiner= | mapping | | what joins the encoded inputs into one vector, such as concat | Ludwig takes concat
    trainer= | mapping | | how the model is trained: batch size, epochs, learning rate, optimizer
    preprocessing= | mapping | | how the data are split, sampled and balanced before training
    defaults= | mapping | | what holds for every feature of a type, unless the feature says otherwise
    hyperopt= | mapping | | a search over hyperparameters: what is varied, how trials are run, what they are compared by
    backend= | text mapping | | where it runs: locally, or on a cluster with Ray
    model_type | :model_types | | the kind of model
    base_model= | text | | the pretrained language model, by its name at Hugging Face or a path
    prompt= | mapping | | the template that makes a language model's input from the columns of a row
    generation= | mapping | | how a language model generates text: length, temperature, sampling
    adapter= | mapping | | a small set of weights that is trained in place of the language model's own, such as lora
    quantization= | mapping | | in how many bits the language model's weights are held
    model_parameters= | mapping | | settings of the language model itself, such as the scaling of its positions
    ludwig_version=framework_version | text | | the release that the config was written for; older words are brought \
    up to date by it
    random_seed= | integer | | where random numbers start, so that a run can be repeated
    experiment_name= | text | | the experiment's name, which the results folder gets
    model_name= | text | | the model's name, which the results folder gets
    is_multimodal= | boolean | | whether the language model also takes images
    trust_remote_code= | boolean | | whether code that comes with a pretrained model may run
    training ! trainer | | | what the trainer was called before 0.5
    """
  )

  static let inputFeature = KeyTable(
    .input,
    """
    name | text | | the feature's name, and that of its column unless column says otherwise
    type | :types | | what kind of data the column holds
    column= | text | | the column of the data | the column has the feature's name
    encoder | mapping text | | what makes a vector of the value, with its settings
    preprocessing= | mapping | | how values become numbers: missing values, normalisation, tokens
    tied= | :inputs | | the name of an input of the same type whose encoder this one shares
    tied_weights ! tied
    augmentation= | list boolean | | how images are varied at random while training
    active= | boolean | | whether the feature is used
    proc_column= | text | | the name of the preprocessed column; Ludwig writes it itself
    """
  )

  static let outputFeature = KeyTable(
    .output,
    """
    name | text | | the feature's name, and that of its column unless column says otherwise
    type | :types | | what kind of value is predicted
    column= | text | | the column of the data | the column has the feature's name
    decoder= | mapping text | | what makes the prediction of the combined vector, with its settings
    loss | mapping | | the loss, by its type, with its weight among those of several outputs
    preprocessing= | mapping | | how targets become numbers: missing values, normalisation, tokens
    num_classes=classes | integer
    clip | list | | the two bounds that predictions are cut to behind the model; the loss does not see it
    dependencies= | :outputs list | | other outputs whose result this one is given
    reduce_dependencies= | (sum mean avg max concat last) | | how a sequence that a dependency gives is reduced to a \
    vector
    reduce_input= | (sum mean avg max concat last) | | how a sequence that comes in is reduced to a vector
    threshold= | number | share from 0 to 1 | the probability from which on the prediction is true, or a label is in \
    the set
    threshold_percentile= | number | | the percentile of the anomaly scores of training from which on a row is an \
    anomaly
    top_k= | integer | classes | how many classes the metric hits_at_k looks at
    calibration= | boolean | | whether probabilities are scaled by a temperature that validation data give
    class_similarities= | list | | how alike the classes are, as a matrix, for the loss
    softmax= | boolean | | whether a softmax ends the decoder of a vector
    vector_size=units | integer
    horizon= | integer | steps | how many steps of a series are predicted
    input_size= | integer | elements | the width of what comes in; Ludwig fills it in itself
    default_validation_metric= | text | | the metric to monitor; Ludwig fills it in itself
    active= | boolean | | whether the feature is used
    proc_column= | text | | the name of the preprocessed column; Ludwig writes it itself
    """
  )

  static let featureDefaults = KeyTable(
    nil,
    """
    preprocessing | mapping | | how values of the type become numbers
    encoder | mapping text | | the encoder of inputs of the type
    decoder | mapping text | | the decoder of outputs of the type
    loss | mapping | | the loss of outputs of the type
    augmentation | list boolean | | how images are varied at random while training
    """
  )

  static let globalPreprocessing = KeyTable(
    .data,
    """
    split= | mapping | | how rows are shared out among training, validation and test
    sample_ratio | number
    sample_size | integer
    oversample_minority= | number | ratio | how many rows of the rare class there are for one of the frequent class, \
    after rows are repeated
    undersample_majority= | number | ratio | how many rows of the rare class there are for one of the frequent \
    class, after rows are dropped
    global_max_sequence_length= | integer | tokens | the longest input and target together that a language model is \
    given
    force_split ! | boolean | | whether a split in the data is passed over; split says it since 0.5
    split_probabilities ! | list | shares from 0 to 1 | the shares of training, validation and test; \
    split.probabilities since 0.5
    stratify ! | text | | the column whose values are shared out evenly; split with type stratify since 0.5
    """
  )

  static let split = KeyTable(
    .training,
    """
    type=split | :splits | | how rows are shared out among training, validation and test
    probabilities= | list | shares from 0 to 1 | the shares of training, validation and test | Ludwig takes [0.7, \
    0.1, 0.2]
    column= | text | | the column that decides: the one with the split, the classes, the time or the key
    """
  )

  static let hyperopt = KeyTable(
    .search,
    """
    parameters= | mapping | | what is varied: the dotted name of each parameter, such as trainer.learning_rate, with \
    its space
    metric | text
    goal | (minimize maximize)
    split | (train validation test)
    output_feature | :outputs
    eval_split= | (train validation test) | | the data that the best models are judged on at the end
    search_alg= | mapping | | how the next values to try are chosen
    executor= | mapping | | how trials run: how many, how many at a time, with what scheduler
    sampler ! | mapping | | how values were chosen before search_alg
    """
  )

  static let clipping = KeyTable(
    .clip,
    """
    clipglobalnorm=threshold | number null | | the largest norm that all gradients together may have; null is off
    clipnorm=threshold | number null | | the largest norm that the gradient of each tensor may have
    clipvalue=threshold | number null | | the largest absolute value that each element of a gradient may have
    """
  )

  static let loss = KeyTable(
    .output,
    """
    type=loss | text | | the loss
    weight=loss_weight | number
    class_weights= | list mapping | factors | the weight of each class in the loss
    positive_class_weight= | number null | factor | the weight of true among false, for data where it is rare
    robust_lambda= | number | share from 0 to 1 | the share of a constant that the loss is mixed with, which bears \
    wrong labels
    confidence_penalty= | number | factor | a penalty on predictions that are too sure
    class_similarities= | list null | | how alike the classes are, as a matrix: mistakes among like ones weigh less
    class_similarities_temperature= | number | | the temperature of the softmax over each row of class_similarities
    unique= | boolean | | whether only the different tokens of a sequence count
    delta= | number | | the difference from which on the loss is absolute instead of squared
    nu= | number | | the setting nu of the loss for anomalies
    eta= | number | | the setting eta of the loss for anomalies
    xi= | number | | the setting xi of the loss
    zeta= | number | | the setting zeta of the loss
    background_class= | integer | | the class that stands for everything unknown
    num_perturbation_steps= | integer | steps | how many steps the search for a perturbed example takes
    perturbation_strength= | number | | how far an example is perturbed
    distortion ! | number | | a setting of the sampled softmax up to 0.5
    labels_smoothing ! | number | | the smoothing of labels up to 0.5
    negative_samples ! | integer | | how many wrong classes the sampled softmax drew, up to 0.5
    sampler ! | text | | how the sampled softmax drew wrong classes, up to 0.5
    """
  )

  static let preprocessing = KeyTable(
    .input,
    """
    missing_value_strategy= | :missing | | what is done with missing values
    fill_value= | text number | | the value that missing ones get with the strategy fill_with_const
    computed_fill_value= | text number | | the value that missing ones get; Ludwig computes it itself
    normalization | :number_normalizations
    outlier_strategy= | :missing null | | what is done with outliers; null leaves them
    outlier_threshold= | number | standard deviations | how far from the mean a value is an outlier
    computed_outlier_fill_value= | number | | the value that outliers get; Ludwig computes it itself
    lowercase= | boolean | | whether text is made lower case first
    most_common= | integer | words | how many of the most frequent words or categories are kept; others are unknown
    tokenizer= | text | | how a text is cut into tokens: space, space_punct, characters, hf_tokenizer, ...
    vocab_file= | text null | | the path of a file with the vocabulary, a word to a line
    vocab= | list | | the words or categories that are known
    max_sequence_length= | integer null | tokens | the length at which sequences are cut
    sequence_length= | integer null | tokens | the length that every sequence is cut or padded to
    sequence_length_limit ! max_sequence_length
    padding= | (right left) | | the side on which short sequences are padded
    padding_symbol= | text | | the symbol that stands for padding
    unknown_symbol= | text | | the symbol that stands for unknown words
    ngram_size= | integer | words | how many words are one token with the tokenizer ngram
    cache_encoder_embeddings= | boolean | | whether the output of a frozen pretrained encoder is computed once, \
    before training
    compute_idf= | boolean | | whether the rarity of each word is computed, for the encoder tf_idf
    pretrained_model_name_or_path= | text null | | the model at Hugging Face, or a path, whose tokenizer is used
    prompt= | mapping | | the template that makes the text from the columns of a row
    fallback_true_label= | text null | | the label that counts as true where none is a usual one
    fallback_label= | text | | the label that is taken where none fits
    height= | integer null | pixels | the height that images are resized to
    width= | integer null | pixels | the width that images are resized to
    num_channels= | integer null | channels | the channels that images are read with: 1 for grey, 3 for colour
    resize_method= | (interpolate crop_or_pad) | | how images of another size are made to fit
    infer_image_dimensions= | boolean | | whether height and width are taken from a sample of the images
    infer_image_num_channels= | boolean | | whether the channels are taken from a sample of the images
    infer_image_num_classes= | boolean | | whether the number of classes is taken from a sample of the images
    infer_image_max_height= | integer | pixels | the largest height that is inferred
    infer_image_max_width= | integer | pixels | the largest width that is inferred
    infer_image_sample_size= | integer | images | how many images are looked at to infer their size
    standardize_image= | (imagenet1k) null | | takes away the mean of each channel and divides by its deviation
    scaling= | text | | how pixels are scaled to small numbers
    requires_equal_dimensions= | boolean | | whether height and width must be equal
    num_classes= | integer null | classes | the number of classes
    num_processes= | integer | processes | how many processes prepare images
    in_memory= | boolean | | whether all data are held in memory while training
    audio_file_length_limit_in_s= | number | seconds | the length at which sound is cut
    audio_feature ! | mapping | | what is computed from sound; the keys stand in preprocessing itself since 0.5
    type= | (raw stft stft_phase group_delay fbank) | | what is computed from sound
    window_length_in_s= | number | seconds | the length of a window of the short-time Fourier transform
    window_shift_in_s= | number | seconds | the step between windows of the short-time Fourier transform
    num_fft_points= | integer null | points | the points of the Fourier transform
    window_type= | text | | the shape by which samples of a window are weighted, such as hamming
    num_filter_bands= | integer | bands | the number of bands of a filter bank
    norm= | (per_file) null | | how sound is normalised
    padding_value= | number | | the number that short series are padded with
    timeseries_length_limit= | integer | steps | the length at which series are cut
    window_size= | integer | steps | how many rows back are made one series, for data with one observation a row
    horizon= | integer | steps | how many rows ahead are the target, for data with one observation a row
    vector_size= | integer null | elements | the vector's width | it is inferred from the data
    datetime_format= | text null | | the format of dates, as in Python's strptime
    char_most_common ! | integer | | how many characters are kept
    char_sequence_length_limit ! | integer | | the length of character sequences
    char_tokenizer ! | text | | how text is cut into characters
    char_vocab_file ! | text | | the path of a file with the characters
    word_most_common ! | integer | | how many words are kept
    word_sequence_length_limit ! | integer | | the length of word sequences
    word_tokenizer ! | text | | how text is cut into words
    word_vocab_file ! | text | | the path of a file with the words
    """
  )
}
