package import Linting
package import Rules

/// How findings are written.
package enum ReportFormat: String, CaseIterable, Sendable {
  /// With the text they stand in, for people.
  case full
  /// A line for each.
  case concise
  case json
  case jsonLines = "json-lines"
  case sarif
  /// Workflow commands of GitHub Actions.
  case github
  /// A Code Quality report.
  case gitlab
  case junit
  /// For language-model agents.
  case agent

  /// Whether it can count findings by rule.
  package var hasStatistics: Bool {
    switch self {
    case .full, .concise, .json: true
    case .jsonLines, .sarif, .github, .gitlab, .junit, .agent: false
    }
  }
}

/// What a report needs beside the findings.
package struct ReportSettings {
  package var style = TextStyle(isColored: false)
  /// The columns of the terminal.
  package var width = 120
  /// Whether the summary is left out.
  package var isQuiet = false
  /// Whether findings are counted by rule: in place of themselves, where people read.
  package var showsStatistics = false
  /// The version of the program.
  package var version = ""
  /// The folder that the names of files are relative to.
  package var workingFolder = "/"
  /// Returns the rules with these ids with their docs; asked only by a format that shows them.
  package var describedRules: (Set<String>) -> [RuleMetadata]

  package init(describedRules: @escaping (Set<String>) -> [RuleMetadata]) {
    self.describedRules = describedRules
  }
}

extension ReportFormat {
  /// Returns the report as text that ends with a line end, or nothing where the format has nothing to say.
  package func render(_ report: LintReport, _ settings: ReportSettings) -> String {
    let style = settings.style
    switch self {
    case .full:
      let text =
        settings.showsStatistics
        ? Self.statistics(of: report, style) : FullReport.render(report, style: style, width: settings.width)
      return settings.isQuiet ? text : text + Summary.render(report) + "\n"
    case .concise:
      return settings.showsStatistics ? Self.statistics(of: report, style) : ConciseReport.render(report, style: style)
    case .json: return JSONReport.render(report, includesStatistics: settings.showsStatistics)
    case .jsonLines: return JSONLinesReport.render(report)
    case .sarif:
      let rules = settings.describedRules(Set(report.findings.map(\.rule) + report.suppressed.map(\.finding.rule)))
      return SARIFReport(
        of: report,
        rules: rules,
        version: settings.version,
        workingFolder: settings.workingFolder
      )
      .render()
    case .github: return GitHubReport.render(report)
    case .gitlab: return GitLabReport.render(report)
    case .junit: return JUnitReport.render(report)
    case .agent: return AgentReport.render(report)
    }
  }

  private static func statistics(of report: LintReport, _ style: TextStyle) -> String {
    PluginProblemText.render(report.pluginProblems, style: style) + Statistics(of: report).render(style: style)
  }
}
