import ConfigSyntax
import Linting
import SourceText
import Testing

struct PathPatternsTests {
  @Test(arguments: [
    ("*.json", "/team/a.json", true), ("*.json", "/team/deep/er/a.json", true),
    ("archive", "/team/archive/a.json", true),
    ("archive/", "/team/x/archive/y/a.json", true), ("archive", "/team/archives/a.json", false),
    ("runs/*.json", "/team/runs/a.json", true), ("runs/*.json", "/team/x/runs/a.json", false),
    ("/runs", "/team/runs/a.json", true), ("./runs/old", "/team/runs/old/a.json", true),
    ("**/old/**", "/team/runs/old/a.json", true), ("runs/old", "/team/runs/older", false),
    ("*.keras", "/team/m.keras/config.json", true), ("team/*", "/team/a.json", false),
  ])
  func `matches as git ignores`(pattern: String, path: String, expected: Bool) {
    #expect(PathPatterns([pattern], from: "/team").matches(path) == expected)
  }

  @Test func `matches nothing without a pattern, and anything with one of several`() {
    #expect(!PathPatterns([], from: "/team").matches("/team/a.json"))
    #expect(PathPatterns(["b.json", "a.json"], from: "/team").matches("/team/a.json"))
  }

  @Test func `matches names of files that lie elsewhere`() {
    #expect(PathPatterns(["*.json"], from: "/team").matches("/other/a.json"))
    #expect(!PathPatterns(["other/*.json"], from: "/team/x").matches("/team/other/a.json"))
  }
}

struct JSONPointerTests {
  private let source = SourceText(name: "m.json", text: #"{"a/b": {"~": [10, {"x": 20}]}, "0": null}"#)

  @Test(arguments: [
    ("", #"{"a/b": {"~": [10, {"x": 20}]}, "0": null}"#), ("/a~1b/~0/0", "10"), ("/a~1b/~0/1/x", #""x": 20"#),
    ("/0", #""0": null"#),
  ])
  func `leads to a value with its key`(pointer: String, expected: String) throws {
    let ranges = try #require(JSONPointer(pointer)).ranges(in: parse(source, as: .json))
    #expect(ranges.map { source.text(in: $0) } == [expected])
  }

  @Test(arguments: ["/a", "/a~1b/~0/2", "/a~1b/~0/-1", "/0/x"])
  func `leads nowhere where there is nothing`(pointer: String) throws {
    #expect(try #require(JSONPointer(pointer)).ranges(in: parse(source, as: .json)).isEmpty)
  }

  @Test(arguments: ["a", "#/a", "/a~2", "/a~"])
  func `is no pointer`(text: String) {
    #expect(JSONPointer(text) == nil)
  }
}
