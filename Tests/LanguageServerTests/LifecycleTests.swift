import JSONRPC
import Linting
import Testing

/// How a conversation begins, ends, and survives what does not belong in it.
struct LifecycleTests {
  @Test func `refuses requests before it is initialized, and after it is shut down`() throws {
    let client = TestClient()
    #expect(throws: ResponseError(code: -32002, message: "the server is not initialized")) {
      try client.request("textDocument/hover", Self.hover)
    }
    #expect(throws: ResponseError(code: -32002, message: "the server is not initialized")) {
      try client.request("no/such")
    }
    try client.initialize()
    #expect(throws: ResponseError.self) { try client.request("initialize", "{\"capabilities\":{}}") }
    _ = try client.request("shutdown")
    #expect(throws: ResponseError(code: -32600, message: "the server is shut down")) {
      try client.request("textDocument/hover", Self.hover)
    }
    client.notify("exit")
    #expect(try client.waitForEnd() == 0)
    #expect(client.unread.isEmpty)
  }

  @Test func `ends with 1 where no shutdown came before the exit`() throws {
    let client = TestClient()
    try client.initialize()
    client.notify("exit")
    #expect(try client.waitForEnd() == 1)
  }

  @Test func `answers what was asked before the exit`() throws {
    let client = TestClient()
    try client.initialize()
    let hover = client.start("textDocument/hover", Self.hover)
    let shutdown = client.start("shutdown")
    client.notify("exit")
    #expect(try client.waitForEnd() == 0)
    #expect(try client.answer(to: hover).get().isPresent)
    #expect(try client.answer(to: shutdown).get().isPresent)
  }

  @Test(arguments: [
    ([], "utf-16"), (["utf-16"], "utf-16"), (["utf-32", "utf-16"], "utf-16"), (["utf-16", "utf-8"], "utf-8"),
    (["utf-32"], "utf-32"), (["utf-7"], "utf-16"),
  ])
  func `takes the best encoding that is offered`(offered: [String], taken: String) throws {
    let result = try TestClient().initialize(encodings: offered)
    #expect(result["capabilities"]["positionEncoding"].string == taken)
    #expect(result["serverInfo"]["version"].string == "1.2.3")
  }

  @Test(arguments: [
    ("no/such", "{}", -32601), ("textDocument/hover", "[]", -32602), ("textDocument/hover", "{}", -32602),
    ("textDocument/hover", "{\"textDocument\":{\"uri\":3},\"position\":7}", -32602),
    ("textDocument/hover", "{\"textDocument\":{\"uri\":\"a\"},\"position\":{\"line\":-1,\"character\":0}}", -32602),
    ("codeAction/resolve", "{\"title\":\"x\"}", -32602),
  ])
  func `answers what it cannot answer with an error`(method: String, params: String, code: Int) throws {
    let client = TestClient()
    try client.initialize()
    let error = #expect(throws: ResponseError.self) { try client.request(method, params) }
    #expect(error?.code == code)
  }

  @Test func `goes on behind notifications that make no sense`() throws {
    let client = TestClient()
    try client.initialize()
    client.notify("no/such")
    client.notify("$/setTrace", "{\"value\":\"off\"}")
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"] {
      client.notify(method, "[]")
    }
    client.change("never-opened.yaml", "epochzero: 1\n", version: 2)
    client.open("a.yaml", "epochzero: 1\n")
    client.change(
      "a.yaml",
      version: 2,
      changes:
        "{\"range\":{\"start\":{\"line\":9,\"character\":0},\"end\":{\"line\":9,\"character\":1}},\"text\":\"x\"}"
    )
    client.send(body: "{")
    client.send(raw: "Content-Length: nonsense\r\n\r\n")
    client.notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"file:///home/other.yaml\"}}")
    client.open("b.yaml", "epochzero: 1\nno: 1\n")
    #expect(try client.published("b.yaml", version: 1).map(\.code) == ["files/unknown-key"])
    var logged = 0
    while (try? client.notification("window/logMessage")) != nil, logged < 6 { logged += 1 }
    #expect(logged == 6)
  }

  @Test func `gives up requests that are cancelled, before their turn and while they run`() throws {
    let files = StallingFileSystem(MemoryFileSystem(["model.json": "{}"]), stallingAt: "model.json")
    let client = TestClient(files)
    try client.initialize(.pulling)
    client.open("a.yaml", "epochzero: 1\nmodel: model.json\n")
    let running = client.start("textDocument/diagnostic", Self.document)
    #expect(files.waitUntilStalled())
    // The edit waits for what runs, and the next question for the edit.
    client.change("a.yaml", "epochzero: 1\n", version: 2)
    let waiting = client.start("textDocument/diagnostic", Self.document)
    client.cancel(waiting)
    #expect(throws: Self.cancelled) { try client.answer(to: waiting).get() }
    client.cancel(running)
    // It is heeded once this is answered, which waits for nothing.
    #expect(throws: ResponseError.self) { try client.request("no/such") }
    files.goOn()
    #expect(throws: Self.cancelled) { try client.answer(to: running).get() }
    #expect(try client.request("textDocument/diagnostic", Self.document)["items"].elements?.isEmpty == true)
    #expect(try client.end().unread.isEmpty)
  }

  private static let cancelled = ResponseError(code: -32800, message: "the request was cancelled")
  private static let document = "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
  private static let hover =
    "{\"textDocument\":{\"uri\":\"file:///home/a.yaml\"},\"position\":{\"line\":0,\"character\":0}}"
}
