import Kernels

/// Turns examples as they are stored into what one version's network and losses are given.
struct VersionEncoding {
  let facts: VersionFacts
  let places: DataSubject.Places
  let world: World
  let trainingRows: Int

  func split() throws(NotRunnable) -> Split {
    do throws(KernelError) {
      var training = Rows(inputs: [], targets: [])
      var heldOut = Rows(inputs: [], targets: [])
      for index in places.inputs.indices {
        let (shape, values) = input(index)
        training.inputs.append(try tensor(shape, values, 0..<trainingRows))
        heldOut.inputs.append(try tensor(shape, values, trainingRows..<world.count))
      }
      for index in places.targets.indices {
        let (shape, values) = target(index)
        training.targets.append(try tensor(shape, values, 0..<trainingRows))
        heldOut.targets.append(try tensor(shape, values, trainingRows..<world.count))
      }
      let normalizations = places.targets.indices.map { facts.targetNormalization($0) ?? "none" }
      return Split(training: training, heldOut: heldOut, targetNormalizations: normalizations)
    } catch {
      throw NotRunnable(error)
    }
  }

  // MARK: - Private

  private func tensor(_ shape: [Int], _ values: [Float], _ rows: Range<Int>) throws(KernelError) -> Tensor {
    let size = shape.reduce(1, *)
    let tensor = try Tensor([rows.count] + shape)
    values.withUnsafeBufferPointer { values in
      if let start = values.baseAddress {
        tensor.pointer.update(from: start + rows.lowerBound * size, count: tensor.count)
      }
    }
    return tensor
  }

  // MARK: - Inputs

  private func input(_ index: Int) -> (shape: [Int], values: [Float]) {
    let source = world.inputs[places.inputs[index]]
    let form = places.forms[index]
    var values = source.values
    if !form.isLookedUp {
      let channels = source.form.channels
      let trained = values.count / max(world.count, 1) * trainingRows
      let normalizers = (0..<channels).map { channel in
        values.withUnsafeBufferPointer { values in
          Normalizer(
            facts.inputNormalization(index, column: source.form.columnName(channel)),
            fitting: UnsafeBufferPointer(rebasing: values.prefix(trained)),
            first: channel,
            stride: channels,
            statistics: source.form.statistics(of: channel)
          )
        }
      }
      if !normalizers.allSatisfy(\.isIdentity) {
        values.withUnsafeMutableBufferPointer { values in
          for (channel, normalizer) in normalizers.enumerated() {
            normalizer.apply(to: values, first: channel, stride: channels)
          }
        }
      }
    }
    if case .field(let places, let channels, true) = form.kind {
      values = channelsFirst(values, places: places.reduce(1, *), channels: channels)
    }
    return (form.shape, values)
  }

  private func channelsFirst(_ values: [Float], places: Int, channels: Int) -> [Float] {
    var moved = [Float](repeating: 0, count: values.count)
    let size = places * channels
    guard size > 0 else { return values }
    moved.withUnsafeMutableBufferPointer { moved in
      values.withUnsafeBufferPointer { values in
        for row in stride(from: 0, to: values.count, by: size) {
          for place in 0..<places {
            for channel in 0..<channels {
              moved[row + channel * places + place] = values[row + place * channels + channel]
            }
          }
        }
      }
    }
    return moved
  }

  // MARK: - Targets

  private func target(_ index: Int) -> (shape: [Int], values: [Float]) {
    let source = world.targets[places.targets[index]]
    let form = facts.heads[index].form
    let places = source.form.places
    let count = world.count * source.form.placeCount
    switch source.values {
    case .classes(let labels):
      switch form {
      case .classIndex: return (places, normalized(labels.map(Float.init), index, columns: 1).map { $0.rounded() })
      case .bits(1), .numbers(1): return (places + [1], normalized(labels.map(Float.init), index, columns: 1))
      case .oneHot(let columns), .bits(let columns), .numbers(let columns):
        // A class for which the output has no unit has no one at all.
        var values = [Float](repeating: 0, count: count * columns)
        for (row, label) in labels.enumerated() where Int(label) < columns { values[row * columns + Int(label)] = 1 }
        return (places + [columns], normalized(values, index, columns: columns))
      }
    case .numbers(let numbers):
      let width = numbers.count / max(count, 1)
      switch form {
      case .classIndex: return (places, (0..<count).map { classIndex(numbers[($0 * width)..<(($0 + 1) * width)]) })
      case .oneHot(2) where source.form.kind == .bits(1):
        return (places + [2], normalized(numbers.flatMap { [1 - $0, $0] }, index, columns: 2))
      case .oneHot(let columns), .bits(let columns), .numbers(let columns):
        guard columns != width else { return (places + [columns], normalized(numbers, index, columns: columns)) }
        // An output of another width than the other version's gets the same numbers again, or fewer.
        var values = [Float](repeating: 0, count: count * columns)
        for row in 0..<count {
          for column in 0..<columns { values[row * columns + column] = numbers[row * width + column % width] }
        }
        return (places + [columns], normalized(values, index, columns: columns))
      }
    }
  }

  /// The class that a row of zeros and ones means, or a number that is near a whole one.
  private func classIndex(_ row: ArraySlice<Float>) -> Float {
    guard row.count > 1 else { return row.first.map { max(0, $0.rounded()) } ?? 0 }
    return Float((row.firstIndex { $0 > 0.5 } ?? row.startIndex) - row.startIndex)
  }

  private func normalized(_ values: [Float], _ index: Int, columns: Int) -> [Float] {
    let word = facts.targetNormalization(index)
    guard let word, word != "none", columns > 0 else { return values }
    var values = values
    let trained = values.count / max(world.count, 1) * trainingRows
    let statistics = world.targets[places.targets[index]].form.statistics
    values.withUnsafeMutableBufferPointer { values in
      for column in 0..<columns {
        let normalizer = Normalizer(
          word,
          fitting: UnsafeBufferPointer(rebasing: values.prefix(trained)),
          first: column,
          stride: columns,
          statistics: statistics
        )
        normalizer.apply(to: values, first: column, stride: columns)
      }
    }
    return values
  }
}

extension InputForm {
  /// The name of a column, where there are columns and it has one.
  func columnName(_ channel: Int) -> String? {
    guard case .columns(let columns) = kind, columns.indices.contains(channel) else { return nil }
    return columns[channel].name
  }

  /// What is stated of a channel.
  func statistics(of channel: Int) -> Statistics {
    if case .columns(let columns) = kind, columns.indices.contains(channel) { return columns[channel].statistics }
    return statistics.count == 1
      ? statistics[0] : statistics.indices.contains(channel) ? statistics[channel] : Statistics()
  }
}
