import Experiment
import Testing

struct VocabularyTests {
  @Test(arguments: [
    ("ReLU", "relu"), ("LeakyReLU", "leaky_relu"), ("leaky-relu", "leaky_relu"), ("swish", "silu"),
    ("logistic", "sigmoid"), ("Tanh", "tanh"), ("LogSoftmax", "log_softmax"), ("HardSwish", "hard_silu"),
    ("none", "linear"),
  ])
  func `knows an activation by its spellings`(spelling: String, name: String) {
    #expect(ActivationVocabulary.standardName(of: spelling) == name)
  }

  @Test(arguments: ["snake", "", "rélu", "softmaxx"])
  func `does not know others`(spelling: String) {
    #expect(ActivationVocabulary.standardName(of: spelling) == nil)
    #expect(LossVocabulary.resolve(spelling) == nil)
    #expect(OptimizerVocabulary.standardName(of: spelling) == nil)
    #expect(InitializerVocabulary.standardName(of: spelling) == nil)
  }

  @Test func `has consistent activations`() throws {
    for name in ActivationVocabulary.names {
      let traits = try #require(ActivationVocabulary.traits(of: name))
      #expect(ActivationVocabulary.standardName(of: name) == name)
      if let low = traits.minimum, let high = traits.maximum { #expect(low < high) }
      if traits.isProbability { #expect(traits.minimum == 0 && traits.maximum == 1) }
      if traits.family == .simplex { #expect(traits.isProbability) }
    }
  }

  @Test(
    arguments: [
      ("MSELoss", "mean_squared_error", nil), ("mse", "mean_squared_error", nil), ("SmoothL1Loss", "huber", nil),
      ("BCEWithLogitsLoss", "binary_crossentropy", true), ("BCELoss", "binary_crossentropy", nil),
      ("CrossEntropyLoss", "sparse_categorical_crossentropy", true),
      ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy", nil),
      ("NLLLoss", "negative_log_likelihood", nil), ("KLDivergence", "kl_divergence", nil),
    ] as [(String, String, Bool?)]
  )
  func `knows a loss by its spellings`(spelling: String, name: String, fromLogits: Bool?) {
    #expect(LossVocabulary.resolve(spelling)?.name == name)
    #expect(LossVocabulary.resolve(spelling)?.fromLogits == fromLogits)
  }

  @Test func `knows what every loss that takes logits wants without them`() throws {
    for name in LossVocabulary.names {
      let traits = try #require(LossVocabulary.traits(of: name))
      #expect(LossVocabulary.resolve(name)?.name == name)
      if traits.logitsActivation != nil { #expect(traits.expects == .probabilities) }
    }
  }

  @Test(arguments: [
    ("Adam", "adam", false), ("AdamW", "adamw", true), ("adamw_torch_fused", "adamw", true), ("SGD", "sgd", false),
    ("AdamOptimizer", "adam", false), ("RMSProp", "rmsprop", false), ("Lion", "lion", true),
  ])
  func `knows an optimizer by its spellings`(spelling: String, name: String, decouples: Bool) {
    #expect(OptimizerVocabulary.standardName(of: spelling) == name)
    #expect(OptimizerVocabulary.traits(of: name)?.decouplesDecay == decouples)
  }

  @Test(arguments: [
    ("GlorotUniform", "glorot_uniform"), ("xavier_uniform", "glorot_uniform"), ("kaiming_normal", "he_normal"),
    ("Zeros", "zeros"), ("zero", "zeros"), ("normal", "random_normal"), ("TruncatedNormal", "truncated_normal"),
  ])
  func `knows an initialiser by its spellings`(spelling: String, name: String) {
    #expect(InitializerVocabulary.standardName(of: spelling) == name)
  }
}
