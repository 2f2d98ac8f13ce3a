package import Experiment
package import Kernels

/// A layer of the experiment as it is trained.
///
/// Layers that compute nothing, as `identity`, `masking` and inputs, are none.
package struct Part {
  /// The index in ``Experiment/layers``.
  package let layer: Int
  package let name: String
  package let kind: LayerKind
  /// The activation that its values have passed last, by its standard name; nil for none.
  package let activation: String?
  /// What it gives, the batch first, behind its activation.
  package let output: Signal
  /// Its own parameters, in Keras's order of `weights`; none where it takes those of an earlier layer.
  package let parameters: [Parameter]
  /// Whether its parameters stay as they are.
  package let isFrozen: Bool
}
