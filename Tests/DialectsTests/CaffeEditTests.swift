import ConfigSyntax
import Dialects
import Experiment
import Testing

struct CaffeEditTests {
  private static let solver = """
    net: "net.prototxt"
    base_lr: 10  # high
    lr_policy: "fixed"

    """

  private static let net = caffeNet(
    """
    layer {
      name: "ip" type: "InnerProduct" bottom: "data" top: "ip"
      inner_product_param {
        num_output: 9
      }
    }
    layer { name: "drop" type: "Dropout" bottom: "ip" top: "ip" dropout_param { dropout_ratio: 0.9 } }
    layer { name: "top" type: "InnerProduct" bottom: "ip" top: "out"
      inner_product_param { num_output: 3 weight_filler { type: "gaussian" std: 3 } } }
    """
  )

  private func edit(_ root: RecordPath.Root, _ nested: [String], _ key: String, _ value: FactValue) -> ExperimentEdit {
    ExperimentEdit(record: RecordPath(root, nested: nested), key: key, value: value)
  }

  private func sample() throws -> CaffeSample {
    try CaffeSample(Self.solver, files: ["net.prototxt": Self.net])
  }

  private func path(_ name: String, in sample: CaffeSample) throws -> RecordPath.Root {
    .layer(try #require(sample.experiment.layers.firstIndex { $0.name == name }))
  }

  @Test func `changes what a solver states, and adds what it does not`() throws {
    let sample = try sample()
    let texts = sample.edited(
      edit(.training, ["optimizer"], "learning_rate", .number(0.01)),
      edit(.training, ["optimizer"], "momentum", .number(0.9))
    )
    #expect(
      texts?.first == """
        net: "net.prototxt"
        base_lr: 0.01  # high
        lr_policy: "fixed"
        momentum: 0.9

        """
    )
    #expect(texts?.last == Self.net)
    #expect(
      sample.edited(edit(.training, ["optimizer"], "name", .text("adam")))?.first?.contains("type: \"Adam\"") == true
    )
    #expect(
      sample.edited(edit(.training, ["clip"], "threshold", .number(1)))?.first?.contains("clip_gradients: 1.0") == true
    )
  }

  @Test func `changes the net that the solver names`() throws {
    let sample = try sample()
    let drop = sample.edited(edit(try path("drop", in: sample), [], "rate", .number(0.5)))
    #expect(drop == [Self.solver, Self.net.replacing("dropout_ratio: 0.9", with: "dropout_ratio: 0.5")])
    let batch = sample.edited(edit(.training, [], "batch_size", .integer(64)))
    #expect(batch == [Self.solver, Self.net.replacing("batch_size: 32", with: "batch_size: 64")])
    let units = sample.edited(edit(try path("ip", in: sample), [], "units", .integer(20)))
    #expect(units == [Self.solver, Self.net.replacing("num_output: 9", with: "num_output: 20")])
  }

  @Test func `adds a filler, and replaces one with its settings`() throws {
    let sample = try sample()
    let absent = sample.edited(edit(try path("ip", in: sample), ["kernel_initializer"], "name", .text("he_normal")))
    #expect(
      absent?.last
        == Self.net.replacing("num_output: 9\n", with: "num_output: 9\n    weight_filler { type: \"msra\" }\n")
    )
    let stated = sample.edited(
      edit(try path("top", in: sample), ["kernel_initializer"], "name", .text("glorot_uniform"))
    )
    #expect(
      stated?.last
        == Self.net.replacing("{ type: \"gaussian\" std: 3 }", with: "{ type: \"xavier\" variance_norm: AVERAGE }")
    )
    let deviation = sample.edited(edit(try path("top", in: sample), ["kernel_initializer"], "stddev", .number(0.01)))
    #expect(deviation?.last == Self.net.replacing("std: 3", with: "std: 0.01"))
  }

  @Test func `writes nothing that it cannot say`() throws {
    let sample = try sample()
    #expect(sample.edited(edit(try path("ip", in: sample), ["kernel_initializer"], "name", .text("orthogonal"))) == nil)
    #expect(sample.edited(edit(try path("ip", in: sample), [], "activation", .text("relu"))) == nil)
    #expect(sample.edited(edit(.training, ["schedule"], "decay_steps", .integer(3))) == nil)
  }
}

struct GuideCaffeTests {
  @Test func `explains the fields of a solver`() throws {
    let key = try keyGuide("net: \"n\"\nbase_lr: 0.1\nclip_grad▮ients: 3", as: .protoText)
    #expect(key.name == "clip_gradients")
    #expect(key.absent == "Caffe takes -1, which is off")
    let policy = try #require(try guideToWrite("net: \"n\"\nbase_lr: 0.1\nlr_policy: \"▮\"", as: .protoText))
    #expect(policy.words.contains("multistep"))
  }

  @Test func `offers the settings of a layer's own type`() throws {
    let text = "layer { name: \"c\" type: \"Convolution\" bottom: \"x\" top: \"c\"\n  ▮\n}"
    let layer = try #require(try guideToWrite(text, as: .protoText))
    #expect(layer.title == "layer c, Convolution")
    #expect(layer.keyNames.contains("convolution_param"))
    #expect(!layer.keyNames.contains("pooling_param"))
    let filler = try keyGuide(
      "layer { type: \"Convolution\" top: \"c\" convolution_param { weight_filler { st▮d: 0.1 } } }",
      as: .protoText
    )
    #expect(filler.fact == "stddev")
    #expect(filler.absent == "Caffe takes 1")
  }

  @Test func `knows a word of an enumeration`() throws {
    let guide = try #require(
      try guide("layer { type: \"Pooling\" top: \"p\" pooling_param { pool: A▮VE } }", as: .protoText)
    )
    #expect(guide.words == ["MAX", "AVE", "STOCHASTIC"])
    #expect(guide.value?.word == "AVE")
  }
}
