import Experiment
import SourceText

/// What the facts are that a definition may name, by their records.
struct FactTypes {
  private var names: [FactGuide.Section: Set<String>] = [:]

  /// What is wrong with a fact's place: nil where there is such a fact.
  mutating func fault(of target: MappedTarget) -> (help: String?, isFault: Bool) {
    guard let section = FactGuide.section(of: target.record) else { return (nil, true) }
    let names = names(in: section)
    if names.contains(target.key) { return (nil, false) }
    return (Spelling.nearest(to: target.key, among: names).map { "did you mean \"\($0)\"?" }, true)
  }

  private mutating func names(in section: FactGuide.Section) -> Set<String> {
    if let known = names[section] { return known }
    let all = Set(FactGuide.all(in: section).map(\.name))
    names[section] = all
    return all
  }

  /// What a fact's value must be.
  static func type(of target: MappedTarget) -> MappedType {
    let name = target.key
    if integers.contains(name) { return .integer }
    if booleans.contains(name) { return .boolean }
    if texts.contains(name) { return .text }
    if lists.contains(name) { return .any }
    return .number
  }

  private static let integers: Set<String> = [
    "batch_size", "micro_batch_size", "accumulation_steps", "epochs", "steps", "validation_samples", "early_stopping",
    "warmup_steps", "decay_steps", "samples", "sample_size", "classes", "features", "units", "sequence_length",
    "recurrent_steps",
  ]
  private static let booleans: Set<String> = [
    "nesterov", "amsgrad", "centered", "decoupled", "restarts", "augmentation", "fine_tuned", "from_logits",
    "skip_evaluation",
  ]
  private static let texts: Set<String> = [
    "framework", "framework_version", "name", "model_type", "kind", "type", "task", "loss", "normalization", "dtype",
    "encoder", "activation", "split", "monitor_mode", "validation_field", "regularization_type", "sample", "encoding",
    "metric", "goal", "output_feature", "adapter",
  ]
  private static let lists: Set<String> = ["monitor", "metrics", "class_weights", "class_shares", "shape", "clip"]
}
