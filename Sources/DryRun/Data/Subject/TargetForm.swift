import Experiment
import Kernels

/// What a head's targets are, as they are stored: the same for both versions.
struct TargetForm {
  enum Kind: Equatable {
    case numbers(Int)
    case bits(Int)
    case classes(Int)
  }

  var name: String
  /// The axes that are places; none for one answer for each example.
  var places: [Int]
  var kind: Kind
  var statistics: Statistics
  /// Whether the numbers are counts.
  var isWhole = false
  /// Whether the numbers of a row are shares that add up to 1.
  var isDistribution = false
  /// What was assumed of the numbers, for the report; nil where they are stated or plain.
  var assumption: String?
  /// The share of each class, or of the ones of each bit; empty for alike.
  var shares: [Double]

  init(_ index: Int, of facts: VersionFacts) throws(NotRunnable) {
    let head = facts.heads[index]
    name = head.name
    places = try facts.places(index)
    let record = facts.target(index)
    statistics = Statistics(record)
    let stated = record.value(TargetKeys.classShares) ?? []
    shares = []
    switch head.form {
    case .numbers(let count): kind = .numbers(count)
    case .bits(let count): kind = .bits(count)
    case .classIndex(let count), .oneHot(let count):
      // A network with too few or too many units does not change how many classes there are.
      kind = .classes(max(2, record.value(TargetKeys.classes) ?? stated.count.nonzero ?? count))
    }
    switch kind {
    case .numbers: if statistics.isEmpty { assumeNumbers(for: head.loss, activation: facts.activation(index)) }
    case .classes(let count):
      if stated.count == count { shares = stated.normalizedShares }
    case .bits(let count):
      if stated.count == count, count > 1 {
        shares = stated.map { min(max($0, 0), 1) }
      } else if count == 1, let share = stated.count == 2 ? stated.normalizedShares.last : stated.first {
        shares = [share]
      }
    }
  }

  /// How many values an example has, before it is encoded.
  var placeCount: Int { places.reduce(1, *) }

  /// Takes numbers that the loss and the final activation are made for, where nobody says what the targets are.
  private mutating func assumeNumbers(for loss: Loss, activation: String?) {
    switch loss {
    case .poisson:
      statistics = Statistics(minimum: 0, mean: 3, deviation: 2)
      isWhole = true
      assumption = "counts, since the loss is poisson"
    case .meanSquaredLogarithmicError, .meanAbsolutePercentageError:
      statistics = Statistics(minimum: 0.1, mean: 3, deviation: 1)
      assumption = "positive, since the loss is \(loss.name)"
    case .klDivergence, .divergenceOfLogarithms:
      isDistribution = kind != .numbers(1)
      statistics = isDistribution ? Statistics() : Statistics(minimum: 0, maximum: 1)
      assumption = "shares, since the loss is \(loss.name)"
    case .binaryCrossentropy, .binaryFocalCrossentropy, .categoricalCrossentropy, .categoricalFocalCrossentropy:
      statistics = Statistics(minimum: 0, maximum: 1)
      assumption = "from 0 to 1, since the loss is \(loss.name)"
    default:
      switch activation {
      case "sigmoid", "hard_sigmoid", "softmax": statistics = Statistics(minimum: 0, maximum: 1)
      case "tanh", "softsign", "hard_tanh": statistics = Statistics(minimum: -1, maximum: 1)
      case "relu", "softplus", "exponential": statistics = Statistics(minimum: 0, mean: 2, deviation: 1)
      case "relu6": statistics = Statistics(minimum: 0, maximum: 6)
      default: return
      }
      assumption = "within reach of \"\(activation ?? "")\", since nothing says what they are"
    }
  }
}

extension Int {
  fileprivate var nonzero: Int? { self == 0 ? nil : self }
}

extension [Double] {
  /// Shares that add up to 1.
  fileprivate var normalizedShares: [Double] {
    let positive = map { $0.isFinite && $0 > 0 ? $0 : 0 }
    let sum = positive.reduce(0, +)
    return sum > 0 ? positive.map { $0 / sum } : []
  }
}
