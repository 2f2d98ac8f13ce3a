import Linting
import Testing

struct FilePathTests {
  @Test(arguments: [
    ("a/./b", "a/b"), ("./a", "a"), ("a//b/", "a/b"), ("a/../b", "b"), ("../a", "../a"), ("a/../../b", "../b"),
    ("/a/../../b", "/b"), (".", "."), ("a/..", "."), ("/", "/"),
  ])
  func `normalises`(path: String, normalized: String) {
    #expect(FilePath.normalized(path) == normalized)
  }

  @Test(arguments: [
    ("/home/me/run/a.json", "run/a.json"), ("/home/you/a.json", "/home/you/a.json"), ("./a.json", "a.json"),
    ("/home/me", "/home/me"), ("/home/me2/a.json", "/home/me2/a.json"),
  ])
  func `shows paths relative to the working folder`(path: String, shown: String) {
    #expect(FilePath.shown(path, workingFolder: "/home/me") == shown)
  }

  @Test(arguments: [("a/b.JSON", "json"), ("a.b/c", ""), (".json", ""), ("x.tar.gz", "gz")])
  func `finds the extension`(path: String, found: String) {
    #expect(FilePath.fileExtension(of: path) == found)
  }

  @Test(arguments: [("a", "b", "a/b"), ("", "b", "b"), (".", "b", "b"), ("a", "/b", "/b"), ("/", "b", "/b")])
  func `joins`(folder: String, path: String, joined: String) {
    #expect(FilePath.join(folder, path) == joined)
  }
}
