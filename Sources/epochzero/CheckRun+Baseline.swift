import Linting
import Reporting

extension CheckRun {
  /// What becomes of the baseline.
  enum BaselineAction {
    case use
    /// It counts the present findings.
    case write
    /// Its counts are lowered to what is still found.
    case prune
  }

  static let standardBaseline = BaselineFile.standardName

  /// Opens the baseline that is named, here or in the settings of the working folder; nil where none is.
  func openBaseline(_ settings: SettingsResolver, in fileSystem: any FileSystem) throws(ExitStatus) -> BaselineFile? {
    guard let path = baselinePath(settings, in: fileSystem) else { return nil }
    if baselineAction == .write, fileSystem.kind(of: path) == nil { return BaselineFile(newAt: path, in: fileSystem) }
    do throws(FileError) {
      return try BaselineFile(reading: path, in: fileSystem)
    } catch {
      let advice = error.reason == .missing ? "; --write-baseline writes it" : ""
      StandardStream.report("error", "baseline: \(path): \(error.message)\(advice)")
      throw .failure
    }
  }

  /// Takes what the baseline counts out of the report, and brings it up to date where that is asked for.
  func apply(
    _ file: BaselineFile,
    to report: inout LintReport,
    _ coverage: BaselineCoverage,
    in fileSystem: any FileSystem
  ) {
    var baseline = file.baseline
    let excesses = baseline.excesses(over: report, coverage)
    switch baselineAction {
    case .use: if !excesses.isEmpty { report.notes.append(note(on: excesses, in: file)) }
    case .write: baseline = baseline.updated(with: report, coverage)
    case .prune: baseline = baseline.pruned(by: excesses)
    }
    if baselineAction != .use {
      do throws(FileError) {
        try file.write(baseline, to: fileSystem)
        say(what: baseline, excesses.count, in: file)
      } catch {
        report.errors.append(FileProblem(file: file.path, message: error.message))
        return
      }
    }
    baseline.apply(to: &report, workingFolder: fileSystem.workingFolder)
  }

  // MARK: - Private

  private func baselinePath(_ settings: SettingsResolver, in fileSystem: any FileSystem) -> String? {
    if let path = baseline { return path }
    if heedsSuppressions {
      let place = FilePath.join(fileSystem.workingFolder, Self.standardBaseline)
      if let path = settings.settings(for: place).baseline {
        return FilePath.shown(path, workingFolder: fileSystem.workingFolder)
      }
    }
    return baselineAction == .use ? nil : Self.standardBaseline
  }

  private func note(on excesses: [Baseline.Excess], in file: BaselineFile) -> FileProblem {
    let shown = excesses.prefix(3).map { excess in
      "\(excess.recorded) of \"\(excess.key.rule)\" in \(excess.key.file), where \(excess.found) is left"
    }
    let more =
      excesses.count > shown.count
      ? ", and \(Summary.counted(excesses.count - shown.count, "entry", "entries")) more" : ""
    let message = "counts more than is found: \(shown.joined(separator: "; "))\(more); --prune-baseline lowers it"
    return FileProblem(file: file.path, message: message)
  }

  private func say(what baseline: Baseline, _ excessCount: Int, in file: BaselineFile) {
    guard !isQuiet else { return }
    switch baselineAction {
    case .use: break
    case .write:
      let findings = Summary.counted(baseline.total, "finding")
      let files = Summary.counted(baseline.fileCount, "file")
      let isNamed = self.baseline != nil || file.path != Self.standardBaseline
      let advice = isNamed ? "" : "; heed it with \"baseline: \(Self.standardBaseline)\" in epochzero.yaml"
      StandardStream.error.write("\(file.path.printable) counts \(findings) in \(files)\(advice)\n")
    case .prune:
      let entries = Summary.counted(excessCount, "entry", "entries")
      StandardStream.error.write("lowered \(entries) of \(file.path.printable)\n")
    }
  }
}
