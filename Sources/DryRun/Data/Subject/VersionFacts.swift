import Experiment

/// What one version says of its data.
///
/// Some facts stand twice, for an input and for the data as a whole, and a change may set either: what differs from the other version was changed last.
struct VersionFacts {
  let experiment: Experiment
  let heads: [Head]
  private let other: Experiment?

  init(_ version: Plan.Version, other: Plan.Version?) {
    experiment = version.experiment
    heads = version.heads
    self.other = other?.experiment
  }

  func inputName(_ index: Int) -> String {
    experiment.inputs[index].value(InputKeys.name) ?? "input \(index + 1)"
  }

  /// What is done to an input's numbers before the network gets them; `column` by its name.
  func inputNormalization(_ index: Int, column: String?) -> String? {
    let own = column.flatMap { experiment.data.value(DataKeys.columns)?.value(FactKey<Record>($0)) }
    if let word = own?.value(TargetKeys.normalization) { return word }
    return latest {
      $0.input(index)?.value(InputKeys.normalization)
    } or: {
      $0.data.value(DataKeys.inputs)?.value(TargetKeys.normalization)
    }
  }

  /// What an input is: `image`, `category`, `tokens`.
  func inputKind(_ index: Int) -> String? {
    latest {
      $0.input(index)?.value(InputKeys.type)
    } or: {
      $0.data.value(DataKeys.inputs)?.value(TargetKeys.kind)
    }
  }

  /// The columns of a table of so many values; those that nothing is said of are numbers without a name.
  func columns(_ size: Int) -> [InputForm.Column] {
    var columns: [InputForm.Column] = []
    let stated = experiment.inputs.count == 1 ? experiment.data.value(DataKeys.columns) : nil
    for entry in stated?.entries ?? [] {
      guard let record = Record(entry.fact.value) else { continue }
      columns.append(InputForm.Column(entry.name, record))
    }
    if columns.count > size { columns = [] }
    while columns.count < size {
      columns.append(InputForm.Column(name: nil, meaning: .number, statistics: Statistics()))
    }
    return columns
  }

  /// What is known of a head's targets as data.
  func target(_ head: Int) -> Record {
    let output = heads[head].output
    let own = experiment.outputs.indices.contains(output) ? experiment.outputs[output].facts : Record()
    return own.value(OutputKeys.target) ?? experiment.data.value(DataKeys.targets) ?? Record()
  }

  func targetNormalization(_ head: Int) -> String? {
    let output = heads[head].output
    return latest {
      $0.outputs.indices.contains(output)
        ? $0.outputs[output].facts.value(OutputKeys.target)?.value(TargetKeys.normalization) : nil
    } or: {
      $0.data.value(DataKeys.targets)?.value(TargetKeys.normalization)
    }
  }

  /// The axes of a head's output that are places, as in tagging; none for one answer for each example.
  func places(_ head: Int) throws(NotRunnable) -> [Int] {
    let layer = heads[head].layer
    guard experiment.layers.indices.contains(layer),
      let shape = experiment.layers[layer].facts.value(LayerKeys.outputShape), shape.elementCount != nil
    else { throw NotRunnable("the shape of output \"\(heads[head].name)\" is not known") }
    return shape.axes.dropLast().compactMap(\.self)
  }

  /// The activation that bounds a head's output.
  func activation(_ head: Int) -> String? {
    let output = heads[head].output
    guard experiment.outputs.indices.contains(output) else { return nil }
    return experiment.outputs[output].facts.value(OutputKeys.activation)
  }

  /// The own fact before the shared one, unless the other version shows that the shared one was changed.
  private func latest(_ own: (Experiment) -> String?, or shared: (Experiment) -> String?) -> String? {
    let mine = own(experiment)
    let common = shared(experiment)
    guard let mine, let common, mine != common, let other else { return mine ?? common }
    return own(other) == mine && shared(other) != common ? common : mine
  }
}

extension Experiment {
  fileprivate func input(_ index: Int) -> Record? { inputs.indices.contains(index) ? inputs[index] : nil }
}

extension InputForm.Column {
  /// A column as it is stated; what is encoded has become numbers already.
  fileprivate init(_ name: String, _ record: Record) {
    let encoding = record.value(TargetKeys.encoding)
    let isPlain = encoding == nil || encoding == "none"
    let statistics = Statistics(record)
    let meaning: Meaning
    switch record.value(TargetKeys.kind) {
    case "category" where isPlain, "id" where isPlain:
      let range = statistics.maximum.map { $0 - (statistics.minimum ?? 0) + 1 }
      let count = record.value(TargetKeys.classes) ?? range.flatMap { Int(exactly: $0.rounded()) }
      meaning = .category(max(2, count ?? InputForm.usualCategories))
    case "binary": meaning = .binary
    case "angle" where isPlain:
      // Degrees, unless they are said to be radians.
      meaning = .cyclic((statistics.maximum ?? 360) < 7 ? 2 * .pi : 360)
    case "cyclic" where isPlain:
      meaning = .cyclic(max(1, (statistics.maximum ?? 23) + 1))
    default: meaning = .number
    }
    self.init(name: name, meaning: meaning, statistics: statistics)
  }
}
