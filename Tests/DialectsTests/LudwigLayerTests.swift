import Dialects
import Experiment
import Testing

struct LudwigLayerTests {
  @Test func `lowers encoders, combiner and heads in the new form`() throws {
    let sample = try LudwigSample(
      """
      input_features:
        - name: age
          type: number
          encoder: {type: dense, num_layers: 2, output_size: 64, activation: tanh, dropout: 0.2, norm: batch}
        - name: town
          type: category
        - name: rooms
          type: number
      combiner:
        type: concat
        fc_layers: [{output_size: 32, weights_initializer: normal}, {activation: elu}]
        dropout: 0.1
      output_features:
        - name: price
          type: number
          decoder: {num_fc_layers: 1, fc_output_size: 16}
      """
    )
    #expect(
      sample.layers == [
        "input age", "dense age/fc1", "batch_normalization age/fc1_norm", "activation age/fc1_activation",
        "dropout age/fc1_dropout", "dense age/fc2", "batch_normalization age/fc2_norm", "activation age/fc2_activation",
        "dropout age/fc2_dropout", "input town", "embedding town/embedding", "input rooms",
        "concatenate combiner/concat",
        "dense combiner/fc1", "dropout combiner/fc1_dropout", "dense combiner/fc2", "dropout combiner/fc2_dropout",
        "dense price/fc1", "dense price",
      ]
    )
    let encoder = try #require(sample.layer("age/fc1")?.facts)
    #expect(encoder[LayerKeys.units]?.value == 64)
    #expect(encoder[LayerKeys.activation] == Fact("linear", .inferred(from: "the normalisation behind it", at: nil)))
    #expect(sample.layer("age/fc1_activation")?.facts.value(LayerKeys.activation) == "tanh")
    #expect(sample.layer("age/fc2_dropout")?.facts.value(LayerKeys.rate) == 0.2)
    let first = try #require(sample.layer("combiner/fc1")?.facts)
    #expect(first.value(LayerKeys.units) == 32)
    #expect(first.value(LayerKeys.activation) == "relu")
    #expect(first.value(LayerKeys.kernelInitializer)?.value(InitializerKeys.name) == "random_normal")
    #expect(first.value(LayerKeys.kernelInitializer)?.value(InitializerKeys.standardDeviation) == 1)
    let second = try #require(sample.layer("combiner/fc2")?.facts)
    #expect(second[LayerKeys.units]?.value == 256)
    #expect(second[LayerKeys.units]?.kind == "default")
    #expect(second.value(LayerKeys.activation) == "elu")
    #expect(second[LayerKeys.kernelInitializer]?.value.value(InitializerKeys.name) == "glorot_uniform")
    #expect(sample.layer("price/fc1")?.facts.value(LayerKeys.units) == 16)
    #expect(sample.experiment.outputs[0].layer == sample.experiment.layers.count - 1)
    #expect(sample.problems.isEmpty)
  }

  @Test func `lowers encoders and decoders whose keys stand on the features`() throws {
    let sample = try LudwigSample(
      """
      input_features:
        - {name: words, type: text, encoder: rnn, cell_type: lstm, state_size: 100, num_layers: 2, bidirectional: true}
      combiner: {type: concat, num_fc_layers: 1, fc_size: 20}
      output_features:
        - {name: kind, type: category, num_fc_layers: 1, fc_size: 12, activation: tanh, num_classes: 4}
      training: {epochs: 3}
      """
    )
    #expect(
      sample.layers == [
        "input words", "embedding words/embedding", "lstm words/rnn1", "lstm words/rnn2", "dense combiner/fc1",
        "dense kind/fc1", "dense kind",
      ]
    )
    let last = try #require(sample.layer("words/rnn2")?.facts)
    #expect(last.value(LayerKeys.units) == 100)
    #expect(last.value(LayerKeys.bidirectional) == true)
    #expect(last.value(LayerKeys.returnSequences) == false)
    #expect(sample.layer("words/rnn1")?.facts.value(LayerKeys.returnSequences) == true)
    #expect(sample.layer("combiner/fc1")?.facts.value(LayerKeys.units) == 20)
    #expect(sample.layer("kind/fc1")?.facts.value(LayerKeys.units) == 12)
    #expect(sample.layer("kind/fc1")?.facts.value(LayerKeys.activation) == "tanh")
    #expect(sample.layer("kind")?.facts.value(LayerKeys.units) == 4)
    #expect(sample.problems.isEmpty)
  }

  @Test func `the defaults of a type hold for features that do not say`() throws {
    let sample = try LudwigSample(
      """
      defaults:
        number:
          encoder: {type: dense, output_size: 5}
          preprocessing: {normalization: minmax}
        category:
          encoder: {type: sparse}
      input_features:
        - {name: a, type: number}
        - {name: b, type: number, encoder: {type: dense, activation: tanh}, preprocessing: {normalization: null}}
        - {name: c, type: number, encoder: {type: passthrough}}
        - {name: d, type: category}
      output_features: [{name: y, type: binary}]
      """
    )
    #expect(sample.experiment.inputs.compactMap { $0.value(InputKeys.normalization) } == ["minmax", "none", "minmax"])
    #expect(sample.layer("a/fc1")?.facts.value(LayerKeys.units) == 5)
    #expect(sample.layer("b/fc1")?.facts.value(LayerKeys.units) == 5)
    #expect(sample.layer("b/fc1")?.facts.value(LayerKeys.activation) == "tanh")
    #expect(sample.layer("c/fc1") == nil)
    #expect(sample.layer("d/onehot")?.kind == .categoryEncoding)
  }

  @Test func `images and sequences get Ludwig's own stacks`() throws {
    let sample = try LudwigSample(
      """
      input_features:
        - name: photo
          type: image
          preprocessing: {height: 32, width: 24, num_channels: 3}
          encoder: {type: stacked_cnn, conv_weights_initializer: kaiming_normal}
        - name: words
          type: text
          encoder: {type: parallel_cnn, num_filters: 8, reduce_output: max}
        - name: clicks
          type: sequence
          encoder: {type: stacked_cnn, conv_layers: [{num_filters: 4, filter_size: 9, pool_size: 2}], fc_layers: []}
      output_features: [{name: y, type: set}]
      """
    )
    #expect(sample.experiment.inputs[0].value(InputKeys.shape) == Shape([32, 24, 3]))
    #expect(
      sample.layers == [
        "input photo", "conv2d photo/conv1", "max_pooling2d photo/conv1_pool", "conv2d photo/conv2",
        "max_pooling2d photo/conv2_pool", "flatten photo/flatten", "dense photo/fc1", "input words",
        "embedding words/embedding", "conv1d words/conv1", "conv1d words/conv2", "conv1d words/conv3",
        "conv1d words/conv4",
        "concatenate words/concat", "global_max_pooling words/reduce", "dense words/fc1", "dense words/fc2",
        "input clicks",
        "embedding clicks/embedding", "conv1d clicks/conv1", "max_pooling1d clicks/conv1_pool",
        "operation clicks/reduce",
        "dense clicks/fc1", "dense clicks/fc2", "concatenate combiner/concat", "dense y",
      ]
    )
    #expect(sample.layer("photo/conv2")?.facts.value(LayerKeys.filters) == 64)
    let initializer = sample.layer("photo/conv2")?.facts.value(LayerKeys.kernelInitializer)
    #expect(initializer?.value(InitializerKeys.name) == "he_normal")
    // What goes into a layer may depend on the vocabulary; what comes out does not.
    #expect(sample.layer("words/fc1")?.facts.value(LayerKeys.statedOutputShape) == [512])
    #expect(sample.layer("photo/fc1")?.facts.value(LayerKeys.units) == 128)
    #expect(sample.layer("words/conv3")?.facts.value(LayerKeys.kernelSize) == [4])
    #expect(sample.layer("words/fc1")?.facts.value(LayerKeys.units) == 512)
    #expect(sample.layer("clicks/conv1")?.facts.value(LayerKeys.kernelSize) == [9])
  }

  @Test func `what is only named is a backbone, pretrained where Ludwig says so`() throws {
    let sample = try LudwigSample(
      """
      input_features:
        - {name: words, type: text, encoder: {type: bert}}
        - {name: photo, type: image, encoder: {type: resnet, use_pretrained: false}}
        - {name: more, type: text, encoder: {type: somebodys_net}}
      combiner: {type: tabnet, output_size: 9}
      output_features: [{name: y, type: text}]
      """
    )
    let words = try #require(sample.layer("words/bert"))
    #expect(words.kind == .backbone)
    #expect(words.facts[LayerKeys.pretrained]?.value == true)
    #expect(words.facts[LayerKeys.pretrained]?.kind == "default")
    #expect(words.facts.value(LayerKeys.trainable) == false)
    #expect(sample.layer("photo/resnet")?.facts.value(LayerKeys.pretrained) == false)
    #expect(sample.layer("more/somebodys_net")?.facts.value(LayerKeys.pretrained) == nil)
    #expect(sample.layer("combiner/tabnet")?.facts.value(LayerKeys.statedOutputShape) == [9])
    #expect(sample.layer("y/generator")?.facts.value(LayerKeys.role) == "decoder")
    #expect(sample.experiment.about.value(ExperimentKeys.fineTuned) == true)
    #expect(sample.problems.isEmpty)
  }

  @Test func `tied features share weights`() throws {
    let sample = try LudwigSample(
      """
      input_features:
        - {name: left, type: text, encoder: {type: rnn}}
        - {name: right, type: text, encoder: {type: rnn}, tied: left}
      output_features: [{name: same, type: binary}]
      """
    )
    let right = try #require(sample.layer("right/rnn1"))
    #expect(right.sharesWeightsWith.map { sample.experiment.layers[$0].name } == "left/rnn1")
    #expect(right.inputs.map { sample.experiment.layers[$0].name } == ["right/embedding"])
    #expect(sample.layer("right/embedding")?.inputs.map { sample.experiment.layers[$0].name } == ["right"])
  }

  @Test func `a searched depth is not guessed`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number}]
      combiner: {type: concat, num_fc_layers: 2}
      output_features: [{name: y, type: binary}]
      hyperopt: {parameters: {combiner.num_fc_layers: {space: choice, categories: [1, 5]}}}
      """
    )
    #expect(sample.layers == ["input a", "backbone combiner/fc", "dense y"])
  }

  @Test func `residual stacks skip where the widths agree`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number}]
      combiner: {type: concat, num_fc_layers: 2, residual: true}
      output_features: [{name: y, type: binary}]
      """
    )
    #expect(
      sample.layers == ["input a", "dense combiner/fc1", "dense combiner/fc2", "add combiner/fc2_residual", "dense y"]
    )
    #expect(sample.layer("combiner/fc2_residual")?.inputs == [1, 2])
  }

  @Test(arguments: [
    ("{type: transformer}", "combiner/transformer", [256]),
    ("{type: transformer, hidden_size: 64}", "combiner/transformer", [64]),
    ("{type: transformer, reduce_output: concat}", "combiner/transformer", nil),
    ("{type: project_aggregate}", "combiner/project_aggregate", [128]),
    ("{type: project_aggregate, num_fc_layers: 0, projection_size: 32}", "combiner/project_aggregate", [32]),
    ("{type: comparator, entity_1: [a], entity_2: [b], output_size: 10}", "combiner/comparator", [22]),
    ("{type: tabnet}", "combiner/tabnet", [128]), ("{type: tabtransformer}", "combiner/tabtransformer", nil),
  ])
  func `knows how wide combiners are`(combiner: String, layer: String, width: [Int]?) throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number}, {name: b, type: number}]
      output_features: [{name: y, type: binary}]
      combiner: \(combiner)
      """
    )
    #expect(sample.layer(layer)?.facts.value(LayerKeys.statedOutputShape) == width)
  }
}
