import ConfigSyntax

/// Which Ludwig a config is for, as far as its file tells.
///
/// `ludwig_version` says it in configs that Ludwig saved. Else the words may: `training` and `numerical` were given up with
/// 0.5. Keys that only newer releases have speak against that, for every release still reads the old words. Encoder keys on
/// the feature itself, given up with 0.6, prove nothing: many configs for the newest release still have them. Where nothing
/// tells, the newest release counts.
struct LudwigVersion {
  /// The major and minor number; nil where nothing tells, and the newest counts.
  let number: (major: Int, minor: Int)?
  /// The version as the file states it.
  let stated: SyntaxNode?
  /// Whether the file may have been written for a release before 0.5, whatever reads it now.
  ///
  /// Such configs are still about: releases from 0.5 on carry some that they did not train with themselves.
  let mayBeBeforeTorch: Bool

  init(of config: SyntaxNode) {
    stated = config["ludwig_version"]
    if let number = stated?.text.flatMap(Self.parse) {
      self.number = number
      mayBeBeforeTorch = (number.major, number.minor) < (0, 5)
      return
    }
    mayBeBeforeTorch = config["training"] != nil
    if config["training"] != nil || Self.features(config).contains(where: Self.isNumerical),
      !Self.hasNewKeys(config)
    {
      number = (0, 5)
    } else {
      number = nil
    }
  }

  /// Returns whether the config is for this release or a newer one, as far as its file tells.
  func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
    guard let number else { return true }
    return (number.major, number.minor) >= (major, minor)
  }

  // MARK: - Private

  private static func parse(_ text: String) -> (major: Int, minor: Int)? {
    let parts = text.split(separator: ".")
    guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix { $0.isNumber }) else {
      return nil
    }
    return (major, minor)
  }

  private static func features(_ config: SyntaxNode) -> [SyntaxNode] {
    (config["input_features"]?.elements ?? []) + (config["output_features"]?.elements ?? [])
  }

  private static func isNumerical(_ feature: SyntaxNode) -> Bool {
    feature["type"]?.string == "numerical"
  }

  /// Whether the config has a key that releases up to 0.5 did not know.
  private static func hasNewKeys(_ config: SyntaxNode) -> Bool {
    if config["defaults"] != nil || config["model_type"] != nil || config["base_model"] != nil { return true }
    if config["preprocessing"]?["split"]?.kind == .mapping { return true }
    let newTrainerKeys = [
      "learning_rate_scheduler", "max_batch_size", "gradient_accumulation_steps", "effective_batch_size",
      "use_mixed_precision", "compile", "enable_gradient_checkpointing",
    ]
    if newTrainerKeys.contains(where: { config["trainer"]?[$0] != nil }) { return true }
    return features(config).contains {
      $0["encoder"]?.kind == .mapping || $0["decoder"]?.kind == .mapping || $0["augmentation"] != nil
    }
  }
}
