/// What is known of an optimizer.
package struct OptimizerTraits: Hashable, Sendable {
  /// The standard name.
  package var name: String
  /// Whether its weight decay is decoupled from the gradient by definition, as in AdamW (Loshchilov & Hutter 2019).
  ///
  /// For the others the framework decides: Keras decouples the decay of every optimizer, PyTorch adds it to the gradient.
  package var decouplesDecay: Bool
}

/// The optimizers that are known, by their standard names.
package enum OptimizerVocabulary {
  /// Returns the standard name of an optimizer that any framework spells so, or nil when it is not known.
  package static func standardName(of spelling: String) -> String? {
    let folded = FoldedSpelling(spelling)
    return index[folded] ?? folded.dropping(suffix: "optimizer").flatMap { index[$0] }
  }

  /// Returns what is known of the optimizer with the standard name.
  package static func traits(of name: String) -> OptimizerTraits? {
    byName[name]
  }

  /// All standard names, sorted.
  package static let names: [String] = all.map(\.name).sorted()

  private static let all: [OptimizerTraits] =
    [
      "sgd", "adam", "rmsprop", "adagrad", "adadelta", "adamax", "nadam", "radam", "ftrl", "lamb", "lars", "lbfgs",
      "adafactor",
    ]
    .map { OptimizerTraits(name: $0, decouplesDecay: false) }
    + ["adamw", "sgdw", "nadamw", "lion", "muon"].map { OptimizerTraits(name: $0, decouplesDecay: true) }

  /// Spellings beyond case and underscores: PyTorch's and Hugging Face's, fused and 8-bit variants, momentum spelled out.
  private static let aliases: [String: String] = [
    "momentum": "sgd", "gradient_descent": "sgd", "sgd_8bit": "sgd",
    "adam_8bit": "adam", "fused_adam": "adam", "weight_decay_adam": "adamw",
    "adamw_torch": "adamw", "adamw_torch_fused": "adamw", "adamw_hf": "adamw", "adamw_8bit": "adamw",
    "adamw_bnb_8bit": "adamw", "paged_adamw": "adamw", "paged_adamw_8bit": "adamw", "paged_adamw_32bit": "adamw",
    "paged_adam": "adam", "paged_adam_8bit": "adam", "rmsprop_8bit": "rmsprop", "adagrad_8bit": "adagrad",
    "lamb_8bit": "lamb", "lars_8bit": "lars", "lion_8bit": "lion", "paged_lion": "lion", "paged_lion_8bit": "lion",
    "ada_max": "adamax",
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private static let index: [FoldedSpelling: String] = {
    var index: [FoldedSpelling: String] = [:]
    for traits in all { index[FoldedSpelling(traits.name)] = traits.name }
    for (alias, name) in aliases { index[FoldedSpelling(alias)] = name }
    return index
  }()
}
