/// What makes operations: the seam at which another device can stand beside the processor.
///
/// Everything that is handed over is in Keras's conventions: channels last, kernels in the order that Keras stores, gates in Keras's order. Each
/// function checks shapes and throws where the operation cannot be made; none guesses.
package protocol Backend {
  /// A backend whose next operation takes the parameters of `operation`, which is of the same kind, rather than new ones.
  func sharing(_ operation: any Operation) -> Self
  func dense(_ input: Signal, _ options: DenseOptions) throws(KernelError) -> any Operation
  func activation(_ input: Signal, _ activation: Activation) throws(KernelError) -> any Operation
  func convolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation
  func depthwiseConvolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation
  func separableConvolution(
    _ input: Signal,
    multiplier: Int,
    _ options: ConvolutionOptions
  ) throws(KernelError) -> any Operation
  func transposedConvolution(_ input: Signal, _ options: ConvolutionOptions) throws(KernelError) -> any Operation
  func pooling(_ input: Signal, _ options: PoolingOptions) throws(KernelError) -> any Operation
  func globalPooling(
    _ input: Signal,
    _ kind: PoolingOptions.Kind,
    keepsAxes: Bool
  ) throws(KernelError) -> any Operation
  func reshape(_ input: Signal, to shape: [Int]) throws(KernelError) -> any Operation
  func permute(_ input: Signal, axes: [Int]) throws(KernelError) -> any Operation
  func zeroPadding(_ input: Signal, before: [Int], after: [Int]) throws(KernelError) -> any Operation
  func cropping(_ input: Signal, before: [Int], after: [Int]) throws(KernelError) -> any Operation
  func repeatVector(_ input: Signal, count: Int) throws(KernelError) -> any Operation
  func reverse(_ input: Signal, axis: Int) throws(KernelError) -> any Operation
  func slice(_ input: Signal, axis: Int, range: Range<Int>) throws(KernelError) -> any Operation
  func concatenate(_ inputs: [Signal], axis: Int) throws(KernelError) -> any Operation
  func upsampling(
    _ input: Signal,
    factors: [Int],
    _ interpolation: Interpolation
  ) throws(KernelError) -> any Operation
  func merge(_ inputs: [Signal], _ merge: Merge) throws(KernelError) -> any Operation
  func rescaling(_ input: Signal, scale: Float, offset: Float) throws(KernelError) -> any Operation
  func dot(_ left: Signal, _ right: Signal, axes: (Int, Int)) throws(KernelError) -> any Operation
  func batchNormalization(_ input: Signal, _ options: BatchNormalizationOptions) throws(KernelError) -> any Operation
  func layerNormalization(
    _ input: Signal,
    axes: Int,
    _ options: NormalizationOptions
  ) throws(KernelError) -> any Operation
  func rmsNormalization(
    _ input: Signal,
    axes: Int,
    _ options: NormalizationOptions
  ) throws(KernelError) -> any Operation
  func groupNormalization(
    _ input: Signal,
    groups: Int,
    _ options: NormalizationOptions
  ) throws(KernelError) -> any Operation
  func learntScale(_ input: Signal, initial: Float) throws(KernelError) -> any Operation
  func softmax(_ input: Signal, axis: Int) throws(KernelError) -> any Operation
  func multiHeadAttention(
    query: Signal,
    key: Signal,
    value: Signal,
    _ options: AttentionOptions,
    weighing: (Signal) throws(KernelError) -> (any Operation)?
  ) throws(KernelError) -> any Operation
  func recurrent(
    _ input: Signal,
    initial: [Signal],
    _ options: RecurrentOptions
  ) throws(KernelError) -> any Operation
  func bidirectional(
    _ input: Signal,
    merge: BidirectionalMerge,
    _ options: RecurrentOptions
  ) throws(KernelError) -> any Operation
  func matmul(_ left: Signal, _ right: Signal) throws(KernelError) -> any Operation
  func embedding(_ input: Signal, entries: Int, width: Int, masksZero: Bool) throws(KernelError) -> any Operation
  func noise(_ input: Signal, _ noise: Noise, _ stream: RandomStream) throws(KernelError) -> any Operation
  func gatedLinearUnit(_ input: Signal) throws(KernelError) -> any Operation
  func sparsemax(_ input: Signal) throws(KernelError) -> any Operation
  func logSoftmax(_ input: Signal) throws(KernelError) -> any Operation
  func function(_ input: Signal, _ function: ElementFunction) throws(KernelError) -> any Operation
  func largestPlace(_ input: Signal) throws(KernelError) -> any Operation
}
