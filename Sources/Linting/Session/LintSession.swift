package import Rules
import Dispatch
import Glibc
import Synchronization

/// One run over files: reads them, runs the rules, and gathers what they find.
package struct LintSession: Sendable {
  package var reader: ConfigReader
  /// What holds for each file.
  package var settings: SettingsResolver
  /// Whether comments and settings that ignore findings count; where not, all findings are reported.
  package var heedsSuppressions = true
  /// How many files are linted at once, at most.
  ///
  /// Nil stands for the number of processors, which is asked for only where there are many files: it is a file to read.
  package var workerLimit: Int?
  /// Whether the process ends after one check.
  ///
  /// Then what it took is left to the kernel: to free the rules' Lua state piece by piece takes a twentieth of a small file's time.
  package var endsProcess = false

  /// Whether findings keep what dry runs are made from, for ``Confirming``.
  package var keepsTrials: Bool {
    get { reader.keepsStated }
    set { reader.keepsStated = newValue }
  }

  /// Makes a session in which each file has its settings.
  package init(fileSystem: any FileSystem, settings: SettingsResolver) {
    reader = ConfigReader(fileSystem)
    self.settings = settings
  }

  /// Makes a session in which the same holds for all files, whatever settings files there are.
  package init(fileSystem: any FileSystem, rules: RuleSet, settings: RuleSettings = RuleSettings()) {
    let resolver = SettingsResolver(fileSystem: fileSystem, rules: rules, ruleSettings: settings)
    self.init(fileSystem: fileSystem, settings: resolver)
  }

  /// Lints the files.
  package func check(_ inputs: [LintInput]) -> LintReport {
    joined(reports(of: inputs))
  }

  /// The number of processors that are there.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Returns what reports of single files say together, as ``check(_:)`` does of all its files.
  package func joined(_ reports: [FileReport]) -> LintReport {
    var reports = reports
    findUnusedIgnores(&reports)
    return report(joining: reports)
  }

  /// Makes a linter for one thread.
  package func makeLinter() -> FileLinter {
    FileLinter(reader: reader, settings: settings, heedsSuppressions: heedsSuppressions)
  }

  // MARK: - For the fixer

  /// Returns what was found in each file, in the order of the inputs.
  func reports(of inputs: [LintInput]) -> [FileReport] {
    // A worker has to load all rules first; for a few files that takes longer than it saves.
    let wanted = inputs.count / Self.filesPerWorker
    let workers = wanted < 2 ? 1 : min(workerLimit ?? Self.processorCount, wanted)
    if workers < 2 {
      let linter = makeLinter()
      let reports = inputs.map { linter.lint($0) }
      if endsProcess { linter.leaveRunners() }
      return reports
    }
    let next = Atomic(0)
    let reports = Mutex([FileReport](repeating: FileReport(), count: inputs.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      let linter = makeLinter()
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < inputs.count else { return }
        let report = linter.lint(inputs[index])
        reports.withLock { $0[index] = report }
      }
    }
    return reports.withLock { $0 }
  }

  func report(joining reports: [FileReport]) -> LintReport {
    var report = LintReport(joining: reports)
    report.pluginProblems = settings.pluginProblems + report.pluginProblems.sorted { $0.path < $1.path }
    return report
  }

  private static let filesPerWorker = 8
}
