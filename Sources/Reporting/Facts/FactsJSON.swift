import Experiment
import JSONText
import SourceText
package import Linting

/// The effective experiment as one JSON object, for programs.
package enum FactsJSON {
  /// Returns the facts of the experiments as text that ends with a line end.
  package static func render(_ experiments: [LoweredExperiment]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", JSONReport.version)
      writer.key("experiments")
      writer.array(of: experiments.map(\.experiment)) { writer, experiment in
        writer.object { writer in
          writer.member("dialect", experiment.dialect)
          writer.key("sources")
          writer.array(of: experiment.sources) { $0.value($1.name) }
          writer.key("records")
          writer.array(of: experiment.factSections()) { $0.section($1, of: experiment) }
          writer.key("problems")
          writer.array(of: experiment.problems) { $0.problem($1, of: experiment) }
        }
      }
    }
    return writer.text + "\n"
  }
}

extension JSONWriter {
  fileprivate mutating func section(_ section: FactSection, of experiment: Experiment) {
    object { writer in
      writer.member("path", section.path.description)
      if let name = section.name { writer.member("name", name) }
      if let layer = section.layer {
        writer.member("kind", layer.kind.rawValue)
        writer.key("inputs")
        writer.array(of: layer.inputs) { $0.value("layers[\($1 + 1)]") }
        if let first = layer.sharesWeightsWith { writer.member("shares_weights_with", "layers[\(first + 1)]") }
      }
      writer.key("facts")
      writer.array(of: section.facts) { writer, fact in
        writer.object { writer in
          writer.member("path", fact.path)
          writer.key("value")
          writer.value(fact.value)
          writer.key("origin")
          writer.origin(fact.origin, of: experiment)
        }
      }
    }
  }

  fileprivate mutating func problem(_ problem: Problem, of experiment: Experiment) {
    object { writer in
      writer.member("kind", problem.kind.rawValue)
      writer.member("message", problem.message)
      writer.member("help", problem.help)
      writer.place(problem.location, of: experiment)
    }
  }

  private mutating func origin(_ origin: Origin, of experiment: Experiment) {
    object { writer in
      switch origin {
      case .stated(let location):
        writer.member("kind", "stated")
        writer.place(location, of: experiment)
      case .default(let source):
        writer.member("kind", "default")
        writer.member("framework", source.framework)
        if let since = source.since { writer.member("since", since) }
        if let note = source.note { writer.member("note", note) }
      case .inferred(let basis, let location):
        writer.member("kind", "inferred")
        writer.member("from", basis)
        writer.place(location, of: experiment)
      }
    }
  }

  private mutating func place(_ location: SourceLocation?, of experiment: Experiment) {
    guard let location, experiment.sources.indices.contains(location.source) else { return }
    let source = experiment.sources[location.source]
    let position = source.displayPosition(at: location.range.start)
    member("file", source.name)
    member("line", position.line)
    member("column", position.column)
  }
}
