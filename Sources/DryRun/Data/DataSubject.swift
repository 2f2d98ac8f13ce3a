import Experiment

/// What data are made for: the inputs and targets of both versions.
///
/// Where the versions disagree what an input or a target is, the changed one is right: that is what a finding supposes.
struct DataSubject {
  var inputs: [InputForm] = []
  var targets: [TargetForm] = []
  /// For each version the place of each of its inputs and heads in these lists.
  private(set) var written = Places()
  private(set) var changed: Places?
  /// What the versions disagree about, for the report.
  private(set) var assumptions: [String] = []

  struct Places {
    var inputs: [Int] = []
    /// What the version itself takes each input for.
    var forms: [InputForm] = []
    var targets: [Int] = []
  }

  init(written: VersionFacts, changed: VersionFacts?) throws(NotRunnable) {
    guard let changed else {
      self.written = try add(written, beside: nil)
      return
    }
    self.changed = try add(changed, beside: nil)
    self.written = try add(written, beside: changed)
  }

  /// Adds a version's inputs and targets, but those that the other one has too.
  ///
  /// They are the same at the same place where there are as many, so that a name may change; else by their names.
  private mutating func add(_ version: VersionFacts, beside other: VersionFacts?) throws(NotRunnable) -> Places {
    var places = Places()
    let isSameInputs = version.experiment.inputs.count == other?.experiment.inputs.count
    for index in version.experiment.inputs.indices {
      let form = try InputForm(index, of: version)
      let known = isSameInputs ? index : other == nil ? nil : inputs.firstIndex { $0.name == form.name }
      if let known { try note(form, as: inputs[known]) } else { inputs.append(form) }
      places.inputs.append(known ?? inputs.count - 1)
      places.forms.append(form)
    }
    let isSameTargets = version.heads.count == other?.heads.count
    for index in version.heads.indices {
      let form = try TargetForm(index, of: version)
      let known = isSameTargets ? index : other == nil ? nil : targets.firstIndex { $0.name == form.name }
      if let known { try note(form, as: targets[known]) } else { targets.append(form) }
      places.targets.append(known ?? targets.count - 1)
    }
    return places
  }

  private mutating func note(_ written: InputForm, as changed: InputForm) throws(NotRunnable) {
    guard written.size == changed.size else {
      throw NotRunnable(
        "input \"\(written.name)\" takes \(written.shape) as written and \(changed.shape) with the fix, "
          + "so the same examples cannot be given to both"
      )
    }
    if written.word != changed.word {
      assumptions.append(
        "input \"\(written.name)\" was taken for \(changed.word), as with the fix, not for \(written.word)"
      )
    }
  }

  private mutating func note(_ written: TargetForm, as changed: TargetForm) throws(NotRunnable) {
    guard written.places == changed.places || written.placeCount == changed.placeCount else {
      throw NotRunnable(
        "output \"\(written.name)\" gives \(written.places) places as written and \(changed.places) with the fix, "
          + "so the same targets cannot be given to both"
      )
    }
    if written.word != changed.word {
      assumptions.append(
        "target \"\(written.name)\" was taken for \(changed.word), as with the fix, not for \(written.word)"
      )
    }
  }
}

extension InputForm {
  /// What it is, for sentences.
  var word: String {
    switch kind {
    case .columns(let columns) where columns.count == 1:
      switch columns[0].meaning {
      case .number: "a number"
      case .category: "a category"
      case .binary: "one of two"
      case .cyclic: "a number that comes round"
      }
    case .columns: "numbers"
    case .field(let places, _, _):
      switch places.count {
      case 1: "a sequence"
      case 2: "an image"
      default: "a volume"
      }
    case .tokens: "ids"
    }
  }
}

extension TargetForm {
  /// What it is, for sentences.
  var word: String {
    switch kind {
    case .numbers(let count): count == 1 ? "a number" : "\(count) numbers"
    case .bits(let count): count == 1 ? "one of two classes" : "\(count) independent labels"
    case .classes(let count): "one of \(count) classes"
    }
  }
}
