import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct MappedFactTests {
  private static let head = """
    dialect: 1
    name: house
    title: Trainer
    sources: {trainer: {package: trainer, version: 2.0}}
    recognize: [{all: [opt]}]

    """

  private func sample(_ keys: String, _ text: String, version: String? = nil) throws -> MappedSample {
    try MappedSample(Self.head + keys, text, version: version)
  }

  @Test func `states facts with their places, and defaults of the framework`() throws {
    let keys = """
      keys:
        opt.lr: training.optimizer.learning_rate
        opt.algo: {fact: training.optimizer.name, vocabulary: optimizers, default: sgd}
        batch: {fact: training.batch_size, default: 32, since: 1.5}
      """
    let house = try sample(keys, "opt: {lr: 0.1}\nbatch: 8")
    #expect(house.fact("training.optimizer.learning_rate") == "0.1 (stated)")
    #expect(house.fact("training.optimizer.name") == "\"sgd\" (default)")
    #expect(house.fact("training.batch_size") == "8 (stated)")
    #expect(house.fact("about.framework") == "\"Trainer\" (inferred)")
    #expect(try sample(keys, "opt: {}").fact("training.batch_size") == "32 (default since 1.5)")
  }

  @Test(arguments: [
    ("keep: true", "0.9", "0.1 (stated)"),
    ("keep: true", "0.1", "0.9 (stated)"),
    ("scale: 0.001", "5", "0.005 (stated)"),
    ("default: 0.5", "null", "0.5 (default)"),
    ("off: [0]", "0", nil),
    ("off: {at_most: 0}", "-1.0", nil),
    ("off: [null], default: 1", "null", nil),
    ("deferred: [auto]", "auto", "auto (known only when it runs) (stated)"),
    ("", "\"1e-4\"", "0.0001 (stated)"),
    ("", "1_000", "1000 (stated)"),
    ("prefixes: {lin_: {training.schedule.name: linear}}", "lin_2.5e-4", "0.00025 (stated)"),
    ("words: {low: 0.001}", "low", "0.001 (stated)"),
  ])
  func `reads values as the dialect means them`(details: String, value: String, expected: String?) throws {
    let keys = "keys: {opt: {fact: data.sample_ratio\(details.isEmpty ? "" : ", " + details)}}"
    let found = try sample(keys, "opt: \(value)").fact("data.sample_ratio")
    #expect(found == expected)
  }

  @Test func `sets the facts that go with a prefix and with a value`() throws {
    let keys = """
      keys:
        opt.lr: {fact: training.optimizer.learning_rate, prefixes: {lin_: {training.schedule.name: linear}}}
        opt.clip: {fact: training.clip.threshold, sets: {training.clip.kind: global_norm}, off: [0], default: 5.0}
      """
    let stated = try sample(keys, "opt: {lr: lin_0.1, clip: 2}")
    #expect(stated.fact("training.schedule.name") == "\"linear\" (stated)")
    #expect(stated.fact("training.clip.kind") == "\"global_norm\" (stated)")
    let absent = try sample(keys, "opt: {lr: 0.1}")
    #expect(absent.fact("training.schedule.name") == nil)
    #expect(absent.fact("training.clip.threshold") == "5.0 (default)")
    #expect(absent.fact("training.clip.kind") == "\"global_norm\" (default)")
    let off = try sample(keys, "opt: {clip: 0}")
    #expect(off.fact("training.clip.kind") == "\"off\" (stated)")
    #expect(off.fact("training.clip.threshold") == nil)
  }

  @Test func `takes the default of the version, and says where it depends on one that nobody tells`() throws {
    let keys = """
      version: trainer_version
      keys:
        opt: {type: any}
        norm: {fact: input.normalization, defaults: [{value: none, until: 0.7}, {value: zscore, since: "0.7"}]}
      """
    #expect(try sample(keys, "opt: 1\ntrainer_version: 0.6.4").fact("input.normalization") == "\"none\" (default)")
    let later = "opt: 1\ntrainer_version: \"0.10\""
    #expect(try sample(keys, later).fact("input.normalization") == "\"zscore\" (default since 0.7)")
    #expect(try sample(keys, "opt: 1", version: "0.7").fact("input.normalization") == "\"zscore\" (default since 0.7)")
    let unknown = try sample(keys, "opt: 1").fact("input.normalization")
    #expect(unknown?.contains("depends on the version: none before 0.7, zscore since 0.7") == true)
  }

  @Test func `takes the default of the first condition that holds, and none where that is not known`() throws {
    let keys = """
      keys:
        opt: text
        batch: {fact: training.batch_size, defaults: [{value: 64, if: {opt: ppo}}, {value: 256, if: {opt: [sac, td3]}}]}
      """.replacing("opt: text", with: "opt: {type: text}")
    #expect(try sample(keys, "opt: ppo").fact("training.batch_size") == "64 (default)")
    #expect(try sample(keys, "opt: td3").fact("training.batch_size") == "256 (default)")
    #expect(try sample(keys, "opt: ${oc.env:ALGO}").fact("training.batch_size") == nil)
    #expect(try sample(keys, "opt: a2c").fact("training.batch_size") == nil)
  }

  @Test func `infers facts from others, from products and from counts`() throws {
    let keys = """
      keys:
        micro: {fact: training.micro_batch_size, default: 8}
        accumulate: {fact: training.accumulation_steps, default: 1}
        opt.labels: {type: any}
      facts:
        training.batch_size: {product: [micro, accumulate, 2]}
        output.classes: {count: opt.labels}
        output.task:
          - {value: regression, if: {opt.labels: {count: 1}}, because: one label}
          - {value: multiclass, if: {opt.labels: {count: {above: 1}}}}
        training.optimizer.name: {value: adam, source: "trainer a.py:X"}
      """
    let one = try sample(keys, "micro: 4\nopt: {labels: {a: 0}}")
    #expect(one.fact("training.batch_size") == "8 (inferred)")
    #expect(one.fact("output.classes") == "1 (inferred)")
    #expect(one.fact("output.task") == "\"regression\" (inferred)")
    #expect(one.fact("training.optimizer.name") == "\"adam\" (default)")
    #expect(try sample(keys, "opt: {labels: [a, b]}").fact("output.task") == "\"multiclass\" (inferred)")
    #expect(try sample(keys, "opt: {}").fact("output.task") == nil)
    #expect(try sample(keys, "micro: auto\nopt: {}").fact("training.batch_size") == nil)
  }

  @Test func `finds the experiments of a document, and what holds for all of them`() throws {
    let definition = """
      dialect: 1
      name: brains
      recognize: [{any: [behaviors.*.lr, "*.lr"]}]
      experiments: {at: [behaviors.*, "*"], except: [default]}
      inherits: [{place: /default}]
      keys: {lr: training.optimizer.learning_rate, batch: training.batch_size}
      """
    let nested = try MappedSample(definition, "behaviors: {A: {lr: 0.1}, B: {lr: 0.2}}\ndefault: {batch: 9}")
    #expect(nested.experiments.map { $0.about.value(ExperimentKeys.name) } == ["A", "B"])
    #expect(nested.fact("training.batch_size", of: 1) == "9 (stated)")
    let flat = try MappedSample(definition, "default: {batch: 9, lr: 1}\nA: {lr: 0.1}")
    #expect(flat.experiments.count == 1)
    #expect(flat.fact("training.optimizer.learning_rate") == "0.1 (stated)")
    #expect(flat.fact("training.batch_size") == "9 (stated)")
  }

  @Test func `inherits from files, and takes no default for what a file that is not there may say`() throws {
    let definition = """
      dialect: 1
      name: visual
      recognize: [{any: [LR, _BASE_]}]
      inherits: [{file: _BASE_}]
      keys: {LR: training.optimizer.learning_rate, BATCH: {fact: training.batch_size, default: 16}}
      """
    let files = ["a.yaml": "_BASE_: b.yaml\nLR: 0.5", "b.yaml": "LR: 0.7\nBATCH: 4"]
    let whole = try MappedSample(definition, "_BASE_: a.yaml", files: files)
    #expect(whole.fact("training.optimizer.learning_rate") == "0.5 (stated)")
    #expect(whole.fact("training.batch_size") == "4 (stated)")
    #expect(try whole.only().sources.map(\.name) == ["config", "a.yaml", "b.yaml"])
    #expect(
      try whole.only().training.value(TrainingKeys.optimizer)?[OptimizerKeys.learningRate]?.origin.location?.source == 1
    )
    #expect(try MappedSample(definition, "LR: 1").fact("training.batch_size") == "16 (default)")
    #expect(try MappedSample(definition, "_BASE_: lost.yaml").fact("training.batch_size") == nil)
    // A file that names itself comes to an end.
    let circle = try MappedSample(definition, "_BASE_: a.yaml", files: ["a.yaml": "_BASE_: a.yaml"])
    #expect(circle.experiments.count == 1)
  }

  @Test func `follows references, and leaves to the framework what only it can work out`() throws {
    let definition = """
      dialect: 1
      name: refs
      recognize: [{all: [lr]}]
      interpolation: [dollar, ref]
      keys: {lr: training.optimizer.learning_rate, batch: training.batch_size}
      """
    let found = try MappedSample(definition, "base: {rate: 0.1, n: 4}\nlr: ${base.rate}\nbatch: !ref <base.n>")
    #expect(found.fact("training.optimizer.learning_rate") == "0.1 (stated)")
    #expect(found.fact("training.batch_size") == "4 (stated)")
    let open = try MappedSample(definition, "lr: ${mul:2,3}\nbatch: !ref <base.n> * 2")
    #expect(open.fact("training.optimizer.learning_rate") == "${mul:2,3} (known only when it runs) (stated)")
    #expect(open.fact("training.batch_size") == "<base.n> * 2 (known only when it runs) (stated)")
    #expect(open.problems == [])
    let circle = try MappedSample(definition, "lr: ${a}\na: ${lr}")
    #expect(circle.experiments.count == 1)
  }

  @Test func `reads Python source without running it`() throws {
    let definition = """
      dialect: 1
      name: zoo
      recognize: [{all: [kwargs]}]
      keys:
        kwargs: {type: any, python: true}
        kwargs.net: {type: list}
        kwargs.act: {type: text, vocabulary: activations, words: {nn.ReLU: relu}}
      layers:
        - {kind: dense, name: hidden, each: kwargs.net, facts: {activation: kwargs.act}}
      """
    let zoo = try MappedSample(definition, "kwargs: \"dict(net=[64, 32], act=nn.ReLU)\"")
    #expect(zoo.layers == ["input input", "dense hidden_1", "dense hidden_2"])
    #expect(zoo.fact("layer 2.units") == "32 (stated)")
    #expect(zoo.fact("layer 2.activation") == "\"relu\" (stated)")
    #expect(try MappedSample(definition, "kwargs: \"dict(net=make())\"").layers == ["input input", "unknown hidden"])
  }

  @Test func `makes the layers that keys describe`() throws {
    let keys = """
      keys:
        opt.width: {type: integer}
        opt.depth: {type: integer, default: 2}
        opt.drop: {type: number, default: 0.0}
      layers:
        - times: opt.depth
          block:
            - {kind: dense, name: fc, facts: {units: opt.width, kernel_initializer.name: he_normal}}
            - {kind: dropout, name: drop, if: {opt.drop: {above: 0}}, facts: {rate: opt.drop}}
        - {kind: dense, name: head, facts: {units: 1}, output: true}
      """.replacing("kernel_initializer.name: he_normal", with: "kernel_initializer.name: {value: he_normal}")
    let plain = try sample(keys, "opt: {width: 64}")
    #expect(plain.layers == ["input input", "dense fc_1", "dense fc_2", "dense head"])
    #expect(plain.fact("layer 1.units") == "64 (stated)")
    #expect(plain.fact("layer 1.kernel_initializer.name") == "\"he_normal\" (inferred)")
    #expect(try plain.only().outputs.first?.layer == 3)
    let dropping = try sample(keys, "opt: {width: 64, depth: 1, drop: 0.5}")
    #expect(dropping.layers == ["input input", "dense fc", "dropout drop", "dense head"])
    let unknown = try sample(keys, "opt: {depth: ${n}}")
    #expect(unknown.layers == ["input input", "unknown block", "dense head"])
    let huge = try sample(keys, "opt: {depth: 99999999}")
    #expect(huge.layers.count == 1002)
  }
}
