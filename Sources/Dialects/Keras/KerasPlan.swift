import ConfigSyntax
import Experiment

/// A model as its file describes it: layers, and where each application takes its inputs from.
struct KerasPlan {
  /// One application of a layer.
  struct Step {
    /// The index of the layer in `elements`.
    var element: Int
    /// Which application of that layer it is.
    var node: Int
    /// Where the inputs come from, in argument order.
    var inputs: [Reference]
  }

  /// One tensor: an output of one application of a layer.
  struct Reference {
    var element: Int
    var node: Int
    var tensor: Int
    /// Where Keras 3 says more of the tensor, such as its `shape` with the batch axis.
    var config: SyntaxNode?
  }

  var elements: [KerasElement] = []
  /// In topological order.
  var steps: [Step] = []
  /// The indices of the input layers, in argument order.
  var inputs: [Int] = []
  /// The outputs, with a name where the model gives it one.
  var outputs: [(name: String?, reference: Reference)] = []
}

/// A layer of a plan.
///
/// A class, so that every application of it finds the first.
final class KerasElement {
  /// What the layer is laid out as.
  enum Content {
    case layer(LayerKind, Record)
    /// A model; its layers are applied to each step where it is wrapped so.
    case model(KerasPlan, isPerStep: Bool)
    /// Layers one behind the other: the stacked cells of a recurrent layer.
    case chain([KerasElement])
  }

  let name: String
  var content: Content
  /// The index in the experiment of the layer's first application.
  var firstApplication: Int?
  /// The shape that the layer says it is fed with when it is a model's first.
  var impliedInput: Fact<Shape>?
  /// The kind that an operation on two tensors has.
  var kindOfTwo: LayerKind?

  init(name: String, content: Content) {
    self.name = name
    self.content = content
  }

  var isInput: Bool {
    if case .layer(.input, _) = content { true } else { false }
  }
}
