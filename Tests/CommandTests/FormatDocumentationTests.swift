import Foundation
import Testing

/// The examples of `docs/formats.md` are what the program writes.
///
/// A fence that starts with `# NAME` is a file; one that starts with `$ epochzero` is a run, and `...` in it stands for any lines.
/// `EPOCHZERO_RECORD=1 swift test --filter FormatDocumentationTests` writes the runs without `...` anew.
struct FormatDocumentationTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("docs/formats.md")

  @Test func `every example is what the program writes`() throws {
    var lines = try String(contentsOf: Self.page, encoding: .utf8).components(separatedBy: "\n")
    let folder = try TemporaryFolder(Self.files(in: lines))
    var runs = 0
    for fence in Self.fences(in: lines).reversed() where lines[fence.lowerBound].hasPrefix("$ epochzero ") {
      let words = lines[fence.lowerBound].split(separator: " ").dropFirst(2).map(String.init)
      let result = try Program.run(words + ["--quiet"] + ["--color", "never"], in: folder.url)
      let actual = try Program.run(words, in: folder.url).output.split(
        separator: "\n",
        omittingEmptySubsequences: false
      )
      #expect(result.status == 1)
      let written = actual.dropLast().map(String.init)
      let shown = Array(lines[fence.dropFirst()])
      if ProcessInfo.processInfo.environment["EPOCHZERO_RECORD"] == "1", !shown.contains("...") {
        lines.replaceSubrange(fence.dropFirst(), with: written)
      } else {
        #expect(Self.matches(shown, written), "\(words) writes:\n\(written.joined(separator: "\n"))")
      }
      runs += 1
    }
    #expect(runs == 10)
    if ProcessInfo.processInfo.environment["EPOCHZERO_RECORD"] == "1" {
      try Data(lines.joined(separator: "\n").utf8).write(to: Self.page)
    }
  }

  @Test func `every format has a section`() throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    let folder = try TemporaryFolder()
    let usage = try Program.run(["check", "--format", "unknown"], in: folder.url).errors
    let formats = usage.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map { $0.dropFirst(4) }
    #expect(formats.count == 9)
    for format in formats {
      #expect(page.contains("\n## \(format)\n"), "\(format)")
      #expect(page.contains("| [`\(format)`](#\(format)) |"), "\(format)")
    }
  }

  // MARK: - Private

  /// The lines inside each fence.
  private static func fences(in lines: [String]) -> [Range<Int>] {
    let marks = lines.indices.filter { lines[$0].hasPrefix("```") }
    return stride(from: 0, to: marks.count - 1, by: 2).map { (marks[$0] + 1)..<marks[$0 + 1] }
  }

  private static func files(in lines: [String]) -> [String: String] {
    var files: [String: String] = [:]
    for fence in fences(in: lines) where lines[fence.lowerBound].hasPrefix("# ") {
      // The name is a comment in the file's place of a first line, so that lines count as they are shown.
      files[String(lines[fence.lowerBound].dropFirst(2))] = lines[fence].joined(separator: "\n") + "\n"
    }
    return files
  }

  private static func matches(_ shown: [String], _ written: [String]) -> Bool {
    var rest = written[...]
    for (index, part) in shown.split(separator: "...", omittingEmptySubsequences: false).enumerated() {
      guard !part.isEmpty else { continue }
      let starts = index == 0 ? [rest.startIndex] : Array(rest.indices)
      guard let start = starts.first(where: { rest[$0...].starts(with: part) }) else { return false }
      rest = rest[(start + part.count)...]
    }
    return shown.last == "..." || rest.isEmpty
  }
}
