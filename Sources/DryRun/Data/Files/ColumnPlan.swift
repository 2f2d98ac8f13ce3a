/// Which columns of a table are which input and target.
struct ColumnPlan {
  /// The columns of each input, in its order.
  private(set) var inputs: [[Int]] = []
  /// The columns of each target; a class has one, or one for each class.
  private(set) var targets: [[Int]] = []
  /// How the columns were found, for the report.
  private(set) var notes: [String] = []

  private static let targetNames = ["y", "target", "targets", "label", "labels", "class"]

  init(_ table: RowTable, subject: DataSubject, file: String) throws(NotRunnable) {
    let names = table.names.map { $0.lowercased() }
    var free = Array(0..<table.columnCount)
    try findTargets(names, &free, subject: subject, file: file)
    try findInputs(names, &free, subject: subject, file: file)
    if !free.isEmpty, !table.names.isEmpty {
      let shown = free.prefix(4).map { table.title($0) }.joined(separator: ", ")
      notes.append("not used: \(free.count == 1 ? "column" : "columns") \(shown)\(free.count > 4 ? ", ..." : "")")
    }
    for (target, columns) in zip(subject.targets, targets) {
      let shown = columns.prefix(4).map { table.title($0) }.joined(separator: ", ")
      notes.append(
        "target \"\(target.name)\" is \(columns.count == 1 ? "column" : "columns") \(shown)\(columns.count > 4 ? ", ..." : "")"
      )
    }
  }

  private mutating func findTargets(
    _ names: [String],
    _ free: inout [Int],
    subject: DataSubject,
    file: String
  ) throws(NotRunnable) {
    let inputSize = subject.inputs.map(\.size).reduce(0, +)
    var found: [[Int]?] = subject.targets.map { target in
      guard target.width == 1 else { return nil }
      let wanted = [target.name.lowercased()] + (subject.targets.count == 1 ? Self.targetNames : [])
      return wanted.lazy.compactMap { names.firstIndex(of: $0) }.first.map { [$0] }
    }
    for columns in found { free.removeAll { columns?.contains($0) == true } }
    // From the end, so that the last columns are the last target's.
    for index in found.indices.reversed() where found[index] == nil {
      let target = subject.targets[index]
      var width = target.width
      if case .classes(let count) = target.kind, subject.targets.count == 1, free.count == inputSize + count {
        width = count
      }
      guard free.count > width else {
        throw NotRunnable(
          "\(file) has too few columns for an input beside target \"\(target.name)\", which takes \(width)"
        )
      }
      found[index] = Array(free.suffix(width))
      free.removeLast(width)
    }
    targets = found.map { $0 ?? [] }
  }

  private mutating func findInputs(
    _ names: [String],
    _ free: inout [Int],
    subject: DataSubject,
    file: String
  ) throws(NotRunnable) {
    let wanted = subject.inputs.flatMap(\.columnNames).map { $0?.lowercased() }
    let byName = wanted.compactMap { name in free.first { names.indices.contains($0) && names[$0] == name } }
    let size = subject.inputs.map(\.size).reduce(0, +)
    var columns: [Int]
    if byName.count == size, Set(byName).count == size {
      columns = byName
      notes.append("inputs were found by their names")
    } else if free.count == size {
      columns = free
      notes.append("inputs are the columns beside the target, in their order")
    } else {
      let columns = "\(free.count) \(free.count == 1 ? "column" : "columns")"
      throw NotRunnable(
        "the model takes \(size) \(size == 1 ? "feature" : "features"), \(file) has \(columns) beside the "
          + (subject.targets.count == 1 ? "target" : "targets")
      )
    }
    free.removeAll { columns.contains($0) }
    for input in subject.inputs {
      inputs.append(Array(columns.prefix(input.size)))
      columns.removeFirst(input.size)
    }
  }
}

extension TargetForm {
  /// How many columns hold it; a class is one number.
  var width: Int {
    switch kind {
    case .numbers(let count), .bits(let count): count * placeCount
    case .classes: placeCount
    }
  }
}

extension InputForm {
  /// The names of the columns, of which a single one may go by the input's; nil for one without a name.
  fileprivate var columnNames: [String?] {
    guard case .columns(let columns) = kind else { return Array(repeating: nil, count: size) }
    return columns.count == 1 ? [columns[0].name ?? name] : columns.map(\.name)
  }
}
