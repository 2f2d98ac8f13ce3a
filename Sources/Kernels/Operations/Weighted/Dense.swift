internal import CKernels

package struct DenseOptions {
  package var units: Int
  package var hasBias = true
  package var activation = Activation.linear

  package init(units: Int, hasBias: Bool = true, activation: Activation = .linear) {
    self.units = units
    self.hasBias = hasBias
    self.activation = activation
  }
}

extension ProcessorBackend {
  /// output[..., o] = activation(sum over i of input[..., i] * kernel[i, o] + bias[o]).
  package func dense(_ input: Signal, _ options: DenseOptions) throws(KernelError) -> any Operation {
    guard let features = input.shape.last, input.shape.count > 1, options.units > 0 else {
      throw .shapes(
        operation: "dense",
        shapes: [input.shape],
        reason: "it takes rows of features and gives 1 or more units"
      )
    }
    let rows = input.shape.dropLast().reduce(1, *)
    let plan = WeightedOperation.Plan(
      name: "dense",
      outputShape: input.shape.dropLast() + [options.units],
      kernelShape: [features, options.units],
      biasSize: options.hasBias ? options.units : nil,
      isRectified: options.activation == .relu,
      source: try Layout("dense", sizes: [rows, features], strides: [features, 1]),
      weightsSizes: [options.units, features],
      weightsStrides: [1, options.units],
      destination: try Layout("dense", sizes: [rows, options.units], strides: [options.units, 1])
    ) { pass, source, weights, bias, destination, isRectified, made in
      ck_inner_product(
        pass,
        source.handle,
        weights.handle,
        bias?.handle,
        destination.handle,
        isRectified,
        made
      )
    }
    return try followed(WeightedOperation(input, plan, self), by: options.activation, isFused: plan.isRectified)
  }

  /// The operation with an activation behind it, unless that is fused into it.
  func followed(
    _ operation: any Operation,
    by activation: Activation,
    isFused: Bool
  ) throws(KernelError) -> any Operation {
    guard activation != .linear, !isFused else { return operation }
    let last = try self.activation(operation.output, activation)
    return Network(operation.name, operations: [operation, last], inputs: operation.inputs, outputs: last.outputs)
  }
}
