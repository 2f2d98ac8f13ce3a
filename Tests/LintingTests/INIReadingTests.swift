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
}
