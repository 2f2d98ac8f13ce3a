import BundledRules
import ConfigSyntax
import Dialects
import DryRunMessages
import Experiment
import Foundation
import Linting
import Rules
import SourceText
import Testing

/// What is written and read again is what it was, places in files aside.
struct RoundTripTests {
  @Test func `keeps every member of a job`() throws {
    let job = MessageSamples.job
    let read = try DryRunJob(json: job.json)
    #expect(Contents(read.written) == Contents(job.written))
    #expect(try Contents(#require(read.changed)) == Contents(#require(job.changed)))
    #expect(read.probe == job.probe)
    #expect(read.rows == job.rows)
    #expect(read.budget == job.budget)
    #expect(read.seed == job.seed)
    // Values that equality does not tell apart.
    #expect(read.json == job.json)
  }

  @Test func `keeps every member of a report`() throws {
    let report = MessageSamples.report
    let read = try DryRunReport(json: report.json)
    #expect(read.json == report.json)
    #expect(read.withoutNaN == report.withoutNaN)
  }

  @Test(arguments: [
    Verdict.confirmed, .refuted, .inconclusive(""), .notRunnable("no kernel for \"x\""), .trained,
  ])
  func `keeps verdicts`(verdict: Verdict) throws {
    #expect(try DryRunReport(json: DryRunReport(verdict: verdict).json).verdict == verdict)
  }

  @Test func `keeps progress`() throws {
    let progress = DryRunProgress(share: 0.25, activity: "seed 2 of 3 to 9")
    #expect(try DryRunProgress(json: progress.json) == progress)
  }

  @Test func `keeps the experiments of all examples`() throws {
    var count = 0
    for text in try Self.examples() {
      for experiment in lowered(text) {
        let read = try Experiment(json: experiment.json)
        try #require(Contents(read) == Contents(experiment), "\(text.prefix(300))")
        try #require(read.json == experiment.json, "\(text.prefix(300))")
        count += 1
      }
    }
    #expect(count > 500)
  }

  // MARK: - Private

  /// The texts in the bundled rules, and the files of `examples/`.
  private static func examples() throws -> [String] {
    let rules = RuleSet(loading: BundledRules.files, for: .describing).rules
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../examples").standardized
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    let texts = try files.compactMap { $0 as? URL }.filter { ["json", "yaml"].contains($0.pathExtension) }.map {
      try String(contentsOf: $0, encoding: .utf8)
    }
    return rules.flatMap(\.examples).map { MarkedText($0.text).text } + texts
  }

  private func lowered(_ text: String) -> [Experiment] {
    let format: ConfigFormat = text.first { !$0.isWhitespace } == "{" ? .json : .yaml
    return parse(SourceText(name: "example", text: text), as: format).documents.flatMap { document in
      DialectSet.bundled.recognize(document)?.lower(document, in: LoweringContext()) ?? []
    }
  }
}

extension DryRunReport {
  /// The report without the values that are not equal to themselves.
  fileprivate var withoutNaN: DryRunReport {
    var report = self
    for index in report.written?.runs.indices ?? 0..<0 {
      report.written?.runs[index].heldOut[0].y = 0
      report.written?.runs[index].probes.layers[0].lastGradientNorm = 0
    }
    return report
  }
}

/// What a message keeps of an experiment.
private struct Contents: Equatable {
  var dialect: String
  var records: [Record]
  var layers: [Layer]
  var outputs: [Output]
  var problems: [Problem]

  init(_ experiment: Experiment) {
    dialect = experiment.dialect
    records = ([experiment.about, experiment.training, experiment.data] + experiment.inputs).map(\.withoutPlaces)
    layers = experiment.layers.map { layer in
      var layer = layer
      layer.facts = layer.facts.withoutPlaces
      return layer
    }
    outputs = experiment.outputs.map { Output(facts: $0.facts.withoutPlaces, layer: $0.layer) }
    problems = experiment.problems.map { Problem(kind: $0.kind, message: $0.message, location: nil) }
  }
}

extension Record {
  fileprivate var withoutPlaces: Record {
    var record = Record()
    for entry in entries {
      record[name: entry.name] = Fact(entry.fact.value.withoutPlaces, .inferred(from: "the job", at: nil))
    }
    return record
  }
}

extension FactValue {
  fileprivate var withoutPlaces: FactValue {
    switch self {
    case .record(let record): .record(record.withoutPlaces)
    case .list(let elements): .list(elements.map(\.withoutPlaces))
    // NaN is not equal to itself.
    case .number(let number) where number.isNaN: .text("not a number")
    default: self
    }
  }
}
