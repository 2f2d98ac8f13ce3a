import Dialects
import Experiment
import SourceText
import Testing

struct KerasGraphTests {
  /// A functional model of Keras 2: layers as `name|class|config|inbound nodes`.
  private func functional(_ layers: [String], inputs: String, outputs: String) -> String {
    let entries = layers.map { layer in
      let parts = layer.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      let config = parts[2].isEmpty ? "" : ", " + parts[2]
      return #"{"name": "\#(parts[0])", "class_name": "\#(parts[1])", "config": {"name": "\#(parts[0])"\#(config)}, "#
        + #""inbound_nodes": \#(parts[3])}"#
    }
    return #"{"class_name": "Functional", "keras_version": "2.9.0", "config": {"name": "m", "layers": ["#
      + entries.joined(separator: ",\n") + #"], "input_layers": \#(inputs), "output_layers": \#(outputs)}}"#
  }

  private func input(_ name: String, _ shape: String) -> String {
    #"\#(name)|InputLayer|"batch_input_shape": \#(shape)|[]"#
  }

  @Test func `follows inbound nodes through branches and merges`() {
    let experiment = lowerKeras(
      functional(
        [
          input("a", "[null, 4]"), #"left|Dense|"units": 8|[[["a", 0, 0, {}]]]"#,
          #"right|Dense|"units": 8|[[["a", 0, 0, {}]]]"#,
          #"sum|Add||[[["left", 0, 0, {}], ["right", 0, 0, {}]]]"#, #"y|Dense|"units": 2|[[["sum", 0, 0, {}]]]"#,
        ],
        inputs: #"[["a", 0, 0]]"#,
        outputs: #"[["y", 0, 0]]"#
      )
    )
    #expect(experiment.problems.isEmpty)
    #expect(
      experiment.wiring
        == ["a(input)", "left(dense) < a", "right(dense) < a", "sum(add) < left, right", "y(dense) < sum"]
    )
    #expect(experiment.about.value(ExperimentKeys.parameters) == 40 + 40 + 18)
  }

  @Test func `applies a shared layer twice and counts its weights once`() throws {
    let experiment = lowerKeras(
      functional(
        [
          input("a", "[null, 4]"), input("b", "[null, 4]"),
          #"twin|Dense|"units": 8|[[["a", 0, 0, {}]], [["b", 0, 0, {}]]]"#,
          #"both|Concatenate|"axis": -1|[[["twin", 0, 0, {}], ["twin", 1, 0, {}]]]"#,
        ],
        inputs: #"[["a", 0, 0], ["b", 0, 0]]"#,
        outputs: #"["both", 0, 0]"#
      )
    )
    #expect(experiment.problems.isEmpty)
    try #require(experiment.layers.count == 5)
    #expect(experiment.layers[3].sharesWeightsWith == 2)
    #expect(experiment.layers[4].inputs == [2, 3])
    #expect(experiment.about.value(ExperimentKeys.parameters) == 40)
    #expect(experiment.inputs.compactMap { $0.value(InputKeys.name) } == ["a", "b"])
  }

  @Test func `puts a file that lists consumers first into order`() {
    let experiment = lowerKeras(
      functional(
        [
          #"y|Dense|"units": 2|[[["m", 0, 0, {}]]]"#, #"m|Dense|"units": 3|[[["l", 0, 0, {}]]]"#,
          #"l|Dense|"units": 5|[[["a", 0, 0, {}]]]"#, input("a", "[null, 4]"),
        ],
        inputs: #"[["a", 0, 0]]"#,
        outputs: #"[["y", 0, 0]]"#
      )
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.wiring == ["a(input)", "l(dense) < a", "m(dense) < l", "y(dense) < m"])
  }

  @Test func `names a cycle and still reads the rest`() throws {
    let experiment = lowerKeras(
      functional(
        [
          input("a", "[null, 4]"), #"p|Dense|"units": 2|[[["q", 0, 0, {}]]]"#,
          #"q|Dense|"units": 2|[[["p", 0, 0, {}]]]"#, #"y|Dense|"units": 2|[[["a", 0, 0, {}]]]"#,
        ],
        inputs: #"[["a", 0, 0]]"#,
        outputs: #"[["y", 0, 0]]"#
      )
    )
    let problem = try #require(experiment.problems.first)
    #expect(problem.kind == .brokenGraph)
    #expect(problem.message == "the graph has a cycle: \"p\", \"q\" wait for each other's output")
    #expect(experiment.layer("y")?.facts.value(LayerKeys.parameters) == 10)
  }

  @Test func `names an input that is no layer`() throws {
    let text = functional(
      [input("images", "[null, 4]"), #"y|Dense|"units": 2|[[["image", 0, 0, {}]]]"#],
      inputs: #"[["images", 0, 0]]"#,
      outputs: #"[["y", 0, 0]]"#
    )
    let experiment = lowerKeras(text)
    let problem = try #require(experiment.problems.first)
    #expect(experiment.problems.count == 1)
    #expect(problem.kind == .brokenGraph)
    #expect(problem.help == "did you mean \"images\"?")
    #expect(problem.location.map { experiment.sources[0].text(in: $0.range) } == "\"image\"")
  }

  @Test func `lays nested models out flat, once for each use`() throws {
    let inner =
      #"{"name": "enc", "layers": [{"class_name": "Dense", "config": {"name": "d", "units": 3, "batch_input_shape": [null, 4]}}]}"#
    let text = functional(
      [
        input("a", "[null, 4]"), input("b", "[null, 4]"),
        #"enc|Sequential|"layers": [{"class_name": "Dense", "config": {"name": "d", "units": 3}}]|[[["a", 1, 0, {}]], [["b", 0, 0, {}]]]"#,
        #"gap|Subtract||[[["enc", 1, 0, {}], ["enc", 2, 0, {}]]]"#,
      ],
      inputs: #"[["a", 0, 0], ["b", 0, 0]]"#,
      outputs: #"[["gap", 0, 0]]"#
    )
    #expect(inner.contains("enc"))
    let experiment = lowerKeras(text)
    #expect(experiment.problems.isEmpty)
    #expect(
      experiment.wiring == [
        "a(input)", "b(input)", "enc/d(dense) < a", "enc/d(dense) < b", "gap(subtract) < enc/d, enc/d",
      ]
    )
    #expect(experiment.about.value(ExperimentKeys.parameters) == 15)
  }

  @Test func `applies a wrapped model to each step`() throws {
    let frame =
      #"{"class_name": "Sequential", "config": {"name": "f", "layers": [{"class_name": "InputLayer", "#
      + #""config": {"batch_input_shape": [null, 8, 8, 3], "name": "i"}}, {"class_name": "Conv2D", "config": "#
      + #"{"name": "c", "filters": 4, "kernel_size": [3, 3]}}, {"class_name": "Flatten", "config": {"name": "l"}}]}}"#
    let experiment = lowerKeras(
      sequential(
        #"{"class_name": "TimeDistributed", "config": {"name": "td", "layer": \#(frame)}}"#,
        #"{"class_name": "GRU", "config": {"name": "g", "units": 2}}"#,
        input: "[null, 10, 8, 8, 3]"
      )
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.wiring == ["x(input)", "td/c(conv2d) < x", "td/l(flatten) < td/c", "g(gru) < td/l"])
    #expect(experiment.layer("td/l")?.facts.value(LayerKeys.outputShape) == Shape([10, 144]))
  }

  @Test func `reads the tensors of Keras 3 in arguments and keywords`() throws {
    func tensor(_ name: String, _ shape: String, _ slot: Int = 0) -> String {
      #"{"class_name": "__keras_tensor__", "config": {"shape": \#(shape), "keras_history": ["\#(name)", 0, \#(slot)]}}"#
    }
    func layer(
      _ name: String,
      _ className: String,
      _ config: String,
      _ nodes: String,
      module: String = "keras.layers"
    )
      -> String
    {
      #"{"module": "\#(module)", "class_name": "\#(className)", "config": {"name": "\#(name)"\#(config)}, "name": "\#(name)", "inbound_nodes": [\#(nodes)]}"#
    }
    let layers = [
      layer("x", "InputLayer", #", "batch_shape": [null, 5, 8]"#, ""),
      layer("odd", "SomebodysOwn", "", #"{"args": [\#(tensor("x", "[null, 5, 8]"))], "kwargs": {}}"#, module: "own"),
      layer(
        "att",
        "MultiHeadAttention",
        #", "num_heads": 2, "key_dim": 4"#,
        #"{"args": [\#(tensor("x", "[null, 5, 8]"))], "kwargs": {"key": \#(tensor("x", "[null, 5, 8]")), "value": \#(tensor("odd", "[null, 5, 6]")), "attention_mask": \#(tensor("x", "[null, 5, 8]"))}}"#
      ),
      layer(
        "r",
        "LSTM",
        #", "units": 3, "return_state": true"#,
        #"{"args": [\#(tensor("att", "[null, 5, 8]"))], "kwargs": {"mask": null}}"#
      ),
      layer(
        "sum",
        "Add",
        "",
        #"{"args": [\#(tensor("r", "[null, 3]")), \#(tensor("r", "[null, 3]", 2))], "kwargs": {}}"#,
        module: "keras.src.ops.numpy"
      ),
      layer(
        "act",
        "Relu",
        "",
        #"{"args": [\#(tensor("sum", "[null, 3]"))], "kwargs": {}}"#,
        module: "keras.src.ops.nn"
      ),
    ]
    let text =
      #"{"module": "keras", "class_name": "Functional", "config": {"name": "m", "layers": ["#
      + layers.joined(separator: ",\n")
      + #"], "input_layers": ["x", 0, 0], "output_layers": {"answer": ["act", 0, 0]}}, "registered_name": "Functional"}"#
    let experiment = lowerKeras(text)
    #expect(experiment.problems.map(\.kind) == [.unknownLayer])
    #expect(
      experiment.wiring == [
        "x(input)", "odd(unknown) < x", "att(multi_head_attention) < x, odd, x", "r(lstm) < att", "sum(add) < r, r",
        "act(activation) < sum",
      ]
    )
    #expect(experiment.layer("sum")?.inputSlots == [0, 2])
    #expect(experiment.layer("odd")?.facts.value(LayerKeys.outputShape) == Shape([5, 6]))
    // Query and key have 8 features, the value 6: 2 heads of 4.
    #expect(experiment.layer("att")?.facts.value(LayerKeys.parameters) == 72 + 72 + 56 + 72)
    #expect(experiment.layer("act")?.facts.value(LayerKeys.activation) == "relu")
    #expect(experiment.outputs.first?.facts.value(OutputKeys.name) == "answer")
  }

  @Test func `sees what TensorFlow's operations do where it is certain`() {
    let experiment = lowerKeras(
      functional(
        [
          input("a", "[null, 4]"), input("b", "[null, 4]"),
          #"plus|TFOpLambda|"function": "__operators__.add"|[["a", 0, 0, {"y": ["b", 0, 0], "name": null}]]"#,
          #"half|TFOpLambda|"function": "math.multiply"|[["plus", 0, 0, {"y": 0.5, "name": null}]]"#,
          #"bend|TFOpLambda|"function": "nn.relu"|[["half", 0, 0, {}]]"#,
          #"odd|TFOpLambda|"function": "linalg.svd"|[["bend", 0, 0, {}]]"#,
        ],
        inputs: #"[["a", 0, 0], ["b", 0, 0]]"#,
        outputs: #"[["odd", 0, 0]]"#
      )
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.layers.map(\.kind) == [.input, .input, .add, .operation, .activation, .operation])
    #expect(experiment.layer("bend")?.facts.value(LayerKeys.outputShape) == Shape([4]))
    #expect(experiment.layer("odd")?.facts.value(LayerKeys.outputShape) == nil)
  }

  @Test func `names the operations of Keras and TensorFlow alike`() {
    let layers = [
      input("a", "[null, 4]"), #"c|TFOpLambda|"function": "clip_by_value"|[["a", 0, 0, {}]]"#,
      #"m|TFOpLambda|"function": "math.argmax"|[["c", 0, 0, {}]]"#,
      #"g|TFOpLambda|"function": "math.greater_equal"|[["c", 0, 0, {"y": 0.5}]]"#,
    ]
    let experiment = lowerKeras(
      functional(layers, inputs: #"[["a", 0, 0]]"#, outputs: #"[["m", 0, 0], ["g", 0, 0]]"#)
    )
    let names = experiment.layers.dropFirst().map { $0.facts.value(LayerKeys.operation) }
    #expect(names == ["clip", "argmax", "greater_equal"])
    #expect(experiment.layer("g")?.facts.value(LayerKeys.outputShape) == Shape([4]))
    #expect(experiment.layer("m")?.facts.value(LayerKeys.outputShape) == nil)
  }

  @Test(arguments: [
    ("Round", #"{"name": "o", "decimals": 0}"#, "round"), ("Argmax", #"{"name": "o", "axis": -1}"#, "argmax"),
    ("GreaterEqual", #"{"name": "o"}"#, "greater_equal"),
    ("Clip", #"{"name": "o", "x_min": -1, "x_max": 2.5}"#, "clip"),
    ("Cast", #"{"name": "o", "dtype": "float32"}"#, "cast"),
    ("Cast", #"{"name": "o", "dtype": "int32"}"#, "cast_to_integer"),
  ])
  func `reads an operation of Keras 3`(className: String, config: String, name: String) throws {
    let module = className == "Cast" ? "core" : "numpy"
    let experiment = lowerKeras(
      """
      {"module": "keras", "class_name": "Functional", "config": {"name": "m", "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "name": "x", "config": {"name": "x", "batch_shape": [null, 4]},
      "inbound_nodes": []},
      {"module": "keras.src.ops.\(module)", "class_name": "\(className)", "name": "o", "config": \(config),
      "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}],
      "kwargs": {}}]}
      ], "input_layers": [["x", 0, 0]], "output_layers": [["o", 0, 0]]}}
      """
    )
    let layer = try #require(experiment.layer("o"))
    #expect(layer.kind == .operation)
    #expect(layer.facts.value(LayerKeys.operation) == name)
    #expect(layer.facts.value(LayerKeys.minimum) == (name == "clip" ? -1 : nil))
    #expect(layer.facts.value(LayerKeys.maximum) == (name == "clip" ? 2.5 : nil))
    #expect(layer.facts.value(LayerKeys.outputShape) == (name == "argmax" ? nil : Shape([4])))
  }

  @Test func `lays stacked cells out one behind the other`() {
    let experiment = lowerKeras(
      sequential(
        #"{"class_name": "RNN", "config": {"name": "r", "return_sequences": false, "cell": {"class_name": "StackedRNNCells", "config": {"cells": [{"class_name": "LSTMCell", "config": {"name": "p", "units": 4}}, {"class_name": "GRUCell", "config": {"name": "q", "units": 3, "reset_after": true}}]}}}}"#,
        input: "[null, 7, 8]"
      )
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.wiring == ["x(input)", "r/p(lstm) < x", "r/q(gru) < r/p"])
    #expect(experiment.layer("r/p")?.facts.value(LayerKeys.outputShape) == Shape([7, 4]))
    #expect(experiment.layer("r/q")?.facts.value(LayerKeys.outputShape) == Shape([3]))
    #expect(experiment.about.value(ExperimentKeys.parameters) == 208 + 81)
  }

  @Test func `stops laying out models that multiply without end`() {
    // Each model applies the one inside it ten times: a million layers from a few lines.
    var model =
      #"{"class_name": "Sequential", "name": "m0", "config": {"name": "m0", "layers": [{"class_name": "InputLayer", "config": {"name": "i", "batch_input_shape": [null, 2]}}, {"class_name": "ReLU", "config": {"name": "r"}}]}}"#
    for level in 1...6 {
      let nodes = (0..<10).map { $0 == 0 ? #"[["i", 0, 0, {}]]"# : #"[["m\#(level - 1)", \#($0 - 1), 0, {}]]"# }
      let entry = model.dropLast() + #", "inbound_nodes": [\#(nodes.joined(separator: ", "))]}"#
      model =
        #"{"class_name": "Functional", "name": "m\#(level)", "config": {"name": "m\#(level)", "layers": [{"class_name": "InputLayer", "name": "i", "config": {"name": "i", "batch_input_shape": [null, 2]}, "inbound_nodes": []}, \#(entry)], "input_layers": [["i", 0, 0]], "output_layers": [["m\#(level - 1)", 9, 0]]}}"#
    }
    let experiment = lowerKerasOnly(model)
    #expect((experiment?.layers.count ?? 0) <= 100_000)
    #expect(experiment?.problems.last?.message.contains("more than 100000 layers") == true)
  }
}
