import Linting
import Reporting

/// Writing what was found: to standard output, to files, or to both.
extension CheckRun {
  /// Ends the command when a report could not be written, before time is spent on linting.
  func checkTargets(in fileSystem: some FileSystem) throws(ExitStatus) {
    for target in targets {
      if let path = target.path { try Self.checkTarget(path, option: "--output", in: fileSystem) }
    }
    try confirming?.checkFiles(in: fileSystem)
  }

  /// Ends the command when a file could not be written.
  static func checkTarget(_ path: String, option: String, in fileSystem: some FileSystem) throws(ExitStatus) {
    let folder = FilePath.folder(of: path)
    if fileSystem.kind(of: path) == .folder {
      StandardStream.report("error", "\(option): \(path): is a folder; name a file in it")
      throw .failure
    }
    if !folder.isEmpty, fileSystem.kind(of: folder) != .folder {
      StandardStream.report("error", "\(option): \(path): there is no folder \"\(folder)\"; make it first")
      throw .failure
    }
  }

  /// Ends the command when a report would be written over a file that is linted.
  func checkTargets(against inputs: [LintInput], in fileSystem: some FileSystem) throws(ExitStatus) {
    let paths = targets.map { ("--output", $0.path) } + [("--report", confirming?.report)]
    for (option, path) in paths {
      guard let path else { continue }
      let name = FilePath.shown(path, workingFolder: fileSystem.workingFolder)
      if inputs.contains(where: { $0.name == name }) {
        StandardStream.report("error", "\(option): \(path): is a file to lint, which the report would replace")
        throw .failure
      }
    }
  }

  /// Writes the reports, notes and errors; returns whether all could be written.
  func write(_ report: LintReport, settings resolver: SettingsResolver, in fileSystem: some FileSystem) -> Bool {
    if !isQuiet {
      for note in report.notes { StandardStream.report("note", "\(note.file): \(note.message)") }
    }
    for error in report.errors { StandardStream.report("error", "\(error.file): \(error.message)") }
    var settings = ReportSettings(describedRules: resolver.describedRules)
    settings.isQuiet = isQuiet
    settings.showsStatistics = showsStatistics
    settings.version = EpochZero.versionNumber
    settings.workingFolder = fileSystem.workingFolder
    var isWritten = true
    for target in targets {
      if let path = target.path {
        settings.style = TextStyle(isColored: color == .always)
        settings.width = 120
        let text = target.format.render(report, settings)
        isWritten = Self.write(text, to: path, option: "--output", in: fileSystem) && isWritten
      } else {
        let stream = findingStream
        settings.style = stream.style(color)
        settings.width = stream.width
        isWritten = stream.write(target.format.render(report, settings)) && isWritten
      }
    }
    // Where standard output says nothing to people, the summary goes where they look too.
    let saysSummary = targets.contains { $0.path == nil && $0.format != .concise }
    if !isQuiet, !saysSummary { StandardStream.error.write(Summary.render(report) + "\n") }
    return isWritten
  }

  /// Writes a file whole; returns whether that went well, else it was said why not.
  static func write(_ text: String, to path: String, option: String, in fileSystem: some FileSystem) -> Bool {
    do throws(FileError) {
      try fileSystem.write(path, Array(text.utf8))
      return true
    } catch {
      StandardStream.report("error", "\(option): \(path): \(error.message)")
      return false
    }
  }
}
