import Experiment
import SourceText
import Testing

struct ApplyingEditsTests {
  /// Two dense layers, the second applied twice, and one that adds up both applications.
  private var experiment: Experiment {
    var experiment = Experiment(dialect: "sketch", sources: [SourceText(name: "a.yaml", text: "one: 1\n")])
    var initializer = Record()
    initializer[InitializerKeys.name] = Fact("random_normal", Self.stated)
    initializer[InitializerKeys.standardDeviation] = Fact(3.0, Self.stated)
    var facts = Record()
    facts[LayerKeys.units] = Fact(8, Self.stated)
    facts[LayerKeys.kernelInitializer] = Fact(initializer, Self.stated)
    experiment.layers = [
      Layer(kind: .input, name: "in", facts: Record(), inputs: []),
      Layer(kind: .dense, name: "a", facts: facts, inputs: [0]),
      Layer(kind: .dense, name: "b", facts: facts, inputs: [0]),
      Layer(kind: .dense, name: "b", facts: facts, inputs: [1]),
      Layer(kind: .add, name: "sum", facts: Record(), inputs: [2, 3]),
    ]
    experiment.layers[3].sharesWeightsWith = 2
    experiment.inputs = [Record()]
    experiment.outputs = [Output(facts: Record(), layer: 4)]
    return experiment
  }

  private static let stated = Origin.stated(SourceLocation(source: 0, range: TextRange(start: 0, end: 1)))

  private static func edit(
    _ root: RecordPath.Root,
    _ nested: String...,
    key: String,
    _ value: FactValue
  )
    -> ExperimentEdit
  {
    ExperimentEdit(record: RecordPath(root, nested: nested), key: key, value: value)
  }

  @Test func `sets facts, and makes the records that they lie in`() throws {
    let changed = try #require(
      experiment.applying([
        Self.edit(.training, key: "batch_size", .integer(32)),
        Self.edit(.training, "optimizer", key: "learning_rate", .number(0.01)),
        Self.edit(.data, "columns", "age", key: "normalization", .text("zscore")),
        Self.edit(.output(0), key: "loss", .text("hinge")),
        Self.edit(.input(0), key: "normalization", .text("zscore")),
        Self.edit(.about, key: "name", .text("arm")),
      ])
    )
    #expect(changed.training.value(TrainingKeys.batchSize) == 32)
    #expect(changed.training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.learningRate) == 0.01)
    let column = changed.data.value(DataKeys.columns)?.value(FactKey<Record>("age"))
    #expect(column?.value(TargetKeys.normalization) == "zscore")
    #expect(changed.outputs[0].facts.value(OutputKeys.loss) == "hinge")
    #expect(changed.inputs[0].value(InputKeys.normalization) == "zscore")
    #expect(changed.about.value(ExperimentKeys.name) == "arm")
  }

  @Test(arguments: [
    edit(.layer(1), "kernel_initializer", key: "name", .text("he_normal")),
    edit(.layer(1), key: "kernel_initializer", .text("he_normal")),
  ])
  func `another initialiser has none of the old one's facts`(edit: ExperimentEdit) throws {
    let changed = try #require(experiment.applying([edit]))
    let initializer = try #require(changed.layers[1].facts.value(LayerKeys.kernelInitializer))
    #expect(initializer.value(InitializerKeys.name) == "he_normal")
    #expect(initializer.value(InitializerKeys.standardDeviation) == nil)
  }

  @Test func `clipping by a word is its kind`() throws {
    let changed = try #require(experiment.applying([Self.edit(.training, key: "clip", .text("off"))]))
    #expect(changed.training.value(TrainingKeys.clip)?.value(ClipKeys.kind) == "off")
  }

  @Test func `all applications of a layer change`() throws {
    let changed = try #require(experiment.applying([Self.edit(.layer(3), key: "units", .integer(5))]))
    #expect(changed.layers.map { $0.facts.value(LayerKeys.units) } == [nil, 8, 5, 5, nil])
  }

  @Test func `a layer that becomes an identity passes its first input on`() throws {
    let changed = try #require(
      experiment.applying([
        Self.edit(.layer(2), key: "kind", .text("identity")), Self.edit(.layer(4), key: "kind", .text("identity")),
      ])
    )
    #expect(changed.layers.map(\.kind) == [.input, .dense, .identity, .identity, .identity])
    #expect(changed.layers[4].inputs == [2])
    #expect(changed.layers[3].sharesWeightsWith == nil)
    #expect(changed.layers[2].facts.isEmpty)
  }

  @Test func `another kind keeps the facts`() throws {
    let changed = try #require(experiment.applying([Self.edit(.layer(1), key: "kind", .text("einsum_dense"))]))
    #expect(changed.layers[1].kind == .einsumDense)
    #expect(changed.layers[1].facts.value(LayerKeys.units) == 8)
  }

  @Test(arguments: [
    edit(.layer(5), key: "units", .integer(1)),
    edit(.layer(1), key: "kind", .text("densest")),
    edit(.layer(1), key: "kind", .integer(1)),
    edit(.input(1), key: "normalization", .text("zscore")),
    edit(.output(1), key: "loss", .text("hinge")),
    // The layers behind an input follow from these.
    edit(.input(0), key: "type", .text("category")),
    edit(.input(0), key: "encoder", .text("embed")),
  ])
  func `what has no place makes no experiment`(edit: ExperimentEdit) {
    #expect(experiment.applying([Self.edit(.training, key: "epochs", .integer(1)), edit]) == nil)
  }
}
