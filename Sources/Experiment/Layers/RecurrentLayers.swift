/// A recurrent layer with dense cells.
struct RecurrentDefinition: LayerDefinition {
  /// How many matrices the cell has: 1, or one for each gate and the candidate.
  let gates: Int
  /// How many states are carried from step to step.
  let states: Int

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let units = try context.size(LayerKeys.units)
    let width = Bounded.product([units, gates])
    guard let input = try context.input(rank: 2, axes: "steps, features") else {
      return LayerForm(nil, kernel: [nil, width], others: nil)
    }
    let hasTwoBiases =
      context.facts.value(LayerKeys.resetAfter) == true || context.facts.value(LayerKeys.doubleBias) == true
    let bias = context.useBias ? Bounded.product([width, hasTwoBiases ? 2 : 1]) : 0
    var form = LayerForm(
      Shape(context.facts.value(LayerKeys.returnSequences) == true ? [input.axes[0], units] : [units]),
      kernel: [input.axes[1], width],
      others: Bounded.sum([Bounded.product([units, width]), bias])
    )
    if context.facts.value(LayerKeys.returnState) == true {
      form.outputs += Array(repeating: Shape([units]), count: states)
    }
    return bothDirections(form, context)
  }
}

/// A recurrent layer whose cells are convolutions.
struct ConvolutionalRecurrentDefinition: LayerDefinition {
  let rank: Int

  func build(_ context: LayerContext) throws(LayerFailure) -> LayerForm {
    let window = try SlidingWindow(context, rank: rank, size: LayerKeys.kernelSize)
    let filters = try context.size(LayerKeys.filters)
    let width = Bounded.product([filters, 4])
    guard let input = context.input else {
      return LayerForm(nil, kernel: window.kernel + [nil, width], others: nil)
    }
    guard input.rank == rank + 2 else {
      throw .mismatch("needs an input with \(rank + 2) axes, steps first, but \(context.words())", input: 0)
    }
    let field = LayerContext.Field(Shape(Array(input.axes.dropFirst())), channelsLast: context.channelsLast)
    let step = field.with(spatial: try window.output(of: field.spatial, context), channels: filters)
    let recurrent = Bounded.product(window.kernel + [filters, width])
    var form = LayerForm(
      context.facts.value(LayerKeys.returnSequences) == true ? Shape([input.axes[0]] + step.axes) : step,
      kernel: window.kernel + [field.channels, width],
      others: Bounded.sum([recurrent, context.useBias ? width : 0])
    )
    if context.facts.value(LayerKeys.returnState) == true { form.outputs += [step, step] }
    return bothDirections(form, context)
  }
}

/// Returns the form of a recurrent layer, doubled when it runs in both directions.
private func bothDirections(_ form: LayerForm, _ context: LayerContext) -> LayerForm {
  guard context.facts.value(LayerKeys.bidirectional) == true else { return form }
  var form = form
  form.parameters = Bounded.product([form.parameters, 2])
  let output = form.outputs[0]
  let states = form.outputs.dropFirst()
  switch context.facts.value(LayerKeys.mergeMode) {
  case "none": form.outputs = [output, output]
  case "sum", "mul", "ave": form.outputs = [output]
  case "concat", nil:
    form.outputs = [output.map { Shape($0.axes.dropLast() + [Bounded.product([$0.axes.last ?? nil, 2])]) }]
  default: form.outputs = [nil]
  }
  form.outputs += states + states
  return form
}
