internal import Kernels

/// What two versions are compared by: the lower, the better.
enum Yardstick: Hashable, Sendable {
  /// The loss without penalties.
  case loss
  /// The figure of each head's task, averaged over the heads.
  case task

  /// The loss where it means the same for both versions, the task's figure elsewhere.
  ///
  /// Ratios of a loss that can be negative mean nothing.
  static func of(_ written: [Head], _ changed: [Head], hasSameTargets: Bool) -> Yardstick {
    let isSame =
      hasSameTargets && written.count == changed.count
      && zip(written, changed).allSatisfy { one, other in
        one.loss == other.loss && one.form == other.form && one.weight == other.weight
          && one.classWeights == other.classWeights && one.loss.isNeverNegative
      }
    return isSame ? .loss : .task
  }

  /// `loss`, `error rate`, `1 - R2`, or what a mean over heads is of.
  func name(for heads: [Head]) -> String {
    guard self == .task else { return "loss" }
    let names = Set(heads.map(\.task.figureName)).sorted()
    return names.count == 1 ? names[0] : "mean of \(names.joined(separator: " and "))"
  }
}

extension Head.Task {
  fileprivate var figureName: String {
    switch self {
    case .regression: "1 - R2"
    case .binary, .multiclass: "error rate"
    }
  }
}

extension Loss {
  fileprivate var isNeverNegative: Bool {
    switch self {
    case .poisson, .cosineSimilarity, .divergenceOfLogarithms, .negativeLogLikelihood: false
    default: true
    }
  }

  /// Whether the loss takes scores and applies a sigmoid or softmax itself, or wants them on either side of 0.
  var takesScores: Bool {
    switch self {
    case .binaryCrossentropy(let fromLogits, _), .categoricalCrossentropy(let fromLogits, _),
      .sparseCategoricalCrossentropy(let fromLogits, _, _), .binaryFocalCrossentropy(_, _, let fromLogits, _),
      .categoricalFocalCrossentropy(_, _, let fromLogits, _):
      fromLogits
    case .hinge, .squaredHinge, .categoricalHinge: true
    default: false
    }
  }
}

extension Head {
  /// The figure of the task for predictions of all rows: an error rate, or 1 - R2.
  ///
  /// `threshold` parts the two classes of a binary task.
  func figure(predictions: Tensor, targets: Tensor, threshold: Float) throws(KernelError) -> Double {
    switch (task, form) {
    case (.regression, _):
      return 1 - Metrics.determination(predictions: predictions, targets: targets)
    case (_, .bits), (_, .numbers):
      return Metrics.binaryErrorRate(scores: predictions, targets: targets, threshold: threshold)
    case (_, .classIndex):
      return Metrics.errorRate(scores: predictions, classes: targets)
    case (_, .oneHot(let classes)):
      return Metrics.errorRate(scores: predictions, classes: try targets.largest(of: classes))
    }
  }

  /// What each row of the loss weighs, by the class that its target has and by the head's own weight; nil where all weigh 1.
  ///
  /// Weights of several independent labels are of columns rather than of rows, and are left out.
  func rowWeights(for target: Tensor) throws(KernelError) -> Tensor? {
    guard weight != 1 || !classWeights.isEmpty else { return nil }
    let classes: Tensor
    switch form {
    case .classIndex, .bits(1): classes = target
    case .oneHot(let count): classes = try target.largest(of: count)
    case .bits(let count), .numbers(let count):
      let rows = try Tensor([target.count / max(count, 1)])
      rows.fill(Float(weight))
      return rows
    }
    let weights = try Tensor([classes.count])
    for row in 0..<classes.count {
      // A row of the user's may have no class.
      let number = Int(exactly: classes.pointer[row]) ?? -1
      let ofClass = classWeights.indices.contains(number) ? classWeights[number] : 1
      weights.pointer[row] = Float(weight) * ofClass
    }
    return weights
  }

  /// Whether classes weigh unlike and it makes no difference here: each label of several has a weight of its own, and rows have one.
  var leavesOutClassWeights: Bool {
    guard Set(classWeights).count > 1 else { return false }
    switch form {
    case .classIndex, .oneHot, .bits(1): return false
    case .bits, .numbers: return true
    }
  }

  /// Where a sigmoid's output or a score passes from one class to the other.
  func threshold(activation: String?) -> Float {
    switch activation {
    case "sigmoid", "hard_sigmoid", "sparse_sigmoid", "softmax": 0.5
    case "tanh", "hard_tanh", "softsign": 0
    default: loss.takesScores ? 0 : 0.5
    }
  }
}

extension Head.TargetForm {
  /// How many numbers a prediction has for each row of the loss.
  var columns: Int {
    switch self {
    case .numbers(let count), .bits(let count), .classIndex(let count), .oneHot(let count): max(count, 1)
    }
  }
}

extension Tensor {
  /// The number of the largest of each row of `width` numbers.
  func largest(of width: Int) throws(KernelError) -> Tensor {
    let classes = try Tensor([count / max(width, 1)])
    for row in 0..<classes.count {
      var best = 0
      for column in 1..<max(width, 1) where pointer[row * width + column] > pointer[row * width + best] {
        best = column
      }
      classes.pointer[row] = Float(best)
    }
    return classes
  }
}
