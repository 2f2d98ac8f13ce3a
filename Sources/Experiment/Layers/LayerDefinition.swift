/// What is known of one kind of layer: the shapes it takes and gives, and how many parameters it has.
///
/// A definition never guesses: what does not follow from the layer's facts and its inputs' shapes is nil.
protocol LayerDefinition: Sendable {
  /// Returns what the layer is when it is built on its inputs, or throws why it cannot be.
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm
}

/// A layer as it is built: unknown parts are nil.
struct LayerForm {
  /// The shape of each output without the batch axis; nearly always one.
  var outputs: [Shape?]
  /// The number of parameters, those that are not trained counted.
  var parameters: Int?
  /// How many inputs one unit of the kernel sums over, and how many units one input feeds.
  var fans: (fanIn: Int?, fanOut: Int?) = (nil, nil)
  /// The size of the kernel's last axis, which is as long as the vector that spectral normalisation keeps.
  var kernelWidth: Int?

  init(_ output: Shape?, parameters: Int? = 0) {
    outputs = [output]
    self.parameters = parameters
  }

  /// Makes a form with one kernel.
  ///
  /// - Parameters:
  ///   - output: The output's shape.
  ///   - kernel: The kernel's shape: spatial axes first, then inputs, then units.
  ///   - others: The number of parameters beside the kernel.
  init(_ output: Shape?, kernel: [Int?], others: Int?) {
    outputs = [output]
    parameters = Bounded.sum([Bounded.product(kernel), others])
    fans = Self.fans(ofKernel: kernel)
    kernelWidth = kernel.last ?? nil
  }

  /// Returns the fans of a kernel as Keras counts them: the product of the spatial axes times inputs, and times units.
  ///
  /// - Parameter kernel: Spatial axes first, then inputs, then units.
  /// - Returns: Fan-in and fan-out. For a vector both are its length.
  static func fans(ofKernel kernel: [Int?]) -> (fanIn: Int?, fanOut: Int?) {
    guard let units = kernel.last else { return (1, 1) }
    guard kernel.count > 1 else { return (units, units) }
    let field = Bounded.product(kernel.dropLast(2))
    return (Bounded.product([field, kernel[kernel.count - 2]]), Bounded.product([field, units]))
  }
}

/// Why a layer cannot be built.
struct LayerFailure: Error {
  /// ``Problem/Kind/shapeMismatch`` or ``Problem/Kind/invalidValue``.
  var kind: Problem.Kind
  /// What is wrong, as it goes on from `layer "conv1"`.
  var predicate: String
  /// The name of the fact to point at, where one is to blame.
  var key: String?
  /// The input that does not fit, where one is to blame.
  var input: Int?
  /// The number of axes that the input should have, where that is what is wrong.
  var wantedRank: Int?
  /// The spatial axis that is too small, where that is what is wrong.
  var shrunkAxis: Int?

  /// Makes the failure of a layer that does not fit an input.
  static func mismatch(_ predicate: String, key: String? = nil, input: Int? = nil) -> LayerFailure {
    LayerFailure(kind: .shapeMismatch, predicate: predicate, key: key, input: input)
  }

  /// Makes the failure of a layer that can be built on no input.
  static func invalid(_ predicate: String, key: String?) -> LayerFailure {
    LayerFailure(kind: .invalidValue, predicate: predicate, key: key, input: nil)
  }
}

/// Arithmetic with sizes that may be unknown; what does not fit an integer is unknown too.
enum Bounded {
  static func product(_ factors: some Sequence<Int?>) -> Int? {
    var result = 1
    for factor in factors {
      guard let factor else { return nil }
      let (product, overflow) = result.multipliedReportingOverflow(by: factor)
      guard !overflow else { return nil }
      result = product
    }
    return result
  }

  static func sum(_ terms: some Sequence<Int?>) -> Int? {
    var result = 0
    for term in terms {
      guard let term else { return nil }
      let (sum, overflow) = result.addingReportingOverflow(term)
      guard !overflow else { return nil }
      result = sum
    }
    return result
  }
}
