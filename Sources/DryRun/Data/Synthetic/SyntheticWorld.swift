import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Makes examples that fit what is stated of them, with a hidden rule that a sound network learns in some 100 to 200 steps.
struct SyntheticWorld {
  private let subject: DataSubject
  private let rows: Int
  private let draw: DataStream

  init(_ subject: DataSubject, rows: Int, seed: UInt64) {
    self.subject = subject
    self.rows = rows
    draw = DataStream(seed: seed)
  }

  func make() -> World {
    let driver = subject.targets.firstIndex { $0.drivingClasses != nil }
    let classes = driver.flatMap { subject.targets[$0].drivingClasses }
    var latents = Latents(inputs: subject.inputs, rows: rows, classes: classes, draw: draw)
    let inputs = subject.inputs.indices.map { index in
      World.Input(form: subject.inputs[index], values: render(index, &latents, classes: classes?.count ?? 1))
    }
    latents.values.standardizeColumns()
    let targets = subject.targets.indices.map { index in
      let labels = index == driver ? latents.labels : nil
      return World.Target(form: subject.targets[index], values: target(index, labels, latents, inputs))
    }
    return World(count: rows, inputs: inputs, targets: targets)
  }

  // MARK: - Inputs

  private func render(_ index: Int, _ latents: inout Latents, classes: Int) -> [Float] {
    let form = subject.inputs[index]
    let range = latents.ranges[index]
    var values: [Float]
    switch form.kind {
    case .columns(let columns):
      values = ColumnRendering(columns: columns, index: index, draw: draw, latentRows: rows).render(
        &latents,
        range: range,
        classes: classes
      )
    case .field(let places, let channels, _):
      values = FieldRendering(
        places: places,
        channels: channels,
        statistics: form.statistics,
        index: index,
        draw: draw
      ).render(latents, range: range)
    case .tokens(let vocabulary):
      values = TokenRendering(length: form.size, vocabulary: vocabulary, index: index, draw: draw).render(
        latents,
        range: range
      )
    }
    if form.isWhole {
      values.withUnsafeMutableBufferPointer { values in
        for place in values.indices { values[place] = values[place].rounded() }
      }
    }
    return values
  }

  // MARK: - Targets

  private func target(
    _ index: Int,
    _ labels: [Int32]?,
    _ latents: Latents,
    _ inputs: [World.Input]
  ) -> World.Target.Values {
    let form = subject.targets[index]
    if let labels {
      return form.kind == .bits(1) ? .numbers(labels.map(Float.init)) : .classes(labels)
    }
    let teacher = Teacher(draw: draw, index: index)
    let columns = form.columns
    var scores: Matrix
    let local = LocalFeatures(places: form.places, index: index, draw: draw)
    if !form.places.isEmpty, let features = local.features(of: inputs, rows: rows) {
      scores = teacher.scores(of: features, count: columns)
    } else {
      // Without places to look at, each place of the output follows a rule of its own from the row as a whole.
      let wide = teacher.scores(of: latents.values, count: form.placeCount * columns)
      scores = Matrix(rows: rows * form.placeCount, columns: columns, wide.values)
    }
    switch form.kind {
    case .numbers:
      finishNumbers(&scores, form)
      return .numbers(scores.values)
    case .bits:
      for column in 0..<columns {
        let share = form.shares.count == columns ? form.shares[column] : 0.5
        threshold(&scores, column: column, share: share)
      }
      return .numbers(scores.values)
    case .classes: return .classes(classes(scores, shares: form.shares))
    }
  }

  /// Brings standardised scores to where the targets are stated to lie.
  private func finishNumbers(_ scores: inout Matrix, _ form: TargetForm) {
    let columns = scores.columns
    scores.values.withUnsafeMutableBufferPointer { values in
      if form.isDistribution {
        for start in stride(from: 0, to: values.count, by: columns) {
          var sum: Float = 0
          for place in start..<start + columns {
            values[place] = expf(values[place])
            sum += values[place]
          }
          for place in start..<start + columns { values[place] /= sum }
        }
        return
      }
      for column in 0..<columns { form.statistics.place(values, from: column, stride: columns) }
      if form.isWhole { for place in values.indices { values[place] = values[place].rounded() } }
    }
  }

  /// Makes a one of the share of the scores that are highest, a zero of the others.
  private func threshold(_ scores: inout Matrix, column: Int, share: Double) {
    let sorted = (0..<scores.rows).map { scores[$0, column] }.sorted()
    let first = min(max(Int((Double(sorted.count) * (1 - share)).rounded()), 0), sorted.count)
    let bound = first < sorted.count ? sorted[first] : .infinity
    for row in 0..<scores.rows { scores[row, column] = scores[row, column] >= bound ? 1 : 0 }
  }

  /// The class of the highest score, once the scores are moved so that the classes have their shares.
  private func classes(_ scores: Matrix, shares: [Double]) -> [Int32] {
    let count = scores.columns
    let wanted = shares.count == count ? shares : [Double](repeating: 1 / Double(count), count: count)
    var offsets = [Float](repeating: 0, count: count)
    // The offsets need not be exact, so a sample of the rows and a few rounds are enough.
    let step = max(1, scores.rows / 4096)
    let sample = Array(stride(from: 0, to: scores.rows, by: step))
    for _ in 0..<(count <= 64 ? 12 : 0) {
      var seen = [Int](repeating: 0, count: count)
      for row in sample { seen[highest(scores, row, offsets)] += 1 }
      for column in 0..<count {
        let share = (Double(seen[column]) + 0.5) / Double(sample.count + count / 2 + 1)
        offsets[column] += 0.5 * Float(log(max(wanted[column], 1e-4) / share))
      }
    }
    return (0..<scores.rows).map { Int32(highest(scores, $0, offsets)) }
  }

  private func highest(_ scores: Matrix, _ row: Int, _ offsets: [Float]) -> Int {
    var best = 0
    let start = row * scores.columns
    for column in 1..<max(scores.columns, 1)
    where scores.values[start + column] + offsets[column] > scores.values[start + best] + offsets[best] {
      best = column
    }
    return best
  }
}

extension TargetForm {
  /// The classes that the rows lie in clusters for, with their shares; nil for any other target.
  fileprivate var drivingClasses: (count: Int, shares: [Double])? {
    guard places.isEmpty || placeCount == 1 else { return nil }
    switch kind {
    case .classes(let count): return (count, shares)
    case .bits(1): return (2, shares.first.map { [1 - $0, $0] } ?? [])
    case .bits, .numbers: return nil
    }
  }

  /// How many scores each place has.
  fileprivate var columns: Int {
    switch kind {
    case .numbers(let count), .bits(let count), .classes(let count): count
    }
  }
}
