import Linting
import Testing

struct DiscoveryTests {
  private let files = MemoryFileSystem([
    "a.json": "", "run/b.yaml": "", "run/c.yml": "", "run/deep/d.keras": "", "run/notes.txt": "", "run/e.cfg": "",
    ".git/f.json": "", ".hidden/g.json": "", "node_modules/h.json": "", "run/__pycache__/i.json": "",
  ])

  @Test func `finds configs in folders and passes over hidden and package folders`() {
    #expect(names(["."]) == ["a.json", "run/b.yaml", "run/c.yml", "run/deep/d.keras", "run/e.cfg"])
  }

  @Test func `takes a file that is named whatever it is called`() {
    let found = Discovery(["run/notes.txt", "run/../.git/f.json"], in: files)
    #expect(found.inputs.map(\.name) == [".git/f.json", "run/notes.txt"])
    #expect(found.inputs.map(\.isNamed) == [true, true])
  }

  @Test func `enters a hidden folder that is named`() {
    #expect(names([".hidden"]) == [".hidden/g.json"])
  }

  @Test func `lists a file once however often it is found`() {
    let found = Discovery(["run", "run/b.yaml", "./run/b.yaml", "run/*.yaml"], in: files)
    #expect(found.inputs.map(\.name) == ["run/b.yaml", "run/c.yml", "run/deep/d.keras", "run/e.cfg"])
    #expect(found.inputs.first?.isNamed == true)
  }

  @Test(arguments: [
    ("**/*.{yaml,yml}", ["run/b.yaml", "run/c.yml"]),
    ("run/*.cfg", ["run/e.cfg"]),
    ("run/d*", ["run/deep/d.keras"]),
    ("/home/run/*.yaml", ["run/b.yaml"]),
    (".*/*.json", [".git/f.json", ".hidden/g.json"]),
  ])
  func `expands patterns`(pattern: String, expected: [String]) {
    #expect(names([pattern]) == expected)
  }

  @Test func `says which paths and patterns lead nowhere`() {
    let found = Discovery(["missing.json", "*.toml", "a.json"], in: files)
    #expect(found.errors.map(\.file) == ["missing.json", "*.toml"])
    #expect(found.inputs.map(\.name) == ["a.json"])
  }

  private func names(_ paths: [String]) -> [String] {
    let found = Discovery(paths, in: files)
    #expect(found.errors == [])
    return found.inputs.map(\.name)
  }
}
