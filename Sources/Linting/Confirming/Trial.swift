import Dialects
package import Experiment
import Rules
import SourceText

/// What puts a finding to the test: a change of the experiment that it was found in.
package struct Trial: Sendable {
  /// The experiment; the same object for all its findings.
  let subject: TrialSubject
  package let edits: [ExperimentEdit]
  /// What explains the finding in a dry run.
  package let probe: Probe?

  /// How the settings of its file want it trained.
  package var settings: DryRunSettings { subject.settings.dryRun }

  /// Returns nil where no change would test the finding.
  init?(of finding: Finding, in subject: TrialSubject) {
    guard finding.canConfirm else { return nil }
    self.subject = subject
    edits = finding.trial
    probe = finding.probe
  }
}

/// An experiment whose findings may be put to the test, with all that is needed to read it anew after a change.
final class TrialSubject: Sendable {
  /// The experiment as it is written, not derived.
  let stated: Experiment
  /// What holds for its file.
  let settings: FileSettings
  private let lowered: LoweredExperiment
  /// Which experiment of the file it is.
  private let index: Int
  private let input: LintInput
  private let reading: ReadingSettings
  private let reader: ConfigReader

  /// Returns nil for an experiment whose stated form was not kept.
  init?(
    _ lowered: LoweredExperiment,
    at index: Int,
    of input: LintInput,
    under reading: ReadingSettings,
    _ reader: ConfigReader,
    settings: FileSettings
  ) {
    guard let stated = lowered.stated else { return nil }
    self.stated = stated
    self.lowered = lowered
    self.index = index
    self.input = input
    self.reading = reading
    self.reader = reader
    self.settings = settings
  }
}

extension TrialSubject {
  /// The path of the rows that the experiment names; nil where it names none.
  var rows: String? { lowered.rows(of: input, in: reader.fileSystem) }

  /// Returns the experiment with a change, not derived; nil where it cannot be made.
  ///
  /// Where the files can say the change they are edited in memory and read anew, so that what is trained is what `--fix` or
  /// the user would make of them. Else the facts are set in what was read.
  func changed(by edits: [ExperimentEdit]) -> Experiment? {
    reread(after: edits) ?? stated.applying(edits)
  }

  // MARK: - Private

  private func reread(after edits: [ExperimentEdit]) -> Experiment? {
    let trees = lowered.files.map(\.tree)
    guard let made = lowered.dialect?.textEdits(for: edits, in: lowered.experiment, trees: trees), !made.isEmpty else {
      return nil
    }
    let files = EditedFiles(over: reader.fileSystem)
    var input = input
    for (source, group) in Dictionary(grouping: made, by: \.source) {
      let file = lowered.files[source]
      guard let path = file.editablePath, let bytes = file.source.applying(group.map(\.edit)) else { return nil }
      if input.content != nil, file.source.name == input.name {
        input.content = bytes
      } else {
        files[FilePath.shown(path, workingFolder: reader.fileSystem.workingFolder)] = bytes
      }
    }
    var reader = ConfigReader(files)
    reader.keepsStated = true
    guard let read = try? reader.experiments(in: input, under: reading), read.experiments.indices.contains(index) else {
      return nil
    }
    let result = read.experiments[index]
    // What the file cannot say right, such as a kind of layer without the keys of the old one, is told by a new problem.
    guard result.experiment.problems.count <= lowered.experiment.problems.count else { return nil }
    return result.stated
  }
}

extension LoweredExperiment {
  /// The path of the rows that the experiment names; nil where it names none.
  package func rows(of input: LintInput, in fileSystem: any FileSystem) -> String? {
    guard let sample = (stated ?? experiment).data[DataKeys.sample] else { return nil }
    guard let source = sample.origin.location?.source, files.indices.contains(source) else { return sample.value }
    let file = files[source].editablePath ?? input.path
    return FilePath.join(fileSystem.workingFolder, FilePath.join(FilePath.folder(of: file), sample.value))
  }
}
