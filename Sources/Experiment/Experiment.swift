package import SourceText

/// One experiment: a model, how it is trained, on what data, as far as its files and framework defaults tell.
///
/// A dialect makes it from syntax trees; ``derive()`` then adds what follows from the stated facts. Nothing in it knows a
/// file format.
package struct Experiment: Sendable {
  /// The name of the dialect the experiment was written in, such as `keras`.
  package var dialect: String
  /// The files it was read from; the first is the one that was linted.
  package var sources: [SourceText]
  /// What kind of experiment it is: keys in ``ExperimentKeys``.
  package var about = Record()
  /// The model's inputs: keys in ``InputKeys``.
  package var inputs: [Record] = []
  /// The layers in topological order: a layer's inputs stand before it.
  package var layers: [Layer] = []
  /// The model's outputs, one for each head.
  package var outputs: [Output] = []
  /// How the model is trained: keys in ``TrainingKeys``.
  package var training = Record()
  /// The training data: keys in ``DataKeys``.
  package var data = Record()
  /// What could not be read or built.
  package var problems: [Problem] = []

  package init(dialect: String, sources: [SourceText]) {
    self.dialect = dialect
    self.sources = sources
  }
}

/// One application of a layer in the model's graph.
///
/// Wrappers are seen through: `TimeDistributed(Dense)` is a dense layer with the fact `time_distributed`. Nested models
/// are laid out flat, with names such as `encoder/conv1`. A layer that is applied twice stands twice, the second time with
/// ``sharesWeightsWith``.
package struct Layer: Hashable, Sendable {
  /// What the layer computes.
  package var kind: LayerKind
  /// The name, unique among the layers of an experiment where the file's names are.
  package var name: String
  /// The layer's facts: keys in ``LayerKeys``.
  package var facts: Record
  /// The indices of the layers whose outputs this one takes, in argument order; always lower than the layer's own.
  package var inputs: [Int]
  /// Which output of each input layer is taken, in step with `inputs`.
  ///
  /// Nearly always 0; recurrent layers with `return_state` have more.
  package var inputSlots: [Int] = []
  /// The index of the earlier application of the same layer, whose weights these are.
  package var sharesWeightsWith: Int?

  package init(kind: LayerKind, name: String, facts: Record, inputs: [Int]) {
    self.kind = kind
    self.name = name
    self.facts = facts
    self.inputs = inputs
  }
}

/// One output of the model, with its loss and target.
package struct Output: Hashable, Sendable {
  /// The output's facts: keys in ``OutputKeys``.
  package var facts: Record
  /// The index of the layer that gives the output; nil where the layers are unknown.
  package var layer: Int?
  /// The index of the last weight layer before the output, which rules see as `head`; nil behind a merge.
  ///
  /// Set by ``Experiment/derive()``.
  package var head: Int?
  /// The index of the layer whose `activation` is the effective final one, which rules see as `activation_layer`.
  ///
  /// Set by ``Experiment/derive()``.
  package var activationLayer: Int?

  package init(facts: Record, layer: Int?) {
    self.facts = facts
    self.layer = layer
  }
}
