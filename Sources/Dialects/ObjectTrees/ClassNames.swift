import Experiment

/// What a class or function is that a config names, whichever of the frameworks has it.
///
/// Known by the last part of its name where the first is that of a package known here: `torch.optim.Adam` is, `my_project.optim.Adam`
/// is not.
enum ClassNames {
  /// An optimizer, with what it takes where a key is absent.
  struct Optimizer: Hashable, Sendable {
    /// The standard name.
    var name: String
    /// What the package calls itself.
    var framework: String
    /// What is taken where the key is absent, by the name of the fact.
    var defaults: [String: Double] = [:]
  }

  /// Returns the last part of a class's name where the package is known; nil for the reader's own classes.
  static func known(_ name: String) -> String? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard let last = parts.last, !last.isEmpty, let first = parts.first else { return nil }
    guard parts.count == 1 || packages.contains(String(first)) else { return nil }
    return String(last)
  }

  /// Returns the optimizer with the name.
  ///
  /// - Parameters:
  ///   - name: The class's name, or a word of NeMo's.
  ///   - package: The package that a name without one is looked for in, as MONAI does; nil where there is none.
  /// - Returns: The optimizer, without defaults where only the name is sure; nil when it is not known.
  static func optimizer(_ name: String, in package: String? = nil) -> Optimizer? {
    guard let last = known(name) else { return nil }
    let hasPackage = name.utf8.contains(UInt8(ascii: "."))
    let package = hasPackage ? String(name.prefix { $0 != "." }) : package ?? "torch"
    if let own = optimizers["\(package).\(last)"] ?? (hasPackage ? nil : optimizers[last]) { return own }
    // Of another package only the name is sure.
    return OptimizerVocabulary.standardName(of: last).map { Optimizer(name: $0, framework: package) }
  }

  /// Returns the word for the schedule with the name, or nil when it is not known.
  static func schedule(_ name: String) -> String? {
    known(name).flatMap { schedules[$0] }
  }

  /// Returns the standard name of the loss, with whether it takes logits; nil for one that is not known.
  static func loss(_ name: String) -> (name: String, fromLogits: Bool?)? {
    known(name).flatMap { losses[$0] }
  }

  /// Whether the class is the trainer of Lightning or MONAI that runs the usual loop.
  static func isTrainer(_ name: String) -> Bool {
    known(name).map(trainers.contains) ?? false
  }

  /// What the class does to the numbers of an image, in the words of ``InputKeys/normalization``; nil for others.
  static func normalization(_ name: String) -> String? {
    known(name).flatMap { normalizations[withoutDictionarySuffix($0)] }
  }

  /// Whether the class varies examples at random.
  static func isAugmentation(_ name: String) -> Bool {
    guard let last = known(name) else { return false }
    // Random crops of fixed size are how volumes get into a batch at all.
    return last.hasPrefix("Rand") && !last.hasPrefix("RandCrop") && !last.hasPrefix("RandSpatialCrop")
  }

  /// Whether the class is a loader of batches.
  static func isLoader(_ name: String) -> Bool {
    known(name).map { $0 == "DataLoader" || $0 == "ThreadDataLoader" } ?? false
  }

  /// Whether the class is one of MONAI's networks that end in a convolution or linear layer without activation.
  static func endsLinear(_ name: String) -> Bool {
    known(name).map(linearNetworks.contains) ?? false
  }

  /// The layer that the class is; nil for one that is not known.
  static func layer(_ name: String) -> LayerClass? {
    guard name.utf8.contains(UInt8(ascii: ".")), let last = known(name) else { return nil }
    return layers[last]
  }

  // MARK: - Private

  private static func withoutDictionarySuffix(_ name: String) -> String {
    // MONAI's transforms of dictionaries are spelled with `d`, `D` or `Dict` behind the name.
    for suffix in ["Dict", "d", "D"] where name.hasSuffix(suffix) { return String(name.dropLast(suffix.count)) }
    return name
  }
}

/// What a class of `torch.nn` is here, and which of its arguments say what.
struct LayerClass: Sendable {
  var kind: LayerKind
  /// The argument for the units or filters, with its place among those without a name.
  var size: (name: String, position: Int)?
  /// The activation that the class is.
  var activation: String?
  /// The number of spatial axes.
  var rank = 0
  /// The argument for the drop rate.
  var rate: String?
}
