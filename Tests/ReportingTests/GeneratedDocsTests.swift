import Experiment
import Foundation
import Linting
import Reporting
import Rules
import Testing

/// The documents that are written by a command.
struct GeneratedDocsTests {
  private static let docs = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("docs")

  @Test func `docs has a page for each rule and one of dialects, and they say what those say`() throws {
    let rules = RuleSet(loading: RuleLibrary.bundledPlugins, for: .describing).rules
    let pages = Dictionary(uniqueKeysWithValues: RulePages.pages(of: rules).map { ($0.path, $0.text) })
    let kept = try Self.kept()
    let differing = Set(pages.keys).union(kept.keys).filter { pages[$0] != kept[$0] }.sorted()
    #expect(differing == [], "run scripts/generate-docs and commit docs")
  }

  @Test func `the index of docs names every document`() throws {
    let index = try String(contentsOf: Self.docs.appendingPathComponent("README.md"), encoding: .utf8)
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.docs.path)
    let missing = names.filter { $0.hasSuffix(".md") && $0 != "README.md" && !index.contains("](\($0))") }
    #expect(missing == [])
  }

  @Test func `writing rules names every probe, with what it measures`() throws {
    let text = try String(contentsOf: Self.docs.appendingPathComponent("writing-rules.md"), encoding: .utf8)
    let missing = Probe.allCases.filter { !text.contains("| `\($0.rawValue)` | \($0.summary) |\n") }
    #expect(missing == [])
  }

  /// The pages that are checked in, by their paths.
  private static func kept() throws -> [String: String] {
    var pages: [String: String] = [:]
    for name in ["rules.md", "dialects.md"] {
      pages[name] = try String(contentsOf: docs.appendingPathComponent(name), encoding: .utf8)
    }
    let folder = docs.appendingPathComponent("rules")
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".md") {
      pages["rules/\(name)"] = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
    return pages
  }
}
