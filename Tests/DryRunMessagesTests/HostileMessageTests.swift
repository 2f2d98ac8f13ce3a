import DryRunMessages
import Foundation
import Testing

/// What is no message gives an error that names the key.
struct HostileMessageTests {
  /// What may be absent, by the last key of its path.
  private static let optional: Set<String> = [
    "changed", "probe", "rows", "slots", "shares_weights_with", "layer", "judgement", "explanation", "written", "path",
    "initial_loss", "expected_initial_loss", "steps_to_half", "clipped_steps", "global_norm", "unreachable_targets",
    "generalization_gap", "non_finite", "first_gradient_norm", "last_gradient_norm", "update_ratio", "dead_units",
    "saturated_units", "symmetric_units", "first_histogram", "last_histogram",
  ]

  @Test func `names the key that a job lacks`() throws {
    try checkMissing(MessageSamples.job.json) { _ = try DryRunJob(json: $0) }
  }

  @Test func `names the key that a report lacks`() throws {
    try checkMissing(MessageSamples.report.json) { _ = try DryRunReport(json: $0) }
  }

  @Test func `names the key of another type in a job`() throws {
    try checkWrong(MessageSamples.job.json) { _ = try DryRunJob(json: $0) }
  }

  @Test func `names the key of another type in a report`() throws {
    try checkWrong(MessageSamples.report.json) { _ = try DryRunReport(json: $0) }
  }

  @Test(arguments: [
    ("written.layers[0].kind", "\"densely\"", "must be a word that is known here, not \"densely\""),
    ("written.layers[1].inputs[0]", "1", "must be an index below 1"),
    ("written.layers[1].slots", "[0, 0]", "must be as long as \"inputs\""),
    ("written.layers[2].shares_weights_with", "2", "must be an index below 2"),
    ("written.outputs[0].layer", "3", "must be an index below 3"),
    ("written.about.name", "{\"x\": 1}", "must be a value: an object has \"deferred\", \"number\" or \"record\""),
    ("budget.most_seeds", "1", "must be an integer of at least 2"),
    ("budget.seconds", "\"Infinity\"", "must be a number of at least 0.0"),
    ("budget.memory", "0", "must be an integer of at least 1"),
    ("seed", "-1", "must be an integer that is not negative"),
    ("seed", "18446744073709551616", "must be an integer that is not negative"),
    ("probe", "\"gut_feeling\"", "must be a word that is known here, not \"gut_feeling\""),
  ])
  func `says what a value of a job must be`(path: String, value: String, reason: String) throws {
    var tree = try JSONTree(MessageSamples.job.json)
    tree.set(path, to: value)
    let fault = #expect(throws: MessageFault.self) { try DryRunJob(json: tree.text) }
    #expect(fault?.reason == "\"\(path)\" \(reason)")
  }

  @Test(arguments: [
    ("verdict", "\"proven\"", "must be a verdict, not \"proven\""),
    ("judgement.interval", "[2, 1]", "must be two numbers, the lower one first"),
    ("judgement.interval", "[\"NaN\", 1]", "must be two numbers, the lower one first"),
    ("written.runs[0].training[1]", "[1]", "must be two numbers"),
  ])
  func `says what a value of a report must be`(path: String, value: String, reason: String) throws {
    var tree = try JSONTree(MessageSamples.report.json)
    tree.set(path, to: value)
    let fault = #expect(throws: MessageFault.self) { try DryRunReport(json: tree.text) }
    #expect(fault?.reason == "\"\(path)\" \(reason)")
  }

  @Test(arguments: ["", "[]", "1", "null", "{"])
  func `takes no other text`(text: String) {
    #expect(throws: MessageFault.self) { try DryRunJob(json: text) }
    #expect(throws: MessageFault.self) { try DryRunReport(json: text) }
  }

  // MARK: - Private

  private func checkMissing(_ text: String, read: (String) throws -> Void) throws {
    let whole = try JSONTree(text)
    for path in whole.members() where !Self.isFact(path) {
      var tree = whole
      tree.set(path, to: nil)
      do {
        try read(tree.text)
        let last = path.split(separator: ".").last.map(String.init) ?? path
        #expect(Self.optional.contains(last), "\(path) may be left out")
      } catch let fault as MessageFault {
        #expect(fault.reason == "\"\(path)\" is missing")
      }
    }
  }

  private func checkWrong(_ text: String, read: (String) throws -> Void) throws {
    let whole = try JSONTree(text)
    for path in whole.members() where !Self.isFact(path) {
      var refusals = 0
      for value in ["true", "-3", "0.5", "\"\"", "[]", "[null]", "{}"] {
        var tree = whole
        tree.set(path, to: value)
        do {
          try read(tree.text)
        } catch let fault as MessageFault {
          refusals += 1
          // Without layers or inputs, what goes by their number is wrong.
          let isCounted = path.hasSuffix("layers") || path.hasSuffix("inputs")
          #expect(fault.reason.hasPrefix("\"\(path)") || isCounted, "\(fault.reason)")
        }
      }
      #expect(refusals > 3, "\(path) takes what it should not")
    }
  }

  /// Whether a path leads to a fact, whose name and type are free.
  private static func isFact(_ path: String) -> Bool {
    ["about", "inputs[", "training", "data", "facts"].contains { part in
      ["written.", "changed."].contains { path.hasPrefix($0) && !path.contains("runs[") }
        && path.split(separator: ".").dropLast().contains { $0.hasPrefix(part) }
    }
  }
}

/// JSON that tests change.
private struct JSONTree {
  private var root: Any

  init(_ text: String) throws {
    root = try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  var text: String {
    let data = try? JSONSerialization.data(withJSONObject: root, options: .sortedKeys)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The paths of all members of objects, as errors write them.
  func members() -> [String] { Self.members(of: root, "") }

  /// Sets or removes what is at a path.
  mutating func set(_ path: String, to json: String?) {
    let value = json.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed) }
    let steps = path.replacing("[", with: ".[").split(separator: ".").map(String.init)
    root = Self.setting(steps[...], to: value, in: root)
  }

  private static func members(of value: Any, _ path: String) -> [String] {
    if let object = value as? [String: Any] {
      return object.flatMap { key, value in
        let place = path.isEmpty ? key : "\(path).\(key)"
        return [place] + members(of: value, place)
      }
    }
    guard let array = value as? [Any] else { return [] }
    return array.enumerated().flatMap { members(of: $1, "\(path)[\($0)]") }
  }

  private static func setting(_ steps: ArraySlice<String>, to value: Any?, in tree: Any) -> Any {
    guard let step = steps.first else { return value ?? NSNull() }
    if var object = tree as? [String: Any] {
      object[step] = steps.count == 1 ? value : setting(steps.dropFirst(), to: value, in: object[step] ?? NSNull())
      return object
    }
    if var array = tree as? [Any], let index = Int(step.trimmingCharacters(in: ["[", "]"])) {
      array[index] = setting(steps.dropFirst(), to: value, in: array[index])
      return array
    }
    return tree
  }
}
