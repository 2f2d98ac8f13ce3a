package import Kernels

/// Why an experiment cannot be trained here: the reason of the verdict "not runnable".
package struct NotRunnable: Error, Hashable, Sendable {
  /// Lower case, no final period, naming the layer or fact: "there is no kernel for \"conv_lstm2d\" (layer \"frames\")".
  package var reason: String

  package init(_ reason: String) {
    self.reason = reason
  }

  package init(_ error: KernelError, layer: String? = nil) {
    reason = layer.map { "layer \"\($0)\": \(error)" } ?? error.description
  }
}
