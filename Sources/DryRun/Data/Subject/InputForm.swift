import Experiment

/// What an input is given, as it is stored: the same for both versions, whatever each makes of it.
struct InputForm {
  /// What the raw values are.
  enum Kind: Equatable {
    /// Columns of a table, or places of a spectrum: one axis whose entries have meanings of their own.
    case columns([Column])
    /// Values over places that lie beside each other: an image, a sequence, a volume. Raw values stand with the channels last.
    case field(places: [Int], channels: Int, isChannelsFirst: Bool)
    /// Ids in an order: the tokens of a text.
    case tokens(vocabulary: Int)
  }

  /// One column of a table.
  struct Column: Equatable {
    enum Meaning: Equatable {
      case number
      /// One of so many things, whose numbers mean no quantity.
      case category(Int)
      /// Zero or one.
      case binary
      /// What comes round after so much.
      case cyclic(Double)
    }

    var name: String?
    var meaning: Meaning
    var statistics: Statistics
  }

  var name: String
  /// The axes of one example.
  var shape: [Int]
  var kind: Kind
  /// Of each channel of a field, or of all together; columns have their own.
  var statistics: [Statistics]
  /// Whether only whole numbers are stored.
  var isWhole: Bool
  /// Whether an embedding or an encoding takes the ids.
  var isLookedUp: Bool

  /// How many values an example has.
  var size: Int { shape.reduce(1, *) }

  /// How many values lie side by side that are normalised each by their own statistics.
  var channels: Int {
    switch kind {
    case .columns(let columns): columns.count
    case .field(_, let channels, _): channels
    case .tokens: 1
    }
  }

  /// How many categories there are where nothing says it.
  static let usualCategories = 32
  /// How many tokens there are where nothing says it.
  static let usualVocabulary = 1000
  /// So many whole numbers are rather the words of a text than columns of a table.
  private static let leastTokens = 8

  init(_ index: Int, of facts: VersionFacts) throws(NotRunnable) {
    let experiment = facts.experiment
    let record = experiment.inputs[index]
    name = facts.inputName(index)
    let inputLayers = experiment.layers.indices.filter { experiment.layers[$0].kind == .input }
    let layer =
      record.value(InputKeys.layer).flatMap { experiment.layers.indices.contains($0) ? $0 : nil }
      ?? (inputLayers.indices.contains(index) ? inputLayers[index] : nil)
    let found =
      layer.flatMap { experiment.layers[$0].facts.value(LayerKeys.outputShape) } ?? record.value(InputKeys.shape)
    guard let found, found.elementCount != nil else {
      throw NotRunnable(
        "the shape of input \"\(name)\" is not known in full: \(found?.description ?? "nothing says it")"
      )
    }
    shape = found.axes.compactMap(\.self)
    guard shape.allSatisfy({ $0 > 0 }) else { throw NotRunnable("input \"\(name)\" is empty: its shape is \(found)") }
    let way = InputWay(from: layer, in: experiment)
    let word = facts.inputKind(index)
    let size = shape.reduce(1, *)
    let type =
      record.value(InputKeys.dataType) ?? layer.flatMap { experiment.layers[$0].facts.value(LayerKeys.dataType) }
    isWhole = type.map { $0.hasPrefix("int") || $0.hasPrefix("uint") || $0 == "bool" } ?? false
    isLookedUp = way.lookup != nil
    statistics = [Statistics(experiment.data.value(DataKeys.inputs))]

    let isIdentifier = word == "category" || word == "id"
    let isText = word == "tokens" || word == "text" || word == "sequence"
    if isLookedUp || (isIdentifier && shape.count <= 1) {
      let vocabulary = way.vocabulary ?? (size == 1 ? Self.usualCategories : Self.usualVocabulary)
      isWhole = true
      kind =
        size == 1
        ? .columns([Column(name: nil, meaning: .category(vocabulary), statistics: Statistics())])
        : .tokens(vocabulary: vocabulary)
    } else if shape.count == 1, isText || (isWhole && type != "uint8" && size >= Self.leastTokens && !way.isScaled) {
      isWhole = true
      kind = .tokens(vocabulary: Self.usualVocabulary)
    } else if (word == "binary" && size == 1) || ((word == "set" || word == "bag") && shape.count == 1) {
      // What is in a set is a one for each thing that is.
      let column = Column(name: nil, meaning: .binary, statistics: Statistics())
      kind = .columns(Array(repeating: column, count: size))
    } else {
      kind = Self.numbers(shape, word: word, way: way)
    }
    if case .columns(var columns) = kind, columns.isEmpty {
      columns = facts.columns(size)
      let input = index
      for index in columns.indices where columns[index].statistics.isEmpty && columns[index].meaning == .number {
        columns[index].statistics = statistics[0].isEmpty ? way.statistics(of: index) ?? statistics[0] : statistics[0]
        let word = facts.inputNormalization(input, column: columns[index].name)
        // Nobody takes the logarithm of what may be negative and not know it.
        if columns[index].statistics.isEmpty, word == "log1p" { columns[index].statistics = .counts }
      }
      kind = .columns(columns)
    } else if case .field(_, let channels, _) = kind, statistics[0].isEmpty {
      // What the network takes away itself tells what it expects; bytes are what a rescaling or a type of bytes is for.
      let isRescaled = ["rescaled", "minmax"].contains(facts.inputNormalization(index, column: nil))
      if type == "uint8" || way.isRescaledFromBytes || (isRescaled && shape.count == 3) {
        statistics = [.bytes]
      } else if let stated = (0..<channels).map({ way.statistics(of: $0) }) as? [Statistics], !stated.isEmpty {
        statistics = stated
      }
    }
  }

  /// The kind of an input of plain numbers; columns are filled in later.
  private static func numbers(_ shape: [Int], word: String?, way: InputWay) -> Kind {
    switch shape.count {
    case 0: return .columns([])
    case 1:
      if let target = way.reshaped, target.count > 1, target.reduce(1, *) == shape[0] {
        return numbers(target, word: word, way: way)
      }
      let isSeries = word == "timeseries" || word == "audio"
      return isSeries ? .field(places: shape, channels: 1, isChannelsFirst: false) : .columns([])
    case 2 where word == "image": return .field(places: shape, channels: 1, isChannelsFirst: false)
    default:
      let isFirst =
        way.isChannelsFirst ?? (shape.count == 3 && shape[0] <= 4 && shape[2] > 4 && shape[1] > 4)
      return isFirst
        ? .field(places: Array(shape.dropFirst()), channels: shape[0], isChannelsFirst: true)
        : .field(places: Array(shape.dropLast()), channels: shape[shape.count - 1], isChannelsFirst: false)
    }
  }
}
