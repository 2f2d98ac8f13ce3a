extension Experiment {
  /// Adds the shapes, parameter counts and fans of the layers, and the parameter count of the whole.
  ///
  /// A layer that cannot be built on its inputs becomes a problem; its output is unknown and the rest is still checked.
  mutating func inferShapes() {
    var forms: [LayerForm?] = []
    forms.reserveCapacity(layers.count)
    var known = KnownForms()
    var shapes = KnownShapeValue()
    var namedClasses: Set<String> = []
    var total: Int? = 0
    for index in layers.indices {
      if layers[index].kind == .unknown { noteUnknownClass(of: layers[index], named: &namedClasses) }
      let form = form(ofLayer: index, after: forms, &known)
      forms.append(form)
      setShapeFacts(ofLayer: index, form, after: forms, &shapes)
      total = Bounded.sum([total, layers[index].facts.value(LayerKeys.parameters)])
    }
    if !layers.isEmpty {
      about.setIfUnknown(ExperimentKeys.parameters, total, .inferred(from: "the layers", at: nil))
    }
  }

  // MARK: - Private

  /// Builds one layer; a failure becomes a problem and nil.
  private mutating func form(
    ofLayer index: Int,
    after forms: [LayerForm?],
    _ known: inout KnownForms
  ) -> LayerForm? {
    let layer = layers[index]
    let inputs = inputShapes(of: layer, forms)
    do {
      let form: LayerForm
      if let found = known.form(of: layer, inputs) {
        form = found
      } else {
        form = try build(layer, inputs)
        known.keep(form, of: layer, inputs)
      }
      if let shared = layer.sharesWeightsWith, forms.indices.contains(shared) {
        try checkSharing(layer, form, with: forms[shared], inputs)
      }
      return form
    } catch {
      problems.append(problem(error, ofLayer: index))
      return nil
    }
  }

  /// Builds a layer by itself, whatever weights it shares.
  private func build(_ layer: Layer, _ inputs: [Shape?]) throws(LayerFailure) -> LayerForm {
    var form = try buildForEachStep(layer, inputs)
    if layer.facts.value(LayerKeys.spectralNormalization) == true {
      form.parameters = Bounded.sum([form.parameters, form.kernelWidth])
    }
    return form
  }

  /// Builds a layer, for one step of a sequence where it is applied to each by itself.
  private func buildForEachStep(_ layer: Layer, _ inputs: [Shape?]) throws(LayerFailure) -> LayerForm {
    let whole = LayerContext(facts: layer.facts, inputs: inputs, producers: layer.inputs, layers: layers)
    let definition = layer.kind.definition
    guard layer.facts.value(LayerKeys.timeDistributed) == true else { return try definition.build(whole) }
    if let input = inputs.first ?? nil, input.rank == 0 {
      throw .mismatch("is applied to each step of a sequence, but \(whole.words())", input: 0)
    }
    let step = inputs.map { $0.map { Shape(Array($0.axes.dropFirst())) } }
    var form = try definition.build(
      LayerContext(facts: layer.facts, inputs: step, producers: layer.inputs, layers: layers)
    )
    let steps = inputs.first?.flatMap(\.axes.first) ?? nil
    form.outputs = form.outputs.map { $0.map { Shape([steps] + $0.axes) } }
    return form
  }

  private func inputShapes(of layer: Layer, _ forms: [LayerForm?]) -> [Shape?] {
    layer.inputs.indices.map { inputShape($0, of: layer, forms) }
  }

  private func inputShape(_ position: Int, of layer: Layer, _ forms: [LayerForm?]) -> Shape? {
    guard layer.inputs.indices.contains(position), forms.indices.contains(layer.inputs[position]),
      let outputs = forms[layer.inputs[position]]?.outputs
    else { return nil }
    let slot = position < layer.inputSlots.count ? layer.inputSlots[position] : 0
    return outputs.indices.contains(slot) ? outputs[slot] : nil
  }

  /// Checks that the weights made for the first application of a layer fit this one.
  private func checkSharing(
    _ layer: Layer,
    _ form: LayerForm,
    with first: LayerForm?,
    _ inputs: [Shape?]
  ) throws(LayerFailure) {
    guard let count = form.parameters, let firstCount = first?.parameters, count != firstCount else { return }
    let gets = (inputs.first ?? nil).map { ", and cannot take \($0)" } ?? ""
    throw .mismatch("shares its weights with its first use, where it has \(firstCount) of them\(gets)", input: 0)
  }

  private mutating func setShapeFacts(
    ofLayer index: Int,
    _ form: LayerForm?,
    after forms: [LayerForm?],
    _ shapes: inout KnownShapeValue
  ) {
    // Nothing here may hold the layer while its facts are set, or each time all of them would be copied.
    let location = layers[index].facts.location
    let isShared = layers[index].sharesWeightsWith != nil
    let before = Origin.inferred(from: "the layers before it", at: location)
    let settings = Origin.inferred(from: "its settings and its input", at: location)
    let input = inputShape(0, of: layers[index], forms)
    layers[index].facts.setIfUnknown(LayerKeys.inputShape, input.map { shapes.value(of: $0) }, before)
    guard let form else { return }
    let output = form.outputs.first ?? nil
    layers[index].facts.setIfUnknown(LayerKeys.outputShape, output.map { shapes.value(of: $0) }, settings)
    if isShared {
      let shared = Origin.inferred(from: "weights that are counted where the layer is first used", at: location)
      layers[index].facts.setIfUnknown(LayerKeys.parameters, 0, shared)
    } else {
      layers[index].facts.setIfUnknown(LayerKeys.parameters, form.parameters, settings)
    }
    layers[index].facts.setIfUnknown(LayerKeys.fanIn, form.fans.fanIn, settings)
    layers[index].facts.setIfUnknown(LayerKeys.fanOut, form.fans.fanOut, settings)
  }

  // MARK: - Problems

  private func problem(_ failure: LayerFailure, ofLayer index: Int) -> Problem {
    let layer = layers[index]
    let blamed = failure.key.flatMap { layer.facts[name: $0]?.origin.location }
    var problem = Problem(
      kind: failure.kind,
      message: "layer \"\(layer.name)\" \(failure.predicate)",
      location: blamed ?? layer.facts.location,
      help: MismatchHelp(layers: layers).text(for: failure, ofLayer: index)
    )
    if let input = failure.input, layer.inputs.indices.contains(input), layers.indices.contains(layer.inputs[input]) {
      let producer = layers[layer.inputs[input]]
      if let location = producer.facts.location {
        problem.related = [Related(message: "\"\(producer.name)\" is here", location: location)]
      }
    }
    return problem
  }

  private mutating func noteUnknownClass(of layer: Layer, named: inout Set<String>) {
    guard let name = layer.facts[LayerKeys.className], named.insert(name.value).inserted else { return }
    problems.append(
      Problem(
        kind: .unknownLayer,
        message: "layer class \"\(name.value)\" is not known here, so what it gives is unknown",
        location: name.origin.location ?? layer.facts.location
      )
    )
  }
}
