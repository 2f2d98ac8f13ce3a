import ConfigSyntax
import Experiment

/// The window of a convolution or pooling: sizes that stand once for all axes, once for each, or as `_h` and `_w`.
struct CaffeWindow {
  let rank: Int
  let kernel: [Int]?
  let kernelNode: SyntaxNode?
  let strides: [Int]
  let strideNode: SyntaxNode?
  /// nil where the file does not say it in full.
  let pad: [Int]?
  let padNode: SyntaxNode?
  private let message: SyntaxNode?
  private let dilation: [Int]

  init(_ message: SyntaxNode?, kernel key: String) {
    self.message = message
    let kernels = message?.values(of: key) ?? []
    rank = max(kernels.count, message?.values(of: "stride").count ?? 0) == 3 ? 3 : 2
    kernel = Self.sizes(message, key, "kernel", rank)
    kernelNode = kernels.first ?? message?["kernel_h"]
    strides = Self.sizes(message, "stride", "stride", rank) ?? Array(repeating: 1, count: rank)
    strideNode = message?["stride"] ?? message?["stride_h"]
    padNode = message?["pad"] ?? message?["pad_h"] ?? message?["pad_w"]
    pad = padNode == nil ? Array(repeating: 0, count: rank) : Self.sizes(message, "pad", "pad", rank)
    dilation = Self.sizes(message, "dilation", "dilation", rank) ?? Array(repeating: 1, count: rank)
  }

  var axes: Range<Int> { 0..<rank }

  /// Returns the numbers of a field, one for each axis; nil where it is absent or says something else.
  func sizes(_ key: String) -> [Int]? { Self.sizes(message, key, key, rank) }

  /// Whether the padding is half of the window, so that the size changes by the stride only.
  var isSame: Bool {
    guard let kernel, let pad else { return false }
    return axes.allSatisfy { axis in
      let (reach, overflow) = (kernel[axis] - 1).multipliedReportingOverflow(by: dilation[axis])
      return !overflow && kernel[axis] > 1 && pad[axis] <= reach && pad[axis] == reach - pad[axis]
    }
  }

  /// Sets a fact to sizes that the message states at a node, or that are Caffe's default.
  func set(_ key: FactKey<[Int]>, _ sizes: [Int]?, _ node: SyntaxNode?, _ reader: CaffeReader, _ facts: inout Record) {
    guard let sizes else { return }
    facts[key] = Fact(sizes, node.map(reader.stated) ?? .caffe())
  }

  /// Sizes are as large as any tensor's at most.
  private static func sizes(_ message: SyntaxNode?, _ key: String, _ prefix: String, _ rank: Int) -> [Int]? {
    let stated = message?.values(of: key) ?? []
    let values =
      stated.isEmpty && rank == 2
      ? ["\(prefix)_h", "\(prefix)_w"].compactMap { message?[$0] }.map(\.integer) : stated.map(\.integer)
    let known = values.compactMap { $0.flatMap { (0...Int(Int32.max)).contains($0) ? $0 : nil } }
    guard known.count == values.count else { return nil }
    if known.count == rank { return known }
    return known.count == 1 && !stated.isEmpty ? Array(repeating: known[0], count: rank) : nil
  }
}
