import DryRunMessages
import Foundation
import FoundationXML
import Linting
@testable import Reporting
import Rules
import SourceText
import TestSupport
import Testing

/// The page of HTML about dry runs.
struct PageTests {
  @Test func `is well-formed, and has no script and nothing from elsewhere`() throws {
    for page in [findings(), experiment()] {
      #expect(XMLParser(data: Data(page.replacing("<!DOCTYPE html>", with: "").utf8)).parse())
      #expect(!page.contains("<script"))
      #expect(page.matches(of: #/https?:/#).count == page.matches(of: #/xmlns="http://www.w3.org/2000/svg"/#).count)
      #expect(!page.contains("url("))
      #expect(!page.contains("src="))
    }
  }

  @Test func `keeps ids apart and names what charts show`() {
    for page in [findings(), experiment()] {
      let ids = page.matches(of: #/\sid="([^"]+)"/#).map { String($0.1) }
      #expect(Set(ids).count == ids.count)
      for match in page.matches(of: #/aria-labelledby="([^"]+)"/#) {
        for id in match.1.split(separator: " ") { #expect(ids.contains(String(id))) }
      }
      #expect(page.matches(of: #/<svg /#).count == page.matches(of: #/role="img"/#).count)
    }
  }

  @Test func `escapes whatever a config says`() {
    let page = findings(message: "layer \"<script>alert(1)</script>\" & co")
    #expect(page.contains("layer \"&lt;script&gt;alert(1)&lt;/script&gt;\" &amp; co"))
    #expect(!page.contains("<script"))
    #expect(page.contains("output &lt;\"&amp;'&gt;"))
  }

  @Test func `has every seed's curve of both versions, and their figures in a table`() {
    let page = findings()
    for kind in ["written", "changed"] {
      #expect(page.split(separator: "class=\"line seed \(kind)\"").count == 7)
    }
    for seed in 1...3 { #expect(page.contains("<th scope=\"col\" class=\"number\">seed \(seed)</th>")) }
    for text in [
      "Gradient flow", "Update ratio", "Activations", "3 of 3 seeds", "scaled: image side", "224 to 64", "augmentation",
      "target \"angle\": from -3.1 to 3.1", "paired t-test of log ratios", "49 %", "0.0013", "1 8 30 60 31 7 1",
      "the best constant", "training.batch_size = 32",
    ] { #expect(page.contains(text), "\(text)") }
  }

  @Test func `marks runs that do not stay finite`() {
    let page = findings(.sample(written: [.infinity, .infinity, .infinity], ratio: 20))
    #expect(page.contains("class=\"cross written\""))
    #expect(page.contains("step 100, in the gradient of \"dense_1\", in 3 of 3 runs"))
    #expect(!page.contains("nan"))
  }

  @Test func `tells what could not be run and what nothing can test`() {
    let page = findings(DryRunReport(verdict: .notRunnable("there is no kernel for \"conv_lstm2d\"")))
    #expect(page.contains("not runnable: there is no kernel for \"conv_lstm2d\""))
    #expect(page.contains("group/untested: a dry run cannot test this: nobody knows"))
    #expect(!page.contains("<svg"))
  }

  @Test func `shows the checks of an experiment by itself`() {
    let page = experiment()
    #expect(page.contains("<span class=\"failed\">failed</span>"))
    #expect(page.contains("the largest rate that does not explode is 0.03"))
    #expect(page.contains("Dry run of a.yaml"))
    #expect(!page.contains("with the fix"))
  }

  private func findings(_ report: DryRunReport = .sample(), message: String = "something is wrong") -> String {
    let source = SourceText(name: "a.yaml", text: "a: b\n")
    var finding = LocatedFinding.sample(message: message, in: source, at: "b")
    finding.confirmation = Confirmation(report, changes: ["training.batch_size = 32"])
    var untested = LocatedFinding.sample(rule: "group/untested", in: source, at: "a")
    untested.untestable = "nobody knows"
    var lint = LintReport()
    lint.findings = [finding, untested]
    lint.isConfirmed = true
    return DryRunPage.render(lint, version: "1.0")
  }

  private func experiment() -> String {
    let reports = [NamedReport(name: "a.yaml", report: .sampleOfExperiment)]
    return DryRunPage.render(reports, version: "1.0")
  }
}
