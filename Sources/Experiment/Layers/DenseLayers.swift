/// A layer that multiplies the last axis by a matrix.
struct DenseDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let units = try context.size(LayerKeys.units)
    guard let input = context.input else {
      return LayerForm(context.statedOutput.map { Shape($0) }, kernel: [nil, units], others: nil)
    }
    guard let features = input.axes.last else {
      throw .mismatch("needs an input with at least 1 axis (features), but \(context.words())", input: 0)
    }
    return LayerForm(
      Shape(input.axes.dropLast() + [units]),
      kernel: [features, units],
      others: context.useBias ? units : 0
    )
  }
}

/// A dense layer whose kernel is given by an einsum equation, such as `abc,cde->abde`.
struct EinsumDenseDefinition: LayerDefinition {
  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    guard let equation = context.facts.value(LayerKeys.equation), let stated = context.statedOutput else {
      return LayerForm(nil, parameters: nil)
    }
    guard let terms = Terms(equation) else {
      throw .invalid("has the equation \"\(equation)\", which is not of the form \"ab,bc->ac\"", key: "equation")
    }
    guard let input = context.input else { return LayerForm(nil, parameters: nil) }
    let shape = [nil] + input.axes
    let elided = shape.count - terms.input.count
    guard terms.elision == .none ? elided == 0 : elided >= 0 else {
      throw .mismatch(
        "has the equation \"\(equation)\", which takes \(terms.input.count) axes with the batch, but \(context.words())",
        key: "equation",
        input: 0
      )
    }
    let output = terms.output(stated: stated, elidedFrom: shape)
    guard output.count == terms.output.count + elided else {
      throw .mismatch("has an output shape that does not fit its equation \"\(equation)\"", key: "equation")
    }
    let inputShift = terms.elision == .left ? elided : 0
    let sizesOfInput = Dictionary(
      zip(terms.input, shape.dropFirst(inputShift)),
      uniquingKeysWith: { first, _ in first }
    )
    let sizesOfOutput = Dictionary(
      zip(terms.output, output.dropFirst(inputShift)),
      uniquingKeysWith: { first, _ in first }
    )
    for letter in terms.input {
      if let size = sizesOfInput[letter] ?? nil, let other = sizesOfOutput[letter] ?? nil, size != other {
        throw .mismatch(
          "keeps axis \"\(letter)\" of its equation at \(other), but \(context.words())",
          key: "equation",
          input: 0
        )
      }
    }
    let kernel = terms.kernel.map { (sizesOfOutput[$0] ?? sizesOfInput[$0]) ?? nil }
    let bias = (context.facts.value(LayerKeys.biasAxes) ?? "").map { sizesOfOutput[$0] ?? nil }
    var form = LayerForm(
      Shape(Array(output.dropFirst())),
      kernel: kernel,
      others: bias.isEmpty ? 0 : Bounded.product(bias)
    )
    // Keras counts the letters that the output has as units and the rest as inputs.
    form.fans = (
      Bounded.product(zip(terms.kernel, kernel).filter { !terms.output.contains($0.0) }.map(\.1)),
      Bounded.product(zip(terms.kernel, kernel).filter { terms.output.contains($0.0) }.map(\.1))
    )
    return form
  }

  /// The letters of an equation.
  private struct Terms {
    enum Elision { case none, left, right }

    let input: [Character]
    let kernel: [Character]
    let output: [Character]
    let elision: Elision

    init?(_ equation: String) {
      let dotted = equation.filter { $0 != " " }
      let sides = dotted.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, sides[1].first == ">" else { return nil }
      let operands = sides[0].split(separator: ",", omittingEmptySubsequences: false)
      guard operands.count == 2 else { return nil }
      let texts = [operands[0], operands[1], sides[1].dropFirst()]
      let letters = texts.map { $0.filter { $0 != "." } }
      guard letters.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isLetter) }) else { return nil }
      (input, kernel, output) = (Array(letters[0]), Array(letters[1]), Array(letters[2]))
      switch (texts[0].hasPrefix("..."), texts[0].hasSuffix("...")) {
      case (true, _): elision = .left
      case (_, true): elision = .right
      default: elision = .none
      }
    }

    /// Returns the whole output: the batch axis, the axes that an ellipsis stands for, and the stated ones.
    func output(stated: [Int?], elidedFrom shape: [Int?]) -> [Int?] {
      let elided = shape.count - input.count
      let batch: [Int?] = [shape[0]]
      switch elision {
      case .none: return batch + stated
      case .left: return batch + (elided > 1 ? shape[1..<elided] : []) + stated
      case .right: return batch + stated + shape.suffix(elided)
      }
    }
  }
}

extension LayerContext {
  /// The output shape that the config states; an axis below 0 is not known.
  fileprivate var statedOutput: [Int?]? {
    facts.value(LayerKeys.statedOutputShape)?.map { $0 < 0 ? nil : $0 }
  }
}
