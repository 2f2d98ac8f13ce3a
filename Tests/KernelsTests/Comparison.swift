import Kernels
import Testing

/// Relative error that operations may have against PyTorch in double precision.
let tolerance = 1e-4

/// The length of the difference in terms of the length of what is expected.
///
/// Where nothing but rounding is expected, as in the gradient of a key's bias, it is the length of the difference itself.
func relativeError(_ values: [Float], _ expected: [Float]) -> Double {
  guard values.count == expected.count else { return .infinity }
  var difference = 0.0
  var length = 0.0
  for (value, expected) in zip(values, expected) {
    difference += (Double(value) - Double(expected)) * (Double(value) - Double(expected))
    length += Double(expected) * Double(expected)
  }
  return difference.squareRoot() / (length < 1e-20 ? 1 : length.squareRoot())
}

/// Makes the operation of a case from its inputs.
typealias MakeOperation = @Sendable (ProcessorBackend, [Signal]) throws -> any Operation

/// Runs an operation with a case's inputs, parameters and cotangents, and holds outputs and gradients to its references.
///
/// Gives the largest relative error.
@discardableResult
func compare(_ reference: Reference, isTraining: Bool = true, _ make: MakeOperation) throws -> Double {
  let inputs = try reference.list("input").map { try Signal($0.tensor.shape) }
  let operation = try make(ProcessorBackend(), inputs)
  for (input, given) in zip(inputs, reference.list("input")) { try input.value.write(given.tensor.values) }
  let parameters = operation.parameters.filter { $0.gradient != nil }
  let given = reference.list("parameter")
  #expect(parameters.map(\.name) == given.map(\.name))
  for (parameter, given) in zip(parameters, given) {
    #expect(parameter.shape == given.tensor.shape)
    try parameter.write(given.tensor.values)
    #expect(try parameter.read() == given.tensor.values, "what was written is read back")
  }

  var worst = 0.0
  func hold(_ values: [Float], _ expected: [Float], _ what: String) {
    let error = relativeError(values, expected)
    worst = max(worst, error)
    #expect(error < tolerance, "\(reference.name): \(what) is off by \(error)")
  }

  try operation.forward(isTraining: isTraining)
  for (index, (output, expected)) in zip(operation.outputs, reference.list("output")).enumerated() {
    #expect(output.shape == expected.tensor.shape)
    hold(output.value.values, expected.tensor.values, "output \(index)")
  }
  guard isTraining else { return worst }

  // Once, and once more on top of it: contributions add up.
  for round in 1...2 {
    try operation.forward(isTraining: true)
    for (output, cotangent) in zip(operation.outputs, reference.list("cotangent")) {
      output.gradient?.reset()
      try output.gradient?.overwrite { (tensor) throws(KernelError) in try tensor.write(cotangent.tensor.values) }
    }
    try operation.backward()
    for (index, (input, expected)) in zip(inputs, reference.list("gradient.input")).enumerated() {
      guard let gradient = input.gradient else { continue }
      // A reshape's gradient is its input's own, which was written anew.
      let isShared = operation.outputs.contains { $0.gradient === gradient }
      let rounds = isShared ? 1 : Float(round)
      hold(
        gradient.sum.values,
        expected.tensor.values.map { $0 * rounds },
        "gradient of input \(index), round \(round)"
      )
    }
    for (parameter, expected) in zip(parameters, reference.list("gradient.parameter")) {
      let values = expected.tensor.values.map { $0 * Float(round) }
      hold(try parameter.readGradient(), values, "gradient of \"\(parameter.name)\", round \(round)")
    }
  }
  return worst
}

/// Runs every case of a family, each of which must have a maker and the other way round.
func compareFamily(_ family: String, _ makers: KeyValuePairs<String, MakeOperation>) throws {
  try compareFamily(family, makers.map { ($0.key, $0.value) })
}

/// The same for makers that were gathered one by one.
func compareFamily(_ family: String, _ makers: [(String, MakeOperation)]) throws {
  let references = try ReferenceFile.read(family)
  #expect(makers.map(\.0).sorted() == references.keys.sorted())
  var worst = 0.0
  for (name, make) in makers {
    guard let reference = references[name] else { continue }
    worst = max(worst, try compare(reference, make))
  }
  print("\(family): \(makers.count) cases, largest relative error \(worst)")
}
