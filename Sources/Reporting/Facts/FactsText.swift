import Experiment
import SourceText
package import Linting

/// The effective experiment for people: every fact, its value, and where it comes from.
package enum FactsText {
  /// Returns the facts of the experiments, a block for each thing.
  package static func render(_ experiments: [LoweredExperiment], style: TextStyle) -> String {
    var text = ""
    for lowered in experiments {
      let experiment = lowered.experiment
      let sources = experiment.sources.map(\.name.printable).joined(separator: ", ")
      text += style.apply(.bold, to: sources) + " (\(experiment.dialect))\n"
      for section in experiment.factSections() { text += render(section, of: experiment, style) }
      if !experiment.problems.isEmpty { text += "\n" + style.apply(.blue, to: "problems") + "\n" }
      for problem in experiment.problems {
        let place = problem.location.map { experiment.placeName(of: $0) + ": " } ?? ""
        text += "  \(place.printable)\(problem.message.printable) [\(problem.kind.rawValue)]\n"
      }
      text += "\n"
    }
    return text
  }

  private static func render(_ section: FactSection, of experiment: Experiment, _ style: TextStyle) -> String {
    var heading = section.path.description
    if let name = section.name { heading += " \"\(name.printable)\"" }
    var text = "\n" + style.apply(.blue, to: heading)
    if let layer = section.layer {
      text += " \(layer.kind.rawValue)"
      if !layer.inputs.isEmpty {
        let names = layer.inputs.map { "layers[\($0 + 1)]" }.joined(separator: ", ")
        text += style.apply(.faint, to: " takes \(names)")
      }
      if let first = layer.sharesWeightsWith {
        text += style.apply(.faint, to: ", shares the weights of layers[\(first + 1)]")
      }
    }
    text += "\n"
    let rows = section.facts.map { fact in
      let path = (fact.record.nested + [fact.key]).joined(separator: ".")
      return (path, fact.value.description.printable, experiment.description(of: fact.origin).printable)
    }
    let pathWidth = rows.map(\.0.columnCount).max() ?? 0
    // A long list or text must not push the origins of all other facts to the right.
    let valueWidth = min(rows.map(\.1.columnCount).max() ?? 0, 24)
    for (path, value, origin) in rows {
      let origin = style.apply(.faint, to: origin)
      text += "  \(path.padded(to: pathWidth))  \(value.padded(to: valueWidth))  \(origin)\n"
    }
    return text
  }
}
