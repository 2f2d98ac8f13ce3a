import ConfigSyntax
import Dialects
import Experiment
import SourceText

/// Lowers and derives an experiment file, with the files that it may name.
func lowerNative(_ text: String, as format: ConfigFormat = .yaml, files: [String: String] = [:]) -> Experiment {
  let tree = parse(SourceText(name: "experiment.\(format.rawValue)", text: text), as: format)
  var experiment = NativeDialect().lower(tree.documents[0], in: context(of: files))[0]
  experiment.derive()
  return experiment
}

/// Returns a context that reads files from memory.
func context(of files: [String: String]) -> LoweringContext {
  LoweringContext { path in
    guard let text = files[path] else { return .failed("no such file") }
    return .tree(parse(SourceText(name: path, text: text), as: path.hasSuffix(".json") ? .json : .yaml))
  }
}

/// The text of a place in one of an experiment's sources.
func text(at location: SourceLocation?, in experiment: Experiment) -> String? {
  location.map { experiment.sources[$0.source].text(in: $0.range) }
}
