package import Experiment

extension Experiment {
  /// Returns the experiment with its places moved behind those of more files in ``Experiment/sources``.
  ///
  /// `sources` itself is left as it is.
  package func shiftingSources(by shift: Int) -> Experiment {
    let shift = SourceShift(shift: shift)
    var result = self
    result.about = shift(about)
    result.inputs = inputs.map { shift($0) }
    for index in result.layers.indices { result.layers[index].facts = shift(layers[index].facts) }
    for index in result.outputs.indices { result.outputs[index].facts = shift(outputs[index].facts) }
    result.training = shift(training)
    result.data = shift(data)
    result.problems = problems.map { shift($0) }
    return result
  }
}

private struct SourceShift {
  let shift: Int

  func callAsFunction(_ location: SourceLocation) -> SourceLocation {
    SourceLocation(source: location.source + shift, range: location.range)
  }

  func callAsFunction(_ record: Record) -> Record {
    var result = Record(location: record.location.map { self($0) }, container: record.container.map { self($0) })
    for entry in record.entries {
      let value: FactValue =
        if case .record(let nested) = entry.fact.value { .record(self(nested)) } else { entry.fact.value }
      result[name: entry.name] = Fact(value, self(entry.fact.origin))
    }
    return result
  }

  func callAsFunction(_ origin: Origin) -> Origin {
    switch origin {
    case .stated(let location): .stated(self(location))
    case .default: origin
    case .inferred(let basis, let location): .inferred(from: basis, at: location.map { self($0) })
    }
  }

  func callAsFunction(_ problem: Problem) -> Problem {
    var problem = problem
    problem.location = problem.location.map { self($0) }
    problem.related = problem.related.map { Related(message: $0.message, location: self($0.location)) }
    return problem
  }
}
