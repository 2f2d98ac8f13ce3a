import DryRunMessages

/// A layer over all runs of a version.
struct LayerSummary {
  /// From 1, in the order of the network.
  var number: Int
  /// The medians over the runs; the histograms of the first.
  var probe: LayerProbe

  /// Returns the layers that were measured in the first run.
  static func all(of version: VersionReport) -> [LayerSummary] {
    guard let first = version.runs.first else { return [] }
    return first.probes.layers.enumerated().map { index, layer in
      let probes = version.runs.compactMap { run in
        run.probes.layers.indices.contains(index) ? run.probes.layers[index] : nil
      }
      var probe = layer
      for number in [
        \LayerProbe.firstGradientNorm, \.lastGradientNorm, \.updateRatio, \.deadUnits, \.saturatedUnits,
        \.symmetricUnits,
      ] { probe[keyPath: number] = probes.compactMap { $0[keyPath: number] }.median }
      return LayerSummary(number: index + 1, probe: probe)
    }
  }
}
