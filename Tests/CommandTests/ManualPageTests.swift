import Foundation
import Testing

/// `docs/man/epochzero.1` and the shells' completions.
struct ManualPageTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("docs/man/epochzero.1")

  @Test func `the manual page says what the help says`() throws {
    let folder = try TemporaryFolder()
    let dump = try Program.run(["--experimental-dump-help"], in: folder.url)
    let version = try Program.run(["--version"], in: folder.url).output.trimmingCharacters(in: .newlines)
    let actual = try ManualPage(dump: Data(dump.output.utf8), version: version).render()
    if ProcessInfo.processInfo.environment["EPOCHZERO_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: Self.page.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(actual.utf8).write(to: Self.page)
    }
    let expected = try? String(contentsOf: Self.page, encoding: .utf8)
    #expect(actual == expected, "write it with scripts/man-page")
  }

  @Test(arguments: [("bash", "complete "), ("zsh", "#compdef epochzero"), ("fish", "complete -c")])
  func `writes completions for shells`(shell: String, sign: String) throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["--generate-completion-script", shell], in: folder.url)
    #expect(result.status == 0)
    #expect(result.output.contains(sign))
    #expect(result.output.contains("json-lines"))
    #expect(result.output.contains("---completion"))
  }

  // The shells' scripts call the program with these words to complete the last one.
  @Test(arguments: [
    (["check", "--select", "drop"], "--select", "dropout/keep-as-drop"),
    (["check", "--ignore", ""], "--ignore", "all"),
    (["check", "--select", "all,fi"], "--select", "all,files"),
    (["explain", "dr"], "positional@0", "dropout/keep-as-drop"),
    (["check", "--rules", "my-rules", "--select", "dropout/s"], "--select", "dropout/sample"),
  ])
  func `proposes rules`(words: [String], argument: String, proposal: String) throws {
    let folder = try TemporaryFolder(["my-rules/sample.lua": Sample.rule()])
    let line = ["epochzero"] + words
    let index = String(line.count - 1)
    let cursor = String(words.last?.count ?? 0)
    let result = try Program.run(
      ["---completion", words[0], "--", argument, index, cursor] + line,
      in: folder.url,
      environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"]
    )
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").contains(Substring(proposal)))
  }

  @Test func `completes rules in bash`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("epochzero").path,
      withDestinationPath: Program.executable.path
    )
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.currentDirectoryURL = folder.url
    shell.environment = ["PATH": "\(folder.url.path):/usr/bin:/bin"]
    shell.arguments = [
      "-c",
      """
      . <(epochzero --generate-completion-script bash)
      COMP_WORDS=(epochzero check --select dropout/k) COMP_CWORD=3 COMP_LINE='epochzero check --select dropout/k'
      COMP_POINT=${#COMP_LINE}
      _epochzero epochzero dropout/k --select
      printf '%s\\n' "${COMPREPLY[@]}" > proposals
      """,
    ]
    try shell.run()
    shell.waitUntilExit()
    #expect(
      try folder.text(of: "proposals").split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == [
        "dropout/keep-as-drop"
      ]
    )
  }
}
