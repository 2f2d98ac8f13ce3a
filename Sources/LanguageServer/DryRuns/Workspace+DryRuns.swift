import DryRunMessages
import Experiment
import Linting
import Rules
import SourceText

extension Workspace {
  /// Returns the findings of the report on a document, with what dry runs said of them.
  func findings(about uri: DocumentURI) -> [LocatedFinding] {
    let findings = report(on: uri)?.findings ?? []
    if verdicts.isEmpty { return findings }
    return zip(findings, keys(of: findings, about: uri)).map { finding, key in
      guard finding.canConfirm, let confirmation = verdicts[key] else { return finding }
      var finding = finding
      finding.confirmation = confirmation
      if confirmation.loweredFrom != nil { finding.severity = .hint }
      if let place = nonFinitePlace(of: confirmation.report, about: uri) { finding.related.append(place) }
      return finding
    }
  }

  /// Returns the findings in a document that a dry run can put to the test, each with what its verdict is known by.
  func testableFindings(in document: OpenDocument) -> [(finding: LocatedFinding, key: FindingTest.Key)] {
    guard settings.isEnabled, !isOfSettings(document.uri), !withSession({ $0.settings.excludes(document.path) })
    else { return [] }
    let findings = findings(about: document.uri)
    func isTestable(_ finding: LocatedFinding) -> Bool {
      finding.canConfirm && finding.source.name == document.name
    }
    // Most texts have none, and the facts of a large model are many.
    guard findings.contains(where: isTestable) else { return [] }
    return zip(findings, keys(of: findings, about: document.uri)).filter { isTestable($0.0) }.map {
      (finding: $0.0, key: $0.1)
    }
  }

  /// Makes the test of a finding, of the texts as they are now; nil where it is not found in them.
  func test(
    of finding: LocatedFinding,
    in document: OpenDocument,
    keyed: [(finding: LocatedFinding, key: FindingTest.Key)],
    with runner: DryRunner
  ) -> FindingTest? {
    guard let key = keyed.first(where: { $0.finding.isSame(as: finding) })?.key else { return nil }
    let inputs = inputs(about: document)
    // A session of its own: to keep trials of all that is open would take memory that most never need.
    let findings = withSession { session in
      var session = session
      session.keepsTrials = true
      return session.check(inputs).findings
    }
    guard let position = findings.firstIndex(where: { $0.isSame(as: finding) }),
      let settings = findings[position].trial?.settings
    else { return nil }
    let verdicts = verdicts
    return FindingTest(key: key, document: document.uri) { progress, isCancelled in
      // It may have been tested with another finding of its rule meanwhile.
      if let known = verdicts[key] { return known }
      var findings = findings
      let confirming = Confirming(budget: settings.budget, rows: settings.data)
      withoutActuallyEscaping(progress) { progress in
        confirming.confirm(&findings, at: position, isCancelled: isCancelled, progress: { progress($0.run) }) {
          job,
          part in
          runner.train(job, settings.launcher, part, isCancelled)
        }
      }
      if isCancelled() { return nil }
      for (other, key) in keyed {
        let tested = findings.first { $0.confirmation != nil && $0.isSame(as: other) }
        if let confirmation = tested?.confirmation { verdicts.put(confirmation, for: key) }
      }
      return findings[position].confirmation
    }
  }

  /// Returns what is shown in the configs of a workspace, with what dry runs said of those that are open.
  func withVerdicts(_ diagnostics: [String: DocumentDiagnostics]) -> [String: DocumentDiagnostics] {
    if verdicts.isEmpty { return diagnostics }
    var diagnostics = diagnostics
    for document in documents where diagnostics[document.name] != nil {
      diagnostics[document.name] = self.diagnostics(for: document.uri)[document.name]
    }
    return diagnostics
  }

  // MARK: - Private

  /// Returns the layer of the present text in which the first number that is none came up, where that is known.
  private func nonFinitePlace(of report: DryRunReport, about uri: DocumentURI) -> LocatedFinding.Place? {
    let found = report.written?.runs.lazy.compactMap(\.probes.nonFinite).first { $0.layer != nil }
    guard let found, let name = found.layer else { return nil }
    for lowered in analyses(about: uri).compactMap(\.read).flatMap(\.experiments) {
      let layer = lowered.experiment.layers.first { $0.name == name }
      guard let location = layer?.facts.location, lowered.files.indices.contains(location.source) else { continue }
      let what = found.isGradient ? "the first gradient" : "the first value"
      return LocatedFinding.Place(
        message: "\(what) that is no finite number came up here, in step \(found.step) of a dry run",
        source: lowered.files[location.source].source,
        range: location.range
      )
    }
    return nil
  }

  /// Returns what the verdicts of a report's findings are known by, in step with them.
  private func keys(of findings: [LocatedFinding], about uri: DocumentURI) -> [FindingTest.Key] {
    let analyses = analyses(about: uri)
    var facts = Hasher()
    // In whichever of an experiment's files it is asked.
    facts.combine(analyses.reduce(0) { $0 &+ $1.factsHash })
    facts.combine(analyses.first?.report.settings?.dryRun)
    // Files on disk that speak of the document may say anything.
    if analyses.first?.namedBy.isEmpty == false { facts.combine(generation) }
    var byRule: [String: (basis: Int, count: Int)] = [:]
    for (rule, own) in Dictionary(grouping: findings.filter(\.canConfirm), by: \.rule) {
      var basis = facts
      for finding in own {
        basis.combine(finding.message)
        basis.combine(finding.help)
      }
      byRule[rule] = (basis.finalize(), 0)
    }
    return findings.map { finding in
      let known = byRule[finding.rule]
      if finding.canConfirm { byRule[finding.rule]?.count += 1 }
      return FindingTest.Key(rule: finding.rule, ordinal: known?.count ?? 0, basis: known?.basis ?? 0)
    }
  }
}

extension LocatedFinding {
  /// Whether it is the same in another report on the same texts.
  fileprivate func isSame(as other: LocatedFinding) -> Bool {
    rule == other.rule && range == other.range && message == other.message && source.name == other.source.name
  }
}
