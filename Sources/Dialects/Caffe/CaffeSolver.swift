import ConfigSyntax
import Experiment
import SourceText

/// Lowers a solver: how the net is trained.
///
/// Defaults are those of `SolverParameter` in caffe.proto. A number without a default of its own is 0 there, so nothing is learned
/// without `base_lr`, and a step without `gamma` ends learning.
struct CaffeSolver {
  private let node: SyntaxNode
  private var reader = CaffeReader(source: 0)

  init(_ node: SyntaxNode) {
    self.node = node
  }

  mutating func lower(into experiment: inout Experiment) {
    let place = node.location(source: 0)
    var training = experiment.training
    training.location = place
    training.container = place
    lowerBatch(&training)
    training[TrainingKeys.steps] = read(Int.self, "max_iter")
    let optimizer = lowerOptimizer(&training)
    training[TrainingKeys.optimizer] = Fact(optimizer, .stated(place))
    training[TrainingKeys.clip] = clipping()
    training[TrainingKeys.schedule] = schedule(steps: training[TrainingKeys.steps])
    if let interval = read(Int.self, "test_interval"), node["test_iter"] != nil {
      training[TrainingKeys.skipsEvaluation] = Fact(interval.value <= 0, interval.origin)
    }
    experiment.training = training
    reader.noteMisspelledFields(of: node, .solver, subject: "the solver")
    experiment.problems += reader.problems
  }

  // MARK: - Private

  private mutating func read<Value: FactRepresentable>(_ type: Value.Type, _ key: String) -> Fact<Value>? {
    reader.read(type, key, of: node)
  }

  private mutating func number(_ key: String, default value: Double) -> Fact<Double> {
    read(Double.self, key) ?? Fact(value, .caffe())
  }

  /// A step of the optimizer takes the net's batch, `iter_size` times.
  private mutating func lowerBatch(_ training: inout Record) {
    guard let passes = read(Int.self, "iter_size"), passes.value > 1, let batch = training[TrainingKeys.batchSize]
    else {
      return
    }
    let (product, overflow) = batch.value.multipliedReportingOverflow(by: passes.value)
    guard !overflow else { return }
    training[TrainingKeys.microBatchSize] = batch
    training[TrainingKeys.accumulationSteps] = passes
    let origin = Origin.inferred(from: "batch_size times iter_size", at: passes.origin.location)
    training[TrainingKeys.batchSize] = Fact(product, origin)
  }

  private static let types = ["SGD", "Nesterov", "AdaGrad", "RMSProp", "AdaDelta", "Adam"]
  private static let oldTypes = ["SGD", "NESTEROV", "ADAGRAD", "RMSPROP", "ADADELTA", "ADAM"]

  /// Returns the solver's type by its name in the new syntax.
  private mutating func type() -> Fact<String> {
    if node["solver_type"] != nil, node["type"] == nil {
      guard let old = reader.word("solver_type", of: node, among: Self.oldTypes),
        let index = Self.oldTypes.firstIndex(of: old.value)
      else { return Fact("SGD", .caffe()) }
      return Fact(Self.types[index], old.origin)
    }
    guard let type = read(String.self, "type") else { return Fact("SGD", .caffe()) }
    if !Self.types.contains(type.value), let place = node["type"],
      let nearest = Spelling.nearest(to: type.value, among: Self.types)
    {
      reader.problems.append(
        Problem(
          kind: .invalidValue,
          message: "\"\(type.value)\" is no type of solver in Caffe",
          location: type.origin.location,
          help: "did you mean \"\(nearest)\"?",
          edits: [place.replacingText(with: nearest)]
        )
      )
      return Fact(nearest, type.origin)
    }
    return type
  }

  private mutating func lowerOptimizer(_ training: inout Record) -> Record {
    let place = node.location(source: 0)
    var record = Record(location: place, container: place)
    let type = type()
    let name = type.value == "Nesterov" ? "sgd" : OptimizerVocabulary.standardName(of: type.value) ?? type.value
    record[OptimizerKeys.name] = Fact(name, type.origin)
    let rate = read(Double.self, "base_lr")
    record[OptimizerKeys.learningRate] = rate ?? Fact(0, .caffe("where \"base_lr\" is absent"))
    // What `momentum` means depends on the solver: `src/caffe/solvers/*_solver.cpp`.
    switch type.value {
    case "SGD", "Nesterov":
      record[OptimizerKeys.momentum] = number("momentum", default: 0)
      record[OptimizerKeys.nesterov] = Fact(
        type.value == "Nesterov",
        .inferred(from: "the solver's type", at: type.origin.location)
      )
    case "Adam":
      record[OptimizerKeys.beta1] = number("momentum", default: 0)
      record[OptimizerKeys.beta2] = number("momentum2", default: 0.999)
      record[OptimizerKeys.epsilon] = number("delta", default: 1e-8)
    case "AdaDelta":
      record[OptimizerKeys.rho] = number("momentum", default: 0)
      record[OptimizerKeys.epsilon] = number("delta", default: 1e-8)
    case "RMSProp":
      noteMomentum(type.value)
      record[OptimizerKeys.rho] = number("rms_decay", default: 0.99)
      record[OptimizerKeys.epsilon] = number("delta", default: 1e-8)
    case "AdaGrad":
      noteMomentum(type.value)
      record[OptimizerKeys.epsilon] = number("delta", default: 1e-8)
    default: break
    }
    lowerDecay(&record, &training)
    return record
  }

  /// `AdaGradSolver` and `RMSPropSolver` check in their constructors that there is no momentum (`include/caffe/sgd_solvers.hpp`).
  private mutating func noteMomentum(_ type: String) {
    guard let momentum = node["momentum"], let value = momentum.number, value != 0 else { return }
    reader.note(
      .invalidValue,
      "momentum cannot be used with \(type): Caffe stops with an error",
      at: momentum,
      help: "take it out"
    )
  }

  /// The decay is added to the gradient (`SGDSolver::Regularize`): an L2 penalty, or an L1 penalty on all weights.
  private mutating func lowerDecay(_ optimizer: inout Record, _ training: inout Record) {
    let decay = number("weight_decay", default: 0)
    let type = read(String.self, "regularization_type")
    if type?.value == "L1" {
      training[TrainingKeys.regularization] = decay
      training[TrainingKeys.regularizationType] = type.map { Fact("l1", $0.origin) }
    } else {
      optimizer[OptimizerKeys.weightDecay] = decay
      optimizer[OptimizerKeys.decoupledDecay] = Fact(false, .inferred(from: "the framework", at: nil))
    }
  }

  /// The norm of all gradients together is clipped (`SGDSolver::ClipGradients`); a negative threshold is off.
  private mutating func clipping() -> Fact<Record> {
    let place = node.location(source: 0)
    var record = Record(location: place, container: place)
    guard let threshold = read(Double.self, "clip_gradients") else {
      record[ClipKeys.kind] = Fact("off", .caffe())
      return Fact(record, .caffe())
    }
    record[ClipKeys.kind] = Fact(threshold.value < 0 ? "off" : "global_norm", threshold.origin)
    if threshold.value >= 0 { record[ClipKeys.threshold] = threshold }
    return Fact(record, threshold.origin)
  }

  // MARK: - Schedule

  /// The numbers that a policy needs; one that is absent counts as 0 (`SGDSolver::GetLearningRate`).
  private static let policies: [String: [String]] = [
    "fixed": [], "step": ["gamma", "stepsize"], "exp": ["gamma"], "inv": ["gamma", "power"],
    "multistep": ["gamma", "stepvalue"], "poly": ["power"], "sigmoid": ["gamma", "stepsize"],
  ]

  private mutating func schedule(steps: Fact<Int>?) -> Fact<Record>? {
    guard let policy = read(String.self, "lr_policy") else {
      if node["base_lr"] != nil || node["max_iter"] != nil {
        reader.note(
          .missingKey,
          "\"lr_policy\" is absent, and Caffe stops without one",
          at: node["base_lr"] ?? node,
          help: "write lr_policy: \"fixed\", or \"step\" with \"gamma\" and \"stepsize\""
        )
      }
      return nil
    }
    guard let needed = Self.policies[policy.value] else {
      noteUnknownPolicy(policy)
      return nil
    }
    for key in needed where node[key] == nil { noteMissing(key, policy.value) }
    let place = node.location(source: 0)
    var record = Record(location: place, container: place)
    record[ScheduleKeys.name] = Fact(Self.names[policy.value] ?? policy.value, policy.origin)
    switch policy.value {
    case "step":
      record[ScheduleKeys.decayRate] = read(Double.self, "gamma")
      record[ScheduleKeys.decaySteps] = read(Int.self, "stepsize")
    case "exp":
      record[ScheduleKeys.decayRate] = read(Double.self, "gamma")
      record[ScheduleKeys.decaySteps] = Fact(1, .inferred(from: "the policy", at: policy.origin.location))
    case "multistep", "inv": record[ScheduleKeys.decayRate] = read(Double.self, "gamma")
    case "poly":
      if let steps {
        record[ScheduleKeys.decaySteps] = Fact(steps.value, .inferred(from: "max_iter", at: steps.origin.location))
      }
      record[ScheduleKeys.endRate] = Fact(0, .inferred(from: "the policy", at: policy.origin.location))
    default: break
    }
    return Fact(record, policy.origin)
  }

  private static let names = [
    "fixed": "constant", "exp": "exponential", "inv": "inverse_time", "poly": "polynomial", "step": "step",
    "multistep": "multistep", "sigmoid": "sigmoid",
  ]

  private mutating func noteUnknownPolicy(_ policy: Fact<String>) {
    guard let place = node["lr_policy"],
      let nearest = Spelling.nearest(to: policy.value, among: Self.policies.keys.sorted())
    else { return }
    reader.problems.append(
      Problem(
        kind: .invalidValue,
        message: "\"\(policy.value)\" is no learning-rate policy of Caffe",
        location: policy.origin.location,
        help: "did you mean \"\(nearest)\"?",
        edits: [place.replacingText(with: nearest)]
      )
    )
  }

  private mutating func noteMissing(_ key: String, _ policy: String) {
    guard let place = node["lr_policy"] else { return }
    let why: String
    switch (policy, key) {
    case ("step", "stepsize"), ("sigmoid", "stepsize"): why = "Caffe stops without it"
    case ("step", "gamma"): why = "it counts as 0, so the learning rate is 0 from the first step on"
    case ("multistep", "gamma"): why = "it counts as 0, so the learning rate is 0 from the first of its steps on"
    case ("multistep", _): why = "without it the learning rate stays as it is"
    case ("exp", _): why = "it counts as 0, so nothing is learned behind the first iteration"
    case ("sigmoid", _): why = "it counts as 0, so the learning rate is half of \"base_lr\" throughout"
    default: why = "it counts as 0, so the learning rate stays as it is"
    }
    reader.note(
      .missingKey,
      "\"\(key)\" is absent, which lr_policy \"\(policy)\" needs: \(why)",
      at: place,
      help: "add \"\(key)\""
    )
  }
}
