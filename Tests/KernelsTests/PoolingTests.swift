import Kernels
import Testing

struct PoolingTests {
  @Test func `pooling agrees with PyTorch`() throws {
    func pooling(
      _ kind: PoolingOptions.Kind,
      _ window: [Int],
      _ strides: [Int]? = nil,
      _ padding: Padding = .valid
    )
      -> MakeOperation
    {
      { try $0.pooling($1[0], PoolingOptions(kind, window: window, strides: strides, padding: padding)) }
    }

    try compareFamily(
      "pooling",
      [
        "maximum 1d": pooling(.maximum, [3], [2]),
        "maximum 1d same": pooling(.maximum, [2], nil, .same),
        "maximum 2d": pooling(.maximum, [2, 2]),
        "maximum 2d same": pooling(.maximum, [3, 3], [2, 2], .same),
        "maximum 2d blocks": pooling(.maximum, [2, 2]),
        "maximum 3d": pooling(.maximum, [2, 2, 2], [2, 1, 2]),
        "maximum of all 1d": { try $0.globalPooling($1[0], .maximum) },
        "maximum of all 2d, axes kept": { try $0.globalPooling($1[0], .maximum, keepsAxes: true) },
        "average 1d": pooling(.average, [3], [2]),
        "average 1d same": pooling(.average, [2], nil, .same),
        "average 2d": pooling(.average, [2, 2]),
        "average 2d same": pooling(.average, [3, 3], [2, 2], .same),
        "average 2d blocks": pooling(.average, [2, 2]),
        "average 3d": pooling(.average, [2, 2, 2], [2, 1, 2]),
        "average of all 1d": { try $0.globalPooling($1[0], .average) },
        "average of all 2d, axes kept": { try $0.globalPooling($1[0], .average, keepsAxes: true) },
      ]
    )
  }
}
