import ConfigSyntax
import Experiment
import SourceText

/// Reads models: lists of layers, and graphs of them.
extension KerasElementReader {
  /// Returns the plan of a model's mapping with class and config.
  mutating func plan(_ model: SyntaxNode) -> KerasPlan {
    let config = generation == .zero ? model : model["config"] ?? model
    let nodes = (config.kind == .sequence ? config : config["layers"])?.elements ?? []
    var plan = KerasPlan()
    plan.elements.reserveCapacity(nodes.count + 1)
    // Of each entry only what the graph is made from is kept: a copy of it counts the references of all its nodes.
    var names: [String?] = []
    var inboundNodes: [SyntaxNode?] = []
    names.reserveCapacity(nodes.count)
    inboundNodes.reserveCapacity(nodes.count)
    for (position, node) in nodes.enumerated() {
      let entry = KerasEntry(node, generation)
      plan.elements.append(
        element(entry, fallbackName: Self.fallbackName(entry.classNode, position), isFirst: position == 0)
      )
      names.append(entry.name?.string)
      inboundNodes.append(entry.inboundNodes)
    }
    if config["input_layers"] != nil || config["output_layers"] != nil
      || inboundNodes.contains(where: { $0?.count ?? 0 > 0 })
    {
      addGraph(config, names, inboundNodes, &plan)
    } else {
      addChain(model, config, &plan)
    }
    return plan
  }

  private static func fallbackName(_ className: SyntaxNode?, _ position: Int) -> String {
    "\(KerasNames.snakeCase(className?.string ?? "layer"))_\(position + 1)"
  }

  // MARK: - Sequential

  private func addChain(_ model: SyntaxNode, _ config: SyntaxNode, _ plan: inout KerasPlan) {
    guard let first = plan.elements.first else { return }
    if !first.isInput {
      // Before Keras 3 the first layer says what it is fed with, and Keras puts an input layer before it.
      let stated = config["build_input_shape"] ?? model["build_config"]?["input_shape"]
      let built = stated.flatMap { node -> Fact<Shape>? in
        let axes = node.elements
        guard !axes.isEmpty, axes.allSatisfy({ $0.isNull || $0.integer != nil }) else { return nil }
        return Fact(Shape(axes.dropFirst().map(\.integer)), .stated(node.location(source: source)))
      }
      let shape = first.impliedInput ?? built
      var facts = Record(location: shape?.origin.location ?? model.location(source: source))
      facts[LayerKeys.inputShapeStated] = shape
      let origin = Origin.inferred(from: "the model's first layer", at: facts.location)
      facts[LayerKeys.className] = Fact("InputLayer", origin)
      plan.elements.insert(KerasElement(name: first.name + "_input", content: .layer(.input, facts)), at: 0)
    }
    plan.inputs = [0]
    for index in plan.elements.indices {
      let inputs = index == 0 ? [] : [KerasPlan.Reference(element: index - 1, node: 0, tensor: 0)]
      plan.steps.append(KerasPlan.Step(element: index, node: 0, inputs: inputs))
    }
    plan.outputs = [(nil, KerasPlan.Reference(element: plan.elements.count - 1, node: 0, tensor: 0))]
  }

  // MARK: - Functional

  private mutating func addGraph(
    _ config: SyntaxNode,
    _ names: [String?],
    _ inboundNodes: [SyntaxNode?],
    _ plan: inout KerasPlan
  ) {
    var indices: [String: Int] = [:]
    indices.reserveCapacity(names.count)
    for (index, name) in names.enumerated() { indices[name ?? plan.elements[index].name] = index }
    var references = KerasReferenceReader(indices: indices)
    var steps: [KerasPlan.Step] = []
    steps.reserveCapacity(names.count)
    for (index, nodes) in inboundNodes.enumerated() {
      let count = nodes?.kind == .sequence ? nodes?.count ?? 0 : 0
      for position in 0..<count {
        guard let node = nodes?[position] else { continue }
        let takesMasks = plan.elements[index].isAttention
        let inputs = references.inputs(of: node, ofAttention: takesMasks)
        steps.append(KerasPlan.Step(element: index, node: position, inputs: inputs))
      }
      if count == 0 { steps.append(KerasPlan.Step(element: index, node: 0, inputs: [])) }
    }
    for missing in references.missing { problems.append(brokenReference(missing, among: indices.keys)) }
    plan.steps = inOrder(steps, plan.elements)
    plan.inputs = references.outputs(of: config["input_layers"]).map(\.reference.element)
    plan.outputs = references.outputs(of: config["output_layers"])
    if plan.inputs.isEmpty { plan.inputs = plan.elements.indices.filter { plan.elements[$0].isInput } }
    if plan.outputs.isEmpty {
      let used = Set(plan.steps.flatMap { $0.inputs.map(\.element) })
      plan.outputs = plan.elements.indices.filter { !used.contains($0) && !plan.elements[$0].isInput }
        .map { (nil, KerasPlan.Reference(element: $0, node: 0, tensor: 0)) }
    }
  }

  /// Returns the steps as they stand in the file where each takes only from earlier ones, as in most files; else nil.
  private func asWritten(_ steps: [KerasPlan.Step], _ elementCount: Int) -> [KerasPlan.Step]? {
    // The applications of a layer stand together.
    var firstStep = Array(repeating: 0, count: elementCount)
    var applications = Array(repeating: 0, count: elementCount)
    for (index, step) in steps.enumerated() {
      if applications[step.element] == 0 { firstStep[step.element] = index }
      applications[step.element] += 1
    }
    var steps = steps
    for index in steps.indices {
      for position in steps[index].inputs.indices {
        let input = steps[index].inputs[position]
        guard applications[input.element] > 0 else { continue }
        // Some versions count applications outside the model too.
        let node = min(max(input.node, 0), applications[input.element] - 1)
        guard firstStep[input.element] + node < index else { return nil }
        if node != input.node { steps[index].inputs[position].node = node }
      }
    }
    return steps
  }

  /// Puts the steps into topological order, that of the file where it is one; steps on a cycle lose their inputs.
  private mutating func inOrder(_ steps: [KerasPlan.Step], _ elements: [KerasElement]) -> [KerasPlan.Step] {
    if let steps = asWritten(steps, elements.count) { return steps }
    var indexOfStep: [[Int]] = Array(repeating: [], count: elements.count)
    for (index, step) in steps.enumerated() { indexOfStep[step.element].append(index) }
    var steps = steps
    var waiting = Array(repeating: 0, count: steps.count)
    var followers: [[Int]] = Array(repeating: [], count: steps.count)
    for index in steps.indices {
      for position in steps[index].inputs.indices {
        let producers = indexOfStep[steps[index].inputs[position].element]
        guard let last = producers.indices.last else { continue }
        // Some versions count applications outside the model too.
        let node = min(max(steps[index].inputs[position].node, 0), last)
        steps[index].inputs[position].node = node
        waiting[index] += 1
        followers[producers[node]].append(index)
      }
    }
    var order: [Int] = []
    order.reserveCapacity(steps.count)
    var isDone = Array(repeating: false, count: steps.count)
    func finish(_ start: Int) {
      var ready = [start]
      while let index = ready.popLast() {
        isDone[index] = true
        order.append(index)
        for follower in followers[index] {
          waiting[follower] -= 1
          // What stands further down the file is reached by its own turn.
          if waiting[follower] == 0, follower < start { ready.append(follower) }
        }
      }
    }
    for index in steps.indices where waiting[index] == 0 && !isDone[index] { finish(index) }
    // A file that lists consumers before producers needs more turns; each finishes at least one step.
    var isStuck = false
    while order.count < steps.count, !isStuck {
      isStuck = true
      for index in steps.indices where waiting[index] == 0 && !isDone[index] {
        finish(index)
        isStuck = false
      }
    }
    let stuck = steps.indices.filter { !isDone[$0] }
    if let first = stuck.first { problems.append(cycle(through: stuck.map { steps[$0].element }, first, elements)) }
    for index in stuck { steps[index].inputs = [] }
    return (order + stuck).map { steps[$0] }
  }

  // MARK: - Problems

  private func brokenReference(_ node: SyntaxNode, among names: some Sequence<String>) -> Problem {
    let name = node.text ?? ""
    return Problem(
      kind: .brokenGraph,
      message: "an input comes from \"\(name)\", which is not a layer of the model",
      location: node.location(source: source),
      help: Spelling.nearest(to: name, among: names).map { "did you mean \"\($0)\"?" }
    )
  }

  private func cycle(through stuck: [Int], _ first: Int, _ elements: [KerasElement]) -> Problem {
    let names = stuck.prefix(4).map { "\"\(elements[$0].name)\"" }.joined(separator: ", ")
    var location: SourceLocation?
    if let element = stuck.first, case .layer(_, let facts) = elements[element].content { location = facts.location }
    return Problem(
      kind: .brokenGraph,
      message: "the graph has a cycle: \(names)\(stuck.count > 4 ? " and others" : "") wait for each other's output",
      location: location
    )
  }
}

extension KerasElement {
  /// Whether it takes query, value and key, which are told apart by name.
  fileprivate var isAttention: Bool {
    if case .layer(.multiHeadAttention, _) = content { return true }
    if case .layer(.groupedQueryAttention, _) = content { return true }
    return false
  }
}
