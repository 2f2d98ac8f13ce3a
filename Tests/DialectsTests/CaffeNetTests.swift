import Dialects
import Experiment
import Testing

struct CaffeNetTests {
  private static let lenet = """
    name: "digits"
    layer {
      name: "digits" type: "Data" top: "data" top: "label"
      include { phase: TRAIN }
      transform_param { scale: 0.00390625 crop_size: 28 mirror: true }
      data_param { source: "train" batch_size: 64 backend: LMDB }
    }
    layer {
      name: "digits" type: "Data" top: "data" top: "label"
      include { phase: TEST }
      data_param { source: "test" batch_size: 100 }
    }
    layer {
      name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
      param { lr_mult: 1 } param { lr_mult: 2 }
      convolution_param {
        num_output: 20 kernel_size: 5 pad: 2
        weight_filler { type: "xavier" } bias_filler { type: "constant" value: 0.1 }
      }
    }
    layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
    layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { kernel_size: 3 stride: 2 } }
    layer {
      name: "ip1" type: "InnerProduct" bottom: "pool1" top: "ip1"
      inner_product_param { num_output: 50 weight_filler { type: "msra" } }
    }
    layer { name: "drop1" type: "Dropout" bottom: "ip1" top: "ip1" }
    layer {
      name: "ip2" type: "InnerProduct" bottom: "ip1" top: "ip2"
      inner_product_param { num_output: 10 weight_filler { type: "xavier" variance_norm: AVERAGE } }
    }
    layer { name: "accuracy" type: "Accuracy" bottom: "ip2" bottom: "label" top: "accuracy" include { phase: TEST } }
    layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip2" bottom: "label" top: "loss" }
    """

  @Test func `reads the net as it is trained`() throws {
    let sample = try CaffeSample(Self.lenet)
    #expect(
      sample.layers == [
        "input data", "conv2d conv1", "activation relu1", "max_pooling2d pool1", "flatten ip1/flatten", "dense ip1",
        "dropout drop1", "dense ip2",
      ]
    )
    #expect(sample.experiment.layers.map(\.inputs) == [[], [0], [1], [2], [3], [4], [5], [6]])
    #expect(sample.problems == [])
    let output = try #require(sample.experiment.outputs.first)
    #expect(sample.experiment.outputs.count == 1)
    #expect(output.facts.value(OutputKeys.loss) == "sparse_categorical_crossentropy")
    #expect(output.facts.value(OutputKeys.fromLogits) == true)
    #expect(output.facts.value(OutputKeys.metrics) == ["accuracy"])
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 64)
    #expect(sample.experiment.data.value(DataKeys.augmentation) == true)
    let input = try #require(sample.experiment.inputs.first)
    #expect(input.value(InputKeys.normalization) == "rescaled")
    #expect(input.value(InputKeys.shape) == Shape([nil, 28, 28]))
    #expect(sample.experiment.about.value(ExperimentKeys.name) == "digits")
  }

  @Test func `knows what layers take when nothing is stated`() throws {
    let sample = try CaffeSample(Self.lenet)
    #expect(try sample.layer("drop1").facts.value(LayerKeys.rate) == 0.5)
    let conv = try sample.layer("conv1").facts
    #expect(conv.value(LayerKeys.strides) == [1, 1])
    #expect(conv.value(LayerKeys.padding) == "same")
    #expect(conv.value(LayerKeys.useBias) == true)
    #expect(conv[LayerKeys.groups]?.origin == .default(DefaultSource(framework: "Caffe")))
    // Windows over the end count: 28 to 14, not 13.
    #expect(try sample.layer("pool1").facts.value(LayerKeys.outputShape) == Shape([20, 14, 14]))
    #expect(try sample.layer("ip1").facts.value(LayerKeys.fanIn) == 20 * 14 * 14)
  }

  @Test(
    arguments: [
      ("{ type: \"xavier\" }", ["name": FactValue.text("lecun_uniform")]),
      ("{ type: \"xavier\" variance_norm: AVERAGE }", ["name": .text("glorot_uniform")]),
      (
        "{ type: \"xavier\" variance_norm: FAN_OUT }",
        [
          "name": .text("variance_scaling"), "scale": .number(1), "mode": .text("fan_out"),
          "distribution": .text("uniform"),
        ]
      ),
      ("{ type: \"msra\" }", ["name": .text("he_normal")]),
      ("{ type: \"gaussian\" }", ["name": .text("random_normal"), "mean": .number(0), "stddev": .number(1)]),
      (
        "{ type: \"gaussian\" std: 0.01 }",
        ["name": .text("random_normal"), "mean": .number(0), "stddev": .number(0.01)]
      ),
      ("{ type: \"uniform\" }", ["name": .text("random_uniform"), "min": .number(0), "max": .number(1)]),
      ("{ value: 2 }", ["name": .text("constant"), "value": .number(2)]),
      ("{ type: \"bilinear\" }", ["name": .text("bilinear")]),
    ]
  )
  func `reads fillers with their defaults`(filler: String, facts: [String: FactValue]) throws {
    let sample = try CaffeSample(
      caffeNet(
        "layer { name: \"ip\" type: \"InnerProduct\" bottom: \"data\" top: \"out\" "
          + "inner_product_param { num_output: 9 weight_filler \(filler) } }"
      )
    )
    let record = try sample.initializer("ip")
    #expect(Dictionary(uniqueKeysWithValues: record.entries.map { ($0.name, $0.fact.value) }) == facts)
  }

  @Test func `takes an absent filler for zeros by default`() throws {
    let sample = try CaffeSample(
      caffeNet(
        "layer { name: \"ip\" type: \"InnerProduct\" bottom: \"data\" top: \"out\" inner_product_param { num_output: 9 } }"
      )
    )
    let record = try sample.initializer("ip")
    #expect(record.value(InitializerKeys.value) == 0)
    #expect(
      record[InitializerKeys.name]
        == Fact("constant", .default(DefaultSource(framework: "Caffe", note: "where \"weight_filler\" is absent")))
    )
  }

  @Test func `says nothing of weights that come from elsewhere`() throws {
    let deploy = try CaffeSample(
      """
      input: "data" input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32
      layer { name: "conv" type: "Convolution" bottom: "data" top: "conv" convolution_param { num_output: 8 kernel_size: 3 } }
      layer { name: "prob" type: "Softmax" bottom: "conv" top: "prob" }
      """
    )
    #expect(try deploy.layer("conv").facts[LayerKeys.kernelInitializer] == nil)
    #expect(try deploy.layer("conv").facts.value(LayerKeys.pretrained) == true)
    #expect(deploy.experiment.inputs.first?.value(InputKeys.shape) == Shape([3, 32, 32]))
    #expect(deploy.experiment.outputs.first?.facts.value(OutputKeys.activation) == "softmax")
    #expect(deploy.experiment.training.isEmpty)
  }

  @Test func `shares weights by the name of their parameters`() throws {
    let sample = try CaffeSample(
      """
      layer { name: "pair" type: "Data" top: "pair" top: "sim" data_param { batch_size: 4 } }
      layer { name: "cut" type: "Slice" bottom: "pair" top: "a" top: "b" slice_param { slice_point: 1 } }
      layer { name: "ip" type: "InnerProduct" bottom: "a" top: "ip" param { name: "w" } param { name: "b" }
        inner_product_param { num_output: 2 weight_filler { type: "xavier" } } }
      layer { name: "ip_p" type: "InnerProduct" bottom: "b" top: "ip_p" param { name: "w" } param { name: "b" }
        inner_product_param { num_output: 2 } }
      layer { name: "loss" type: "ContrastiveLoss" bottom: "ip" bottom: "ip_p" bottom: "sim" top: "loss" }
      """
    )
    let twin = try sample.layer("ip_p")
    #expect(twin.sharesWeightsWith == sample.experiment.layers.firstIndex { $0.name == "ip" })
    #expect(twin.facts[LayerKeys.kernelInitializer] == nil)
    #expect(sample.experiment.outputs.map { $0.facts.value(OutputKeys.loss) } == ["contrastive"])
    #expect(sample.problems == [])
  }

  @Test func `reads the old syntax`() throws {
    let sample = try CaffeSample(
      """
      layers { name: "d" type: DATA top: "data" top: "label" data_param { batch_size: 16 } }
      layers { name: "c" type: CONVOLUTION bottom: "data" top: "c" blobs_lr: 0 blobs_lr: 0 weight_decay: 1
        convolution_param { num_output: 4 kernel_h: 3 kernel_w: 5 pad_h: 1 pad_w: 1 weight_filler { type: "msra" } } }
      layers { name: "n" type: LRN bottom: "c" top: "n" }
      layers { name: "ip" type: INNER_PRODUCT bottom: "n" top: "ip" inner_product_param { num_output: 3 } }
      layers { name: "loss" type: SOFTMAX_LOSS bottom: "ip" bottom: "label" }
      """
    )
    #expect(
      sample.layers == [
        "input data", "zero_padding c/pad", "conv2d c", "local_response_normalization n", "flatten ip/flatten",
        "dense ip",
      ]
    )
    #expect(try sample.layer("c").facts.value(LayerKeys.trainable) == false)
    #expect(try sample.layer("c").facts.value(LayerKeys.kernelSize) == [3, 5])
    #expect(try sample.layer("c/pad").facts.value(LayerKeys.amounts) == [1, 1, 1, 1])
    #expect(sample.experiment.about.value(ExperimentKeys.fineTuned) == true)
    #expect(sample.experiment.outputs.first?.facts.value(OutputKeys.fromLogits) == true)
  }

  @Test func `folds a scale into the normalisation before it`() throws {
    let sample = try CaffeSample(
      caffeNet(
        """
        layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip" inner_product_param { num_output: 9 bias_term: false } }
        layer { name: "bn" type: "BatchNorm" bottom: "ip" top: "ip" }
        layer { name: "scale" type: "Scale" bottom: "ip" top: "ip" scale_param { bias_term: true } }
        layer { name: "act" type: "ReLU" bottom: "ip" top: "out" relu_param { negative_slope: 0.1 } }
        """
      )
    )
    #expect(sample.layers.suffix(4) == ["dense ip", "batch_normalization bn", "identity scale", "activation act"])
    #expect(try sample.layer("bn").facts.value(LayerKeys.scale) == true)
    #expect(try sample.layer("bn").facts.value(LayerKeys.center) == true)
    #expect(try sample.layer("bn").facts.value(LayerKeys.parameters) == 36)
    #expect(try sample.layer("act").facts.value(LayerKeys.activation) == "leaky_relu")
    #expect(try sample.layer("act").facts.value(LayerKeys.negativeSlope) == 0.1)
  }

  @Test func `leaves out what only targets are made of`() throws {
    let sample = try CaffeSample(
      """
      layer { name: "d" type: "Data" top: "data" transform_param { scale: 0.0039 } data_param { batch_size: 8 } }
      layer { name: "flat" type: "Flatten" bottom: "data" top: "flat" }
      layer { name: "code" type: "InnerProduct" bottom: "data" top: "code" inner_product_param { num_output: 4 } }
      layer { name: "back" type: "InnerProduct" bottom: "code" top: "back" inner_product_param { num_output: 784 } }
      layer { name: "loss" type: "SigmoidCrossEntropyLoss" bottom: "back" bottom: "flat" top: "l1" loss_weight: 2 }
      layer { name: "out" type: "Sigmoid" bottom: "back" top: "out" }
      layer { name: "shown" type: "EuclideanLoss" bottom: "out" bottom: "flat" top: "l2" loss_weight: 0 }
      """
    )
    #expect(sample.layers == ["input data", "flatten code/flatten", "dense code", "dense back", "activation out"])
    #expect(sample.experiment.outputs.map { $0.facts.value(OutputKeys.loss) } == ["binary_crossentropy"])
    #expect(sample.experiment.outputs.first?.facts.value(OutputKeys.lossWeight) == 2)
    #expect(sample.experiment.outputs.first?.facts.value(OutputKeys.activation) == "linear")
  }

  @Test func `knows branches and merges`() throws {
    let sample = try CaffeSample(
      """
      layer { name: "in" type: "Input" top: "x" input_param { shape { dim: 1 dim: 8 dim: 6 dim: 6 } } }
      layer { name: "a" type: "Convolution" bottom: "x" top: "a" convolution_param { num_output: 8 kernel_size: 3 pad: 1 } }
      layer { name: "sum" type: "Eltwise" bottom: "x" bottom: "a" top: "sum" }
      layer { name: "up" type: "Deconvolution" bottom: "sum" top: "up"
        convolution_param { num_output: 4 kernel_size: 4 stride: 2 pad: 1 } }
      layer { name: "deep" type: "Concat" bottom: "x" bottom: "a" top: "deep" }
      layer { name: "gp" type: "Pooling" bottom: "deep" top: "gp" pooling_param { pool: AVE global_pooling: true } }
      """
    )
    #expect(try sample.layer("sum").kind == .add)
    #expect(try sample.layer("up").facts.value(LayerKeys.outputShape) == Shape([4, 12, 12]))
    #expect(try sample.layer("deep").facts.value(LayerKeys.outputShape) == Shape([16, 6, 6]))
    #expect(try sample.layer("gp").facts.value(LayerKeys.outputShape) == Shape([16, 1, 1]))
    #expect(sample.experiment.about.value(ExperimentKeys.hasSkips) == true)
    #expect(sample.problems == [])
  }

  @Test(
    arguments: [
      ("bottom: \"dat\"", "broken-graph: layer \"ip\" takes \"dat\", and no layer above it gives that"),
      (
        "bottom: \"data\" inner_product_param { num_output: \"9\" }",
        "wrong-type: \"num_output\" must be an integer, not the text \"9\""
      ),
      (
        "bottom: \"data\" inner_product_parm { num_output: 9 }",
        "unknown-key: unknown field \"inner_product_parm\" in layer \"ip\""
      ),
      (
        "bottom: \"data\" inner_product_param { num_output: 9 weight_filler { type: \"gausian\" } }",
        "invalid-value: \"gausian\" is no filler of Caffe"
      ),
      (
        "bottom: \"data\" inner_product_param { num_output: 9 weight_filler { type: \"xavier\" std: 0.1 } }",
        "ignored-key: \"std\" has no effect on a filler of type \"xavier\""
      ),
    ]
  )
  func `notes what Caffe does not take`(settings: String, problem: String) throws {
    let sample = try CaffeSample(caffeNet("layer { name: \"ip\" type: \"InnerProduct\" top: \"out\" \(settings) }"))
    #expect(sample.problems == [problem])
  }

  @Test(
    arguments: [
      "layer { name: \"l\" type: \"Interp\" bottom: \"data\" top: \"out\" interp_param { zoom_factor: 2 } }",
      "layer { name: \"l\" type: \"Python\" bottom: \"data\" top: \"out\" python_param { module: \"m\" layer: \"L\" } }",
    ]
  )
  func `knows no fields of forks and takes them for none of its own`(layer: String) throws {
    let sample = try CaffeSample(caffeNet(layer))
    #expect(sample.experiment.problems.map(\.kind) == [.unknownLayer])
  }

  @Test func `outlives sizes beyond any tensor`() throws {
    let sample = try CaffeSample(
      caffeNet(
        """
        layer { name: "c" type: "Convolution" bottom: "data" top: "c"
          convolution_param { num_output: 9223372036854775807 kernel_size: 9223372036854775807 dilation: 9223372036854775807 } }
        layer { name: "p" type: "Pooling" bottom: "c" top: "out"
          pooling_param { kernel_size: 2147483647 stride: 2147483647 pad: 2147483647 } }
        """
      )
    )
    #expect(sample.layers.contains("conv2d c"))
  }
}
