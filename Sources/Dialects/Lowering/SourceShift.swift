package import Experiment

extension Experiment {
  /// Returns the experiment as it stands behind some files more, or some fewer, in ``Experiment/sources``.
  ///
  /// `sources` itself is left as it is. With a negative shift, places in files that fall away are forgotten: facts that are stated there
  /// become inferred ones without a place.
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

  func callAsFunction(_ location: SourceLocation?) -> SourceLocation? {
    guard let location, location.source + shift >= 0 else { return nil }
    return SourceLocation(source: location.source + shift, range: location.range)
  }

  func callAsFunction(_ record: Record) -> Record {
    var result = Record(location: self(record.location), container: self(record.container))
    for entry in record.entries {
      let value: FactValue =
        if case .record(let nested) = entry.fact.value { .record(self(nested)) } else { entry.fact.value }
      result[name: entry.name] = Fact(value, self(entry.fact.origin))
    }
    return result
  }

  func callAsFunction(_ origin: Origin) -> Origin {
    switch origin {
    case .stated(let location): self(location).map(Origin.stated) ?? .inferred(from: "another file", at: nil)
    case .default: origin
    case .inferred(let basis, let location): .inferred(from: basis, at: self(location))
    }
  }

  func callAsFunction(_ problem: Problem) -> Problem {
    var problem = problem
    problem.location = self(problem.location)
    problem.related = problem.related.compactMap { related in
      self(related.location).map { Related(message: related.message, location: $0) }
    }
    return problem
  }
}
