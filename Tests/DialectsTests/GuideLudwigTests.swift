import ConfigSyntax
import Experiment
import SourceText
import Testing

@testable import Dialects

struct GuideLudwigTests {
  /// A config with a place in its trainer, and one in its first input.
  private static func config(trainer: String = "", input: String = "", output: String = "", more: String = "") -> String
  {
    """
    input_features:
      - name: age
        type: number
    \(input)
    output_features:
      - name: price
        type: number
    \(output)
    trainer:
      epochs: 3
    \(trainer)
    \(more)
    """
  }

  @Test(
    arguments: [
      (
        config(trainer: "  lear▮"), ["learning_rate", "batch_size", "gradient_clipping"], ["decay", "lr", "num_leaves"]
      ),
      (config(trainer: "  optimizer:\n    type: sgd\n    ▮"), ["momentum", "nesterov", "type"], ["amsgrad", "lr"]),
      (config(trainer: "  optimizer:\n    ▮"), ["betas", "eps"], ["beta_1", "epsilon", "momentum"]),
      (config(trainer: "  learning_rate_scheduler:\n    ▮"), ["decay", "warmup_fraction"], ["learning_rate"]),
      (config(trainer: "  gradient_clipping: {▮}"), ["clipglobalnorm", "clipnorm", "clipvalue"], ["norm"]),
      (config(input: "    ▮"), ["encoder", "preprocessing", "tied"], ["decoder", "embedding_size", "proc"]),
      (config(output: "    ▮"), ["decoder", "loss", "clip"], ["encoder", "tied"]),
      (config(input: "    preprocessing:\n      ▮"), ["normalization", "missing_value_strategy"], ["tokenizer"]),
      (config(input: "    encoder:\n      ▮"), ["type"], ["num_layers"]),
      (config(input: "    encoder:\n      type: dense\n      ▮"), ["num_layers", "dropout"], ["fc_size", "layers"]),
      (config(output: "    loss: {▮}"), ["type", "weight"], ["class_weights"]),
      (config(output: "    loss: {type: huber, ▮}"), ["delta"], ["nu"]),
      (config(more: "combiner:\n  ▮"), ["type", "num_fc_layers"], ["num_heads", "fc_size"]),
      (config(more: "combiner:\n  type: tabnet\n  ▮"), ["sparsity"], ["num_fc_layers"]),
      (config(more: "combiner:\n  fc_layers:\n    - {▮}"), ["output_size", "activation"], ["num_heads"]),
      (config(more: "preprocessing:\n  ▮"), ["split", "sample_ratio"], ["force_split", "number"]),
      (config(more: "preprocessing:\n  split: {▮}"), ["probabilities", "type"], []),
      (config(more: "defaults:\n  ▮"), ["number", "text"], ["encoder"]),
      (config(more: "defaults:\n  text:\n    ▮"), ["encoder", "preprocessing"], ["tokenizer"]),
      (
        config(more: "defaults:\n  text:\n    encoder: {type: bert, ▮}"), ["use_pretrained", "trainable"], ["cell_type"]
      ),
      (config(more: "adapter:\n  type: lora\n  ▮"), ["alpha", "use_rslora"], ["tinit"]),
      (config(more: "quantization: {▮}"), ["bits"], []), (config(more: "generation: {▮}"), ["temperature"], []),
      (config(more: "prompt:\n  retrieval: {▮}"), ["type"], ["template"]),
      (config(more: "hyperopt:\n  executor: {▮}"), ["num_samples"], ["metric"]),
      (config(more: "hyperopt:\n  parameters:\n    trainer.learning_rate: {▮}"), ["space", "lower"], ["metric"]),
      (
        config(input: "  - name: picture\n    type: image\n    encoder:\n      conv_layers:\n        - {▮}"),
        ["out_channels"], ["num_filters"]
      ),
      (
        config(input: "  - name: title\n    type: text\n    encoder:\n      conv_layers:\n        - {▮}"),
        ["num_filters"], ["out_channels"]
      ),
      (config(input: "  - name: p\n    type: image\n    augmentation:\n      - {▮}"), ["type"], []),
      (config(more: "hyperopt:\n  ▮"), ["metric", "goal", "parameters"], ["sampler"]),
      (config(more: "▮"), ["combiner", "preprocessing", "defaults"], ["training", "learning_rate"]),
      (config(trainer: "  ▮").replacing("trainer:", with: "model_type: gbm\ntrainer:"), ["num_leaves"], ["optimizer"]),
    ]
  )
  func `offers the keys of the mapping around`(text: String, has: [String], lacks: [String]) throws {
    let guide = try #require(try guideToWrite(text))
    for key in has { #expect(guide.keyNames.contains(key), "\(key) of \(guide.title)") }
    for key in lacks { #expect(!guide.keyNames.contains(key), "\(key) of \(guide.title)") }
  }

  @Test(
    arguments: [
      (config(input: "    encoder: {type: ▮}"), ["dense", "passthrough"]),
      (config(input: "    encoder: ▮"), ["dense", "passthrough"]),
      (config(input: "    encoder: {type: dense, activation: ▮}"), ["relu", "leakyRelu"]),
      (config(input: "    tied: ▮"), ["age"]),
      (config(input: "    preprocessing: {normalization: ▮}"), ["zscore", "minmax"]),
      (config(input: "  - name: title\n    type: ▮"), ["text", "category"]),
      (config(output: "    loss: {type: ▮}"), ["huber", "mean_squared_error"]),
      (config(output: "    decoder: {type: ▮}"), ["regressor"]),
      (config(trainer: "  optimizer: {type: ▮}"), ["adamw", "paged_lion"]),
      (config(trainer: "  validation_field: ▮"), ["price", "combined"]),
      (config(trainer: "  learning_rate_scheduler: {decay: ▮}"), ["cosine"]),
      (config(trainer: "  use_mixed_precision: ▮"), ["true", "false"]),
      (config(more: "combiner:\n  type: ▮"), ["concat", "tabnet"]),
      (config(more: "model_type: ▮"), ["ecd", "llm"]),
      (config(more: "preprocessing: {split: {type: ▮}}"), ["random", "stratify"]),
    ]
  )
  func `offers the words of a key`(text: String, words: [String]) throws {
    let guide = try #require(try guideToWrite(text))
    for word in words { #expect(guide.words.contains(word), "\(word)") }
  }

  @Test(
    arguments: [
      (config(trainer: "  learning▮_rate: 0.1"), "learning_rate", "Ludwig takes 0.001"),
      (config(trainer: "  gradient_cl▮ipping: {clipnorm: 1}"), "clip", "Ludwig takes global_norm 0.5 since 0.5"),
      (
        config(trainer: "  batch_s▮ize: 1"), "batch_size",
        "the default of Ludwig depends on the version: 128 before 0.8, auto since 0.8"
      ),
      (config(trainer: "  steps_per_check▮point: 1"), nil, "Ludwig 0.11 takes 0"),
      (config(trainer: "  type: finetune\n  eval_batch_▮size: 1", more: "model_type: llm"), nil, "Ludwig 0.11 takes 2"),
      (config(trainer: "  optimizer: {moment▮um: 1, type: sgd}"), "momentum", "Ludwig takes 0.0"),
      (
        config(more: "ludwig_version: 0.7.1").replacing("epochs: 3", with: "batch_▮size: 3"), "batch_size",
        "Ludwig takes 128"
      ),
      (config(input: "    enco▮der: {type: dense}"), "encoder", "Ludwig takes passthrough"),
      (
        config(input: "    preprocessing: {normali▮zation: null}"), "normalization",
        "the default of Ludwig depends on the version: none before 0.7, zscore since 0.7"
      ),
      (config(more: "combiner: {ty▮pe: concat}"), nil, "Ludwig takes concat"),
      (config(more: "combiner: {num_fc_▮layers: 1}"), nil, "Ludwig 0.11 takes 0"),
      (config(output: "    loss: {weig▮ht: 1}"), "loss_weight", "Ludwig takes 1.0"),
    ] as [(String, String?, String)]
  )
  func `says what Ludwig does without a key`(text: String, fact: String?, absent: String) throws {
    let key = try keyGuide(text)
    #expect(key.absent?.hasPrefix(absent) == true, "\(key)")
    if let fact { #expect(key.fact == fact, "\(key)") }
  }

  @Test func `says what an old key is called today`() throws {
    #expect(try keyGuide(Self.config(input: "    encoder: {type: dense, fc_s▮ize: 3}")).replacement == "output_size")
    let flat = try keyGuide(Self.config(input: "    embedding▮_size: 3"))
    #expect(flat.replacement == "encoder.embedding_size")
    #expect(flat.isDeprecated)
    #expect(try keyGuide(Self.config(trainer: "  dec▮ay: true")).isDeprecated)
    let rate = try keyGuide(Self.config(trainer: "  optimizer: {type: adam, l▮r: 0.1}"))
    #expect(rate.replacement == "trainer.learning_rate")
    #expect(try keyGuide(Self.config(more: "trai▮ning: {}")).replacement == "trainer")
  }

  @Test func `finds the config in a list of configs`() throws {
    let text = """
      configs:
        - dataset: one
          config:
            input_features: [{name: a, type: number}]
            output_features: [{name: b, type: number}]
            trainer:
              ▮
      """
    let around = try #require(try guideToWrite(text))
    #expect(around.keyNames.contains("learning_rate"))
    #expect(try guide(text.replacing("▮", with: "").replacing("dataset", with: "data▮set")) == nil)
  }

  @Test func `says nothing where it knows nothing`() throws {
    #expect(try guideToWrite(Self.config(more: "backend:\n  ▮")) == nil)
    #expect(try guideToWrite(Self.config(more: "mine: ▮")) == nil)
  }

  // MARK: - The tables

  /// Each table of keys with the keys that Ludwig reads in its sections.
  private static let tables: [(name: String, table: [KeyTable], known: LudwigKeySet)] = [
    ("topLevel", [LudwigGuide.topLevel], LudwigKeys.topLevel),
    ("trainer", [LudwigGuide.trainer], LudwigKeys.trainer),
    ("treeTrainer", [LudwigGuide.treeTrainer], LudwigKeys.treeTrainer),
    ("scheduler", [LudwigGuide.scheduler], LudwigKeys.scheduler),
    ("clipping", [LudwigGuide.clipping], LudwigKeys.clipping),
    ("optimizer", [LudwigGuide.optimizer], LudwigKeys.optimizers.allKeys + LudwigKeys.type),
    ("inputFeature", [LudwigGuide.inputFeature], LudwigKeys.inputFeature),
    ("outputFeature", [LudwigGuide.outputFeature], LudwigKeys.outputFeature),
    ("featureDefaults", [LudwigGuide.featureDefaults], LudwigKeys.featureDefaults),
    ("globalPreprocessing", [LudwigGuide.globalPreprocessing], LudwigKeys.globalPreprocessing),
    ("split", [LudwigGuide.split], LudwigKeys.split),
    ("hyperopt", [LudwigGuide.hyperopt], LudwigKeys.hyperopt),
    ("loss", [LudwigGuide.loss], LudwigKeys.losses.allKeys + LudwigKeys.flatLoss + LudwigKeys.type),
    ("preprocessing", [LudwigGuide.preprocessing], LudwigKeys.preprocessing.allKeys),
    (
      "modules", [LudwigGuide.modules, LudwigGuide.textModels],
      LudwigKeys.combiners.allKeys + LudwigKeys.decoders.allKeys + LudwigKeys.decoderStack + LudwigKeys.flatDecoder
        + LudwigKeys.flatEncoder + LudwigKeys.fullyConnectedLayer + LudwigKeys.type
        + LudwigKeySet(
          (LudwigWords.featureTypes.words.flatMap(LudwigWords.encoders)).compactMap(LudwigKeys.encoder)
            .flatMap(\.words).joined(separator: " ")
        )
    ),
  ]

  @Test(arguments: tables.map(\.name))
  func `every key that Ludwig reads has a guide, and every guide a key`(name: String) throws {
    let (_, tables, known) = try #require(Self.tables.first { $0.name == name })
    let keys = tables.flatMap { $0.keys { _ in [] } }
    #expect(keys.map(\.name).sorted() == Set(known.words).sorted())
    for key in keys { #expect(!key.summary.isEmpty, "\(key.name)") }
  }

  @Test func `the defaults are of keys that Ludwig reads`() {
    for (defaults, known) in [
      (LudwigDefaults.combiners, { LudwigKeys.combiners.keys(of: $0) }),
      (LudwigDefaults.decoders, { name in LudwigKeys.decoders.keys(of: name).map { $0 + LudwigKeys.decoderStack } }),
      (LudwigDefaults.losses, { LudwigKeys.losses.keys(of: $0) }),
      (LudwigDefaults.optimizers, { LudwigKeys.optimizers.keys(of: $0) }),
      (LudwigDefaults.encoders, { LudwigKeys.encoder($0.split(separator: ".").last.map(String.init) ?? $0) }),
      (LudwigDefaults.textModels, { LudwigKeys.encoder($0) }),
    ] as [(DefaultTable, (String) -> LudwigKeySet?)] {
      #expect(!defaults.types.isEmpty)
      for type in defaults.types {
        guard let known = known(type) else {
          Issue.record("\(type) is not known")
          continue
        }
        for key in defaults.keys(of: type) ?? [] { #expect(known.contains(key.name), "\(key.name) of \(type)") }
      }
    }
  }

  @Test func `the defaults of language models and augmentation are of keys that have a guide`() {
    for (defaults, types, table) in [
      (LudwigDefaults.languageModels, ["lora", "adalora", "ia3"], LudwigGuide.adapter),
      (LudwigDefaults.languageModels, ["quantization"], LudwigGuide.quantization),
      (LudwigDefaults.languageModels, ["generation"], LudwigGuide.generation),
      (LudwigDefaults.languageModels, ["prompt"], LudwigGuide.prompt),
      (LudwigDefaults.languageModels, ["retrieval"], LudwigGuide.retrieval),
      (LudwigDefaults.languageModels, ["model_parameters"], LudwigGuide.modelParameters),
      (LudwigDefaults.languageModels, ["rope_scaling"], LudwigGuide.ropeScaling),
      (LudwigDefaults.languageModels, ["executor"], LudwigGuide.executor),
      (LudwigDefaults.augmentations, LudwigDefaults.augmentations.types, LudwigGuide.augmentation),
    ] {
      let keys = table.keys { _ in [] }
      for key in keys { #expect(!key.summary.isEmpty, "\(key.name)") }
      let read = types.flatMap { defaults.keys(of: $0) ?? [] }.map(\.name)
      #expect(Set(read).union(["type"]) == Set(keys.map(\.name)).union(["type"]), "\(types)")
    }
  }

  /// What stands in the table of defaults is what the lowering takes.
  @Test func `the table of defaults agrees with the lowering`() throws {
    let network = "    encoder:\n      type: dense\n      num_layers: 2\n      ▮"
    var compared = 0
    for (text, table, type) in [
      (Self.config(trainer: "  ▮").replacing("  epochs: 3\n", with: ""), LudwigDefaults.sections, "trainer"),
      (
        Self.config(trainer: "  learning_rate_scheduler:\n    decay: exponential\n    ▮"), LudwigDefaults.sections,
        "learning_rate_scheduler"
      ),
      (
        Self.config(trainer: "  learning_rate_scheduler:\n    decay: cosine\n    ▮"), LudwigDefaults.sections,
        "learning_rate_scheduler"
      ),
      (Self.config(trainer: "  optimizer:\n    type: sgd\n    ▮"), LudwigDefaults.optimizers, "sgd"),
      (Self.config(trainer: "  optimizer:\n    type: adamw\n    ▮"), LudwigDefaults.optimizers, "adamw"),
      (Self.config(input: network), LudwigDefaults.encoders, "dense"),
      (Self.config(input: "    preprocessing:\n      ▮"), LudwigDefaults.preprocessing, "number"),
      (Self.config(output: "    loss: {▮}"), LudwigDefaults.losses, "mean_squared_error"),
      (Self.config(more: "combiner:\n  num_fc_layers: 2\n  ▮"), LudwigDefaults.combiners, "concat"),
      (Self.config(more: "hyperopt:\n  ▮"), LudwigDefaults.sections, "hyperopt"),
    ] {
      let guide = try #require(try guideToWrite(text))
      for (name, value) in table.keys(of: type) ?? [] {
        guard let value, let absent = guide.keys.first(where: { $0.name == name })?.absent,
          absent.hasPrefix("Ludwig takes ")
        else { continue }
        compared += 1
        let lowered = absent.dropFirst("Ludwig takes ".count).prefix { $0 != " " }
        let alike = LudwigWords.initializers[value] ?? value
        #expect(Double(value).map { Double(lowered) == $0 } ?? (lowered == alike), "\(name) of \(type): \(absent)")
      }
    }
    #expect(compared > 15)
  }

  @Test func `every word that is offered says what it means`() {
    for glossary in [
      LudwigGuide.featureTypes, LudwigGuide.modelTypes, LudwigGuide.splits, LudwigGuide.decays,
      LudwigGuide.missingValueStrategies, LudwigGuide.numberNormalizations, LudwigGuide.combinerWords,
      LudwigGuide.decoderWords, LudwigGuide.encoderWords, LudwigGuide.spaces, LudwigGuide.augmentations,
    ] {
      #expect(!glossary.entries.isEmpty)
      #expect(glossary.entries.allSatisfy { !$0.summary.isEmpty && !$0.summary.hasSuffix(".") })
    }
    #expect(Set(LudwigGuide.featureTypes.entries.map(\.word)) == Set(LudwigWords.featureTypes.entries.map(\.1)))
  }
}
