import Linting
import Rules
import SourceText
import Testing

/// What the house rules say of Caffe's nets and solvers, and what must not be taken for a mistake.
struct CaffeTrapTests {
  private static let rules = RuleSet(loading: RuleLibrary.bundledPlugins)

  /// Returns the rules that find something at or above a warning, with where: `rule@line`.
  private func findings(_ text: String, files: [String: String] = [:], name: String = "train.prototxt") -> [String] {
    report(text, files: files, name: name).findings.filter { $0.severity >= .warning }
      .map { "\($0.rule)@\($0.source.position(at: $0.range.start).line + 1)" }
  }

  private func report(_ text: String, files: [String: String] = [:], name: String = "train.prototxt") -> LintReport {
    let session = LintSession(fileSystem: MemoryFileSystem(files), rules: Self.rules)
    return session.check([LintInput(name: name, path: name, isNamed: true, content: Array(text.utf8))])
  }

  /// A net of two dense layers on images, with settings to fill in.
  private func net(
    hidden: String = "weight_filler { type: \"msra\" }",
    transform: String = "transform_param { mean_file: \"mean.binaryproto\" }",
    head: String = "",
    loss: String = "SoftmaxWithLoss"
  ) -> String {
    """
    layer { name: "d" type: "ImageData" top: "data" top: "label" \(transform)
      image_data_param { source: "list" batch_size: 64 new_height: 32 new_width: 32 } }
    layer { name: "ip1" type: "InnerProduct" bottom: "data" top: "ip1"
      inner_product_param { num_output: 128 \(hidden) } }
    layer { name: "relu" type: "ReLU" bottom: "ip1" top: "ip1" }
    layer { name: "ip2" type: "InnerProduct" bottom: "ip1" top: "out"
      inner_product_param { num_output: 10 weight_filler { type: "xavier" } } }
    \(head)
    layer { name: "loss" type: "\(loss)" bottom: "\(head.isEmpty ? "out" : "prob")" bottom: "label" top: "loss" }
    """
  }

  @Test func `an absent filler is zeros, and the message says whose default that is`() throws {
    let text = net(hidden: "")
    #expect(findings(text) == ["init/zero-weights@3"])
    let finding = try #require(report(text).findings.first { $0.rule == "init/zero-weights" })
    #expect(
      finding.message.hasPrefix("all weights of layer \"ip1\" start at 0, as Caffe lets them where nothing is stated")
    )
  }

  @Test func `a gaussian filler without std has deviation 1`() throws {
    let text = net(hidden: "weight_filler { type: \"gaussian\" }")
    let finding = try #require(report(text).findings.first { $0.rule == "init/scale-far-off" })
    #expect(finding.message.contains("start with deviation 1 (Caffe's default)"))
  }

  @Test func `trap: a sound net with a linear head before a loss that has the softmax in it`() {
    #expect(findings(net()) == [])
  }

  @Test func `softmax before a loss that has the softmax in it is twice`() {
    let head = "layer { name: \"prob\" type: \"Softmax\" bottom: \"out\" top: \"prob\" }"
    #expect(findings(net(head: head)) == ["final-activation/activation-twice@8"])
    #expect(findings(net(head: head, loss: "MultinomialLogisticLoss")) == [])
  }

  @Test func `trap: a deploy net without fillers`() {
    let text = """
      input: "data" input_shape { dim: 1 dim: 3 dim: 32 dim: 32 }
      layer { name: "ip1" type: "InnerProduct" bottom: "data" top: "ip1" inner_product_param { num_output: 64 } }
      layer { name: "relu" type: "ReLU" bottom: "ip1" top: "ip1" }
      layer { name: "ip2" type: "InnerProduct" bottom: "ip1" top: "ip2" inner_product_param { num_output: 10 } }
      layer { name: "prob" type: "Softmax" bottom: "ip2" top: "prob" }
      """
    #expect(findings(text) == [])
  }

  @Test func `trap: a twin without a filler, whose weights are shared by name`() {
    let text = """
      layer { name: "d" type: "Data" top: "pair" top: "sim" data_param { batch_size: 64 } }
      layer { name: "cut" type: "Slice" bottom: "pair" top: "a" top: "b" slice_param { slice_point: 1 } }
      layer { name: "ip1" type: "InnerProduct" bottom: "a" top: "x" param { name: "w1" }
        inner_product_param { num_output: 50 weight_filler { type: "xavier" } } }
      layer { name: "r1" type: "ReLU" bottom: "x" top: "x" }
      layer { name: "f1" type: "InnerProduct" bottom: "x" top: "fx" param { name: "w2" }
        inner_product_param { num_output: 2 weight_filler { type: "xavier" } } }
      layer { name: "ip1_p" type: "InnerProduct" bottom: "b" top: "y" param { name: "w1" } inner_product_param { num_output: 50 } }
      layer { name: "r1_p" type: "ReLU" bottom: "y" top: "y" }
      layer { name: "f1_p" type: "InnerProduct" bottom: "y" top: "fy" param { name: "w2" } inner_product_param { num_output: 2 } }
      layer { name: "loss" type: "ContrastiveLoss" bottom: "fx" bottom: "fy" bottom: "sim" top: "loss" }
      """
    #expect(findings(text) == [])
  }

  @Test(arguments: ["param { lr_mult: 0 }", "param { lr_mult: 0 decay_mult: 0 } param { lr_mult: 0 }"])
  func `trap: frozen layers whose weights come from an earlier training`(param: String) {
    let text = net(hidden: "").replacing("top: \"ip1\"\n", with: "top: \"ip1\" \(param)\n")
    #expect(findings(text) == [])
  }

  @Test func `trap: fine-tuning, where a new head learns faster than the rest`() {
    let text = net(hidden: "").replacing("top: \"ip1\"\n", with: "top: \"ip1\" param { lr_mult: 1 }\n")
      .replacing("top: \"out\"\n", with: "top: \"out\" param { lr_mult: 10 }\n")
    #expect(findings(text) == [])
  }

  @Test func `trap: pixels whose mean is taken away and that are not scaled`() {
    #expect(findings(net(transform: "transform_param { mean_value: 104 mean_value: 117 mean_value: 123 }")) == [])
    #expect(findings(net(transform: "transform_param { scale: 0.00390625 }")) == [])
    #expect(findings(net(transform: "")) == ["normalization/raw-pixels@1"])
  }

  @Test func `trap: the top of a regression is linear, and its bottom needs no filler of another kind`() {
    #expect(findings(net(loss: "EuclideanLoss")) == [])
    #expect(findings(net(loss: "SigmoidCrossEntropyLoss")) == [])
  }

  @Test func `tells what is wrong with a net once, though solvers name it`() {
    let files = [
      "train.prototxt": net(hidden: ""),
      "a.prototxt":
        "net: \"models/train.prototxt\"\nbase_lr: 0.01\nlr_policy: \"fixed\"\nmax_iter: 10000\nmomentum: 0.9\n",
      "b.prototxt": "net: \"train.prototxt\"\nbase_lr: 0.001\nlr_policy: \"fixed\"\nmax_iter: 10000\nmomentum: 0.9\n",
    ]
    let session = LintSession(fileSystem: MemoryFileSystem(files), rules: Self.rules)
    let inputs = files.keys.sorted().map { LintInput(name: $0, path: $0, isNamed: true) }
    let found = session.check(inputs).findings.filter { $0.severity >= .warning }
    #expect(found.map { "\($0.rule) \($0.source.name)" } == ["init/zero-weights train.prototxt"])
  }

  @Test func `a solver without a learning rate learns nothing`() throws {
    let text = "net: \"train.prototxt\"\nlr_policy: \"fixed\"\nmax_iter: 1000\n"
    let finding = try #require(report(text, name: "solver.prototxt").findings.first { $0.rule == "learning-rate/zero" })
    #expect(finding.message.hasPrefix("learning rate 0, as Caffe has it where none is stated"))
  }

  @Test(arguments: [
    "item { id: 1 name: \"cat\" }\n", "model { ssd { num_classes: 3 } }\ntrain_config { batch_size: 4 }\n",
  ])
  func `passes by messages that are no nets`(text: String) {
    #expect(report(text, name: "labels.pbtxt").findings.isEmpty)
  }
}
