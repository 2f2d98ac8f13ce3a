import DryRunMessages
import JSONRPC
import JSONText
import Linting
import SourceText

extension LanguageServer {
  /// Shows what a dry run said of a finding: the page with all its figures where the client can open one, else a message.
  func showVerdict(of finding: LocatedFinding, in document: OpenDocument) {
    guard let confirmation = finding.confirmation else { return }
    let lines = [confirmation.line, confirmation.report.explanation].compactMap(\.self)
    let message = "\(finding.rule): \(lines.joined(separator: "; "))"
    guard client.capabilities.showsDocuments, let page = writePage(on: confirmation, of: finding.rule, in: document)
    else { return client.show(.info, message) }
    client.request("window/showDocument") { writer in
      writer.object { writer in
        writer.member("uri", page.text)
        writer.member("external", true)
      }
    } answer: { [client] result in
      // There may be no browser where the editor is.
      if case .success(let answer) = result, answer["success"].boolean == true { return }
      client.show(.info, message)
    }
  }

  /// Writes the page into the user's cache, over the last one on the rule; nil where it cannot be written.
  private func writePage(on confirmation: Confirmation, of rule: String, in document: OpenDocument) -> DocumentURI? {
    guard let runner = environment.dryRunner, let folder = environment.pageFolder else { return nil }
    var report = LintReport()
    report.findings = workspace.findings(about: document.uri).filter { $0.confirmation === confirmation }
    let name = rule.replacing("/", with: "-") + ".html"
    let path = FilePath.join(FilePath.join(FilePath.folder(of: folder), "dry-runs"), name)
    do throws(FileError) {
      try environment.fileSystem.put(Array(runner.page(report).utf8), at: path)
      return DocumentURI(path: path)
    } catch {
      return nil
    }
  }
}
