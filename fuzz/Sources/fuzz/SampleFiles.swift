import Linting

/// What lies beside a fuzzed file.
enum SampleFiles {
  /// The files that a fuzzed config may name.
  static let fileSystem = make()

  /// Makes a file system of its own with the same files.
  static func make() -> MemoryFileSystem { MemoryFileSystem(["model.json": model, "model.yaml": ludwig]) }

  /// One config of each dialect.
  static let texts = [experiment, model, ludwig]

  /// A small experiment with one layer of most kinds.
  static let experiment = """
    epochzero: 1
    task: multiclass
    model:
      layers:
        - {kind: input, name: pixels, shape: [28, 28, 1]}
        - {kind: conv2d, name: stem, filters: 8, kernel_size: 3, activation: relu, init: zeros}
        - {kind: batch_normalization, name: norm}
        - {kind: flatten, name: flat}
        - {kind: dropout, name: drop, rate: 0.9}
        - {kind: dense, name: digit, units: 10, activation: softmax}
    data: {samples: 1000, inputs: {range: [0, 255]}, targets: {classes: 10}}
    training:
      batch_size: 32
      epochs: 10
      loss: categorical_crossentropy
      optimizer: {name: adam, learning_rate: 0.1, clip: {global_norm: 0.001}}

    """

  private static let model = """
    {"class_name": "Sequential", "config": {"name": "net", "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"class_name": "Dense", "config": {"name": "a", "units": 4, "activation": "relu"}},
      {"class_name": "Dropout", "config": {"name": "b", "rate": 0.9}},
      {"class_name": "Dense", "config": {"name": "c", "units": 1, "activation": "relu"}}]}}

    """

  private static let ludwig = """
    input_features: [{name: area, type: number}]
    output_features: [{name: price, type: number}]
    combiner: {type: concat, num_fc_layers: 2, output_size: 64, dropout: 0.9}
    trainer: {epochs: 5, learning_rate: 0.001}

    """
}
