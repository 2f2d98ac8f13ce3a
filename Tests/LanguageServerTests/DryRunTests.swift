import DryRunMessages
import Experiment
import JSONRPC
import Linting
import Testing

/// Confirming findings by dry runs, with a stand-in for what trains.
struct DryRunTests {
  private static let text = """
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [8]}
        - {kind: dense, units: 64, activation: relu}
        - {kind: dropout, rate: 0.9}
        - {kind: dense, units: 64, activation: relu}
        - {kind: dropout, rate: 0.8}
        - {kind: dense, units: 1}
    training:
      optimizer: {name: adam, learning_rate: 0.001}

    """
  private static let rule = "dropout/keep-as-drop"
  private static let confirmed = "confirmed: loss 9 times lower with the fix (3 of 3 seeds)"

  // MARK: - What is shown

  @Test func `offers a lens, runs it with progress, and shows the verdict everywhere`() throws {
    let runner = StagedRunner(.confirmed)
    let client = try Self.client(runner)
    client.open("a.yaml", Self.text)
    let lenses = try Self.lenses(client)
    #expect(lenses.map(\.title) == ["Confirm by a dry run", "Confirm by a dry run"])
    #expect(lenses.map(\.range) == ["5:28-5:31", "7:28-7:31"])
    #expect(try client.request("workspace/executeCommand", lenses[0].command).json == "null")
    let created = try client.answerRequest("window/workDoneProgress/create")
    let token = try #require(created["token"].string)
    let end = try client.notification("$/progress") { $0["value"]["kind"].string == "end" }
    #expect(end["token"].string == token && end["value"]["message"].string == Self.confirmed)
    _ = try Self.refreshes(client, 2)
    let shown = try Self.diagnostics(client)
    #expect(shown.map(\.severity) == [2, 2])
    #expect(shown.allSatisfy { $0.message.contains("\ndry run: \(Self.confirmed); 49 % of the units are dead") })
    #expect(try Self.lenses(client).map(\.title) == [Self.confirmed, Self.confirmed])
    #expect(runner.jobs.count == 1 && runner.waitUntilRested())
  }

  @Test func `says in a hover what the verdict rests on`() throws {
    let client = try Self.client(StagedRunner(.confirmed))
    client.open("a.yaml", Self.text)
    try Self.confirm(client)
    let place =
      "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"},\"position\":{\"line\":5,\"character\":31}}"
    let hover = try client.request("textDocument/hover", place)["contents"]["value"].string ?? ""
    for part in [
      "dry run: **confirmed**: loss 9 times lower", "49 % of the units are dead",
      "| held-out loss | as written | with the fix |",
      "| seed 2 | 0.9 | 0.1 |", "| a constant | 1 | 1 |", "```text\ntraining loss, seed 1\nas written    █", "1 → 0.9",
      "the fix: `layers[3].rate = ",
      "200 steps on 400 rows, 100 held out", "scaled: batch 256 → 32", "assumed: loss: mean_squared_error",
      "left out: augmentation", "data: synthetic data show little", "1.5 s on 1 thread, oneDNN 2.6.3",
    ] { #expect(hover.contains(part), "\(part)\n\(hover)") }
  }

  @Test func `leads to the layer in which numbers went wrong`() throws {
    let client = try Self.client(StagedRunner(.confirmed))
    client.open("a.yaml", Self.text)
    try Self.confirm(client)
    let params = "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
    let items = try client.request("textDocument/diagnostic", params)["items"].elements ?? []
    let related = try #require(items.first { $0["code"].string == Self.rule }?["relatedInformation"].elements?.last)
    #expect(
      related["message"].string == "the first value that is no finite number came up here, in step 7 of a dry run"
    )
    #expect(TestClient.range(related["location"]["range"]).hasPrefix("6:"))
  }

  @Test func `makes a refuted finding a hint, and says so where no progress is shown`() throws {
    let client = TestClient(dryRunner: StagedRunner(.refuted).runner)
    try client.initialize(.pushed)
    client.open("a.yaml", Self.text)
    #expect(try client.published("a.yaml").map(\.severity) == [2, 2])
    _ = try client.request("workspace/executeCommand", Self.command("confirm"))
    let said = try client.notification("window/showMessage")
    #expect(said["message"].string == "\(Self.rule): refuted: loss the same with the fix (0 of 3 seeds)")
    var shown = try client.published("a.yaml")
    while !shown.allSatisfy({ $0.message.contains("dry run: refuted") }) { shown = try client.published("a.yaml") }
    #expect(shown.map(\.severity) == [3, 3])
    #expect(try client.end().unread.filter { $0 != "textDocument/publishDiagnostics" }.isEmpty)
  }

  @Test func `says why nothing could be trained`() throws {
    let client = try Self.client(StagedRunner(.notRunnable("install it with \"pip\"")))
    client.open("a.yaml", Self.text)
    #expect(try Self.confirm(client)["message"].string == "not runnable: install it with \"pip\"")
    #expect(try Self.lenses(client).first?.title == "not runnable: install it with \"pip\"")
  }

  @Test func `opens the page with all figures, or says the verdict where none can be opened`() throws {
    let files = MemoryFileSystem([:])
    let client = TestClient(files, dryRunner: StagedRunner(.confirmed).runner)
    try client.initialize(.pulling)
    client.open("a.yaml", Self.text)
    _ = try client.request("workspace/executeCommand", Self.command("showVerdict"))
    try Self.confirm(client)
    for success in [true, false] {
      _ = try client.request("workspace/executeCommand", Self.command("showVerdict"))
      let shown = try client.answerRequest("window/showDocument", with: "{\"success\":\(success)}")
      #expect(shown["uri"].string == "file:///dry-runs/dropout-keep-as-drop.html" && shown["external"].boolean == true)
    }
    let page = try String(decoding: files.read("/dry-runs/dropout-keep-as-drop.html", limit: .max), as: UTF8.self)
    #expect(page == "\(Self.rule) confirmed\n\(Self.rule) confirmed")
    let said = try client.notification("window/showMessage")["message"].string ?? ""
    #expect(said == "\(Self.rule): \(Self.confirmed); 49 % of the units are dead, 0 % with the fix")
    #expect(!client.unread.contains("window/showMessage"))
  }

  @Test func `says where both versions had the other findings mended`() throws {
    let runner = StagedRunner(.refuted, .confirmed)
    let client = try Self.client(runner)
    client.open("a.yaml", Self.text.replacing("learning_rate: 0.001", with: "learning_rate: 10"))
    try Self.confirm(client)
    #expect(runner.jobs.count == 2)
    #expect(try Self.lenses(client).contains { $0.title == Self.confirmed + ", all other findings mended" })
  }

  // MARK: - How long it holds

  @Test func `keeps a verdict while comments change, drops it with the facts, and has it again with them`() throws {
    let client = try Self.client(StagedRunner(.confirmed))
    client.open("a.yaml", Self.text)
    try Self.confirm(client)
    func verdicts() throws -> Int { try Self.diagnostics(client).count { $0.message.contains("dry run: confirmed") } }
    #expect(try verdicts() == 2)
    let changes: [(text: String, count: Int)] = [
      (
        "# a comment\n" + Self.text.replacing("{kind: dropout, rate: 0.9}", with: "{rate: 0.9, kind: dropout}  # why"),
        2
      ),
      (Self.text.replacing("learning_rate: 0.001", with: "learning_rate: 0.01"), 0),
      (Self.text.replacing("rate: 0.8", with: "rate: 0.85"), 0),
      (Self.text.replacing("rate: 0.8}", with: "rate: {"), 0),
      (Self.text, 2),
    ]
    for (index, change) in changes.enumerated() {
      client.change("a.yaml", change.text, version: index + 2)
      #expect(try verdicts() == change.count, "\(change.text)")
    }
    client.notify("workspace/didChangeWatchedFiles", "{\"changes\":[{\"uri\":\"file:///home/rule.lua\",\"type\":2}]}")
    _ = try client.answerRequest("workspace/diagnostic/refresh")
    #expect(try verdicts() == 0)
  }

  @Test func `trains both versions of the text as it is in the editor`() throws {
    let runner = StagedRunner(.confirmed)
    let client = try Self.client(
      runner,
      ["a.yaml": "epochzero: 1\n", "epochzero.yaml": "dryrun: {seconds: 3, data: rows.csv}\n"]
    )
    client.open("a.yaml", Self.text)
    try Self.confirm(client)
    let job = try #require(runner.jobs.first)
    func rates(_ experiment: Experiment?) -> [Double] {
      experiment?.layers.compactMap { $0.facts.value(LayerKeys.rate) } ?? []
    }
    #expect(rates(job.written) == [0.9, 0.8])
    #expect(rates(job.changed).allSatisfy { $0 < 0.5 } && rates(job.changed).count == 2)
    #expect(job.budget.seconds == 3 && job.rows == "/home/rows.csv")
  }

  @Test(arguments: [(true, ["srun", "runner"]), (false, nil)])
  func `takes a launcher only of a workspace that is trusted`(isTrusted: Bool, launcher: [String]?) throws {
    let runner = StagedRunner(.confirmed)
    let files = MemoryFileSystem(["epochzero.yaml": "dryrun: {launcher: srun runner}\n"])
    let client = TestClient(files, dryRunner: runner.runner)
    try client.initialize(.pulling, options: "{\"trustWorkspace\":\(isTrusted)}")
    client.open("a.yaml", Self.text)
    try Self.confirm(client)
    #expect(runner.launchers == [launcher])
  }

  // MARK: - While it runs

  @Test func `answers others, and lines up dry runs behind each other`() throws {
    let runner = StagedRunner(.confirmed, waits: true)
    let client = try Self.client(runner)
    client.open("a.yaml", Self.text)
    client.open("b.yaml", Self.text.replacing("0.9", with: "0.95"))
    let first = client.start("workspace/executeCommand", Self.command("confirm", token: "one"))
    #expect(runner.waitUntilStarted())
    let second = client.start("workspace/executeCommand", Self.command("confirm", "b.yaml", token: "two"))
    let waits = try client.notification("$/progress") { $0["token"].string == "two" && $0["value"]["message"].hasValue }
    #expect(waits["value"]["message"].string == "waits for another")
    #expect(try Self.lenses(client).map(\.title) == ["Dry run under way: cancel", "Confirm by a dry run"])
    #expect(try Self.diagnostics(client).count == 2)
    #expect(runner.jobs.count == 1)
    runner.goOn()
    #expect(try client.answer(to: first).get()["verdict"].string == "confirmed")
    let report = try client.notification("$/progress") {
      $0["token"].string == "one" && $0["value"]["kind"].string == "report"
    }
    #expect(report["value"]["percentage"].integer == 50 && report["value"]["message"].string == "seed 1 of 3 to 9")
    #expect(runner.waitUntilStarted())
    runner.goOn()
    #expect(try client.answer(to: second).get()["message"].string == Self.confirmed)
    #expect(runner.jobs.count == 2 && runner.waitUntilRested())
  }

  @Test(arguments: ["request", "progress", "command", "close"])
  func `gives up what runs`(way: String) throws {
    let runner = StagedRunner(.confirmed, waits: true)
    let client = try Self.client(runner)
    client.open("a.yaml", Self.text)
    let request = client.start("workspace/executeCommand", Self.command("confirm", token: "mine"))
    #expect(runner.waitUntilStarted())
    switch way {
    case "request": client.cancel(request)
    case "progress": client.notify("window/workDoneProgress/cancel", "{\"token\":\"mine\"}")
    case "command": _ = try client.request("workspace/executeCommand", Self.command("cancelDryRun"))
    default: client.notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}")
    }
    #expect(throws: ResponseError(code: -32800, message: "the request was cancelled")) {
      try client.answer(to: request).get()
    }
    let end = try client.notification("$/progress") { $0["value"]["kind"].string == "end" }
    #expect(end["value"]["message"].string == "given up")
    if way == "close" { client.open("a.yaml", Self.text) }
    #expect(try Self.lenses(client).map(\.title) == ["Confirm by a dry run", "Confirm by a dry run"])
    #expect(try Self.diagnostics(client).allSatisfy { !$0.message.contains("dry run") })
    #expect(runner.cancelled == 1)
  }

  @Test func `gives up what waits at once, and only for the one who gave it up`() throws {
    let runner = StagedRunner(.confirmed, waits: true)
    let client = try Self.client(runner)
    client.open("a.yaml", Self.text)
    client.open("b.yaml", Self.text.replacing("0.9", with: "0.95"))
    let first = client.start("workspace/executeCommand", Self.command("confirm", token: "one"))
    #expect(runner.waitUntilStarted())
    let same = client.start("workspace/executeCommand", Self.command("confirm", token: "again"))
    let waiting = client.start("workspace/executeCommand", Self.command("confirm", "b.yaml", token: "two"))
    _ = try client.notification("$/progress") { $0["token"].string == "two" }
    client.cancel(waiting)
    #expect(throws: ResponseError.self) { try client.answer(to: waiting).get() }
    client.cancel(same)
    #expect(throws: ResponseError.self) { try client.answer(to: same).get() }
    #expect(runner.cancelled == 0)
    runner.goOn()
    #expect(try client.answer(to: first).get()["verdict"].string == "confirmed")
    #expect(runner.jobs.count == 1)
  }

  @Test func `ends what runs when it ends itself`() throws {
    let runner = StagedRunner(.confirmed, waits: true)
    let client = try Self.client(runner)
    client.open("a.yaml", Self.text)
    client.start("workspace/executeCommand", Self.command("confirm"))
    #expect(runner.waitUntilStarted())
    client.notify("exit")
    #expect(try client.waitForEnd() == 1)
    #expect(runner.cancelled == 1 && runner.waitUntilRested())
  }

  // MARK: - Actions and errors

  @Test func `offers it among quick fixes, as what it is`() throws {
    let runner = StagedRunner(.confirmed, waits: true)
    let client = try Self.client(runner)
    client.open("a.yaml", Self.text)
    func actions(_ only: String) throws -> [JSONValue] {
      let place = "{\"line\":5,\"character\":31}"
      return try client.request(
        "textDocument/codeAction",
        """
        {"textDocument":{"uri":"\(TestClient.uri("a.yaml"))"},"range":{"start":\(place),"end":\(place)},\
        "context":{"diagnostics":[],"only":["\(only)"]}}
        """
      ).elements ?? []
    }
    let action = try #require(try actions("quickfix").first { $0["kind"].string == "quickfix.confirm.epochzero" })
    #expect(action["title"].string == "Confirm by a dry run (\(Self.rule))")
    #expect(!action["edit"].isPresent && action["command"]["command"].string == "epochzero.confirm")
    #expect(TestClient.shown(action["diagnostics"]).map(\.code) == [Self.rule])
    // Some clients ask for the edits of what has none.
    #expect(try client.request("codeAction/resolve", action.json ?? "").json == action.json)
    #expect(try actions("refactor").isEmpty)
    client.start("workspace/executeCommand", action["command"].json ?? "")
    #expect(runner.waitUntilStarted())
    let cancel = try #require(try actions("quickfix.confirm").first)
    #expect(cancel["title"].string == "Dry run under way: cancel (\(Self.rule))")
    _ = try client.request("workspace/executeCommand", cancel["command"].json ?? "")
    _ = try Self.refreshes(client, 2)
    #expect(runner.cancelled == 1)
  }

  @Test func `refuses what it cannot test`() throws {
    let client = try Self.client(StagedRunner(.confirmed))
    client.open("a.yaml", Self.text, version: 3)
    let file = TestClient.uri("a.yaml")
    let refused: [(params: String, code: Int)] = [
      ("{\"command\":\"epochzero.confirm\"}", -32602),
      ("{\"command\":\"epochzero.train\",\"arguments\":[{\"uri\":\"\(file)\",\"rule\":\"\(Self.rule)\"}]}", -32602),
      ("{\"command\":\"epochzero.confirm\",\"arguments\":[{\"uri\":\"\(file)\",\"rule\":\"init/none\"}]}", -32602),
      ("{\"command\":\"epochzero.confirm\",\"arguments\":[{\"uri\":\"file:///b\",\"rule\":\"\(Self.rule)\"}]}", -32602),
      (
        "{\"command\":\"epochzero.confirm\",\"arguments\":[{\"uri\":\"\(file)\",\"version\":2,\"rule\":\"\(Self.rule)\"}]}",
        -32801
      ),
    ]
    for (params, code) in refused {
      let error = #expect(throws: ResponseError.self) { try client.request("workspace/executeCommand", params) }
      #expect(error?.code == code, "\(params)")
    }
  }

  @Test func `offers nothing where nothing can train, or lenses are not wanted`() throws {
    let client = TestClient()
    let offered = try client.initialize(.pulling)["capabilities"]
    #expect(!offered["codeLensProvider"].isPresent && !offered["executeCommandProvider"].isPresent)
    client.open("a.yaml", Self.text)
    #expect(try Self.lenses(client).isEmpty)
    #expect(throws: ResponseError.self) { try client.request("workspace/executeCommand", Self.command("confirm")) }
    let other = TestClient(dryRunner: StagedRunner(.confirmed).runner)
    #expect(
      try other.initialize(.pulling, options: "{\"codeLens\":false}")["capabilities"]["codeLensProvider"].isObject
    )
    other.open("a.yaml", Self.text)
    #expect(try Self.lenses(other).isEmpty)
  }

  // MARK: - Private

  private struct Lens {
    var title: String
    var range: String

    /// The parameters that run it.
    var command: String
  }

  private static func client(_ runner: StagedRunner, _ files: [String: String] = [:]) throws -> TestClient {
    let client = TestClient(MemoryFileSystem(files), dryRunner: runner.runner)
    try client.initialize(.pulling)
    return client
  }

  private static func command(_ name: String, _ file: String = "a.yaml", token: String? = nil) -> String {
    let progress = token.map { ",\"workDoneToken\":\"\($0)\"" } ?? ""
    return """
      {"command":"epochzero.\(name)","arguments":[{"uri":"\(TestClient.uri(file))","rule":"\(rule)"}]\(progress)}
      """
  }

  /// Has the first finding confirmed, and returns the answer.
  @discardableResult
  private static func confirm(_ client: TestClient) throws -> JSONValue {
    try client.request("workspace/executeCommand", command("confirm", token: "token"))
  }

  private static func lenses(_ client: TestClient) throws -> [Lens] {
    let params = "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
    return try client.request("textDocument/codeLens", params).elements?.map { lens in
      Lens(
        title: lens["command"]["title"].string ?? "",
        range: TestClient.range(lens["range"]),

        command: lens["command"].json ?? ""
      )
    } ?? []
  }

  private static func diagnostics(_ client: TestClient) throws -> [TestClient.Shown] {
    let params = "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
    let items = try client.request("textDocument/diagnostic", params)["items"]
    return TestClient.shown(items).filter { $0.code == rule }
  }

  /// Waits until all that a dry run changes was asked to be shown anew, so many times.
  private static func refreshes(_ client: TestClient, _ count: Int) throws {
    for _ in 0..<count {
      _ = try client.answerRequest("workspace/diagnostic/refresh")
      _ = try client.answerRequest("workspace/codeLens/refresh")
    }
  }
}
