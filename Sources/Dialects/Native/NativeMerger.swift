import Experiment

/// Puts what an experiment file states over what its model file says, and notes where the two disagree.
struct NativeMerger {
  /// What the file is called that an experiment file names as its model.
  static let modelFile = "the model file"

  /// What the file that may say otherwise is called.
  var other = modelFile
  var problems: [Problem] = []

  /// Merges facts that the experiment file states into those of the model file; the stated ones win.
  ///
  /// Facts that the model file's framework merely defaults to are no contradiction.
  mutating func merge(_ stated: Record, into record: inout Record, subject: String) {
    record.container = stated.container ?? record.container
    record.location = stated.location ?? record.location
    for entry in stated.entries {
      guard let other = record[name: entry.name] else {
        record[name: entry.name] = entry.fact
        continue
      }
      if case .record(let nested) = entry.fact.value, case .record(var merged) = other.value,
        !isOtherOptimizer(nested, merged, key: entry.name)
      {
        merge(nested, into: &merged, subject: "\"\(entry.name)\"")
        record[name: entry.name] = Fact(.record(merged), entry.fact.origin)
        continue
      }
      compare(entry.name, entry.fact, with: other, subject: subject)
      record[name: entry.name] = entry.fact
    }
  }

  /// Notes where `data.inputs` is not what the model takes: another number of features, or another shape.
  mutating func checkInputs(of experiment: Experiment) {
    guard experiment.inputs.count == 1, let shape = experiment.inputs[0][InputKeys.shape], shape.origin.isStated,
      let inputs = experiment.data.value(DataKeys.inputs)
    else { return }
    checkShape(inputs, against: shape)
    guard shape.value.rank == 1, let width = shape.value.axes[0], let features = inputs[TargetKeys.features],
      features.value != width
    else { return }
    problems.append(
      Problem(
        kind: .contradiction,
        message: "the data have \(features.value) features, but the model takes \(width)",
        location: features.origin.location,
        help: "make the two agree",
        related: shape.origin.location.map { [Related(message: "the model takes \(width) here", location: $0)] } ?? []
      )
    )
  }

  // MARK: - Private

  private mutating func checkShape(_ inputs: Record, against shape: Fact<Shape>) {
    guard let given = inputs[InputKeys.shape], !given.value.canFeed(shape.value) else { return }
    let known = (given.value.axes + shape.value.axes).allSatisfy { $0 != nil }
    let isTurned = known && given.value.axes.map { $0 ?? 0 }.sorted() == shape.value.axes.map { $0 ?? 0 }.sorted()
    problems.append(
      Problem(
        kind: .contradiction,
        message: "the data have the shape \(given.value), but the model takes \(shape.value)",
        location: given.origin.location,
        help: isTurned
          ? "the axes stand in another order: transpose the data, or build the model for their order"
          : "make the two agree",
        related: shape.origin.location.map { [Related(message: "the model takes \(shape.value) here", location: $0)] }
          ?? []
      )
    )
  }

  /// Whether two optimizers differ, so that the settings of one say nothing of the other.
  private mutating func isOtherOptimizer(_ stated: Record, _ other: Record, key: String) -> Bool {
    guard key == TrainingKeys.optimizer.name, let name = stated[OptimizerKeys.name],
      let otherName = other[OptimizerKeys.name], name.value != otherName.value
    else { return false }
    compare(
      "optimizer",
      Fact(.text(name.value), name.origin),
      with: Fact(.text(otherName.value), otherName.origin),
      subject: ""
    )
    return true
  }

  private mutating func compare(_ key: String, _ fact: Fact<FactValue>, with other: Fact<FactValue>, subject: String) {
    if case .record = fact.value { return }
    guard fact.origin.isStated, other.origin.isStated, !agree(fact.value, other.value) else { return }
    let inSubject = subject.isEmpty ? "" : " of \(subject)"
    add("\"\(key)\"\(inSubject) is \(fact.value) here, but \(other.value) in \(self.other)", fact.origin, other.origin)
  }

  /// Whether two values are one, for all that Keras writes single-precision numbers out in full: 0.0010000000474974513.
  private func agree(_ left: FactValue, _ right: FactValue) -> Bool {
    if let left = Double(left), let right = Double(right) {
      return abs(left - right) <= 1e-6 * max(abs(left), abs(right))
    }
    return left == right
  }

  private mutating func add(_ message: String, _ here: Origin, _ there: Origin) {
    problems.append(
      Problem(
        kind: .contradiction,
        message: message,
        location: here.location,
        help: "the experiment file counts here; make the two agree",
        related: there.location.map { [Related(message: "\(other) says otherwise here", location: $0)] } ?? []
      )
    )
  }
}

extension Shape {
  /// Whether data of this shape can be given to an input: sizes agree where both are known.
  ///
  /// An axis of size 1 may be missing at the end, or be there too many (`_adjust_input_rank` in Keras 3's
  /// `keras/src/models/functional.py`).
  fileprivate func canFeed(_ input: Shape) -> Bool {
    func agree(_ left: some Collection<Int?>, _ right: some Collection<Int?>) -> Bool {
      left.count == right.count && zip(left, right).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
    }
    return agree(axes, input.axes) || (input.axes.last == 1 && agree(axes, input.axes.dropLast()))
      || (axes.last == 1 && agree(axes.dropLast(), input.axes))
  }
}
