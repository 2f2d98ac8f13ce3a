import Experiment

/// What an experiment does not say and a dry run assumes, and what it says and a dry run leaves out.
struct Unsaid {
  private(set) var assumptions: [String] = []
  private(set) var omissions: [String] = []

  /// - Parameter experiment: Derived.
  init(_ experiment: Experiment) {
    if let settings = try? OptimizerSettings(experiment) {
      assumptions += settings.assumptions
      omissions += ScheduleSettings(experiment, rate: settings.rate).omissions
    }
    noteLayers(experiment)
    noteHeads(experiment)
    if experiment.data.value(DataKeys.augmentation) == true { omissions.append("augmentation") }
    if let patience = experiment.training.value(TrainingKeys.earlyStopping), patience > 0 {
      omissions.append("early stopping")
    }
  }

  // MARK: - Private

  private mutating func noteLayers(_ experiment: Experiment) {
    var undrawn: [String] = []
    var pretrained: [String] = []
    for layer in experiment.layers {
      let facts = layer.facts
      if facts.value(LayerKeys.pretrained) == true { pretrained.append(layer.name) }
      if layer.kind.isWeightLayer, facts[LayerKeys.kernelInitializer] == nil { undrawn.append(layer.name) }
      switch layer.kind {
      case .upSampling where facts.value(LayerKeys.factors)?.count == 2:
        assumptions.append("layer \"\(layer.name)\": up-sampling that repeats values")
      case .augmentation: omissions.append("augmentation")
      case .masking: omissions.append("masking (layer \"\(layer.name)\")")
      default: break
      }
      if facts.value(LayerKeys.recurrentDropRate) ?? 0 > 0 {
        omissions.append("dropout of the state (layer \"\(layer.name)\")")
      }
      if facts.value(LayerKeys.doubleBias) == true, layer.kind != .gru {
        omissions.append("the second bias (layer \"\(layer.name)\")")
      }
      if facts.value(LayerKeys.otherPenalty) == true {
        omissions.append("a penalty of unknown strength (layer \"\(layer.name)\")")
      }
    }
    for layer in experiment.layersWithoutStatistics {
      assumptions.append("layer \"\(layer.name)\": mean 0 and variance 1, since nothing states them")
    }
    if !pretrained.isEmpty || experiment.about.value(ExperimentKeys.fineTuned) == true {
      let which = pretrained.first.map { " (layer \"\($0)\"\(pretrained.count > 1 ? " and others" : ""))" } ?? ""
      assumptions.append("weights of an earlier training\(which): drawn anew")
    }
    if let first = undrawn.first {
      let framework = experiment.isTorch ? "PyTorch" : "Keras"
      let others = undrawn.count > 1 ? " and \(undrawn.count - 1) more" : ""
      assumptions.append("initialisers that nothing states, of \"\(first)\"\(others): \(framework)'s")
    }
  }
  private mutating func noteHeads(_ experiment: Experiment) {
    guard let heads = try? Head.all(of: experiment).heads else { return }
    for head in heads where head.leavesOutClassWeights {
      omissions.append("class weights of independent labels (output \"\(head.name)\")")
    }
  }
}
