import Experiment

/// What Ludwig's words mean.
extension LudwigGuide {
  static let featureTypes = Glossary(
    """
    number: a quantity
    category: one of several names
    binary: yes or no
    text: a text
    sequence: a sequence of symbols
    image: a picture, by its path or its pixels
    audio: a sound file
    timeseries: a series of numbers
    vector: several numbers at once
    set: several names, in no order
    bag: several names, each with how often it occurs
    date: a date or time
    h3: a place on earth as an H3 cell
    category_distribution: a share for each of several names
    anomaly: how unusual a row is
    """
  )

  static let modelTypes = Glossary(
    """
    ecd: a network of encoders, a combiner and decoders
    llm: a pretrained language model
    gbm: gradient-boosted trees, of releases before 0.11
    """
  )

  static let splits = Glossary(
    """
    random: rows are drawn at random
    fixed: a column of the data says
    stratify: rows are drawn so that a column's values are shared out evenly
    datetime: the latest rows are held out, by a column with the time
    hash: the hash of a column decides, so that a row always falls on the same side
    """
  )

  static let decays = Glossary(
    """
    linear: falls in a straight line
    exponential: is multiplied by decay_rate every decay_steps
    cosine: falls along a cosine, and starts anew after t_0 steps
    """
  )

  static let missingValueStrategies = Glossary(
    """
    fill_with_const: fill_value takes the place
    fill_with_mean: the column's mean takes the place
    fill_with_mode: the column's most frequent value takes the place
    fill_with_false: false takes the place
    fill_with_true: true takes the place
    bfill: the next value takes the place
    ffill: the last value takes the place
    drop_row: the row is left out
    """
  )

  static let numberNormalizations = Glossary(
    """
    zscore: mean 0 and deviation 1
    minmax: from 0 to 1
    log1p: log(1 + x), for positive numbers over several magnitudes
    iq: by median and quartiles, which outliers move little
    """
  )

  static let combinerWords = Glossary(
    """
    concat: puts the encoded inputs behind one another, with fully connected layers behind them where asked for
    sequence: joins sequences step by step and encodes the result
    sequence_concat: joins sequences step by step
    project_aggregate: projects each input to one width and takes their mean
    transformer: lets the inputs attend to one another
    tabtransformer: a transformer over categories, joined with the numbers
    tabnet: attends to a few features in each of several steps
    comparator: compares two groups of inputs
    """
  )

  static let decoderWords = Glossary(
    """
    regressor: one number, or the logit of yes
    classifier: a score for each class or label
    projector: a vector
    generator: a sequence, symbol after symbol
    tagger: a label for each step of a sequence
    unet: a class for each pixel
    text_extractor: the text that a language model generates
    category_extractor: the label that a language model's text names
    mlp_classifier: fully connected layers, then a score for each class
    passthrough: what comes in, unchanged
    """
  )

  static let encoderWords = Glossary(
    """
    passthrough: the value as it is
    dense: fully connected layers; of categories an embedding
    sparse: one-hot vectors of categories
    onehot: one-hot vectors of categories
    embed: a learned vector for each id, summed up or kept as a sequence
    parallel_cnn: convolutions of several widths side by side
    stacked_cnn: convolutions one behind the other
    stacked_parallel_cnn: layers of parallel convolutions
    rnn: recurrent layers
    cnnrnn: convolutions, then recurrent layers
    transformer: self-attention layers
    wave: sines and cosines of a date's parts
    weighted_sum: the weighted sum of a place's parts
    tf_idf: word counts, weighted by rarity
    llm: a pretrained language model
    mlp_mixer: mixes over patches and channels in turn
    unet: a U-Net's way down
    resnet: a ResNet from torchvision
    vit: a vision transformer from torchvision
    _resnet_legacy: Ludwig's own ResNet
    _vit_legacy: a vision transformer from Hugging Face
    albert: ALBERT, a small BERT whose layers share their weights
    auto_transformer: any text model of Hugging Face, by pretrained_model_name_or_path
    bert: BERT
    camembert: CamemBERT, for French
    deberta: DeBERTa
    distilbert: DistilBERT, a small BERT
    electra: ELECTRA
    flaubert: FlauBERT, for French
    gpt: GPT
    gpt2: GPT-2
    longformer: Longformer, for long texts
    roberta: RoBERTa
    t5: T5
    mt5: mT5, for many languages
    transformer_xl: Transformer-XL
    xlm: XLM, for many languages
    xlmroberta: XLM-RoBERTa, for many languages
    xlnet: XLNet
    ctrl: CTRL
    alexnet: AlexNet
    convnext: ConvNeXt
    densenet: DenseNet
    efficientnet: EfficientNet
    googlenet: GoogLeNet
    inceptionv3: Inception v3
    maxvit: MaxViT
    mnasnet: MNASNet
    mobilenetv2: MobileNet v2
    mobilenetv3: MobileNet v3
    regnet: RegNet
    resnext: ResNeXt
    shufflenet_v2: ShuffleNet v2
    squeezenet: SqueezeNet
    swin_transformer: Swin Transformer
    vgg: VGG
    wide_resnet: Wide ResNet
    """
  )
}
