import Foundation
import JSONRPC
import Linting
import Testing

/// What the server offers beside findings, on small files with a cursor.
struct FeatureTests {
  private static let experiment = """
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [8]}
        - {kind: dense, units: 64, activation: relu, name: trunk}
        - {kind: dropout, rate: 0.9}
        - kind: dense
          units: 1
          from: trunk
    training:
      optimizer: {name: adam, learning_rate: 0.001}

    """

  private static let ludwig = """
    input_features:
      - {name: rooms, type: number, preprocessing: {normalization: zscore}}
    output_features:
      - {name: price, type: number, preprocessing: {normalization: zscore}}
    trainer:
      epochs: 20

    """

  // MARK: - Actions

  @Test func `offers a fix, preferred where it is safe, with its edit`() throws {
    let client = try Self.client()
    client.open("a.yaml", Self.experiment.replacing("units: 1\n", with: "unit: 1\n"))
    let actions = try Self.actions(client, "a.yaml", line: 7)
    let fix = try #require(actions.first)
    #expect(fix["title"].string == "Did you mean \"units\"?" || fix["title"].string?.contains("units") == true)
    #expect(fix["kind"].string == "quickfix")
    #expect(fix["isPreferred"].boolean == true)
    #expect(TestClient.shown(fix["diagnostics"]).map(\.code) == ["files/unknown-key"])
    let edit = try #require(fix["edit"]["changes"][TestClient.uri("a.yaml")].elements?.first)
    #expect(TestClient.range(edit["range"]) == "7:6-7:10")
    #expect(edit["newText"].string == "units")
  }

  @Test func `works out fixing all and ignoring when they are chosen`() throws {
    let client = try Self.client()
    let text = Self.experiment.replacing("units: ", with: "unit: ")
    client.open("a.yaml", text, version: 3)
    let actions = try Self.actions(client, "a.yaml", line: 7)
    let rule = try #require(actions.first { $0["title"].string == "Fix all 2 findings of files/unknown-key" })
    #expect(!rule["edit"].isPresent)
    #expect(try Self.text(text, after: Self.resolve(rule, client)) == Self.experiment)
    let all = try #require(actions.first { $0["kind"].string == "source.fixAll.epochzero" })
    #expect(try Self.text(text, after: Self.resolve(all, client)) == Self.experiment)
    let ignore = try #require(actions.first { $0["title"].string == "Ignore files/unknown-key here, with a reason" })
    #expect(
      try Self.text(text, after: Self.resolve(ignore, client))
        == text.replacing(
          "\n      unit: 1\n",
          with: "\n      unit: 1  # epochzero: ignore[files/unknown-key] (say why)\n"
        )
    )
    client.change("a.yaml", Self.experiment, version: 4)
    #expect(throws: ResponseError(code: -32801, message: "the document changed meanwhile")) {
      try client.request("codeAction/resolve", ignore.json ?? "")
    }
  }

  @Test func `gives only the kinds that are asked for`() throws {
    let client = try Self.client()
    client.open("a.yaml", Self.experiment.replacing("units: 1\n", with: "unit: 1\n"))
    #expect(
      try Self.actions(client, "a.yaml", line: 7, only: "source.fixAll").map { $0["kind"].string } == [
        "source.fixAll.epochzero"
      ]
    )
    #expect(try Self.actions(client, "a.yaml", line: 7, only: "refactor").isEmpty)
    #expect(try Self.actions(client, "a.yaml", line: 0, only: "quickfix").isEmpty)
  }

  // MARK: - Facts

  @Test(arguments: [
    ("units: 64", 7, ["`units`", "`layers[2].units` = `64`"]),
    ("activation: relu", 0, ["`activation`", "= `\"relu\"`"]),
    ("relu", 0, ["max(0, x)"]),
    ("dense, units: 64", 1, ["(8,) → (64,)", "576 parameters", "fan-in 8"]),
    ("0.9}", 1, ["`rate`", "dropout/keep-as-drop", "help:"]),
  ])
  func `says what is known of a place`(word: String, distance: Int, expected: [String]) throws {
    let client = try Self.client()
    client.open("a.yaml", Self.experiment)
    let hover = try client.request("textDocument/hover", Self.params(Self.experiment, word, distance))
    let text = hover["contents"]["value"].string ?? ""
    #expect(hover["contents"]["kind"].string == "markdown")
    for part in expected { #expect(text.contains(part), "\(text)") }
  }

  @Test func `says nothing of what is not ours`() throws {
    let client = try Self.client()
    let text = "services:\n  web: {image: x}\n"
    client.open("a.yaml", text)
    let params = Self.params(text, "image", 1)
    #expect(try !client.request("textDocument/hover", params).hasValue)
    #expect(try client.request("textDocument/completion", params).elements?.isEmpty == true)
    #expect(try client.request("textDocument/documentSymbol", params).elements?.isEmpty == true)
    #expect(try client.request("textDocument/foldingRange", params).elements?.isEmpty == true)
    #expect(try !client.request("textDocument/definition", params).hasValue)
  }

  @Test func `shows sizes, and defaults that nobody wrote`() throws {
    let client = try Self.client()
    client.open("a.yaml", Self.experiment)
    client.open("b.yaml", Self.ludwig)
    #expect(
      try Self.hints(client, "a.yaml") == [
        "3:31 (8,)", "4:61 (64,) · 576 parameters", "5:32 (64,)", "6:17 (1,) · 65 parameters",
      ]
    )
    let defaults = try Self.hints(client, "b.yaml").last
    #expect(
      defaults
        == "4:8 not written, so: gradients clipped by global norm to 0.5, optimizer adam, learning rate 0.001, batch size by version"
    )
    client.notify(
      "workspace/didChangeConfiguration",
      "{\"settings\":{\"epochzero\":{\"inlayHints\":{\"parameters\":false}}}}"
    )
    #expect(try Self.hints(client, "a.yaml")[1] == "4:61 (64,)")
  }

  @Test func `says no size of a section of which a part is unknown`() throws {
    let client = try Self.client()
    // How many values a category has, and so how many weights there are in the first layer, is for the data to say.
    let text = """
      input_features:
        - {name: age, type: number}
        - {name: weekday, type: category}
      output_features:
        - {name: price, type: number}
      combiner: {type: concat, num_fc_layers: 2, output_size: 64}
      """
    client.open("a.yaml", text)
    #expect(try Self.hints(client, "a.yaml").contains { $0.hasPrefix("5:") && $0.hasSuffix(" (64,)") })
    let hover = try client.request("textDocument/hover", Self.params(text, "type: concat", 1))
    let said = hover["contents"]["value"].string ?? ""
    #expect(said.contains("`type`") && !said.contains("→") && !said.contains("parameters"), "\(said)")
  }

  @Test func `keeps what was known while a line is half typed`() throws {
    let client = try Self.client()
    client.open("a.yaml", Self.experiment)
    let whole = try Self.hints(client, "a.yaml")
    client.change("a.yaml", Self.experiment.replacing("rate: 0.9}", with: "rate: {"), version: 2)
    #expect(try Self.hints(client, "a.yaml").filter { !$0.hasPrefix("5:") } == whole.filter { !$0.hasPrefix("5:") })
  }

  @Test func `completes keys that are not there yet, and values`() throws {
    let client = try Self.client()
    let text = Self.experiment.replacing("      from: trunk", with: "      act")
    client.open("a.yaml", text)
    let keys = try client.request("textDocument/completion", Self.params(text, "act\n", 3)).elements ?? []
    let labels = keys.compactMap { $0["label"].string }
    #expect(labels.contains("activation") && labels.contains("from"))
    #expect(!labels.contains("units"))
    let activation = try #require(keys.first { $0["label"].string == "activation" })
    #expect(activation["textEdit"]["newText"].string == "activation: ")
    #expect(TestClient.range(activation["textEdit"]["range"]) == "8:6-8:9")
    let values = try client.request("textDocument/completion", Self.params(text, "relu", 2)).elements ?? []
    #expect(values.compactMap { $0["label"].string }.contains("gelu"))
  }

  @Test func `outlines and folds`() throws {
    let client = try Self.client()
    client.open("a.yaml", Self.experiment)
    let params = "{\"textDocument\":{\"uri\":\"\(TestClient.uri("a.yaml"))\"}}"
    let symbols = try client.request("textDocument/documentSymbol", params).elements ?? []
    #expect(symbols.compactMap { $0["name"].string } == ["input_1", "trunk", "dropout_1", "dense_2"])
    #expect(symbols[1]["detail"].string == "dense (64,) · 576 parameters")
    for symbol in symbols {
      let (range, selection) = (symbol["range"], symbol["selectionRange"])
      #expect((range["start"]["line"].integer ?? 0) <= selection["start"]["line"].integer ?? -1)
    }
    let folds = try client.request("textDocument/foldingRange", params).elements ?? []
    #expect(
      folds.map { "\($0["startLine"].integer ?? -1)-\($0["endLine"].integer ?? -1)" } == ["1-8", "2-8", "6-8", "9-10"]
    )
  }

  @Test func `leads from names to layers, and from an experiment to its model file`() throws {
    let model = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}"
    let client = try Self.client(["model.json": model])
    client.open("a.yaml", Self.experiment)
    let link = try client.request("textDocument/definition", Self.params(Self.experiment, "from: trunk", 8)).elements?
      .first
    #expect(link?["targetUri"].string == TestClient.uri("a.yaml"))
    #expect(link.map { TestClient.range($0["targetRange"]) } == "4:13-4:18")
    #expect(link.map { TestClient.range($0["originSelectionRange"]) } == "8:12-8:17")
    #expect(try !client.request("textDocument/definition", Self.params(Self.experiment, "name: trunk", 8)).hasValue)
    let experiment = "epochzero: 1\nmodel: model.json\n"
    client.open("e.yaml", experiment)
    let file = try client.request("textDocument/definition", Self.params(experiment, "model.json", 2, "e.yaml"))
    #expect(file.elements?.first?["targetUri"].string == TestClient.uri("model.json"))
  }

  // MARK: - Private

  private static func client(_ files: [String: String] = [:]) throws -> TestClient {
    let client = TestClient(MemoryFileSystem(files))
    try client.initialize(.pushed)
    return client
  }

  /// The parameters for a place so many characters behind the start of a word.
  private static func params(_ text: String, _ word: String, _ distance: Int, _ name: String = "a.yaml") -> String {
    let before = text[..<(text.range(of: word)?.lowerBound ?? text.endIndex)]
    let line = before.count { $0 == "\n" }
    let column = before.split(separator: "\n", omittingEmptySubsequences: false).last?.utf16.count ?? 0
    return """
      {"textDocument":{"uri":"\(TestClient.uri(name))"},"position":{"line":\(line),"character":\(column + distance)}}
      """
  }

  private static func actions(
    _ client: TestClient,
    _ name: String,
    line: Int,
    only: String? = nil
  ) throws -> [JSONValue] {
    let context = only.map { ",\"only\":[\"\($0)\"]" } ?? ""
    let place = "{\"line\":\(line),\"character\":8}"
    return try client.request(
      "textDocument/codeAction",
      """
      {"textDocument":{"uri":"\(TestClient.uri(name))"},"range":{"start":\(place),"end":\(place)},\
      "context":{"diagnostics":[]\(context)}}
      """
    ).elements ?? []
  }

  private static func resolve(_ action: JSONValue, _ client: TestClient) throws -> JSONValue {
    try client.request("codeAction/resolve", action.json ?? "")
  }

  /// The text after the edits of an action.
  private static func text(_ text: String, after action: JSONValue) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let edits = action["edit"]["changes"][TestClient.uri("a.yaml")].elements ?? []
    for edit in edits.reversed() {
      let (start, end) = (edit["range"]["start"], edit["range"]["end"])
      guard let first = start["line"].integer, let last = end["line"].integer, let from = start["character"].integer,
        let to = end["character"].integer
      else { continue }
      let replaced = lines[first].prefix(from) + (edit["newText"].string ?? "") + lines[last].dropFirst(to)
      lines.replaceSubrange(first...last, with: [String(replaced)])
    }
    return lines.joined(separator: "\n")
  }

  /// The inlay hints of a document, as `line:character label`.
  private static func hints(_ client: TestClient, _ name: String) throws -> [String] {
    let result = try client.request(
      "textDocument/inlayHint",
      """
      {"textDocument":{"uri":"\(TestClient.uri(name))"},"range":{"start":{"line":0,"character":0},\
      "end":{"line":1000,"character":0}}}
      """
    )
    return (result.elements ?? []).map { hint in
      let place = hint["position"]
      return "\(place["line"].integer ?? -1):\(place["character"].integer ?? -1) \(hint["label"].string ?? "")"
    }
  }
}
