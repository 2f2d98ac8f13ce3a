/// What makes operations: the seam at which another device can stand beside the processor.
///
/// Everything that is handed over is in Keras's conventions: channels last, kernels in the order that Keras stores, gates in Keras's order. Each
/// function checks shapes and throws where the operation cannot be made; none guesses.
package protocol Backend {
  func dense(_ input: Signal, _ options: DenseOptions) throws(KernelError) -> any Operation
  func activation(_ input: Signal, _ activation: Activation) throws(KernelError) -> any Operation
  func convolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation
  func depthwiseConvolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation
  func transposedConvolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation
  func pooling(_ input: Signal, _ options: PoolingOptions) throws(KernelError) -> any Operation
  func globalPooling(
    _ input: Signal,
    _ kind: PoolingOptions.Kind,
    keepsAxes: Bool
  ) throws(KernelError) -> any Operation
  func reshape(_ input: Signal, to shape: [Int]) throws(KernelError) -> any Operation
}

/// The processor: oneDNN, and C loops for what it lacks.
///
/// Uses one thread unless told otherwise.
package struct ProcessorBackend: Backend {
  package init() {}
}
