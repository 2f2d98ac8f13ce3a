import ConfigSyntax
import Dialects
import Experiment
import Foundation
import SourceText
import Testing

struct GuideNativeTests {
  @Test(
    arguments: [
      ("epochzero: 1\n▮", ["model", "training", "task"], ["kind", "batch_size"]),
      ("epochzero: 1\ntraining:\n  ▮\n", ["batch_size", "optimizer", "loss"], ["lr", "samples"]),
      ("epochzero: 1\ntraining:\n  optimizer:\n    name: adam\n    le▮\n", ["learning_rate", "clip"], ["lr", "loss"]),
      ("epochzero: 1\ntraining:\n  optimizer: {name: sgd, ▮\n", ["momentum"], ["batch_size"]),
      ("epochzero: 1\ntraining:\n  clip:\n    ▮\n", ["global_norm", "norm", "value"], ["threshold"]),
      ("epochzero: 1\ntraining:\n  schedule: {▮}\n", ["warmup_steps"], []),
      ("epochzero: 1\ndata:\n  ▮\n", ["samples", "inputs"], ["features"]),
      ("epochzero: 1\ndata:\n  inputs: {▮}\n", ["features", "shape", "range"], ["class_shares"]),
      ("epochzero: 1\ndata:\n  targets:\n    ▮\n", ["class_shares"], ["shape"]),
      ("epochzero: 1\ndata:\n  columns:\n    age:\n      ▮\n", ["kind", "encoding"], ["shape"]),
      ("epochzero: 1\noutputs:\n  price:\n    ▮\n", ["loss", "target"], ["kind"]),
      ("epochzero: 1\noutputs:\n  price:\n    target: {▮}\n", ["range"], ["shape"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - kind: dense\n      activ▮\n", ["activation", "units"], ["filters"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - kind: conv2d\n      ▮\n", ["filters"], ["units", "output_padding"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - {kind: dropout, ▮\n", ["rate", "from"], ["units"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - kind: input\n      ▮\n", ["shape"], ["from", "units"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - ▮\n", ["kind", "name"], ["units"]),
      (
        "epochzero: 1\nmodel:\n  layers:\n    - kind: dense\n      init:\n        name: random_normal\n        ▮\n",
        ["stddev", "mean"], ["std", "units"]
      ),
    ]
  )
  func `offers the keys of the mapping around`(text: String, has: [String], lacks: [String]) throws {
    let guide = try #require(try guideToWrite(text))
    for key in has { #expect(guide.keyNames.contains(key), "\(key)") }
    for key in lacks { #expect(!guide.keyNames.contains(key), "\(key)") }
  }

  @Test(
    arguments: [
      ("epochzero: 1\nmodel:\n  layers:\n    - kind: dense\n      activation: ▮\n", ["relu", "softmax"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - kind: ▮\n", ["dense", "conv2d"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - ▮\n", ["flatten", "dropout"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - fl▮\n", ["flatten", "dropout"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - {kind: dense, init: ▮}\n", ["he_normal"]),
      ("epochzero: 1\nmodel:\n  layers:\n    - {kind: dense, use_bias: ▮}\n", ["true", "false"]),
      ("epochzero: 1\ntraining: {loss: ▮\n", ["mean_squared_error"]),
      ("epochzero: 1\ntraining:\n  optimizer: ▮\n", ["adam"]),
      ("epochzero: 1\ntraining:\n  optimizer:\n    name: ad▮\n", ["adam"]),
      ("epochzero: 1\ntask: ▮\n", ["regression"]),
      ("epochzero: 1\ndata: {inputs: {normalization: ▮}}\n", ["zscore"]),
      (
        "epochzero: 1\nmodel:\n  layers:\n    - {kind: dense, name: trunk}\n    - {kind: dense, from: [▮]}\n",
        ["trunk"]
      ),
    ]
  )
  func `offers the words of a key`(text: String, words: [String]) throws {
    let guide = try #require(try guideToWrite(text))
    for word in words { #expect(guide.words.contains(word), "\(word)") }
  }

  @Test func `reads JSON alike`() throws {
    let text = #"{"epochzero": 1, "model": {"layers": [{"kind": "dense", "▮"}]}}"#
    #expect(try guideToWrite(text, as: .json)?.keyNames.contains("units") == true)
    let value = #"{"epochzero": 1, "model": {"layers": [{"kind": "dense", "activation": ▮}]}}"#
    #expect(try guideToWrite(value, as: .json)?.words.contains("relu") == true)
  }

  @Test func `says what a key is, and what holds when it is absent`() throws {
    let activation = try keyGuide("epochzero: 1\nmodel:\n  layers:\n    - {kind: lstm, activation: r▮elu}\n")
    #expect(activation.fact == "activation")
    #expect(activation.absent == "Epoch Zero takes tanh (as in Keras)")
    let units = try keyGuide("epochzero: 1\nmodel:\n  layers:\n    - {kind: dense, un▮its: 3}\n")
    #expect(units.unit == "elements")
    #expect(units.absent == "it is unknown, and rules that need it say nothing")
    let rate = try keyGuide("epochzero: 1\ntraining: {optimizer: {name: adam, l▮r: 0.1}}\n")
    #expect(rate.replacement == "learning_rate")
    #expect(rate.fact == "learning_rate")
    let norm = try keyGuide("epochzero: 1\ntraining: {clip: {no▮rm: 0.1}}\n")
    #expect(norm.fact == "threshold")
    #expect(norm.summary.contains("each tensor"))
    let penalty = try keyGuide("epochzero: 1\nmodel: {layers: [{kind: activity_regularization, l▮1: 0.1}]}\n")
    #expect(penalty.fact == "activity_l1")
    let scale = try keyGuide("epochzero: 1\nmodel: {layers: [{kind: rescaling, sc▮ale: 0.1}]}\n")
    #expect(scale.fact == "input_scale")
  }

  @Test(
    arguments: [
      ("epochzero: 1\ntraining: {loss: ms▮e}\n", "mse", "squared"),
      ("epochzero: 1\nmodel: {layers: [{kind: Conv▮2D}]}\n", "Conv2D", "height and width"),
      ("epochzero: 1\nmodel: {layers: [Fla▮tten]}\n", "Flatten", "all axes"),
      ("epochzero: 1\nmodel: {layers: [{kind: dense, activation: swi▮sh}]}\n", "swish", "sigmoid"),
      ("epochzero: 1\nmodel: {layers: [{kind: dense, init: xav▮ier}]}\n", "xavier", "Glorot"),
    ]
  )
  func `says what a word means, in whichever spelling`(text: String, word: String, summary: String) throws {
    let value = try #require(try guide(text)?.value)
    #expect(value.word == word)
    #expect(value.summary?.contains(summary) == true)
  }

  @Test func `says what names of the file are`() throws {
    #expect(
      try keyGuide("epochzero: 1\ndata: {columns: {ag▮e: {mean: 3}}}\n").summary == "what is known of the column age"
    )
    #expect(try keyGuide("epochzero: 1\noutputs: {pri▮ce: {loss: mse}}\n").summary == "what holds for the output price")
    #expect(try guide("epochzero: 1\ntask: re▮gresion\n")?.value == nil)
  }

  @Test func `says nothing of keys and mappings that it does not know`() throws {
    #expect(try guide("epochzero: 1\nmine: {a▮: 1}\n") == nil)
    let unknown = try #require(try guide("epochzero: 1\nmi▮ne: 1\n"))
    #expect(unknown.key == nil)
    #expect(try guide("epochzero: 1\nmine: ▮1\n") == nil)
  }

  @Test func `gives the title of what is around`() throws {
    #expect(
      try guide("epochzero: 1\nmodel: {layers: [{kind: dense, name: head, uni▮ts: 1}]}\n")?.title == "layer head, dense"
    )
    #expect(try guide("epochzero: 1\nmodel: {layers: [{kind: dense, uni▮ts: 1}]}\n")?.title == "layer dense")
  }

  /// Every key that the lowering reads is found in its sources, so that a new one without a guide fails here.
  @Test func `every key that is read has a guide`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Dialects/Native")
    let tables = try String(contentsOf: root.appending(path: "NativeGuide+Tables.swift"), encoding: .utf8)
    let known = Set(tables.matches(of: /(?m)^ +(\w+)(?:=\w*)?(?: [>!] \w+)?(?: \||$)/).map { String($0.1) })
    var count = 0
    for file in ["NativeLowering", "NativeLayerKeys", "NativeSections", "NativeOutputs", "NativeGraph"] {
      let text = try String(contentsOf: root.appending(path: "\(file).swift"), encoding: .utf8)
      let calls = text.matches(
        of:
          /(?:from: |[rR]ead\(\w+\.self, |value\(|member\(|nested\(|readActivation\(|readTarget\()"(\w+)"(?:, "(\w+)")?/
      )
      for match in calls {
        for key in [match.1, match.2].compactMap(\.self) {
          count += 1
          #expect(known.contains(String(key)), "\(key) in \(file)")
        }
      }
    }
    #expect(count > 120)
  }

  @Test func `every layer kind has keys that its lowering takes`() {
    for kind in LayerKind.allCases {
      let text = "epochzero: 1\nmodel:\n  layers:\n    - {kind: \(kind.rawValue), ▮}\n"
      guard let guide = try? guideToWrite(text) else {
        Issue.record("\(kind)")
        continue
      }
      for key in guide.keys {
        #expect(!key.summary.isEmpty, "\(key.name)")
        #expect(key.absent != nil, "\(key.name)")
        let experiment = lowerNative(
          "epochzero: 1\nmodel: {layers: [{kind: \(kind.rawValue), \(key.name): null}]}\n"
        )
        #expect(!experiment.problems.contains { $0.kind == .unknownKey }, "\(key.name) of \(kind)")
      }
    }
  }
}
