import Linting
import Testing

struct GlobTests {
  @Test(arguments: [
    ("*.json", "model.json"),
    ("a/*.json", "a/model.json"),
    ("**/*.json", "model.json"),
    ("**/*.json", "a/b/model.json"),
    ("a/**", "a/b/c"),
    ("a/**/b.yaml", "a/b.yaml"),
    ("a/**/b.yaml", "a/x/y/b.yaml"),
    ("run-?.yaml", "run-3.yaml"),
    ("run-[0-4].yaml", "run-3.yaml"),
    ("run-[!a].yaml", "run-b.yaml"),
    ("*.{json,yaml}", "x.yaml"),
    ("{a,b/{c,d}}/*.json", "b/d/x.json"),
    ("*a*b*c", "xxaxxbxxbxc"),
    (".hidden/*.json", ".hidden/x.json"),
    ("模型?.json", "模型一.json"),
  ])
  func `matches`(pattern: String, path: String) {
    #expect(Glob(pattern).matches(path))
  }

  @Test(arguments: [
    ("*.json", "a/model.json"),
    ("*.json", ".hidden.json"),
    ("**/*.json", ".git/x.json"),
    ("a/**/b.yaml", "a/x/.git/b.yaml"),
    ("run-[0-4].yaml", "run-7.yaml"),
    ("run-[!a].yaml", "run-a.yaml"),
    ("*.{json,yaml}", "x.yml"),
    ("a/b", "a"),
    ("a", "a/b"),
  ])
  func `does not match`(pattern: String, path: String) {
    #expect(!Glob(pattern).matches(path))
  }

  @Test func `takes no exponential time for many stars`() {
    let stars = String(repeating: "*a", count: 40)
    #expect(!Glob(stars + "b").matches(String(repeating: "a", count: 4000)))
  }

  @Test func `bounds what braces give`() {
    let braces = String(repeating: "{a,b}", count: 30)
    #expect(!Glob(braces).matches("c"))
  }

  @Test(arguments: [("a/b/*.json", "a/b"), ("*.json", ""), ("/data/**", "/data"), ("/*.json", "/"), ("./x/*", "./x")])
  func `starts from the folder before the first sign`(pattern: String, folder: String) {
    #expect(Glob.literalPrefix(of: pattern) == folder)
  }
}
