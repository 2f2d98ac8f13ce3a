import Experiment
import Testing

struct KerasInputTests {
  @Test func `says what type of numbers an input takes`() {
    let experiment = lowerKeras(
      #"""
      {"class_name": "Sequential", "config": {"name": "s", "layers": [
        {"class_name": "InputLayer", "config": {"batch_shape": [null, 8, 8, 3], "dtype": "uint8", "name": "pixels"}},
        {"class_name": "Flatten", "config": {"name": "flat", "dtype": "float32"}},
        {"class_name": "Dense", "config": {"units": 2, "name": "out"}}
      ]}}
      """#
    )
    #expect(experiment.inputs[0].value(InputKeys.dataType) == "uint8")
    #expect(experiment.layer("pixels")?.facts.value(LayerKeys.dataType) == "uint8")
    #expect(experiment.layer("flat")?.facts.value(LayerKeys.dataType) == nil)
  }

  private static let statistics: [(String, [Double]?, [Double]?)] = [
    (#"{"axis": -1, "mean": [0.5, 2], "variance": [1.5, 0]}"#, [0.5, 2], [1.5, 0]),
    (#"{"axis": -1, "mean": [[[0.5], [2]]], "variance": 4}"#, [0.5, 2], [4]),
    (#"{"axis": -1, "mean": null, "variance": null}"#, nil, nil),
    (#"{"axis": -1, "mean": [0.5, "x"], "variance": [1, 1]}"#, nil, [1, 1]),
  ]

  @Test(arguments: statistics)
  func `reads the statistics of a normalization`(config: String, means: [Double]?, variances: [Double]?) {
    let layer = #"{"class_name": "Normalization", "config": \#(config)}"#
    let facts = lowerKeras(sequential(layer, input: "[null, 2]")).layers[1].facts
    #expect(facts.value(LayerKeys.featureMeans) == means)
    #expect(facts.value(LayerKeys.featureVariances) == variances)
  }
}
