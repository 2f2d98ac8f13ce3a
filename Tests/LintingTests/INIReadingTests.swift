import ConfigSyntax
import Linting
import Rules
import Testing

struct INIReadingTests {
  @Test
  func `passes over what is no config without a word, however it is written`() {
    let files = MemoryFileSystem([
      "setup.cfg": "[metadata]\nname = x\nname = y\n", "broken.cfg": "not { ini at all\n[x\n", "tox.ini": "[tox]\n",
    ])
    let session = LintSession(fileSystem: files, rules: RuleSet(loading: RuleLibrary.bundledPlugins))
    let report = session.check(Discovery(["setup.cfg", "broken.cfg", "tox.ini"], in: files).inputs)
    #expect(report.findings.map(\.message) == [])
    #expect(Set(report.notes.map(\.message)) == ["not a config that epochzero knows"])
  }

  @Test(arguments: [
    ("a.cfg", "[a]\nb = 1\n", "ini"), ("a.ini", "{}", "ini"), ("-", "# x\n[a]\nb = 1\n", "ini"), ("-", "[a]\n", "yaml"),
    ("-", "[a, b]: c\n", "yaml"), ("-", "{\"a\": 1}", "json"),
  ])
  func `tells the format by the extension, else by what the text reads as`(
    name: String,
    text: String,
    format: String
  ) throws {
    let input = LintInput(name: name, path: name, isNamed: true, content: Array(text.utf8))
    #expect(try ConfigReader(MemoryFileSystem([:])).read(input).tree.format.rawValue == format)
  }

  @Test(arguments: [
    ("", 1), ("# epochzero: ignore[gradients] meant\n", 0), ("; epochzero: ignore[gradients/sigmoid-by-default]\n", 0),
    ("# epochzero: ignore[depth]\n", 1),
  ])
  func `heeds comments that ignore what is below them`(comment: String, count: Int) {
    let text =
      "[net]\nbatch=64\nwidth=8\nheight=8\nchannels=3\n\(comment)[convolutional]\nfilters=4\n[convolutional]\nactivation=linear\n[cost]\n"
    let files = MemoryFileSystem(["net.cfg": text])
    let plugins = RuleLibrary.bundledPlugins.filter { $0.path == "rules/gradients/sigmoid-by-default.lua" }
    let session = LintSession(fileSystem: files, rules: RuleSet(loading: plugins, for: .running))
    let report = session.check(Discovery(["."], in: files).inputs)
    #expect(report.findings.map(\.rule) == Array(repeating: "gradients/sigmoid-by-default", count: count))
    #expect(report.checkedFiles == 1)
  }
}
