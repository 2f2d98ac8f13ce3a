import ConfigSyntax
import Experiment

/// The frameworks whose configs are trees of objects: mappings that name a class and its arguments.
enum TreeFamily: String, CaseIterable, Sendable {
  case monai
  case nemo
  case torchtune
  case lightning = "lightning_cli"
  case hydra

  /// How the framework is called by its users.
  var framework: String {
    switch self {
    case .monai: "MONAI"
    case .nemo: "NeMo"
    case .torchtune: "torchtune"
    case .lightning: "Lightning"
    case .hydra: "PyTorch"
    }
  }

  /// Where its defaults, and those of the classes of PyTorch that it makes, were read.
  var sources: [String] {
    switch self {
    case .monai: ["monai 1.6.1", "torch 2.15.0"]
    case .nemo: ["nemo_toolkit 3.0.0", "lightning 2.6.6", "torch 2.15.0"]
    case .torchtune, .hydra: ["torch 2.15.0"]
    case .lightning: ["lightning 2.6.6", "torch 2.15.0"]
    }
  }

  /// The key that names a class.
  var classKey: String {
    switch self {
    case .monai, .nemo, .hydra: "_target_"
    case .torchtune: "_component_"
    case .lightning: "class_path"
    }
  }

  /// The key of the mapping that holds a class's arguments; nil where they stand beside the class.
  var argumentsKey: String? { self == .lightning ? "init_args" : nil }

  /// The package in which names without one are looked for.
  var package: String? { self == .monai ? "monai" : nil }

  var references: ConfigTree.References { self == .monai ? .identifiers : .interpolations }

  /// Returns how sure it is that a document is one of the family's.
  func recognition(of document: SyntaxNode) -> Recognition {
    guard document.kind == .mapping else { return .no }
    switch self {
    case .monai: return Self.isBundle(document) ? .certain : .no
    case .nemo: return Self.isNeMo(document) ? .certain : .no
    case .torchtune: return document.members.contains { $0.value["_component_"]?.string != nil } ? .certain : .no
    case .lightning: return Self.lightningRecognition(of: document["fit"] ?? document)
    case .hydra: return Self.isHydra(document) ? .likely : .no
    }
  }

  // MARK: - Marks

  /// A bundle has objects, values that are references or Python, and a workflow or network by its usual name.
  private static func isBundle(_ document: SyntaxNode) -> Bool {
    var hasName = false
    var hasObject = false
    var hasReference = false
    for member in document.members {
      let name = member.name
      if bundleNames.contains(name) || name.hasPrefix("train#") || name.hasPrefix("train::") { hasName = true }
      if isReference(member.value) { hasReference = true }
      guard member.value.kind == .mapping else {
        if member.value.elements.contains(where: isReference) { hasReference = true }
        continue
      }
      if member.value["_target_"] != nil { hasObject = true }
      for inner in member.value.members {
        if isReference(inner.value) { hasReference = true }
        if inner.value["_target_"] != nil { hasObject = true }
      }
    }
    return hasName && hasObject && hasReference
  }

  private static let bundleNames: Set<String> = [
    "network_def", "network", "train", "validate", "trainer", "evaluator", "inferer", "bundle_root", "imports",
    "initialize",
  ]

  private static func isReference(_ node: SyntaxNode) -> Bool {
    guard let text = node.string, let first = text.utf8.first, text.utf8.count > 1 else { return false }
    return first == UInt8(ascii: "@") || (first == UInt8(ascii: "$") && !text.hasPrefix("${"))
  }

  /// NeMo has a model with its data and optimizer inside, and a trainer or its experiment manager beside it.
  private static func isNeMo(_ document: SyntaxNode) -> Bool {
    guard let model = document["model"], model.kind == .mapping else { return false }
    let hasTrainer = document["trainer"]?.kind == .mapping
    guard hasTrainer || model["optim"]?.kind == .mapping else { return false }
    if document["exp_manager"]?.kind == .mapping { return true }
    if let data = model["train_ds"] ?? model["validation_ds"], data.kind == .mapping { return true }
    if model["optim"]?["sched"]?.kind == .mapping { return true }
    return ([model] + model.members.map(\.value)).contains { $0["_target_"]?.string?.hasPrefix("nemo.") == true }
  }

  /// Lightning's command line has a trainer beside objects that are named by `class_path`.
  private static func lightningRecognition(of root: SyntaxNode) -> Recognition {
    guard root.kind == .mapping else { return .no }
    let parts = ["model", "data", "optimizer", "lr_scheduler"].compactMap { root[$0] }
    let hasClass = parts.contains { $0["class_path"]?.string != nil }
    if root["trainer"]?.kind == .mapping, root["model"]?.kind == .mapping {
      return hasClass || root["seed_everything"] != nil ? .certain : .no
    }
    return root["model"]?["class_path"]?.string != nil ? .likely : .no
  }

  /// A config that Hydra composes from groups, or a part of one that says how something is trained.
  private static func isHydra(_ document: SyntaxNode) -> Bool {
    let groups = HydraComposition.groups(of: document)
    if groups.contains(where: trainingGroups.contains) { return true }
    var remaining = 400
    return saysHowItTrains(document, depth: 0, &remaining)
  }

  private static let trainingGroups: Set<String> = [
    "model", "net", "network", "optimizer", "optim", "trainer", "data", "datamodule", "dataset", "scheduler", "loss",
    "training",
  ]

  private static func saysHowItTrains(_ node: SyntaxNode, depth: Int, _ remaining: inout Int) -> Bool {
    guard node.kind == .mapping, depth < 5, remaining > 0 else { return false }
    if let name = node["_target_"]?.string {
      if ClassNames.optimizer(name) != nil || ClassNames.isTrainer(name) || ClassNames.loss(name) != nil { return true }
      if name.hasSuffix("DataModule"), node["batch_size"] != nil { return true }
    }
    for member in node.members where member.name != "hydra" {
      remaining -= 1
      if saysHowItTrains(member.value, depth: depth + 1, &remaining) { return true }
    }
    return false
  }
}
