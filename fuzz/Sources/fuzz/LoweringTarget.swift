import ConfigSyntax
import Experiment
import Linting
import SourceText

/// A config to a derived experiment: its graph holds together, and everything it says lies in its files.
struct LoweringTarget: FuzzTarget {
  let dialect: String
  private let reader = ConfigReader(SampleFiles.fileSystem)

  init(dialect: String) {
    self.dialect = dialect
  }

  func run(_ bytes: [UInt8]) -> Bool {
    // Protobuf text is known by its extension only.
    let name = dialect == "caffe" ? "fuzz.prototxt" : "fuzz"
    let input = LintInput(name: name, path: name, isNamed: true, content: bytes)
    guard let read = try? reader.experiments(in: input) else { return false }
    for lowered in read.experiments {
      demand(lowered.files.count == lowered.experiment.sources.count, "files and sources are out of step")
      check(lowered.experiment)
    }
    return read.experiments.contains { $0.experiment.dialect == dialect }
  }

  // MARK: - Private

  private func check(_ experiment: Experiment) {
    let count = experiment.layers.count
    for (index, layer) in experiment.layers.enumerated() {
      demand(layer.inputs.allSatisfy { (0..<index).contains($0) }, "layer \(index) takes from \(layer.inputs)")
      demand(layer.inputSlots.isEmpty || layer.inputSlots.count == layer.inputs.count, "slots out of step at \(index)")
      if let shared = layer.sharesWeightsWith {
        demand((0..<index).contains(shared), "layer \(index) shares \(shared)")
      }
      check(layer.facts, experiment)
    }
    for output in experiment.outputs {
      for index in [output.layer, output.head, output.activationLayer] {
        if let index { demand((0..<count).contains(index), "an output of layer \(index)") }
      }
      check(output.facts, experiment)
    }
    for record in experiment.inputs + [experiment.about, experiment.training, experiment.data] {
      check(record, experiment)
    }
    for problem in experiment.problems { check(problem, experiment) }
    for section in experiment.factSections() {
      for fact in section.facts {
        let found = experiment.record(at: fact.record)?[name: fact.key]?.value
        // A fact that is no number is not equal to itself.
        demand(found == fact.value || "\(fact.value)".contains("nan"), "\(fact.path) is listed wrong")
      }
    }
  }

  private func check(_ problem: Problem, _ experiment: Experiment) {
    demand(!problem.message.isEmpty, "a problem without words")
    if let location = problem.location { check(location, experiment) }
    for related in problem.related { check(related.location, experiment) }
    guard !problem.edits.isEmpty else { return }
    guard let location = problem.location else { return demand(false, "edits without a place: \(problem.message)") }
    demand(experiment.sources[location.source].applying(problem.edits) != nil, "edits at odds: \(problem.edits)")
  }

  private func check(_ record: Record, _ experiment: Experiment) {
    if let location = record.location { check(location, experiment) }
    if let container = record.container { check(container, experiment) }
    for entry in record.entries {
      if let location = entry.fact.origin.location { check(location, experiment) }
      if case .record(let nested) = entry.fact.value { check(nested, experiment) }
    }
  }

  private func check(_ location: SourceLocation, _ experiment: Experiment) {
    demand(experiment.sources.indices.contains(location.source), "no source \(location.source)")
    let source = experiment.sources[location.source]
    demand(source.range.contains(location.range), "\(location.range) lies outside \(source.name)")
  }
}
