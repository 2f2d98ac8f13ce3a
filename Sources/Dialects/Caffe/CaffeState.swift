import ConfigSyntax

/// The state of a net, by which layers are in it or left out: phase, level and stages.
///
/// As `Net::FilterNet` and `StateMeetsRule` in `src/caffe/net.cpp`. A training net's phase is `TRAIN` unless the net's own `state` says
/// otherwise (`Solver::InitTrainNet` in `src/caffe/solver.cpp`).
struct CaffeState {
  var phase = "TRAIN"
  private var level = 0
  private var stages: Set<String> = []

  /// Makes the state of a training net.
  init(net: SyntaxNode, trainState: SyntaxNode?) {
    for state in [net["state"], trainState].compactMap(\.self) {
      phase = Self.phase(of: state) ?? phase
      level = state["level"]?.integer ?? level
      stages.formUnion(state.values(of: "stage").compactMap(\.text))
    }
  }

  /// Whether a layer is in the net.
  func includes(_ layer: SyntaxNode) -> Bool {
    let included = layer.values(of: "include")
    if !included.isEmpty { return included.contains(where: meets) }
    return !layer.values(of: "exclude").contains(where: meets)
  }

  /// Whether a layer is in the net that tests, whatever the stages are.
  static func isInTest(_ layer: SyntaxNode) -> Bool {
    let included = layer.values(of: "include")
    if !included.isEmpty { return included.contains { phase(of: $0) != "TRAIN" } }
    return !layer.values(of: "exclude").contains { phase(of: $0) == "TEST" }
  }

  private func meets(_ rule: SyntaxNode) -> Bool {
    if let phase = Self.phase(of: rule), phase != self.phase { return false }
    if let minimum = rule["min_level"]?.integer, level < minimum { return false }
    if let maximum = rule["max_level"]?.integer, level > maximum { return false }
    return rule.values(of: "stage").compactMap(\.text).allSatisfy(stages.contains)
      && !rule.values(of: "not_stage").compactMap(\.text).contains(where: stages.contains)
  }

  private static func phase(of rule: SyntaxNode) -> String? {
    guard let node = rule["phase"] else { return nil }
    return ["TRAIN", "TEST"].first { $0 == node.text }
      ?? (node.integer == 1 ? "TEST" : node.integer == 0 ? "TRAIN" : nil)
  }
}
