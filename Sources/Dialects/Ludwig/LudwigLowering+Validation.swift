import ConfigSyntax
import Experiment

/// What the trained model is judged by: held-out data, the monitored metric, the search's goal.
extension LudwigLowering {
  mutating func lowerMonitor(_ trainer: LudwigSection, in training: inout Record, at path: RecordPath) {
    if case .stated(let metric, let node) = read(String.self, [trainer.key("validation_metric")]) {
      training[TrainingKeys.monitor] = Fact([metric], stated(node))
    }
    set(TrainingKeys.monitoredOutput, in: &training, at: path, from: [trainer.key("validation_field")])
    set(TrainingKeys.skipsEvaluation, in: &training, at: path, from: [trainer.key("skip_all_evaluation")])
  }

  /// Lowers how often held-out data are judged: after each epoch, unless steps or a number are given.
  func lowerEvaluations(_ section: LudwigSection, in training: inout Record) {
    guard [nil, 0].contains(section.member(["steps_per_checkpoint"])?.value.integer) else { return }
    if let node = section.member(["checkpoints_per_epoch"])?.value, let count = node.number, count > 0 {
      training[TrainingKeys.evaluationsPerEpoch] = Fact(count, stated(node))
    } else {
      training[TrainingKeys.evaluationsPerEpoch] = Fact(1, Self.default())
    }
  }

  /// Lowers the split: train, validation and test shares, 0.7, 0.1 and 0.2 unless stated.
  ///
  /// Without a stated type a column named `split` decides, where the data have one (`split_dataset` in
  /// `ludwig/data/preprocessing.py`).
  mutating func lowerSplit(_ root: LudwigSection, in training: inout Record) {
    let preprocessing = root.child("preprocessing")
    let section = preprocessing.child("split")
    var type: String?
    if let node = section.member(["type"])?.value, let word = node.string {
      type = word
      training[TrainingKeys.split] = Fact(word, stated(node))
    } else if let column = preprocessing.member(["stratify"])?.value, !column.isNull {
      training[TrainingKeys.split] = Fact(
        "stratify",
        .inferred(from: "\"stratify\"", at: column.location(source: source))
      )
    }
    // A fixed split is a column of the data; only the data know its shares.
    guard [nil, "random", "stratify", "datetime", "hash"].contains(type) else { return }
    let shares = section.member(["probabilities"])?.value ?? preprocessing.member(["split_probabilities"])?.value
    guard let shares, shares.kind == .sequence else {
      let usual = Self.default(note: "70 % training, 10 % validation, 20 % test")
      training[TrainingKeys.validationSplit] = Fact(0.1, usual)
      training[TrainingKeys.testSplit] = Fact(0.2, usual)
      return
    }
    for (index, key) in [(1, TrainingKeys.validationSplit), (2, TrainingKeys.testSplit)] {
      if let node = shares[index], let share = node.number { training[key] = Fact(share, stated(node)) }
    }
  }

  /// Lowers what a hyperparameter search compares; nil where there is none.
  mutating func lowerSearch(_ root: LudwigSection, at path: RecordPath) -> Fact<Record>? {
    let section = root.child("hyperopt")
    guard let node = section.node else { return nil }
    var record = record(of: section)
    set(SearchKeys.metric, in: &record, at: path, from: [section.key("metric")], default: "loss")
    set(SearchKeys.goal, in: &record, at: path, from: [section.key("goal")], words: Self.goals, default: "minimize")
    // The schema has "eval_split" too, which says where the best models are evaluated at the end.
    set(SearchKeys.split, in: &record, at: path, from: [section.key("split")], default: "validation")
    set(SearchKeys.output, in: &record, at: path, from: [section.key("output_feature")], default: "combined")
    return Fact(record, stated(node))
  }

  private static let goals: LudwigTable = ["minimize": "minimize", "maximize": "maximize"]
}
