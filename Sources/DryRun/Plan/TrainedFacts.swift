import Experiment

extension Plan {
  /// Whether both versions train alike, number for number: what differs between them is nothing that a dry run does.
  ///
  /// Names of layers count, since draws depend on them.
  var trainsAlike: Bool {
    guard let changed else { return false }
    return written.batch == changed.batch && written.steps == changed.steps
      && TrainedFacts(written.experiment) == TrainedFacts(changed.experiment)
  }
}

/// What of an experiment a training may depend on, wherever it is stated.
///
/// A fact counts unless it is listed here as one that nothing is trained by: a fact that is new is taken to matter.
private struct TrainedFacts: Equatable {
  private let about: Record
  private let inputs: [Record]
  private let layers: [Layer]
  private let outputs: [Output]
  private let training: Record
  private let data: Record

  /// - Parameter experiment: Derived.
  init(_ experiment: Experiment) {
    let places = Places(experiment)
    var length: Set<String> = []
    // Only a schedule follows the length of the experiment's own run; that of the dry run is compared by itself.
    if experiment.training.value(TrainingKeys.schedule) == nil {
      length = [ExperimentKeys.totalSteps.name, ExperimentKeys.stepsPerEpoch.name]
    }
    about = experiment.about.bare(without: Self.ofExperiments.union(length))
    inputs = experiment.inputs.map { input in
      var bare = input.bare(without: [InputKeys.encoder.name, InputKeys.layer.name])
      if let layer = input.value(InputKeys.layer), let place = places.place(of: layer) {
        bare[InputKeys.layer] = Fact(place, Record.nowhere)
      }
      return bare
    }
    layers = places.kept.map { index in
      let layer = experiment.layers[index]
      let sources = layer.inputs.indices.map { input in
        let slots = layer.inputSlots
        return places.source(layer.inputs[input], slot: slots.indices.contains(input) ? slots[input] : 0)
      }
      var bare = Layer(
        kind: layer.kind,
        name: layer.name,
        facts: layer.facts.bare(without: Self.ofLayers),
        inputs: sources.map { places.place(of: $0.layer) ?? 0 }
      )
      bare.inputSlots = sources.map(\.slot)
      bare.sharesWeightsWith = layer.sharesWeightsWith.flatMap { places.place(of: $0) }
      return bare
    }
    outputs = experiment.outputs.map { output in
      Output(
        facts: output.facts.bare(without: [OutputKeys.metrics.name]),
        layer: output.layer.flatMap { places.place(of: places.source($0, slot: 0).layer) }
      )
    }
    training = experiment.training.bare(without: Self.ofTraining)
    data = experiment.data.bare(without: Self.ofData)
  }

  // MARK: - What makes no difference

  private static let ofExperiments: Set = [
    ExperimentKeys.name.name, ExperimentKeys.frameworkVersion.name, ExperimentKeys.fineTuned.name,
    ExperimentKeys.parameters.name, ExperimentKeys.weightDepth.name, ExperimentKeys.hasSkips.name,
    ExperimentKeys.hasNormalization.name, ExperimentKeys.isPlain.name,
  ]
  private static let ofLayers: Set = [
    LayerKeys.role.name, LayerKeys.pretrained.name, LayerKeys.recurrentDropRate.name, LayerKeys.otherPenalty.name,
    LayerKeys.outputLength.name,
  ]
  /// Batches are compared by themselves, after scaling.
  private static let ofTraining: Set = [
    TrainingKeys.batchSize.name, TrainingKeys.microBatchSize.name, TrainingKeys.accumulationSteps.name,
    TrainingKeys.epochs.name, TrainingKeys.steps.name, TrainingKeys.earlyStopping.name,
    TrainingKeys.evaluationsPerEpoch.name, TrainingKeys.skipsEvaluation.name, TrainingKeys.monitor.name,
    TrainingKeys.monitorMode.name, TrainingKeys.monitoredOutput.name, TrainingKeys.search.name,
    TrainingKeys.validationSamples.name,
  ]
  private static let ofData: Set = [
    DataKeys.samples.name, DataKeys.sampleRatio.name, DataKeys.sampleSize.name, DataKeys.sample.name,
    DataKeys.augmentation.name,
  ]
}

/// Where layers stand when those that pass on what they get are left out.
private struct Places {
  /// The layers that remain, in their order.
  let kept: [Int]
  private let experiment: Experiment
  private let places: [Int: Int]

  init(_ experiment: Experiment) {
    self.experiment = experiment
    let kept = experiment.layers.indices.filter { !experiment.layers[$0].passesThrough }
    self.kept = kept
    places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
  }

  func place(of layer: Int) -> Int? { places[layer] }

  /// The layer that gives what one is given by another, those passed by that only pass it on.
  func source(_ layer: Int, slot: Int) -> (layer: Int, slot: Int) {
    var (layer, slot) = (layer, slot)
    while experiment.layers.indices.contains(layer), experiment.layers[layer].passesThrough,
      let input = experiment.layers[layer].inputs.first
    {
      slot = experiment.layers[layer].inputSlots.first ?? 0
      layer = input
    }
    return (layer, slot)
  }
}

extension Layer {
  /// Whether a dry run leaves the layer out, so that its output is its input.
  fileprivate var passesThrough: Bool {
    switch kind {
    case .augmentation, .masking, .identity:
      facts.value(LayerKeys.activityL1) == nil && facts.value(LayerKeys.activityL2) == nil
    default: false
    }
  }
}

extension Record {
  fileprivate static var nowhere: Origin { .inferred(from: "", at: nil) }

  /// The values alone, in the order of their names.
  fileprivate func bare(without ignored: Set<String> = []) -> Record {
    var bare = Record()
    for entry in entries.sorted(by: { $0.name < $1.name }) where !ignored.contains(entry.name) {
      bare[name: entry.name] = Fact(entry.fact.value.bare, Self.nowhere)
    }
    return bare
  }
}

extension FactValue {
  fileprivate var bare: FactValue {
    switch self {
    case .integer(let number): .number(Double(number))
    case .list(let elements): .list(elements.map(\.bare))
    case .record(let record): .record(record.bare())
    default: self
    }
  }
}
