import Linting
import Reporting
import Rules
import SourceText

extension CheckRun {
  /// What `--add-ignore` was asked for.
  struct IgnoreAddition {
    /// Rules and groups; empty for all.
    var rules: [String]
    var reason: String?
  }

  /// Writes what ignores the present findings, and returns what went wrong.
  func add(
    _ addition: IgnoreAddition,
    _ start: Start,
    in fileSystem: DiskFileSystem
  ) throws(ExitStatus) -> [FileProblem] {
    try requireKnown(addition.rules, start)
    var writer = IgnoreWriter(session: start.session, inputs: start.inputs)
    writer.rules = addition.rules
    writer.reason = addition.reason
    if baselineAction == .use { writer.baseline = try openBaseline(start.settings, in: fileSystem)?.baseline }
    let outcome = writer.plan { settings in
      if case .file = settingsSearch { return fileSystem.workingFolder }
      return FilePath.folder(of: FilePath.normalized(FilePath.join(fileSystem.workingFolder, settings)))
    }
    var problems: [FileProblem] = []
    for change in outcome.changes {
      do throws(FileError) {
        try change.write(to: fileSystem)
      } catch {
        problems.append(FileProblem(file: change.name, message: error.message))
      }
    }
    if !isQuiet { tell(outcome, written: outcome.changes.count - problems.count) }
    return problems
  }

  // MARK: - Private

  private func tell(_ outcome: IgnoreWriter.Outcome, written: Int) {
    let stream = StandardStream.error
    stream.write(
      written == 0
        ? "nothing to ignore\n" : "wrote into \(Summary.counted(written, "file")) what ignores the findings\n"
    )
    for name in outcome.brokenFiles {
      StandardStream.report("note", "\(name): its syntax is broken, so no comments were written; mend that first")
    }
    for finding in outcome.left {
      StandardStream.report("note", "\(finding.source.name): no comment can ignore \"\(finding.rule)\" where it stands")
    }
    if let entries = outcome.unplacedEntries {
      stream.write("no settings file has room for these entries; write them into epochzero.yaml:\n\n\(entries)\n")
    }
  }

  /// Ends the command when a word is no rule and no group of any file's settings.
  private func requireKnown(_ words: [String], _ start: Start) throws(ExitStatus) {
    guard !words.isEmpty else { return }
    let layer = SettingsLayer(select: words, ignore: [])
    let ruleSets = [start.settings.rules] + start.inputs.map { start.settings.settings(for: $0.path).rules }
    let problems = ruleSets.map { layer.problems(in: $0) }
    guard !problems.contains(where: \.isEmpty), let first = problems.first else { return }
    for problem in first { StandardStream.report("error", "--add-ignore: \(problem.message)") }
    throw .failure
  }
}
