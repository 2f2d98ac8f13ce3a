/// Finds inputs and targets among the arrays of an archive, and brings them to the shapes that the model takes.
struct ArrayReading {
  let arrays: [NumPyArray]
  let file: String
  private(set) var notes: [String] = []

  private static let inputNames = ["x", "inputs", "input", "features", "data", "images", "x_train", "train_x"]
  private static let targetNames = ["y", "targets", "target", "labels", "label", "y_train", "train_y"]

  init(_ arrays: [NumPyArray], file: String) {
    self.arrays = arrays
    self.file = file
  }

  private func array(_ name: String, or usual: [String], what: String) throws(NotRunnable) -> NumPyArray {
    for wanted in [name.lowercased()] + usual {
      if let array = arrays.first(where: { $0.name.lowercased() == wanted }) { return array }
    }
    let names = arrays.prefix(8).map { "\"\($0.name)\"" }.joined(separator: ", ")
    let help = usual.isEmpty ? "" : "; name it so, or \"\(usual[0])\""
    throw NotRunnable("\(file) has no array for \(what) \"\(name)\", only \(names)\(help)")
  }

  // MARK: - Inputs

  mutating func input(_ form: InputForm, isOnly: Bool) throws(NotRunnable) -> (values: [Float], array: NumPyArray) {
    let array = try array(form.name, or: isOnly ? Self.inputNames : [], what: "input")
    let shape = Array(array.shape.dropFirst())
    var values = array.values
    if array.width != form.size {
      guard let reduced = reduced(values, shape, form) else {
        throw NotRunnable(
          "\"\(array.name)\" in \(file) has rows of \(shape), the model takes \(form.shape) (input \"\(form.name)\")"
        )
      }
      values = reduced
      notes.append("\"\(array.name)\" was made smaller from \(shape) to \(form.shape), as the plan says")
    } else if case .field(let places, let channels, true) = form.kind {
      // As they are stored, channels stand last.
      values = Self.channelsLast(values, places: places.reduce(1, *), channels: channels)
    }
    guard values.allSatisfy(\.isFinite) else {
      throw NotRunnable("\"\(array.name)\" in \(file) holds values that are no numbers: NaN or infinity")
    }
    if let bound = form.vocabularyBound, values.contains(where: { $0 < 0 || $0 >= Float(bound) }) {
      throw NotRunnable(
        "\"\(array.name)\" in \(file) holds ids outside of 0 to \(bound - 1), which is what the model takes"
      )
    }
    notes.append("input \"\(form.name)\" is array \"\(array.name)\"")
    return (values, array)
  }

  /// The same rows at a smaller size: the mean of the places that become one; of ids the first ones.
  ///
  /// Nil where the shapes do not allow that.
  private func reduced(_ values: [Float], _ shape: [Int], _ form: InputForm) -> [Float]? {
    let rows = values.count / max(shape.reduce(1, *), 1)
    if case .tokens = form.kind {
      guard shape.count == 1, form.shape.count == 1, shape[0] > form.shape[0] else { return nil }
      return (0..<rows).flatMap { values[$0 * shape[0]..<$0 * shape[0] + form.shape[0]] }
    }
    guard case .field(let places, let channels, let isFirst) = form.kind, !isFirst else { return nil }
    let given = shape.count == places.count ? shape + [1] : shape
    guard given.count == places.count + 1, given.last == channels,
      zip(given, places).allSatisfy({ $0 >= $1 && $1 > 0 })
    else { return nil }
    var current = values
    var sides = Array(given.dropLast())
    for axis in places.indices where sides[axis] != places[axis] {
      current = Self.averaged(current, rows: rows, sides: sides, channels: channels, axis: axis, to: places[axis])
      sides[axis] = places[axis]
    }
    return current
  }

  private static func averaged(
    _ values: [Float],
    rows: Int,
    sides: [Int],
    channels: Int,
    axis: Int,
    to side: Int
  ) -> [Float] {
    let outer = sides[..<axis].reduce(rows, *)
    let inner = sides[(axis + 1)...].reduce(channels, *)
    let from = sides[axis]
    var result = [Float](repeating: 0, count: outer * side * inner)
    for block in 0..<outer {
      for place in 0..<side {
        let first = place * from / side
        let end = max(first + 1, (place + 1) * from / side)
        for source in first..<end {
          for index in 0..<inner {
            result[(block * side + place) * inner + index] +=
              values[(block * from + source) * inner + index] / Float(end - first)
          }
        }
      }
    }
    return result
  }

  private static func channelsLast(_ values: [Float], places: Int, channels: Int) -> [Float] {
    let size = places * channels
    var moved = values
    for row in stride(from: 0, to: values.count, by: max(size, 1)) {
      for channel in 0..<channels {
        for place in 0..<places { moved[row + place * channels + channel] = values[row + channel * places + place] }
      }
    }
    return moved
  }

  // MARK: - Targets

  mutating func target(
    _ form: TargetForm,
    isOnly: Bool
  ) throws(NotRunnable) -> (values: World.Target.Values, array: NumPyArray) {
    let array = try array(form.name, or: isOnly ? Self.targetNames : [], what: "target")
    notes.append("target \"\(form.name)\" is array \"\(array.name)\"")
    let mismatch = NotRunnable(
      "\"\(array.name)\" in \(file) has rows of \(Array(array.shape.dropFirst())), "
        + "which is not \(form.word)\(form.places.isEmpty ? "" : " for each of \(form.places) places") (target \"\(form.name)\")"
    )
    switch form.kind {
    case .numbers, .bits:
      guard array.width == form.width else { throw mismatch }
      return (.numbers(array.values), array)
    case .classes(let count):
      if array.width == form.placeCount {
        let labels = try ColumnReading.classes(array.values, count: count) { seen in
          NotRunnable("\"\(array.name)\" in \(file) has \(seen) different classes, the model tells \(count) apart")
        }
        return (.classes(labels), array)
      }
      guard array.width == form.placeCount * count else { throw mismatch }
      let rows = array.values.count / count
      return (.classes((0..<rows).map { ColumnReading.highest(array.values[$0 * count..<($0 + 1) * count]) }), array)
    }
  }
}

extension InputForm {
  /// What ids must stay below, where a table is looked up.
  fileprivate var vocabularyBound: Int? {
    guard isLookedUp else { return nil }
    switch kind {
    case .tokens(let vocabulary): return vocabulary
    case .columns(let columns):
      if case .category(let count) = columns.first?.meaning { return count }
      return nil
    case .field: return nil
    }
  }
}
