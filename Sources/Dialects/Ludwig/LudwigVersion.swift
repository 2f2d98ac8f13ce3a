import ConfigSyntax

/// Which Ludwig a config is for, as far as its file, the command line and settings tell.
///
/// `ludwig_version` says it in configs that Ludwig saved. Where it does not, the command line and settings may, and then the words: `training` and `numerical` were given up with
/// 0.5. Keys that only newer releases have speak against that, for every release still reads the old words. Encoder keys on
/// the feature itself, given up with 0.6, prove nothing: many configs for the newest release still have them. Where nothing
/// tells, the newest release counts for what the network is, and a default that depends on the release stays open.
struct LudwigVersion {
  /// The major and minor number; nil where nothing tells, and the newest counts.
  let number: (major: Int, minor: Int)?
  /// The version as the file states it.
  let stated: SyntaxNode?
  /// The version as the command line or settings state it, where the file states none.
  let told: FrameworkVersions.Version?
  /// The oldest release that knows all keys; nil where each of them is known to all that count.
  private let oldest: (major: Int, minor: Int)?
  /// Whether the file may have been written for a release before 0.5, whatever reads it now.
  ///
  /// Such configs are still about: releases from 0.5 on carry some that they did not train with themselves.
  let mayBeBeforeTorch: Bool

  init(of config: SyntaxNode, told: FrameworkVersions.Version?) {
    stated = config["ludwig_version"]
    oldest = Self.newKeys.first { Self.has($0.keys, config) }?.release
    let own = stated?.text.flatMap(Self.parse)
    self.told = own == nil ? told : nil
    if let number = own ?? told.flatMap({ Self.parse($0.text) }) {
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

  /// Returns whether the config is for this release or a newer one; nil where nothing proves either.
  func isSurelyAtLeast(_ major: Int, _ minor: Int) -> Bool? {
    if number != nil { return isAtLeast(major, minor) }
    return oldest.map { ($0.major, $0.minor) >= (major, minor) } == true ? true : nil
  }

  // MARK: - Private

  /// The keys that came with a release, newest first: those of the trainer, and `base_model`.
  ///
  /// Read in `ludwig/schema` of 0.6.4, 0.7, 0.8 and 0.9.
  private static let newKeys: [(release: (major: Int, minor: Int), keys: [String])] = [
    ((0, 9), ["effective_batch_size", "enable_gradient_checkpointing", "skip_all_evaluation"]),
    ((0, 8), ["gradient_accumulation_steps", "compile", "base_model"]),
    ((0, 7), ["learning_rate_scheduler", "use_mixed_precision"]),
  ]

  private static func has(_ keys: [String], _ config: SyntaxNode) -> Bool {
    keys.contains { config["trainer"]?[$0] != nil || ($0 == "base_model" && config[$0] != nil) }
  }

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
