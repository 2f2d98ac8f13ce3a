internal import CKernels

/// What dense layers and convolutions have in common: source x weights + bias, with the weights in the layout that the library likes best.
final class WeightedOperation: Operation {
  /// What tells one kind from another.
  struct Plan {
    var name: String
    var outputShape: [Int]
    /// In Keras's order.
    var kernelName = "kernel"
    var kernelShape: [Int]
    var biasSize: Int?
    /// A ReLU on the output costs nothing here.
    var isRectified: Bool
    var source: Layout
    /// The library's sizes of the weights.
    var weightsSizes: [Int]
    /// How the library's axes lie in Keras's order.
    var weightsStrides: [Int]
    var destination: Layout
    /// The shim's maker: pass, source, weights, bias, destination, whether to rectify.
    var make: (ck_pass, Layout, Layout, Layout?, Layout, Bool, UnsafeMutablePointer<OpaquePointer?>) -> Int32
  }

  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  let parameters: [Parameter]
  private let forward: Primitive
  private let kernelGradient: KernelGradient
  private let inputGradient: InputGradient?
  private let rectifier: Rectifier?

  init(_ input: Signal, _ plan: Plan, _ backend: ProcessorBackend) throws(KernelError) {
    name = plan.name
    let output = try Signal(plan.outputShape)
    let maker = Maker(plan: plan, input: input)
    let plain = try Layout(name, sizes: plan.weightsSizes, strides: plan.weightsStrides)
    let shared = try backend.sharedParameter(plan.kernelName, plan.kernelShape)
    // Weights that are shared are stored already; others take the layout that the forward pass likes best.
    let wanted = shared == nil ? try maker.anyWeights() : shared?.layout ?? plain
    let forward = try maker.primitive(CK_FORWARD_TRAINING, weights: wanted)
    let stored = try forward.layout(.weights)
    let kernel: Parameter
    if let shared {
      kernel = shared
    } else {
      kernel = try Parameter(plan.kernelName, plan.kernelShape, plain: plain, stored: stored)
    }
    let layout = kernel.layout ?? plain
    var bias: Parameter?
    if let size = plan.biasSize { bias = try backend.parameter("bias", [size]) }
    try forward.bind(.source, input.value)
    try forward.bind(.weights, kernel.value)
    try forward.bind(.destination, output.value)
    if let bias { try forward.bind(.bias, bias.value) }
    rectifier = plan.isRectified ? try Rectifier(name, output) : nil
    let gradient = rectifier?.gradient ?? output.gradient?.tensor
    kernelGradient = try KernelGradient(maker, input, kernel, bias, layout, gradient)
    inputGradient = input.gradient == nil ? nil : try InputGradient(maker, kernel, layout, gradient)
    self.forward = forward
    inputs = [input]
    outputs = [output]
    parameters = [kernel] + (bias.map { [$0] } ?? [])
  }

  func forward(isTraining: Bool) throws(KernelError) {
    try forward.run()
  }

  func backward() throws(KernelError) {
    guard let gradient = output.gradient else { return }
    _ = gradient.sum
    try rectifier?.run()
    try kernelGradient.run()
    if let inputGradient, let target = inputs[0].gradient { try inputGradient.run(into: target) }
  }
}

/// Makes the three primitives of an operation.
private struct Maker {
  let plan: WeightedOperation.Plan
  let input: Signal

  func primitive(_ pass: ck_pass, weights: Layout) throws(KernelError) -> Primitive {
    let plan = plan
    var bias: Layout?
    if let size = plan.biasSize { bias = try Layout(plan.name, sizes: [size], strides: [1]) }
    return try Primitive(plan.name, [input.shape, plan.kernelShape]) { made in
      plan.make(pass, plan.source, weights, bias, plan.destination, plan.isRectified, made)
    }
  }

  /// Leaves the layout of the weights to the library.
  func anyWeights() throws(KernelError) -> Layout {
    try Layout(plan.name, sizes: plan.weightsSizes, strides: nil)
  }
}

/// The gradient before a fused ReLU, from the one behind it.
private final class Rectifier {
  let gradient: Tensor
  private let primitive: Primitive

  init(_ name: String, _ output: Signal) throws(KernelError) {
    gradient = try Tensor(output.shape)
    let layout = try Layout(name, sizes: [gradient.count], strides: [1])
    primitive = try Primitive(name, [output.shape]) { made in
      ck_eltwise(CK_BACKWARD_DATA, CK_RELU_OF_OUTPUT, 0, 0, layout.handle, made)
    }
    try primitive.bind(.destination, output.value)
    if let gradient = output.gradient { try primitive.bind(.destinationGradient, gradient.tensor) }
    try primitive.bind(.sourceGradient, gradient)
  }

  func run() throws(KernelError) {
    try primitive.run()
  }
}

/// The gradients of weights and bias.
private final class KernelGradient {
  private let primitive: Primitive
  private let kernel: Parameter
  private let bias: Parameter?
  // Where the primitive writes another layout than the parameter's.
  private let unsorted: Tensor?
  private let sorting: Primitive?

  init(
    _ maker: Maker,
    _ input: Signal,
    _ kernel: Parameter,
    _ bias: Parameter?,
    _ stored: Layout,
    _ gradient: Tensor?
  ) throws(KernelError) {
    self.kernel = kernel
    self.bias = bias
    var primitive = try maker.primitive(CK_BACKWARD_WEIGHTS, weights: try maker.anyWeights())
    if try primitive.layout(.weightsGradient).count > 4 * stored.count {
      // Some depthwise shapes are given a block of 16 by 16 for each single weight.
      primitive = try maker.primitive(CK_BACKWARD_WEIGHTS, weights: stored)
    }
    self.primitive = primitive
    try primitive.bind(.source, input.value)
    if let gradient { try primitive.bind(.destinationGradient, gradient) }
    let own = try primitive.layout(.weightsGradient)
    guard own != stored else {
      unsorted = nil
      sorting = nil
      return
    }
    let unsorted = try Tensor([own.count])
    let sorting = try Primitive.reorder(maker.plan.name, from: own, to: stored)
    try primitive.bind(.weightsGradient, unsorted)
    try sorting.bind(.source, unsorted)
    self.unsorted = unsorted
    self.sorting = sorting
  }

  func run() throws(KernelError) {
    guard let kernelGradient = kernel.gradient else { return }
    let target = sorting ?? primitive
    let place: Primitive.Place = sorting == nil ? .weightsGradient : .destination
    // One run gives both gradients, so both targets are opened before it.
    try kernelGradient.overwrite { (weights) throws(KernelError) in
      try target.bind(place, weights)
      if let biasGradient = bias?.gradient {
        try biasGradient.overwrite { (bias) throws(KernelError) in
          try primitive.bind(.biasGradient, bias)
          try primitive.run()
        }
      } else {
        try primitive.run()
      }
      try sorting?.run()
    }
  }
}

/// The gradient of the input.
private final class InputGradient {
  private let primitive: Primitive
  private let sorting: Primitive?

  init(_ maker: Maker, _ kernel: Parameter, _ stored: Layout, _ gradient: Tensor?) throws(KernelError) {
    primitive = try maker.primitive(CK_BACKWARD_DATA, weights: try maker.anyWeights())
    if let gradient { try primitive.bind(.destinationGradient, gradient) }
    let own = try primitive.layout(.weights)
    guard own != stored else {
      try primitive.bind(.weights, kernel.value)
      sorting = nil
      return
    }
    let sorted = try Tensor([own.count])
    let sorting = try Primitive.reorder(maker.plan.name, from: stored, to: own)
    try sorting.bind(.source, kernel.value)
    try sorting.bind(.destination, sorted)
    try primitive.bind(.weights, sorted)
    self.sorting = sorting
  }

  func run(into target: Gradient) throws(KernelError) {
    try sorting?.run()
    try target.overwrite { (gradient) throws(KernelError) in
      try primitive.bind(.sourceGradient, gradient)
      try primitive.run()
    }
  }
}
