import ConfigSyntax
import Dialects
import Experiment
import SourceText

extension ConfigReader {
  /// Reads a file down to derived experiments: those that it is a part of by the settings, else its own.
  ///
  /// - Throws: When the file cannot be opened. A file that no dialect knows has no experiments.
  package func experiments(in input: LintInput, under settings: ReadingSettings) throws(FileError) -> ReadFile {
    let joined = settings.experiments
    guard !joined.isEmpty else { return try experiments(in: input, alone: settings) }
    let path = absolute(input.path)
    var lowered: [LoweredExperiment] = []
    var own: ConfigFile?
    for experiment in joined {
      var joining = Joining(experiment, reader: self, settings)
      for member in experiment.members {
        joining.add(member, as: absolute(member.path) == path ? input : nil)
      }
      guard let result = joining.finish() else { continue }
      lowered.append(result)
      own = own ?? joining.parts.first { absolute($0.path) == path }?.file
    }
    if let own { return ReadFile(file: own, experiments: lowered) }
    // A file that could not be joined is still linted by itself.
    var read = try experiments(in: input, alone: settings)
    read.experiments += lowered
    return read
  }

  private func absolute(_ path: String) -> String {
    FilePath.normalized(FilePath.join(fileSystem.workingFolder, path))
  }
}

/// The joining of one experiment's files.
private struct Joining {
  /// A file that is a part of the experiment.
  struct Part {
    var path: String
    var range: TextRange
    var file: ConfigFile
    var files: ReferencedFiles
    var part: ExperimentJoin.Part
  }

  private let experiment: SettingsExperiment
  private let reader: ConfigReader
  private let settings: ReadingSettings
  private(set) var parts: [Part] = []
  /// What is wrong with the files; the source is set once the experiment has its own.
  private var problems: [Problem] = []

  init(_ experiment: SettingsExperiment, reader: ConfigReader, _ settings: ReadingSettings) {
    self.experiment = experiment
    self.reader = reader
    self.settings = settings
  }

  /// Reads a file; what the linted one holds is at hand.
  mutating func add(_ member: SettingsExperiment.Member, as linted: LintInput?) {
    let name = FilePath.shown(member.path, workingFolder: reader.fileSystem.workingFolder)
    let input = linted ?? LintInput(name: name, path: member.path, isNamed: false)
    do throws(FileError) {
      let file = try reader.read(input)
      let files = ReferencedFiles(of: file, at: input.path, reader: reader, versions: settings.versions)
      let known = file.tree.documents.compactMap { document in
        settings.dialects.recognize(document).map { dialect in
          ExperimentJoin.Part(document: document, dialect: dialect, context: files.context)
        }
      }
      guard let part = known.first else {
        return note(.invalidValue, "\"\(name)\" is no config that is known here", at: member.range)
      }
      guard known.count == 1 else {
        return note(
          .invalidValue,
          "\"\(name)\" holds \(known.count) experiments, which cannot be joined with other files",
          at: member.range,
          help: "give each a file of its own"
        )
      }
      parts.append(Part(path: input.path, range: member.range, file: file, files: files, part: part))
    } catch {
      note(.missingFile, "\"\(name)\" cannot be read: \(error.message)", at: member.range)
    }
  }

  /// Returns the experiment that the files describe together; nil where none of them could be read.
  mutating func finish() -> LoweredExperiment? {
    let join = ExperimentJoin(parts.map(\.part))
    guard var joined = join.experiment else { return nil }
    for index in join.leftOut {
      guard let model = join.model else { continue }
      let range = parts[model].range
      note(
        .invalidValue,
        "\(name(of: index)) and \(name(of: model)) both describe a model, and an experiment has one",
        at: parts[index].range,
        help: "list files that say different things: a model file and an experiment file without \"model\"",
        related: Related(message: "the other model", location: place(range))
      )
    }
    parts = parts.indices.filter { !join.leftOut.contains($0) }.map { parts[$0] }
    joined.about.setIfUnknown(ExperimentKeys.name, experiment.name.isEmpty ? nil : experiment.name, .settings)
    let stated = reader.keepsStated ? joined : nil
    joined.derive()
    var files = joined.sources.map { source in
      parts.lazy.compactMap { $0.files.file(of: source) }.first ?? experiment.file
    }
    joined.addSyntaxProblems(of: files)
    if !problems.isEmpty {
      let source = joined.sources.count
      joined.sources.append(experiment.file.source)
      files.append(experiment.file)
      joined.problems += problems.map { $0.moved(to: source) }
    }
    return LoweredExperiment(experiment: joined, stated: stated, dialect: join.dialect, files: files)
  }

  // MARK: - Private

  private func name(of index: Int) -> String {
    "\"\(FilePath.shown(parts[index].path, workingFolder: reader.fileSystem.workingFolder))\""
  }

  private func place(_ range: TextRange) -> SourceLocation { SourceLocation(source: 0, range: range) }

  private mutating func note(
    _ kind: Problem.Kind,
    _ message: String,
    at range: TextRange,
    help: String? = nil,
    related: Related? = nil
  ) {
    problems.append(
      Problem(
        kind: kind,
        message: "experiment \"\(experiment.name)\": \(message)",
        location: place(range),
        help: help,
        related: related.map { [$0] } ?? []
      )
    )
  }
}

extension Origin {
  /// What the settings say of an experiment is no part of its files.
  fileprivate static let settings = Origin.inferred(from: "the settings", at: nil)
}

extension Problem {
  /// The problem with its places in another source.
  fileprivate func moved(to source: Int) -> Problem {
    var problem = self
    problem.location?.source = source
    problem.related = related.map {
      Related(message: $0.message, location: SourceLocation(source: source, range: $0.location.range))
    }
    return problem
  }
}
