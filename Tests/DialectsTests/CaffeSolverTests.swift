import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct CaffeSolverTests {
  private static let net = caffeNet(
    "layer { name: \"ip\" type: \"InnerProduct\" bottom: \"data\" top: \"out\" "
      + "inner_product_param { num_output: 9 weight_filler { type: \"xavier\" } } }"
  )

  @Test(arguments: ["net.prototxt", "examples/digits/net.prototxt", "train/net.prototxt"])
  func `finds the net that the solver names`(path: String) throws {
    let files = ["net.prototxt": Self.net, "../train/net.prototxt": Self.net]
    let sample = try CaffeSample("net: \"\(path)\" base_lr: 0.01 lr_policy: \"fixed\" max_iter: 100", files: files)
    #expect(sample.layers == ["input data", "flatten ip/flatten", "dense ip"])
    #expect(sample.experiment.sources.count == 2)
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 32)
    #expect(sample.experiment.training.value(TrainingKeys.steps) == 100)
    #expect(try sample.layer("ip").facts.location?.source == 1)
    #expect(sample.problems == [])
  }

  @Test func `takes a net that is not at hand for unknown, not for missing`() throws {
    let sample = try CaffeSample("net: \"elsewhere/net.prototxt\" base_lr: 0.01 lr_policy: \"fixed\"")
    #expect(sample.layers == [])
    #expect(sample.problems == [])
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 0.01)
  }

  @Test func `reads a net in the solver itself, in the state that it is trained in`() throws {
    let sample = try CaffeSample(
      """
      base_lr: 0.1 lr_policy: "fixed" iter_size: 4
      train_state: { stage: "wide" }
      net_param {
        layer { name: "d" type: "HDF5Data" top: "data" top: "label" hdf5_data_param { batch_size: 8 } }
        layer { name: "w" type: "InnerProduct" bottom: "data" top: "o" include { stage: "wide" } inner_product_param { num_output: 9 } }
        layer { name: "n" type: "InnerProduct" bottom: "data" top: "o" exclude { stage: "wide" } inner_product_param { num_output: 3 } }
        layer { name: "l" type: "SoftmaxWithLoss" bottom: "o" bottom: "label" }
      }
      """
    )
    #expect(sample.layers == ["input data", "flatten w/flatten", "dense w"])
    let training = sample.experiment.training
    #expect(training.value(TrainingKeys.batchSize) == 32)
    #expect(training.value(TrainingKeys.microBatchSize) == 8)
    #expect(training.value(TrainingKeys.accumulationSteps) == 4)
  }

  @Test(
    arguments: [
      ("momentum: 0.9", ["name": FactValue.text("sgd"), "momentum": .number(0.9), "nesterov": .boolean(false)]),
      (
        "type: \"Nesterov\" momentum: 0.9",
        ["name": .text("sgd"), "momentum": .number(0.9), "nesterov": .boolean(true)]
      ),
      ("solver_type: NESTEROV", ["name": .text("sgd"), "momentum": .number(0), "nesterov": .boolean(true)]),
      (
        "type: \"Adam\"",
        ["name": .text("adam"), "beta_1": .number(0), "beta_2": .number(0.999), "epsilon": .number(1e-8)]
      ),
      (
        "solver_type: ADAM momentum: 0.9 momentum2: 0.99",
        ["name": .text("adam"), "beta_1": .number(0.9), "beta_2": .number(0.99), "epsilon": .number(1e-8)]
      ),
      (
        "type: \"RMSProp\" rms_decay: 0.98", ["name": .text("rmsprop"), "rho": .number(0.98), "epsilon": .number(1e-8)]
      ),
      ("solver_type: 2 delta: 1e-6", ["name": .text("adagrad"), "epsilon": .number(1e-6)]),
      (
        "type: \"AdaDelta\" momentum: 0.95",
        ["name": .text("adadelta"), "rho": .number(0.95), "epsilon": .number(1e-8)]
      ),
    ]
  )
  func `reads each type of solver`(text: String, facts: [String: FactValue]) throws {
    let sample = try CaffeSample("base_lr: 0.01 lr_policy: \"fixed\" max_iter: 10 \(text)")
    var found = Dictionary(uniqueKeysWithValues: sample.optimizer.entries.map { ($0.name, $0.fact.value) })
    #expect(found.removeValue(forKey: "learning_rate") == .number(0.01))
    #expect(found.removeValue(forKey: "weight_decay") == .number(0))
    #expect(found.removeValue(forKey: "decoupled") == .boolean(false))
    #expect(found == facts)
  }

  @Test func `tells clipping, penalties and testing`() throws {
    let sample = try CaffeSample(
      """
      base_lr: 0.01 lr_policy: "fixed" clip_gradients: 10 weight_decay: 0.001 regularization_type: "L1"
      test_iter: 100 test_interval: 500
      """
    )
    let training = sample.experiment.training
    #expect(training.value(TrainingKeys.clip)?.value(ClipKeys.kind) == "global_norm")
    #expect(training.value(TrainingKeys.clip)?.value(ClipKeys.threshold) == 10)
    #expect(training.value(TrainingKeys.regularization) == 0.001)
    #expect(training.value(TrainingKeys.regularizationType) == "l1")
    #expect(sample.optimizer[OptimizerKeys.weightDecay] == nil)
    #expect(training.value(TrainingKeys.skipsEvaluation) == false)
    let plain = try CaffeSample("base_lr: 0.01 lr_policy: \"fixed\" clip_gradients: -1")
    #expect(plain.experiment.training.value(TrainingKeys.clip)?.value(ClipKeys.kind) == "off")
    #expect(plain.experiment.training[TrainingKeys.skipsEvaluation] == nil)
  }

  @Test(
    arguments: [
      ("lr_policy: \"fixed\"", "constant", nil as Int?),
      ("lr_policy: \"step\" gamma: 0.1 stepsize: 30", "step", 30),
      ("lr_policy: \"multistep\" gamma: 0.1 stepvalue: 30 stepvalue: 60", "multistep", nil),
      ("lr_policy: \"exp\" gamma: 0.999", "exponential", 1),
      ("lr_policy: \"inv\" gamma: 1e-4 power: 0.75", "inverse_time", nil),
      ("lr_policy: \"poly\" power: 1", "polynomial", 100),
      ("lr_policy: \"sigmoid\" gamma: -0.01 stepsize: 5", "sigmoid", nil),
    ]
  )
  func `reads the policies`(text: String, name: String, steps: Int?) throws {
    let sample = try CaffeSample("base_lr: 0.01 max_iter: 100 \(text)")
    #expect(sample.schedule.value(ScheduleKeys.name) == name)
    #expect(sample.schedule.value(ScheduleKeys.decaySteps) == steps)
    #expect(sample.problems == [])
  }

  @Test(
    arguments: [
      ("base_lr: 1 max_iter: 9", "missing-key: \"lr_policy\" is absent, and Caffe stops without one"),
      (
        "base_lr: 1 lr_policy: \"step\" stepsize: 9",
        "missing-key: \"gamma\" is absent, which lr_policy \"step\" needs: "
          + "it counts as 0, so the learning rate is 0 from the first step on"
      ),
      (
        "base_lr: 1 lr_policy: \"step\" gamma: 0.1",
        "missing-key: \"stepsize\" is absent, which lr_policy \"step\" needs: Caffe stops without it"
      ),
      ("base_lr: 1 lr_policy: \"fixd\"", "invalid-value: \"fixd\" is no learning-rate policy of Caffe"),
      (
        "base_lr: 1 lr_policy: \"fixed\" type: \"RMSProp\" momentum: 0.9",
        "invalid-value: momentum cannot be used with RMSProp: Caffe stops with an error"
      ),
      ("base_lr: 1 lr_policy: \"fixed\" momentun: 0.9", "unknown-key: unknown field \"momentun\" in the solver"),
      ("base_lr: \"1\" lr_policy: \"fixed\"", "wrong-type: \"base_lr\" must be a number, not the text \"1\""),
      ("base_lr: 1 lr_policy: \"fixed\" type: \"Adm\"", "invalid-value: \"Adm\" is no type of solver in Caffe"),
    ]
  )
  func `notes what Caffe stops at, and what counts as 0`(text: String, problem: String) throws {
    #expect(try CaffeSample(text).problems == [problem])
  }

  @Test(
    arguments: [
      "lr_policy: \"plateau\" plateau_winsize: 10000", "lr_policy: \"sgdr\" min_lr: 0.1",
      "lr_policy: \"fixed\" larc: true local_lr_auto: true", "lr_policy: \"fixed\" type: \"Ranger\"",
    ]
  )
  func `leaves what forks have in peace`(text: String) throws {
    #expect(try CaffeSample("base_lr: 0.01 \(text)").problems == [])
  }

  @Test func `learns nothing without a learning rate`() throws {
    let sample = try CaffeSample("net: \"n.prototxt\" lr_policy: \"fixed\" max_iter: 9")
    #expect(
      sample.optimizer[OptimizerKeys.learningRate]
        == Fact(0, .default(DefaultSource(framework: "Caffe", note: "where \"base_lr\" is absent")))
    )
  }
}

struct CaffeRecognitionTests {
  @Test(
    arguments: [
      "layer { name: \"a\" type: \"ReLU\" bottom: \"x\" top: \"x\" }", "layers { type: RELU bottom: \"x\" top: \"x\" }",
      "layers { layer { name: \"a\" type: \"conv\" num_output: 3 } bottom: \"data\" top: \"a\" }",
      "net: \"n.prototxt\" base_lr: 0.1", "base_lr: 0.1 max_iter: 3",
      "train_net: \"a\" test_net: \"b\" lr_policy: \"fixed\"",
    ]
  )
  func `knows nets and solvers`(text: String) throws {
    let document = try #require(parse(SourceText(name: "x.prototxt", text: text), as: .protoText).documents.first)
    #expect(DialectSet.bundled.recognize(document)?.name == "caffe")
    #expect(!CaffeDialect().lower(document, in: LoweringContext()).isEmpty)
  }

  @Test(
    arguments: [
      // An object-detection pipeline and a label map of TensorFlow, a graph, a server's config, an optimiser's message.
      "model { ssd { num_classes: 9 } } train_config { batch_size: 24 optimizer { momentum_optimizer { } } }",
      "item { id: 1 name: \"cat\" }", "item { name: \"cat\" label: 1 display_name: \"cat\" }",
      "node { name: \"x\" op: \"Placeholder\" } versions { producer: 9 }",
      "name: \"resnet\" platform: \"onnxruntime_onnx\" max_batch_size: 8 input [ { name: \"x\" dims: [3] } ]",
      "layer { }", "state { phase: TRAIN }",
    ]
  )
  func `passes other messages by`(text: String) throws {
    let document = try #require(parse(SourceText(name: "x.pbtxt", text: text), as: .protoText).documents.first)
    #expect(DialectSet.bundled.recognize(document) == nil)
  }

  @Test func `takes no file of another format`() throws {
    let text = "net: resnet\nbase_lr: 0.1\nmax_iter: 100\nlayer: {type: ReLU, top: x}\n"
    let document = try #require(parse(SourceText(name: "x.yaml", text: text), as: .yaml).documents.first)
    #expect(CaffeDialect().recognizes(document) == .no)
  }
}
