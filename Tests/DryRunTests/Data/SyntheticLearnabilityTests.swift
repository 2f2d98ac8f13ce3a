import Kernels
import Testing

@testable import DryRun

/// That what data hide can be learnt, and not by a straight line.
struct SyntheticLearnabilityTests {
  private static let sparse = Loss.sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil)

  @Test(arguments: ["8", "256"])
  func `a hidden layer learns a regression that a line does not`(features: String) throws {
    let text = """
      task: regression
      model: {layers: [{kind: input, name: x, shape: [\(features)]}, {kind: dense, name: y, units: 1}]}
      training: {loss: mse}
      """
    let split = try DataSketch(written: text, training: 3200, heldOut: 640).make().written
    let curved = try Apprentice.perceptron(64, outputs: 1).unexplained(split)
    let straight = try Apprentice.perceptron(0, outputs: 1).unexplained(split)
    #expect(curved < 0.3)
    #expect(straight > 1.5 * curved)
  }

  @Test(arguments: [2, 3, 6, 10])
  func `classes take several directions`(classes: Int) throws {
    let text = """
      task: multiclass
      model: {layers: [{kind: input, name: x, shape: [20]}, {kind: dense, name: y, units: \(classes)}]}
      training: {loss: sparse_categorical_crossentropy}
      """
    var sketch = DataSketch(written: text, training: 3200, heldOut: 640)
    sketch.forms = [[.classIndex(classes)]]
    let split = try sketch.make().written
    let wide = try Apprentice.perceptron(64, outputs: classes, loss: Self.sparse).errorRate(split, classes: classes)
    let straight = try Apprentice.perceptron(0, outputs: classes, loss: Self.sparse).errorRate(split, classes: classes)
    let narrow = try Apprentice.perceptron(1, outputs: classes, loss: Self.sparse).errorRate(split, classes: classes)
    #expect(wide < 0.15)
    #expect(straight > 1.5 * wide)
    #expect(narrow > wide + 0.1)
  }

  @Test func `a convolution finds the classes of images`() throws {
    let text = """
      task: multiclass
      model: {layers: [{kind: input, name: x, shape: [24, 24, 3]}, {kind: flatten}, {kind: dense, name: y, units: 4}]}
      training: {loss: sparse_categorical_crossentropy}
      """
    var sketch = DataSketch(written: text, training: 640, heldOut: 160)
    sketch.forms = [[.classIndex(4)]]
    let split = try sketch.make().written
    var apprentice = Apprentice { input, backend in
      let maps = try backend.convolution(input, ConvolutionOptions(filters: 16, kernel: [5, 5], activation: .relu))
      let pooled = try backend.pooling(maps.output, PoolingOptions(.maximum, window: [2, 2]))
      let more = try backend.convolution(
        pooled.output,
        ConvolutionOptions(filters: 16, kernel: [3, 3], activation: .relu)
      )
      let mean = try backend.globalPooling(more.output, .average)
      return [maps, pooled, more, mean, try backend.dense(mean.output, DenseOptions(units: 4))]
    }
    apprentice.loss = Self.sparse
    let error = try apprentice.errorRate(split, classes: 4)
    #expect(error < 0.25)
  }

  @Test func `a recurrent layer learns from sequences`() throws {
    let text = """
      task: regression
      model: {layers: [{kind: input, name: x, shape: [28, 5]}, {kind: lstm, name: l, units: 4}, {kind: dense, name: y, units: 1}]}
      training: {loss: mse}
      """
    let split = try DataSketch(written: text, training: 3200, heldOut: 320).make().written
    let apprentice = Apprentice { input, backend in
      let states = try backend.recurrent(input, initial: [], RecurrentOptions(.lstm, units: 32))
      return [states, try backend.dense(states.output, DenseOptions(units: 1))]
    }
    let left = try apprentice.unexplained(split)
    #expect(left < 0.6)
  }

  @Test func `an embedding finds the classes of texts`() throws {
    let text = """
      task: multiclass
      model:
        layers:
          - {kind: input, name: x, shape: [40]}
          - {kind: embedding, name: e, vocabulary_size: 500, output_dim: 8}
          - {kind: global_average_pooling, name: p}
          - {kind: dense, name: y, units: 4}
      training: {loss: sparse_categorical_crossentropy}
      """
    var sketch = DataSketch(written: text, training: 1600, heldOut: 320)
    sketch.forms = [[.classIndex(4)]]
    let split = try sketch.make().written
    #expect(split.training.inputs[0].shape == [1600, 40])
    #expect(split.training.inputs[0].buffer.allSatisfy { $0 >= 0 && $0 < 500 && $0 == $0.rounded() })
    var apprentice = Apprentice { input, backend in
      let words = try backend.embedding(input, entries: 500, width: 16, masksZero: false)
      let mean = try backend.globalPooling(words.output, .average)
      let hidden = try backend.dense(mean.output, DenseOptions(units: 32, activation: .relu))
      return [words, mean, hidden, try backend.dense(hidden.output, DenseOptions(units: 4))]
    }
    apprentice.loss = Self.sparse
    let error = try apprentice.errorRate(split, classes: 4)
    #expect(error < 0.5)
  }

  @Test func `tags follow from the words`() throws {
    let text = """
      model:
        layers:
          - {kind: input, name: x, shape: [20]}
          - {kind: embedding, name: e, vocabulary_size: 50, output_dim: 8}
          - {kind: dense, name: y, units: 5}
      training: {loss: sparse_categorical_crossentropy}
      """
    var sketch = DataSketch(written: text, training: 640, heldOut: 320)
    sketch.forms = [[.classIndex(5)]]
    let split = try sketch.make().written
    #expect(split.training.targets[0].shape == [640, 20])
    var apprentice = Apprentice { input, backend in
      let words = try backend.embedding(input, entries: 50, width: 16, masksZero: false)
      let maps = try backend.convolution(
        words.output,
        ConvolutionOptions(filters: 32, kernel: [3], padding: .same, activation: .relu)
      )
      return [words, maps, try backend.dense(maps.output, DenseOptions(units: 5))]
    }
    apprentice.loss = Self.sparse
    let error = try apprentice.errorRate(split, classes: 5)
    #expect(error < 0.35)
  }
}
