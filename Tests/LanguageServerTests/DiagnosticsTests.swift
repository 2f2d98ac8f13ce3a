import Glibc
import JSONRPC
import Linting
import Testing

struct DiagnosticsTests {
  private static let broken = """
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [8]}
        - {kind: dense, units: 64, activation: relu}
        - {kind: dropout, rate: 0.8}
        - {kind: dense, units: 1}
    """

  @Test func `sends findings with the version that they are of`() throws {
    let client = TestClient()
    try client.initialize(.pushed)
    client.open("a.yaml", Self.broken)
    let shown = try client.published("a.yaml", version: 1)
    #expect(shown.map(\.code).contains("dropout/keep-as-drop"), "\(shown)")
    client.change("a.yaml", Self.broken.replacing("rate: 0.8", with: "rate: 0.2"), version: 2)
    #expect(try !client.published("a.yaml", version: 2).map(\.code).contains("dropout/keep-as-drop"))
    client.notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}")
    #expect(try client.published("a.yaml").isEmpty)
    let end = try client.end()
    #expect(end.status == 0)
    #expect(end.unread.isEmpty, "\(end.unread)")
  }

  @Test func `sends the findings of a text that is saved at once`() throws {
    let client = TestClient()
    try client.initialize(.pushed)
    client.open("a.yaml", Self.broken)
    for version in 2...400 {
      client.change("a.yaml", Self.broken.replacing("64", with: "\(version)"), version: version)
      // Saving may come before, while or after they are sent.
      usleep(UInt32(version % 40) * 10)
      client.notify("textDocument/didSave", "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}")
      _ = try client.published("a.yaml", version: version)
    }
  }

  @Test func `gives findings to clients that ask, and sends them none`() throws {
    let client = TestClient()
    let result = try client.initialize(.pulling)
    #expect(result["capabilities"]["diagnosticProvider"]["interFileDependencies"].boolean == true)
    client.open("a.yaml", Self.broken)
    let params = "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
    let report = try client.request("textDocument/diagnostic", params)
    #expect(report["kind"].string == "full")
    #expect(TestClient.shown(report["items"]).map(\.code).contains("dropout/keep-as-drop"))
    let id = try #require(report["resultId"].string)
    let again = try client.request(
      "textDocument/diagnostic",
      "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"},\"previousResultId\":\"\(id)\"}"
    )
    #expect(again["kind"].string == "unchanged")
    #expect(again["resultId"].string == id)
    #expect(!again["items"].isPresent)
    let end = try client.end()
    #expect(end.unread.isEmpty, "\(end.unread)")
  }

  @Test func `says nothing of files that are no config`() throws {
    let client = TestClient()
    try client.initialize(.pushed)
    client.open("package.json", "{\"name\": \"x\",}")
    #expect(try client.published("package.json", version: 1).isEmpty)
    client.open("compose.yaml", "services: [a\n")
    #expect(try client.published("compose.yaml", version: 1).isEmpty)
  }

  @Test func `tells of faults in a config that is being typed`() throws {
    let client = TestClient()
    try client.initialize(.pushed)
    client.open("a.yaml", Self.broken)
    _ = try client.published("a.yaml", version: 1)
    client.change("a.yaml", "[" + Self.broken, version: 2)
    #expect(try client.published("a.yaml", version: 2).contains { $0.code == "files/invalid-syntax" })
  }

  @Test func `shows what an experiment says of the model file that it names`() throws {
    let model = """
      {"class_name": "Sequential", "config": {"layers": [
        {"class_name": "InputLayer", "config": {"batch_shape": [null, 8]}},
        {"class_name": "Dense", "config": {"units": 64, "activation": "relu"}},
        {"class_name": "Dense", "config": {"units": 1, "activation": "relu"}}]}}
      """
    let experiment = """
      epochzero: 1
      model: model.json
      task: regression
      outputs:
        - {loss: mse, target: {range: [-3, 3]}}
      """
    let client = TestClient(MemoryFileSystem(["model.json": model]))
    try client.initialize(.pushed)
    client.open("e.yaml", experiment)
    let inModel = try client.published("model.json")
    #expect(inModel.map(\.code).contains { $0.hasPrefix("final-activation/") }, "\(inModel)")
    _ = try client.published("e.yaml", version: 1)
    // Opened and mended, the model file changes what is said of the experiment.
    client.open("model.json", model)
    #expect(try client.published("model.json", version: 1).map(\.code).contains { $0.hasPrefix("final-activation/") })
    client.change("model.json", model.replacing("1, \"activation\": \"relu\"", with: "1"), version: 2)
    #expect(try !client.published("model.json", version: 2).map(\.code).contains { $0.hasPrefix("final-activation/") })
  }
}
