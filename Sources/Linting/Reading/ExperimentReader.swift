import ConfigSyntax
package import Dialects
package import Experiment
import SourceText

/// An experiment with what belongs to it outside the IR.
package struct LoweredExperiment: Sendable {
  /// The experiment, derived, with the problems of its texts.
  package var experiment: Experiment
  /// The same before anything was derived from it; nil unless the reader keeps it.
  package var stated: Experiment?
  /// The dialect it is written in; nil for a file that no dialect knows.
  package var dialect: (any Dialect)?
  /// The files of ``Experiment/sources``, in step.
  package var files: [ConfigFile]
}

/// What a file holds.
package struct ReadFile: Sendable {
  package var file: ConfigFile
  /// The experiments, one or more for each document that a dialect knows.
  package var experiments: [LoweredExperiment]

  /// Whether some dialect knows a document of the file.
  package var isRecognized: Bool { !experiments.isEmpty }
}

extension ConfigReader {
  /// Reads a file down to derived experiments, whatever experiments it is a part of by the settings.
  ///
  /// - Throws: When the file cannot be opened. A file that no dialect knows has no experiments.
  package func experiments(
    in input: LintInput,
    alone settings: ReadingSettings = ReadingSettings()
  ) throws(FileError) -> ReadFile {
    let file = try read(input)
    let referenced = ReferencedFiles(of: file, at: input.path, reader: self, versions: settings.versions)
    var lowered: [LoweredExperiment] = []
    for document in file.tree.documents {
      guard let dialect = settings.dialects.recognize(document) else { continue }
      var experiments = dialect.lower(document, in: referenced.context)
      if experiments.isEmpty { experiments = [Experiment(dialect: dialect.name, sources: [file.source])] }
      for index in experiments.indices {
        let stated = keepsStated ? experiments[index] : nil
        // In place: of a second copy that is held every layer would be copied when its facts are set.
        experiments[index].derive()
        let files = experiments[index].sources.map { referenced.file(of: $0) ?? file }
        experiments[index].addSyntaxProblems(of: files)
        let experiment = LoweredExperiment(
          experiment: experiments[index],
          stated: stated,
          dialect: dialect,
          files: files
        )
        lowered.append(experiment)
      }
    }
    return ReadFile(file: file, experiments: lowered)
  }
}

extension LoweredExperiment {
  /// Makes an experiment of which nothing is known but what breaks its text.
  ///
  /// Comments in JSON or a key given twice are left out: in a file that is no config they are nobody's business here. So is all of
  /// INI, whose extensions many programs use for texts of their own.
  init(unknown file: ConfigFile) {
    experiment = Experiment(dialect: "unknown", sources: [file.source])
    experiment.addSyntaxProblems(of: [file])
    let isINI = file.tree.format == .ini
    experiment.problems.removeAll { isINI || $0.kind != .invalidSyntax }
    dialect = nil
    files = [file]
  }
}

extension Experiment {
  /// Adds the faults of the texts themselves, so that rules report them like any other problem.
  mutating func addSyntaxProblems(of files: [ConfigFile]) {
    for (index, file) in files.enumerated() where file.source === sources[index] {
      problems += file.tree.problems.map { Problem($0, source: index) }
    }
  }
}

extension Problem {
  fileprivate init(_ problem: SyntaxProblem, source: Int) {
    let kind: Kind =
      switch problem.kind {
      case .invalidSyntax, .invalidEncoding, .limit: .invalidSyntax
      case .lenientSyntax: .lenientSyntax
      case .duplicateKey: .duplicateKey
      }
    self.init(
      kind: kind,
      message: problem.message,
      location: SourceLocation(source: source, range: problem.range),
      related: problem.related.map {
        [
          Related(
            message: problem.kind == .duplicateKey ? "first said here" : "it begins here",
            location: SourceLocation(source: source, range: $0)
          )
        ]
      } ?? []
    )
  }
}
