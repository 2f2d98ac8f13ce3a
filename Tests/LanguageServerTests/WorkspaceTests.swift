import JSONRPC
import Linting
import Testing

/// Settings, files on disk, and trust.
struct WorkspaceTests {
  private static let experiment = "epochzero: 1\nno: 1\n"

  @Test func `heeds settings files, and the editor's settings above them`() throws {
    let client = TestClient(MemoryFileSystem(["epochzero.yaml": "ignore: [files/unknown-key]\n"]))
    try client.initialize(.pushed)
    client.open("a.yaml", Self.experiment)
    #expect(try client.published("a.yaml").isEmpty)
    client.notify(
      "workspace/didChangeConfiguration",
      "{\"settings\":{\"epochzero\":{\"select\":[\"files/unknown-key\"]}}}"
    )
    #expect(try client.published("a.yaml").map(\.code) == ["files/unknown-key"])
    client.notify("workspace/didChangeConfiguration", "{\"settings\":{\"epochzero\":{\"enable\":false}}}")
    #expect(try client.published("a.yaml").isEmpty)
  }

  @Test func `takes settings with the first request, and from the client where it gives them`() throws {
    let client = TestClient()
    try client.initialize(.pushed, options: "{\"settings\":{\"ignore\":[\"files\"]}}")
    client.open("a.yaml", Self.experiment)
    #expect(try client.published("a.yaml").isEmpty)
    let other = TestClient()
    try other.initialize(.pulling, settings: "{\"ignore\":[\"files\"]}")
    _ = try other.answerRequest("workspace/diagnostic/refresh")
    other.open("a.yaml", Self.experiment)
    let report = try other.request(
      "textDocument/diagnostic",
      "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
    )
    #expect(report["items"].elements?.isEmpty == true)
  }

  @Test func `keeps the settings of the start where the client says nothing of them`() throws {
    let client = TestClient()
    try client.initialize(.pulling, options: "{\"ignore\":[\"files\"]}", settings: "{}")
    client.open("a.yaml", Self.experiment)
    let params = "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
    #expect(try client.request("textDocument/diagnostic", params)["items"].elements?.isEmpty == true)
  }

  @Test func `says which settings it does not understand`() throws {
    let client = TestClient()
    try client.initialize(.pushed, options: "{\"minSeverity\":\"loud\"}")
    #expect(try client.notification("window/logMessage")["message"].string?.contains("epochzero.minSeverity") == true)
  }

  @Test func `looks again when files change on disk`() throws {
    let files = MemoryFileSystem(["epochzero.yaml": "ignore: [files/unknown-key]\n"])
    let client = TestClient(files)
    try client.initialize(.pushed)
    client.open("a.yaml", Self.experiment)
    #expect(try client.published("a.yaml").isEmpty)
    files["epochzero.yaml"] = Array("min-severity: hint\n".utf8)
    client.notify(
      "workspace/didChangeWatchedFiles",
      "{\"changes\":[{\"uri\":\"file:///home/epochzero.yaml\",\"type\":2}]}"
    )
    #expect(try client.published("a.yaml").map(\.code) == ["files/unknown-key"])
  }

  @Test func `takes the version that configs are for from the settings`() throws {
    let files = MemoryFileSystem(["epochzero.yaml": "framework-versions: {ludwig: \"0.6\"}\n"])
    let client = TestClient(files)
    try client.initialize(.pushed)
    client.open(
      "a.yaml",
      "input_features:\n  - {name: income, type: number}\noutput_features: [{name: b, type: number}]\n"
    )
    #expect(try client.published("a.yaml").map(\.code).contains("normalization/raw-inputs"))
    files["epochzero.yaml"] = Array("framework-versions: {ludwig: \"0.11\"}\n".utf8)
    client.notify(
      "workspace/didChangeWatchedFiles",
      "{\"changes\":[{\"uri\":\"file:///home/epochzero.yaml\",\"type\":2}]}"
    )
    #expect(try !client.published("a.yaml").map(\.code).contains("normalization/raw-inputs"))
  }

  @Test func `lives by the definition of a dialect while it is typed, without trust`() throws {
    let head = "dialect: 1\nname: house\nrecognize: [{all: [opt]}]\n"
    let files = MemoryFileSystem([
      "epochzero.yaml": "dialects: [house.yaml]\n",
      "house.yaml": head + "keys: {opt.lr: training.optimizer.learning_rate}\n",
    ])
    let client = TestClient(files)
    try client.initialize(.pushed)
    client.open("a.yaml", "opt: {lr: -1, batch: -2}\n")
    #expect(try client.published("a.yaml").map(\.code) == ["learning-rate/negative"])
    client.open("house.yaml", head + "keys: {opt.batch: training.batch_size}\n")
    #expect(try client.published("a.yaml").map(\.code) == ["batch-size/not-positive"])
    #expect(try client.published("house.yaml").isEmpty)
    client.open("house.yaml", head + "keys: {opt.batch: training.batch_sise}\n")
    #expect(try client.published("house.yaml").map(\.code) == ["settings"])
  }

  @Test func `checks a settings file while it is typed, and lives by it`() throws {
    let client = TestClient()
    try client.initialize(.pushed)
    client.open("a.yaml", Self.experiment)
    #expect(try client.published("a.yaml").map(\.code) == ["files/unknown-key"])
    client.open("epochzero.yaml", "ignore: [files/unknown-key]\nseverity: x\n")
    #expect(try client.published("epochzero.yaml").map(\.code) == ["settings"])
    #expect(try client.published("a.yaml").isEmpty)
  }

  @Test func `loads a workspace's own rules only when it is trusted`() throws {
    let rule = """
      return {
        id = "own/always",
        summary = "any experiment",
        severity = "warning",
        check = function(experiment, report) report { message = "found", at = experiment } end,
        docs = "## What it does\\nFinds any.",
        examples = {},
      }
      """
    let files = ["own.lua": rule, "epochzero.yaml": "plugins: [own.lua]\nselect: [all]\n"]
    for isTrusted in [false, true] {
      let client = TestClient(MemoryFileSystem(files))
      try client.initialize(.pushed, options: "{\"trustWorkspace\":\(isTrusted)}")
      client.open("epochzero.yaml", files["epochzero.yaml"] ?? "")
      let shown = try client.published("epochzero.yaml")
      #expect(shown.contains { $0.message.contains("not trusted") && $0.severity == 3 } == !isTrusted, "\(shown)")
    }
  }

  @Test func `finds what is wrong in files that are not open`() throws {
    let files = MemoryFileSystem([
      "a.yaml": Self.experiment, "b/c.yaml": Self.experiment, "d.json": "{}", "ok.yaml": "epochzero: 1\n",
    ])
    let client = TestClient(files)
    try client.initialize(.pulling)
    let report = try client.request("workspace/diagnostic", "{\"previousResultIds\":[],\"workDoneToken\":\"w\"}")
    let items = report["items"].elements ?? []
    #expect(items.compactMap { $0["uri"].string } == [TestClient.uri("a.yaml"), TestClient.uri("b/c.yaml")])
    #expect(items.allSatisfy { TestClient.shown($0["items"]).map(\.code) == ["files/unknown-key"] })
    #expect(try client.notification("$/progress")["value"]["kind"].string == "begin")
    _ = try client.notification("$/progress") { $0["value"]["kind"].string == "end" }
    let id = items.first?["resultId"].string ?? ""
    client.open("b/c.yaml", "epochzero: 1\n", version: 5)
    let again = try client.request(
      "workspace/diagnostic",
      """
      {"previousResultIds":[{"uri":"\(TestClient.uri("a.yaml"))","value":"\(id)"},\
      {"uri":"\(TestClient.uri("b/c.yaml"))","value":"\(id)"}]}
      """
    )
    let kinds = (again["items"].elements ?? []).map { "\($0["kind"].string ?? "") \($0["version"].integer ?? 0)" }
    #expect(kinds == ["unchanged 0", "full 5"])
    #expect(again["items"].elements?.last?["items"].elements?.isEmpty == true)
  }
}
