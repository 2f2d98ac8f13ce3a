import Kernels
import Testing

struct ConvolutionTests {
  @Test func `convolutions agree with PyTorch`() throws {
    func convolution(
      _ filters: Int,
      _ kernel: [Int],
      strides: [Int]? = nil,
      dilations: [Int]? = nil,
      _ padding: Padding = .valid,
      groups: Int = 1,
      hasBias: Bool = true,
      activation: Activation = .linear
    ) -> ConvolutionOptions {
      ConvolutionOptions(
        filters: filters,
        kernel: kernel,
        strides: strides,
        dilations: dilations,
        padding: padding,
        groups: groups,
        hasBias: hasBias,
        activation: activation
      )
    }
    func plain(_ options: ConvolutionOptions) -> MakeOperation { { try $0.convolution($1[0], options) } }
    func depthwise(_ options: ConvolutionOptions) -> MakeOperation { { try $0.depthwiseConvolution($1[0], options) } }
    func separable(_ options: ConvolutionOptions) -> MakeOperation {
      { try $0.separableConvolution($1[0], multiplier: 2, options) }
    }
    func transposed(_ options: ConvolutionOptions) -> MakeOperation { { try $0.transposedConvolution($1[0], options) } }

    try compareFamily(
      "convolution",
      [
        "1d": plain(convolution(4, [3])),
        "1d same, even kernel": plain(convolution(3, [4], .same)),
        "1d same, stride": plain(convolution(3, [3], strides: [2], .same)),
        "1d causal, dilation": plain(convolution(3, [3], dilations: [2], .causal)),
        "1d causal, stride": plain(convolution(3, [2], strides: [3], .causal)),
        "1d groups": plain(convolution(6, [3], groups: 2)),
        "2d": plain(convolution(4, [3, 2])),
        "2d same, relu": plain(convolution(3, [3, 3], .same, activation: .relu)),
        "2d same, stride, even size": plain(convolution(3, [3, 3], strides: [2, 2], .same)),
        "2d stride, rest": plain(convolution(3, [3, 2], strides: [2, 3])),
        "2d dilation": plain(convolution(3, [3, 2], dilations: [2, 3])),
        "2d groups": plain(convolution(9, [3, 3], .same, groups: 3)),
        "2d no bias": plain(convolution(3, [3, 3], hasBias: false)),
        "2d blocks": plain(convolution(16, [2, 2], .same)),
        "2d one by one, stride": plain(convolution(4, [1, 1], strides: [2, 2])),
        "3d": plain(convolution(2, [2, 3, 2], .same)),
        "depthwise 1d": depthwise(convolution(3, [3], .same)),
        "depthwise 2d": depthwise(convolution(3, [3, 3], strides: [2, 2], .same)),
        "depthwise 2d, multiplier": depthwise(convolution(6, [3, 3])),
        "depthwise 2d, dilation": depthwise(convolution(2, [3, 3], dilations: [2, 2], .same)),
        "depthwise 2d, blocks": depthwise(convolution(16, [3, 3], .same)),
        "separable": separable(convolution(4, [3, 3], strides: [2, 2], .same, activation: .relu)),
        "transposed 1d": transposed(convolution(2, [3], strides: [2])),
        "transposed 1d same": transposed(convolution(2, [4], strides: [2], .same)),
        "transposed 2d": transposed(convolution(2, [3, 2], strides: [2, 3])),
        "transposed 2d same": transposed(convolution(3, [3, 3], strides: [2, 2], .same)),
        "transposed 2d same, small kernel": transposed(convolution(3, [1, 2], strides: [2, 2], .same)),
        "transposed 2d same, no stride": transposed(convolution(3, [2, 3], .same)),
        "transposed 2d dilation": transposed(convolution(3, [2, 3], dilations: [2, 2], .same)),
      ]
    )
  }

  @Test(arguments: [
    ([2, 5, 3], ConvolutionOptions(filters: 4, kernel: [3, 3])),
    ([2, 2, 3], ConvolutionOptions(filters: 4, kernel: [3])),
    ([2, 5, 3], ConvolutionOptions(filters: 4, kernel: [3], groups: 2)),
    ([2, 5, 3], ConvolutionOptions(filters: 4, kernel: [0])),
    ([2, 5, 5, 3], ConvolutionOptions(filters: 4, kernel: [3, 3], padding: .causal)),
  ])
  func `a convolution that does not fit is refused`(_ shape: [Int], _ options: ConvolutionOptions) throws {
    let input = try Signal(shape)
    #expect(throws: KernelError.self) { try ProcessorBackend().convolution(input, options) }
  }
}
