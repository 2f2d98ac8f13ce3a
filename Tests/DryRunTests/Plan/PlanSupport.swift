import DryRun
import DryRunMessages
import Experiment
import Linting
import Testing

/// Reads the experiments of a file of the repository as they are stated, not derived.
func statedExperiments(in path: String) throws -> [Experiment] {
  let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  let full = "/\(root)/\(path)"
  var reader = ConfigReader(DiskFileSystem())
  reader.keepsStated = true
  let read = try reader.experiments(in: LintInput(name: path, path: full, isNamed: true))
  return read.experiments.compactMap(\.stated)
}

/// Reads the first experiment of a native text as it is stated, not derived.
func statedExperiment(_ text: String) throws -> Experiment {
  let input = LintInput(name: "experiment.yaml", path: "experiment.yaml", isNamed: true, content: Array(text.utf8))
  var reader = ConfigReader(MemoryFileSystem())
  reader.keepsStated = true
  let read = try reader.experiments(in: input)
  return try #require(read.experiments.first?.stated)
}
