import Kernels
import Testing

struct NormalizationTests {
  @Test func `normalisation agrees with PyTorch`() throws {
    func batch(_ options: BatchNormalizationOptions = BatchNormalizationOptions()) -> MakeOperation {
      { try $0.batchNormalization($1[0], options) }
    }
    func layer(_ options: NormalizationOptions, axes: Int = 1) -> MakeOperation {
      { try $0.layerNormalization($1[0], axes: axes, options) }
    }
    func group(_ groups: Int) -> MakeOperation {
      { try $0.groupNormalization($1[0], groups: groups, NormalizationOptions(epsilon: 0.001)) }
    }

    try compareFamily(
      "normalization",
      [
        "batch": batch(),
        "batch 2d": batch(),
        "batch, many rows": batch(),
        "batch, many channels": batch(),
        "batch, frozen": frozen,
        "batch, scale only": batch(BatchNormalizationOptions(hasOffset: false)),
        "batch, offset only": batch(BatchNormalizationOptions(hasScale: false)),
        "batch, neither": batch(BatchNormalizationOptions(hasScale: false, hasOffset: false)),
        "layer": layer(NormalizationOptions(epsilon: 0.001)),
        "layer, sequence": layer(NormalizationOptions(epsilon: 1e-5)),
        "layer, two axes": layer(NormalizationOptions(epsilon: 0.001), axes: 2),
        "layer, scale only": layer(NormalizationOptions(epsilon: 0.001, hasOffset: false)),
        "layer, neither": layer(NormalizationOptions(epsilon: 0.001, hasScale: false, hasOffset: false)),
        "rms": { try $0.rmsNormalization($1[0], NormalizationOptions(epsilon: 1e-6)) },
        "group": group(3),
        "group, one for each channel": group(4),
        "group, one for all": group(1),
        "learnt scale": { try $0.learntScale($1[0], initial: 1) },
        "softmax": { try $0.softmax($1[0], axis: 2) },
        "softmax, middle axis": { try $0.softmax($1[0], axis: 1) },
      ]
    )
  }

  /// With the moving statistics of the case, which are what it uses.
  private var frozen: MakeOperation {
    { backend, inputs in
      let reference = try #require(try ReferenceFile.read("normalization")["batch, frozen"])
      let operation = try backend.batchNormalization(inputs[0], BatchNormalizationOptions(isFrozen: true))
      try write(reference, to: operation)
      return operation
    }
  }

  @Test(arguments: ["batch", "batch 2d", "batch, many rows", "batch, many channels", "batch, neither"])
  func `moving statistics follow the batch and serve inference`(_ name: String) throws {
    let reference = try #require(try ReferenceFile.read("normalization")[name])
    let given = try #require(reference.list("input").first).tensor
    let input = try Signal(given.shape)
    try input.value.write(given.values)
    let hasParameters = name != "batch, neither"
    let operation = try ProcessorBackend().batchNormalization(
      input,
      BatchNormalizationOptions(momentum: 0.9, hasScale: hasParameters, hasOffset: hasParameters)
    )
    for (parameter, given) in zip(operation.parameters, reference.list("parameter")) {
      try parameter.write(given.tensor.values)
    }
    try write(reference, to: operation)
    try operation.forward(isTraining: false)
    #expect(relativeError(operation.output.value.values, try reference.values("inference")) < tolerance)
    try operation.forward(isTraining: true)
    for parameter in operation.parameters.suffix(2) {
      let expected = try reference.values("next_\(parameter.name)")
      #expect(relativeError(try parameter.read(), expected) < tolerance, "\(parameter.name)")
    }
  }

  private func write(_ reference: Reference, to operation: any Operation) throws {
    for parameter in operation.parameters.suffix(2) { try parameter.write(try reference.values(parameter.name)) }
  }

  @Test func `what does not fit is refused`() throws {
    let input = try Signal([2, 3, 4])
    let options = NormalizationOptions(epsilon: 0.001)
    #expect(throws: KernelError.self) { try ProcessorBackend().groupNormalization(input, groups: 3, options) }
    #expect(throws: KernelError.self) { try ProcessorBackend().layerNormalization(input, axes: 3, options) }
    #expect(throws: KernelError.self) { try ProcessorBackend().softmax(input, axis: 0) }
  }
}
