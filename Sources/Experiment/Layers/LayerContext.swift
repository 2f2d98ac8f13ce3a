/// A layer with the shapes it is given, as its definition sees it.
struct LayerContext {
  /// The layer's facts.
  let facts: Record
  /// The shapes of its inputs without the batch axis; nil where unknown.
  let inputs: [Shape?]
  /// The indices in `layers` of those that give the inputs, in step.
  let producers: [Int]
  /// The layers of the experiment; only their names are asked for, and only in words.
  let layers: [Layer]

  /// The largest size that is taken for meant: frameworks index the axes of a tensor with 32 bits.
  static let largestSize = Int(Int32.max)

  /// The shape of the first input.
  var input: Shape? { inputs.first ?? nil }

  /// Whether there is a bias; frameworks have one unless told otherwise.
  var useBias: Bool { facts.value(LayerKeys.useBias) ?? true }

  /// Returns the words for an input's shape: `"pool1" gives (512,)`.
  func words(forInput index: Int = 0) -> String {
    let producer = producers.indices.contains(index) ? "\"\(producerName(index))\"" : "its input"
    guard inputs.indices.contains(index), let shape = inputs[index] else { return producer }
    return "\(producer) gives \(shape)"
  }

  // MARK: - Facts

  /// Returns a size that must be at least 1; nil when unknown.
  func size(_ key: FactKey<Int>, atLeast minimum: Int = 1) throws(LayerFailure) -> Int? {
    guard let value = facts.value(key) else { return nil }
    try check(value, key.name, atLeast: minimum)
    return value
  }

  /// Returns one size for each spatial axis; nil when unknown.
  ///
  /// One number stands for all.
  func sizes(_ key: FactKey<[Int]>, count: Int, atLeast minimum: Int = 1) throws(LayerFailure) -> [Int]? {
    guard let values = facts.value(key) else { return nil }
    for value in values { try check(value, key.name, atLeast: minimum) }
    if values.count == count { return values }
    if values.count == 1 { return Array(repeating: values[0], count: count) }
    throw .invalid("has \(values.count) numbers in \"\(key.name)\", but needs \(count)", key: key.name)
  }

  /// Returns the place in a shape of an axis that is counted with the batch axis as 0; nil for the batch axis.
  func position(ofAxis axis: Int, in shape: Shape, key: String) throws(LayerFailure) -> Int? {
    let position = axis < 0 ? shape.rank + axis : axis - 1
    if shape.axes.indices.contains(position) { return position }
    if position == -1 { return nil }
    throw .mismatch("works on axis \(axis), but \(words()), which has no such axis", key: key, input: 0)
  }

  // MARK: - Inputs

  /// Returns the first input, which must have a number of axes; nil when unknown.
  ///
  /// The number leaves out the batch axis; `axes` says what they are called, as in "steps, features".
  func input(rank: Int, axes: String) throws(LayerFailure) -> Shape? {
    guard let input else { return nil }
    guard input.rank == rank else {
      var failure = LayerFailure.mismatch(
        "needs an input with \(rank == 1 ? "1 axis" : "\(rank) axes") (\(axes)), but \(words())",
        input: 0
      )
      failure.wantedRank = rank
      throw failure
    }
    return input
  }

  /// Returns the first input as spatial axes and channels; nil when unknown.
  func field(rank: Int) throws(LayerFailure) -> Field? {
    let names = rank < Self.spatialNames.count ? Self.spatialNames[rank] + ", " : ""
    let isLast = channelsLast
    guard let shape = try input(rank: rank + 1, axes: isLast ? "\(names)channels" : "channels, \(names.dropLast(2))")
    else {
      return nil
    }
    return Field(shape, channelsLast: isLast)
  }

  /// Whether the channels are the last axis, as they are unless a file says otherwise.
  var channelsLast: Bool { facts.value(LayerKeys.dataFormat) != "channels_first" }

  /// Spatial axes and channels of a shape.
  struct Field {
    var spatial: [Int?]
    var channels: Int?
    let channelsLast: Bool

    init(_ shape: Shape, channelsLast: Bool) {
      spatial = Array(channelsLast ? shape.axes.dropLast() : shape.axes.dropFirst())
      channels = channelsLast ? shape.axes.last ?? nil : shape.axes.first ?? nil
      self.channelsLast = channelsLast
    }

    var shape: Shape { Shape(channelsLast ? spatial + [channels] : [channels] + spatial) }

    func with(spatial: [Int?]? = nil, channels: Int?) -> Shape {
      var field = self
      field.spatial = spatial ?? self.spatial
      field.channels = channels
      return field.shape
    }
  }

  // MARK: - Private

  private func producerName(_ index: Int) -> String {
    layers.indices.contains(producers[index]) ? layers[producers[index]].name : ""
  }

  private static let spatialNames = ["", "steps", "height, width", "depth, height, width"]

  private func check(_ value: Int, _ name: String, atLeast minimum: Int) throws(LayerFailure) {
    guard value >= minimum else {
      throw .invalid("has \(value) as \"\(name)\", which must be at least \(minimum)", key: name)
    }
    guard value <= Self.largestSize else {
      throw .invalid("has \(value) as \"\(name)\", which is more than any tensor can hold", key: name)
    }
  }
}
