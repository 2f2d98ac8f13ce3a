import DryRunMessages
import Experiment
import Kernels
import Linting
import Testing

@testable import DryRun

/// That examples are as they are stated to be, and the same for both versions.
struct SyntheticWorldTests {
  private func dense(
    _ data: String,
    shape: String = "[6]",
    output: String = "{kind: dense, name: y, units: 1}",
    task: String = "regression"
  ) -> String {
    """
    task: \(task)
    data: \(data)
    model: {layers: [{kind: input, name: x, shape: \(shape)}, {kind: flatten}, \(output)]}
    """
  }

  private func make(_ text: String, form: Head.TargetForm = .numbers(1), rows: Int = 2000) throws -> Rows {
    var sketch = DataSketch(written: text, training: rows, heldOut: 100)
    sketch.forms = [[form]]
    return try sketch.make().written.training
  }

  // MARK: - Inputs

  @Test func `inputs have the stated mean, deviation and range, and are raw where nothing normalises them`() throws {
    let rows = try make(dense("{inputs: {mean: 97.1, std: 55, range: [0, 255], normalization: none}}"))
    for column in 0..<6 {
      let moments = Moments(rows.inputs[0].column(column, of: 6))
      #expect(abs(moments.mean - 97.1) < 4)
      #expect(abs(moments.deviation - 55) < 4)
      #expect(moments.minimum >= 0 && moments.maximum <= 255)
    }
  }

  @Test func `what nobody describes has mean 0 and deviation 1`() throws {
    let rows = try make(dense("{samples: 100}"))
    for column in 0..<6 {
      let moments = Moments(rows.inputs[0].column(column, of: 6))
      #expect(abs(moments.mean) < 0.1)
      #expect(abs(moments.deviation - 1) < 0.1)
    }
  }

  @Test func `columns have their own statistics`() throws {
    let columns = "{a: {mean: 8730, std: 2960}, b: {mean: 0.8, std: 0.6}, c: {kind: category, classes: 5}}"
    let rows = try make(dense("{columns: \(columns)}", shape: "[3]"))
    #expect(abs(Moments(rows.inputs[0].column(0, of: 3)).mean - 8730) < 300)
    #expect(abs(Moments(rows.inputs[0].column(0, of: 3)).deviation - 2960) < 200)
    #expect(abs(Moments(rows.inputs[0].column(1, of: 3)).deviation - 0.6) < 0.05)
    #expect(Set(rows.inputs[0].column(2, of: 3)) == [0, 1, 2, 3, 4])
  }

  @Test(arguments: [("zscore", 0.0, 1.0), ("minmax", 0.5, 0.25), ("rescaled", 0.38, 0.2157), ("robust", 0.0, 0.74)])
  func `normalised inputs are so by the training rows`(word: String, mean: Double, deviation: Double) throws {
    let rows = try make(dense("{inputs: {mean: 97.1, std: 55, range: [0, 255], normalization: \(word)}}"))
    let moments = Moments(rows.inputs[0].column(0, of: 6))
    if word == "zscore" {
      #expect(abs(moments.mean) < 1e-5)
      #expect(abs(moments.deviation - 1) < 1e-5)
    } else if word == "minmax" {
      #expect(moments.minimum == 0 && moments.maximum == 1)
    } else {
      #expect(abs(moments.mean - mean) < 0.1)
      #expect(abs(moments.deviation - deviation) < 0.1)
    }
  }

  @Test func `pixels are bytes where a layer rescales them, and near 1 where nothing is said`() throws {
    let rescaling = """
      model:
        layers:
          - {kind: input, name: x, shape: [16, 16, 3]}
          - {kind: rescaling, input_scale: 0.00392156862745098}
          - {kind: flatten}
          - {kind: dense, name: y, units: 1}
      """
    let bytes = Moments(try make("task: regression\n\(rescaling)", rows: 50).inputs[0].values)
    #expect(bytes.minimum >= 0 && bytes.maximum <= 255 && bytes.maximum > 200)
    #expect(abs(bytes.mean - 127.5) < 3)
    let plain = Moments(try make(dense("{samples: 10}", shape: "[16, 16, 3]"), rows: 50).inputs[0].values)
    #expect(abs(plain.mean) < 0.1)
    #expect(abs(plain.deviation - 1) < 0.1)
  }

  @Test func `neighbours in spectra and images go together`() throws {
    func correlation(_ first: [Float], _ second: [Float]) -> Double {
      let (left, right) = (Moments(first), Moments(second))
      let product = zip(first, second).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } / Double(first.count)
      return (product - left.mean * right.mean) / (left.deviation * right.deviation)
    }
    let spectrum = try make(dense("{}", shape: "[256]")).inputs[0]
    let near = (0..<250).map { abs(correlation(spectrum.column($0, of: 256), spectrum.column($0 + 1, of: 256))) }
    #expect(near.reduce(0, +) / 250 > 0.7)
    let images = try make(dense("{}", shape: "[16, 16, 1]"), rows: 500).inputs[0]
    #expect(correlation(images.column(100, of: 256), images.column(101, of: 256)) > 0.4)
  }

  // MARK: - Targets

  @Test func `numbers as targets have the stated mean, deviation and bounds, and reach them`() throws {
    let rows = try make(dense("{targets: {range: [-3.1, 3.1], mean: 0.1, std: 1.4}}"))
    let moments = Moments(rows.targets[0].values)
    #expect(abs(moments.mean - 0.1) < 0.05)
    #expect(abs(moments.deviation - 1.4) < 0.05)
    #expect(moments.minimum == -3.1 && moments.maximum == 3.1)
  }

  @Test func `numbers keep bounds that are far too narrow for their deviation`() throws {
    let moments = Moments(try make(dense("{targets: {range: [0, 1], mean: 0.5, std: 0.45}}")).targets[0].values)
    #expect(moments.minimum == 0 && moments.maximum == 1)
    #expect(abs(moments.deviation - 0.45) < 0.05)
  }

  @Test func `targets are what loss and final activation are made for where nothing is said`() throws {
    let sigmoid = "{kind: dense, name: y, units: 1, activation: sigmoid}"
    let shares = Moments(try make(dense("{}", output: sigmoid)).targets[0].values)
    #expect(shares.minimum == 0 && shares.maximum == 1)
    var sketch = DataSketch(written: dense("{}"))
    sketch.loss = .poisson
    let counts = try sketch.make().written.training.targets[0].values
    #expect(counts.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    let plain = Moments(try make(dense("{}")).targets[0].values)
    #expect(plain.minimum < -1 && plain.maximum > 1)
  }

  @Test(arguments: [[0.71, 0.29], [0.985, 0.015]])
  func `classes have their shares`(shares: [Double]) throws {
    let text = dense("{targets: {class_shares: [\(shares[0]), \(shares[1])]}}", task: "binary")
    let ones = try make(text, form: .bits(1)).targets[0].values.reduce(0, +)
    #expect(abs(Double(ones) / 2000 - shares[1]) < 0.01)
  }

  @Test func `classes are all there, as indices or one-hot`() throws {
    let text = dense("{}", output: "{kind: dense, name: y, units: 10}", task: "multiclass")
    let indices = try make(text, form: .classIndex(10)).targets[0]
    #expect(indices.shape == [2000])
    for label in 0..<10 { #expect(abs(indices.values.count { $0 == Float(label) } - 200) < 30) }
    let oneHot = try make(text, form: .oneHot(10)).targets[0]
    #expect(oneHot.shape == [2000, 10])
    for row in 0..<2000 { #expect(oneHot.pointer[10 * row + Int(indices.pointer[row])] == 1) }
    #expect(oneHot.values.reduce(0, +) == 2000)
  }

  @Test func `independent labels are so`() throws {
    let text = dense("{}", output: "{kind: dense, name: y, units: 4}", task: "multilabel")
    let labels = try make(text, form: .bits(4)).targets[0]
    #expect(labels.shape == [2000, 4])
    for column in 0..<4 { #expect(abs(Moments(labels.column(column, of: 4)).mean - 0.5) < 0.02) }
    let sums = Set((0..<2000).map { row in (0..<4).reduce(Float(0)) { $0 + labels.pointer[4 * row + $1] } })
    #expect(sums.isSuperset(of: [0, 1, 2, 3, 4]))
  }

  @Test func `segmentation has a class for each pixel`() throws {
    let text = """
      model: {layers: [{kind: input, name: x, shape: [12, 12, 3]}, {kind: dense, name: y, units: 3}]}
      training: {loss: sparse_categorical_crossentropy}
      """
    let targets = try make(text, form: .classIndex(3), rows: 40).targets[0]
    #expect(targets.shape == [40, 12, 12])
    for label in 0..<3 { #expect(abs(targets.values.count { $0 == Float(label) } - 1920) < 400) }
  }

  // MARK: - Both versions

  @Test func `both versions see the same examples, each normalised its own way`() throws {
    let statistics = "mean: 50, std: 20"
    var sketch = DataSketch(written: dense("{inputs: {\(statistics), normalization: none}, targets: {\(statistics)}}"))
    sketch.changed = dense(
      "{inputs: {\(statistics), normalization: zscore}, targets: {\(statistics), normalization: zscore}}"
    )
    let (written, changed, report) = try sketch.make()
    let both = try #require(changed)
    for (raw, normalized) in [
      (written.training.inputs[0].column(2, of: 6), both.training.inputs[0].column(2, of: 6)),
      (written.training.targets[0].values, both.training.targets[0].values),
    ] {
      let moments = Moments(raw)
      #expect(abs(moments.mean - 50) < 4)
      for (value, other) in zip(raw, normalized) {
        #expect(abs((Double(value) - moments.mean) / moments.deviation - Double(other)) < 1e-3)
      }
    }
    #expect(written.targetNormalizations == ["none"])
    #expect(both.targetNormalizations == ["zscore"])
    #expect(report.descriptions[0].hasSuffix("; normalised by nothing as written, by zscore with the fix"))
  }

  @Test func `a category that is written as a number is a category to both`() throws {
    func config(_ type: String) -> String {
      """
      ludwig_version: "0.6.4"
      input_features: [{name: area, type: number}, {name: zip, type: \(type)}]
      output_features: [{name: price, type: number}]
      """
    }
    func experiment(_ text: String) throws -> Experiment {
      var reader = ConfigReader(MemoryFileSystem([:]))
      reader.keepsStated = true
      let input = LintInput(name: "a.yaml", path: "a.yaml", isNamed: true, content: Array(text.utf8))
      return try #require(try reader.experiments(in: input).experiments[0].stated)
    }
    let job = DryRunJob(written: try experiment(config("number")), changed: try experiment(config("category")))
    let (written, changed, report) = try DryRunData.make(Plan.make(job), rows: nil, seed: 1)
    let ids = try #require(changed?.training.inputs[1])
    #expect(Set(ids.values).count > 5)
    #expect(ids.values.allSatisfy { $0 == $0.rounded() && $0 >= 0 && $0 < 12 })
    // Ludwig 0.6 normalises no input numbers by itself.
    #expect(written.training.inputs[1].values == ids.values)
    #expect(report.descriptions.contains("input \"zip\" was taken for a category, as with the fix, not for a number"))
  }

  @Test func `labels and one-hot vectors are the same classes`() throws {
    let text = dense("{}", output: "{kind: dense, name: y, units: 2}", task: "multiclass")
    var sketch = DataSketch(written: text)
    sketch.changed = text
    sketch.forms = [[.oneHot(2)], [.bits(1)]]
    let (written, changed, _) = try sketch.make()
    let bits = try #require(changed).training.targets[0].values
    #expect(written.training.targets[0].column(1, of: 2) == bits)
    #expect(written.training.targets[0].column(0, of: 2) == bits.map { 1 - $0 })
  }

  @Test func `the same seed gives the same bytes, another one others`() throws {
    let sketch = DataSketch(written: dense("{}"))
    let first = try sketch.make(seed: 3).written
    let again = try sketch.make(seed: 3).written
    let other = try sketch.make(seed: 4).written
    #expect(first.training.inputs[0].values == again.training.inputs[0].values)
    #expect(first.heldOut.targets[0].values == again.heldOut.targets[0].values)
    #expect(first.training.inputs[0].values != other.training.inputs[0].values)
  }

  @Test func `an input of unknown size is refused`() {
    let text =
      "task: regression\nmodel: {layers: [{kind: input, name: x, shape: [null]}, {kind: dense, name: y, units: 1}]}"
    #expect(throws: NotRunnable("the shape of input \"x\" is not known in full: (?,)")) {
      _ = try DataSketch(written: text).make()
    }
  }
}
