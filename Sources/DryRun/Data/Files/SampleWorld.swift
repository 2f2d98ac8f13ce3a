import Experiment
import Kernels

/// The user's rows as examples.
struct SampleWorld {
  private let subject: DataSubject
  private let facts: VersionFacts
  private let path: String
  private let training: Int
  private let heldOut: Int
  private let seed: UInt64

  /// Fewer rows tell nothing.
  private static let leastRows = 10
  /// The share that is held out where nothing is said.
  private static let usualShare = 0.25

  init(_ subject: DataSubject, _ facts: VersionFacts, path: String, plan: Plan, seed: UInt64) {
    self.subject = subject
    self.facts = facts
    self.path = path
    training = plan.trainingRows
    heldOut = plan.heldOutRows
    self.seed = seed
  }

  /// The rows, those to train on first; how many these are; and what there is to know of them.
  func make() throws(NotRunnable) -> (world: World, trainingRows: Int, notes: [String]) {
    let sample = RowSample(limit: max(training + heldOut, Self.leastRows), seed: seed)
    let read: (world: World, fileRows: Int, notes: [String])
    switch try RowSource(path, sample: sample) {
    case .table(let table): read = try fromTable(table)
    case .arrays(let arrays): read = try fromArrays(arrays)
    }
    var world = read.world
    var order = shuffled(world)
    guard order.count >= Self.leastRows else {
      throw NotRunnable("\(path) has \(order.count) rows with a target; at least \(Self.leastRows) are needed")
    }
    var trained = training
    if order.count < training + heldOut {
      let stated = facts.experiment.training.value(TrainingKeys.validationSplit)
      let share = stated.flatMap { $0 > 0 && $0 < 1 ? $0 : nil } ?? Self.usualShare
      let held = min(max(Int((Double(order.count) * share).rounded()), 1), order.count - 1)
      trained = order.count - held
    } else {
      order.removeSubrange((training + heldOut)...)
    }
    world.arrange(order)
    var notes = read.notes
    let of = read.fileRows > order.count ? " of \(read.fileRows) in the file" : ""
    notes.append(
      "\(trained) rows to train on and \(order.count - trained) held out\(of), "
        + (isOrdered ? "in their order, since they follow in time: the last are held out" : "chosen at random")
    )
    return (world, trained, notes)
  }

  /// Whether later rows must not be learnt from.
  private var isOrdered: Bool {
    facts.experiment.training.value(TrainingKeys.split) == "datetime"
      || facts.experiment.inputs.indices.contains { facts.inputKind($0) == "timeseries" }
  }

  /// The rows that have all targets, in the order in which they are used.
  private func shuffled(_ world: World) -> [Int] {
    let order =
      isOrdered
      ? Array(0..<world.count)
      : RandomStream(seed: seed, purpose: .split, index: 0).permutation(world.count).map(Int.init)
    return order.filter { row in
      world.targets.allSatisfy { target in
        switch target.values {
        case .numbers(let numbers):
          let width = numbers.count / world.count
          return numbers[row * width..<(row + 1) * width].allSatisfy(\.isFinite)
        case .classes(let labels):
          let width = labels.count / world.count
          return labels[row * width..<(row + 1) * width].allSatisfy { $0 >= 0 }
        }
      }
    }
  }

  private func fromTable(_ table: RowTable) throws(NotRunnable) -> (world: World, fileRows: Int, notes: [String]) {
    let plan = try ColumnPlan(table, subject: subject, file: path)
    var reading = ColumnReading(table, file: path)
    var world = World(count: table.rows, inputs: [], targets: [])
    for (form, columns) in zip(subject.inputs, plan.inputs) {
      world.inputs.append(World.Input(form: form, values: try reading.input(form, columns)))
    }
    for (form, columns) in zip(subject.targets, plan.targets) {
      world.targets.append(World.Target(form: form, values: try reading.target(form, columns)))
    }
    return (world, table.fileRows, plan.notes + reading.notes)
  }

  private func fromArrays(
    _ arrays: [NumPyArray]
  ) throws(NotRunnable) -> (
    world: World, fileRows: Int, notes: [String]
  ) {
    var reading = ArrayReading(arrays, file: path)
    var world = World(count: 0, inputs: [], targets: [])
    var used: [NumPyArray] = []
    for form in subject.inputs {
      let (values, array) = try reading.input(form, isOnly: subject.inputs.count == 1)
      world.inputs.append(World.Input(form: form, values: values))
      used.append(array)
    }
    for form in subject.targets {
      let (values, array) = try reading.target(form, isOnly: subject.targets.count == 1)
      world.targets.append(World.Target(form: form, values: values))
      used.append(array)
    }
    guard let first = used.first else { throw NotRunnable("the model has no inputs that are known") }
    if let other = used.first(where: { $0.fileRows != first.fileRows }) {
      throw NotRunnable(
        "\"\(first.name)\" in \(path) has \(first.fileRows) rows, \"\(other.name)\" has \(other.fileRows)"
      )
    }
    world.count = first.rows
    return (world, first.fileRows, reading.notes)
  }
}

extension World {
  /// Takes only some rows, in an order.
  fileprivate mutating func arrange(_ order: [Int]) {
    let rows = count
    func arranged<Value>(_ values: [Value]) -> [Value] {
      let width = values.count / rows
      var result: [Value] = []
      result.reserveCapacity(order.count * width)
      for row in order { result += values[row * width..<(row + 1) * width] }
      return result
    }
    for index in inputs.indices { inputs[index].values = arranged(inputs[index].values) }
    for index in targets.indices {
      switch targets[index].values {
      case .numbers(let numbers): targets[index].values = .numbers(arranged(numbers))
      case .classes(let labels): targets[index].values = .classes(arranged(labels))
      }
    }
    count = order.count
  }
}
