import Experiment
import SourceText
import Testing

struct ShapesTests {
  private func derived(_ build: (inout Sketch) -> Void) -> Experiment {
    var sketch = Sketch()
    build(&sketch)
    return sketch.derived
  }

  private func shape(_ axes: Int?...) -> FactValue { Shape(axes).factValue }
  private func list(_ values: Int...) -> FactValue { .list(values.map(FactValue.integer)) }

  @Test func `counts fans as Keras does`() {
    let experiment = derived {
      $0.layer("x", .input, ["shape": shape(32, 32, 6)])
      $0.layer("conv", .conv2d, ["filters": 8, "kernel_size": list(3, 5), "padding": "same"])
      $0.layer("deep", .depthwiseConv2d, ["kernel_size": list(3, 3), "depth_multiplier": 2, "padding": "same"])
      $0.layer("up", .convTranspose2d, ["filters": 4, "kernel_size": list(2, 2), "padding": "same"])
      $0.layer("flat", .globalAveragePooling)
      $0.layer("out", .dense, ["units": 10])
    }
    #expect(experiment.problems.isEmpty)
    let fans = experiment.layers.dropFirst().map {
      [$0.facts.value(LayerKeys.fanIn), $0.facts.value(LayerKeys.fanOut)]
    }
    // 3 x 5 x 6 and x 8; 3 x 3 x 8 and x 2; 2 x 2 x 4 and x 16; none; 4 and 10.
    #expect(fans == [[90, 120], [72, 18], [16, 64], [nil, nil], [4, 10]])
  }

  @Test func `leaves unknown what does not follow, and checks the rest`() {
    let experiment = derived {
      $0.layer("x", .input)
      $0.layer("d", .dense, ["units": 10])
      $0.layer("r", .reshape, ["target_shape": list(2, 5)])
      $0.layer("c", .conv1d, ["filters": 3, "kernel_size": list(9), "padding": "valid"])
    }
    #expect(experiment.facts("d").value(LayerKeys.outputShape) == nil)
    #expect(experiment.facts("d").value(LayerKeys.fanOut) == 10)
    #expect(experiment.facts("r").value(LayerKeys.outputShape) == Shape([2, 5]))
    #expect(experiment.problems.map(\.message) == ["layer \"c\" has a window of 9 on an axis of 2: \"r\" gives (2, 5)"])
    #expect(experiment.about.value(ExperimentKeys.parameters) == nil)
  }

  @Test func `says how an axis became too small`() throws {
    let experiment = derived {
      $0.layer("x", .input, ["shape": shape(14, 14, 1)])
      $0.layer("c", .conv2d, ["filters": 3, "kernel_size": list(3, 3), "padding": "valid"])
      $0.layer("a", .activation, ["activation": "relu"])
      $0.layer("p", .maxPooling2d, ["pool_size": list(4, 4), "padding": "valid"])
      $0.layer("d", .conv2d, ["filters": 3, "kernel_size": list(5, 5), "padding": "valid"])
    }
    let problem = try #require(experiment.problems.first)
    #expect(
      problem.help
        == "the axis shrinks on the way: 14 behind \"x\", 12 behind \"c\", 3 behind \"p\"; use fewer or smaller windows "
        + "and strides, padding \"same\", or larger inputs"
    )
  }

  @Test(arguments: [
    (LayerKind.gru, "set \"return_sequences\" of \"before\" to true, so that it gives every step"),
    (.flatten, "put \"before\" behind \"last\", or leave it out"),
    (.globalAveragePooling, "put \"before\" behind \"last\", or leave it out"),
  ])
  func `says what to do about a missing axis`(before: LayerKind, help: String) throws {
    let experiment = derived {
      $0.layer("x", .input, ["shape": shape(7, 8)])
      $0.layer("before", before, ["units": 4, "reset_after": true, "return_sequences": false])
      $0.layer("drop", .dropout)
      $0.layer("last", .lstm, ["units": 4])
    }
    #expect(experiment.problems.map(\.help) == [help])
  }

  @Test(
    arguments: [
      (.add, Shape([8, 8, 16]), Shape([8, 8, 32]), "bring both to one width, with a 1x1 convolution"),
      (.add, Shape([16]), Shape([32]), "bring both to one width, with a dense layer"),
      (
        .concatenate, Shape([7, 7, 16]), Shape([6, 6, 32]),
        "an odd size that is halved and doubled is off by 1: use sizes that can be halved each time, or crop or pad one of the two"
      ),
      (.concatenate, Shape([8, 8, 16]), Shape([4, 4, 16]), nil),
    ] as [(LayerKind, Shape, Shape, String?)]
  )
  func `says what to do about branches that do not fit`(kind: LayerKind, left: Shape, right: Shape, help: String?) {
    let experiment = derived {
      $0.layer("a", .input, ["shape": left.factValue])
      $0.layer("b", .input, ["shape": right.factValue])
      $0.layer("merge", kind, from: ["a", "b"])
    }
    #expect(experiment.problems.map(\.kind) == [.shapeMismatch])
    #expect(experiment.problems.first?.help == help)
  }

  @Test func `says what to do about a missing channel axis`() throws {
    let experiment = derived {
      $0.layer("x", .input, ["shape": shape(28, 28)])
      $0.layer("c", .conv2d, ["filters": 3, "kernel_size": list(3, 3), "padding": "valid"])
    }
    #expect(experiment.problems.map(\.help) == ["give each example one axis more, as in (28, 28, 1)"])
  }

  @Test func `keeps unknown axes apart from unknown shapes`() {
    let experiment = derived {
      $0.layer("x", .input, ["shape": shape(nil, 8)])
      $0.layer("c", .conv1d, ["filters": 3, "kernel_size": list(9), "padding": "valid"])
      $0.layer("g", .gru, ["units": 5, "reset_after": true, "return_sequences": true])
      $0.layer("f", .flatten)
      $0.layer("d", .dense, ["units": 2])
    }
    #expect(experiment.problems.isEmpty)
    #expect(experiment.facts("c").value(LayerKeys.outputShape) == Shape([nil, 3]))
    #expect(experiment.facts("g").value(LayerKeys.outputShape) == Shape([nil, 5]))
    #expect(experiment.facts("f").value(LayerKeys.outputShape) == Shape([nil]))
    #expect(experiment.facts("d").value(LayerKeys.outputShape) == Shape([2]))
    #expect(experiment.facts("d").value(LayerKeys.parameters) == nil)
  }

  /// A layer that cannot be built on two inputs, and why.
  struct Case: CustomTestStringConvertible, Sendable {
    var kind: LayerKind
    var facts: [String: FactValue] = [:]
    var inputs: [[Int?]]
    var message: String
    var testDescription: String { message }
  }

  private static let cases = [
    Case(
      kind: .add,
      inputs: [[4, 5], [4, 6]],
      message: "joins shapes that do not fit: \"a\" gives (4, 5), but \"b\" gives (4, 6)"
    ),
    Case(
      kind: .concatenate,
      facts: ["axes": .list([.integer(-1)])],
      inputs: [[4, 5], [3, 5]],
      message: "can join only shapes that are equal but for one axis: \"a\" gives (4, 5), but \"b\" gives (3, 5)"
    ),
    Case(
      kind: .dot,
      facts: ["axes": .list([.integer(-1)])],
      inputs: [[4, 5], [4, 6]],
      message: "multiplies an axis of 5 with one of 6: \"a\" gives (4, 5), but \"b\" gives (4, 6)"
    ),
    Case(kind: .subtract, inputs: [[4]], message: "needs 2 inputs, but has 1"),
    Case(
      kind: .attention,
      inputs: [[4, 5], [4, 6]],
      message: "compares queries of 5 features with keys of 6"
    ),
    Case(
      kind: .multiHeadAttention,
      facts: ["num_heads": .integer(6), "num_key_value_heads": .integer(4)],
      inputs: [[4, 5]],
      message: "has 6 query heads, which 4 key and value heads cannot share evenly"
    ),
    Case(
      kind: .lstm,
      facts: ["units": .integer(3)],
      inputs: [[4]],
      message: "needs an input with 2 axes (steps, features), but \"a\" gives (4,)"
    ),
    Case(
      kind: .conv2d,
      facts: ["filters": .integer(4), "groups": .integer(2)],
      inputs: [[8, 8, 3]],
      message: "has 2 groups, which cannot share 3 channels evenly: \"a\" gives (8, 8, 3)"
    ),
    Case(
      kind: .cropping,
      facts: ["amounts": .list([.integer(2), .integer(2)])],
      inputs: [[4, 1]],
      message: "crops 4 from an axis of 4: \"a\" gives (4, 1)"
    ),
    Case(
      kind: .permute,
      facts: ["dims": .list([.integer(2), .integer(2)])],
      inputs: [[4, 1]],
      message: "has an order that does not name each axis once"
    ),
    Case(
      kind: .batchNormalization,
      facts: ["axes": .list([.integer(4)])],
      inputs: [[4, 1]],
      message: "works on axis 4, but \"a\" gives (4, 1), which has no such axis"
    ),
    Case(
      kind: .einsumDense,
      facts: ["equation": .text("ab,bc"), "stated_output_shape": .list([.integer(3)])],
      inputs: [[4]],
      message: "has the equation \"ab,bc\", which is not of the form \"ab,bc->ac\""
    ),
    Case(
      kind: .dense,
      facts: ["units": .integer(-3)],
      inputs: [[4]],
      message: "has -3 as \"units\", which must be at least 1"
    ),
    Case(
      kind: .conv2d,
      facts: ["kernel_size": .list([.integer(3), .integer(3), .integer(3)])],
      inputs: [[8, 8, 3]],
      message: "has 3 numbers in \"kernel_size\", but needs 2"
    ),
    Case(
      kind: .dense,
      facts: ["time_distributed": .boolean(true), "units": .integer(2)],
      inputs: [[]],
      message: "is applied to each step of a sequence, but \"a\" gives ()"
    ),
  ]

  @Test(arguments: cases)
  func `says why a layer cannot be built`(wrong: Case) {
    let names = ["a", "b"].prefix(wrong.inputs.count)
    let experiment = derived { sketch in
      for (name, axes) in zip(names, wrong.inputs) { sketch.layer(name, .input, ["shape": Shape(axes).factValue]) }
      sketch.layer("wrong", wrong.kind, from: Array(names), wrong.facts)
      sketch.layer("behind", .dense, ["units": 3])
    }
    #expect(experiment.problems.map(\.message) == ["layer \"wrong\" \(wrong.message)"])
    #expect(experiment.facts("wrong").value(LayerKeys.outputShape) == nil)
    #expect(experiment.facts("behind").value(LayerKeys.units) == 3)
  }

  @Test func `does not share weights between inputs of another width`() {
    var sketch = Sketch()
    sketch.layer("a", .input, ["shape": shape(4)])
    sketch.layer("b", .input, ["shape": shape(5)])
    sketch.layer("first", .dense, from: ["a"], ["units": 3])
    sketch.layer("second", .dense, from: ["b"], ["units": 3])
    sketch.change { $0.layers[3].sharesWeightsWith = 2 }
    #expect(
      sketch.derived.problems.map(\.message) == [
        "layer \"second\" shares its weights with its first use, where it has 15 of them, and cannot take (5,)"
      ]
    )
  }

  @Test func `counts shared weights once`() {
    var sketch = Sketch()
    sketch.layer("a", .input, ["shape": shape(4)])
    sketch.layer("first", .dense, ["units": 4])
    sketch.layer("second", .dense, ["units": 4])
    sketch.change { $0.layers[2].sharesWeightsWith = 1 }
    #expect(sketch.derived.facts("second").value(LayerKeys.parameters) == 0)
    #expect(sketch.derived.about.value(ExperimentKeys.parameters) == 20)
  }

  @Test func `takes the output that a layer's slot names`() {
    var sketch = Sketch()
    sketch.layer("x", .input, ["shape": shape(7, 4)])
    sketch.layer("r", .lstm, ["units": 3, "return_state": true, "return_sequences": true])
    sketch.layer("d", .dense, ["units": 2])
    sketch.change { $0.layers[2].inputSlots = [2] }
    #expect(sketch.derived.facts("d").value(LayerKeys.outputShape) == Shape([2]))
    sketch.change { $0.layers[2].inputSlots = [0] }
    #expect(sketch.derived.facts("d").value(LayerKeys.outputShape) == Shape([7, 2]))
    sketch.change { $0.layers[2].inputSlots = [9] }
    #expect(sketch.derived.facts("d").value(LayerKeys.outputShape) == nil)
  }

  @Test(arguments: LayerKind.allCases)
  func `survives absurd sizes and shapes`(kind: LayerKind) {
    let shapes: [[Int?]] = [
      [], [0], [-1], [nil], [.max], [.max, .max], [1, .max, .max], [.max, .max, .max, .max], [nil, nil, nil], [3, 4],
      [5, 6, 7], [2, 3, 4, 5], [2, 3, 4, 5, 6],
    ]
    let integers = [0, -1, 1, 3, 1 << 31, .max, .min]
    let single = [
      "units", "filters", "groups", "depth_multiplier", "vocabulary_size", "output_dim", "num_heads", "key_dim",
    ]
    let several = [
      "kernel_size", "strides", "dilation_rate", "pool_size", "amounts", "factors", "size", "target_shape", "dims",
      "axes",
      "output_padding", "stated_output_shape", "shared_axes",
    ]
    for axes in shapes {
      for number in integers {
        var sketch = Sketch()
        sketch.layer("a", .input, ["shape": Shape(axes.map { $0 == .max ? 1 << 30 : $0 }).factValue])
        sketch.layer("b", .operation, ["stated_output_shape": .list(axes.map { .integer($0 ?? -1) })])
        for count in 1...4 {
          var facts: [String: FactValue] = ["padding": "same", "equation": "ab,bc->ac", "activation": "prelu"]
          for key in single { facts[key] = .integer(number) }
          for key in several { facts[key] = .list(Array(repeating: .integer(number), count: count)) }
          sketch.layer("\(count)", kind, from: ["b", "a"], facts)
          sketch.layer("one \(count)", kind, from: ["b"], facts.merging(["padding": "valid"]) { $1 })
          sketch.layer("sized \(count)", kind, from: ["b"], ["padding": "valid", "bidirectional": true])
        }
        #expect(sketch.derived.layers.count == 14)
      }
    }
  }
}

extension FactValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .text(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
}
