import Experiment
import SourceText
import Testing

/// A layer that is written like an earlier one but for the name is not read again, which nothing may show.
struct KerasAlikeLayerTests {
  private static func dense(_ name: String, units: Int = 4) -> String {
    #"""
    {"class_name": "Dense", "config": {"name": "\#(name)", "units": \#(units), "activation": "relu",
     "kernel_initializer": {"class_name": "RandomNormal", "config": {"mean": 0.0, "stddev": 0.02}},
     "bias_initializer": "zeros"}}
    """#
  }

  private static func nameless(_ units: Int) -> String {
    #"{"class_name": "Dense", "config": {"units": \#(units)}}"#
  }

  private static let model = sequential(
    dense("a"),
    dense("second", units: 8),
    dense("a_longer_name"),
    dense("\\u00e9"),
    dense("b", units: 8),
    nameless(3),
    nameless(3),
    #"{"config": {"units": 3, "name": "before"}, "class_name": "Dense"}"#,
    #"{"config": {"units": 3, "name": "behind it"}, "class_name": "Dense"}"#,
    #"{"class_name": "Dense", "config": {"unitss": 3, "name": "wrong"}}"#,
    #"{"class_name": "Dense", "config": {"unitss": 3, "name": "wrong again"}}"#
  )

  @Test func `layers that are alike have the facts, places and problems of layers that are read one by one`() {
    // Under a fault of the text, such as this comment, each layer is read for itself.
    let alike = lowerKeras(Self.model)
    let oneByOne = lowerKeras(Self.model + " // the end")
    #expect(alike.layers.count == 12)
    #expect(alike.layers == oneByOne.layers)
    #expect(alike.problems == oneByOne.problems)
    #expect(alike.factSections() == oneByOne.factSections())
  }

  @Test(arguments: ["a", "a_longer_name", "b"])
  func `a layer that is like another points at its own text`(name: String) throws {
    let experiment = lowerKeras(Self.model)
    let facts = try #require(experiment.layer(name)).facts
    let container = try #require(facts.container).range
    let initializer = try #require(facts[LayerKeys.kernelInitializer])
    let deviation = try #require(initializer.value[InitializerKeys.standardDeviation]?.origin.location).range
    let source = experiment.sources[0]
    #expect(source.text(in: container).hasPrefix("{\"name\": \"\(name)\""))
    #expect(source.text(in: deviation) == "0.02")
    #expect(container.contains(deviation))
  }
}
