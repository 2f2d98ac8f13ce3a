import Experiment
import SourceText
import Testing

struct FactListingTests {
  private var experiment: Experiment {
    var experiment = Experiment(dialect: "sketch", sources: [SourceText(name: "a.yaml", text: "one: 1\ntwo: 2\n")])
    let stated = Origin.stated(SourceLocation(source: 0, range: TextRange(start: 12, end: 13)))
    experiment.about[ExperimentKeys.name] = Fact("arm", stated)
    var optimizer = Record()
    let framework = DefaultSource(framework: "Keras", since: "3.0", note: "float32")
    optimizer[OptimizerKeys.learningRate] = Fact(0.5, .default(framework))
    experiment.training[TrainingKeys.epochs] = Fact(3, .inferred(from: "the moon", at: nil))
    experiment.training[TrainingKeys.optimizer] = Fact(optimizer, stated)
    experiment.layers = [Layer(kind: .flatten, name: "flat", facts: Record(), inputs: [])]
    return experiment
  }

  @Test func `lays nested records out flat, in one order`() {
    let sections = experiment.factSections()
    #expect(sections.map { $0.path.description } == ["experiment", "layers[1]", "training"])
    #expect(
      sections.flatMap(\.facts).map(\.path) == [
        "experiment.name", "training.epochs", "training.optimizer.learning_rate",
      ]
    )
    #expect(sections[1].layer?.kind == .flatten)
    #expect(sections[1].name == "flat")
  }

  @Test func `says where each fact comes from`() {
    let experiment = experiment
    let origins = experiment.factSections().flatMap(\.facts).map { experiment.description(of: $0.origin) }
    #expect(origins == ["a.yaml:2:6", "inferred from the moon", "default of Keras since 3.0 (float32)"])
  }

  @Test(arguments: [
    (FactValue.text("relu"), "\"relu\""),
    (.list([.integer(3), .unknown]), "[3, ?]"),
    (.number(0.001), "0.001"),
    (.boolean(true), "true"),
    (.deferred("auto"), "auto (known only when it runs)"),
  ])
  func `prints values`(value: FactValue, text: String) {
    #expect(value.description == text)
  }
}
