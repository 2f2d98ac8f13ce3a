import JSONRPC

/// What the client can do, as far as it changes what the server does.
struct ClientCapabilities: Sendable {
  /// Whether diagnostics are asked for; else they are sent.
  var pullsDiagnostics = false
  var takesRelatedDocuments = false
  var refreshesDiagnostics = false
  var refreshesInlayHints = false
  var refreshesCodeLenses = false
  var takesRelatedInformation = false
  var takesCodeDescriptions = false
  var takesDiagnosticVersions = false
  var takesCodeActionLiterals = false
  var takesPreferredActions = false
  /// Whether the edits of code actions can be asked for later.
  var resolvesCodeActions = false
  var takesDocumentChanges = false
  /// Whether an edit may make files.
  var createsFiles = false
  var takesMarkdownHovers = false
  var takesMarkdownCompletions = false
  var takesSymbolTrees = false
  var takesDefinitionLinks = false
  var answersConfiguration = false
  var watchesFiles = false
  var registersConfiguration = false
  var showsProgress = false
  /// Whether it opens files in the editor or, where that is meant, outside it.
  var showsDocuments = false
  /// The best encoding of positions that it offers; UTF-16 where it offers none.
  var encoding = PositionEncoding.utf16

  init() {}

  /// Reads the `capabilities` of the `initialize` request.
  init(_ value: JSONValue) {
    let document = value["textDocument"]
    let workspace = value["workspace"]
    let published = document["publishDiagnostics"]
    let pulled = document["diagnostic"]
    let action = document["codeAction"]
    pullsDiagnostics = pulled.isObject
    takesRelatedDocuments = pulled["relatedDocumentSupport"].boolean ?? false
    refreshesDiagnostics = workspace["diagnostics"]["refreshSupport"].boolean ?? false
    refreshesInlayHints = workspace["inlayHint"]["refreshSupport"].boolean ?? false
    refreshesCodeLenses = workspace["codeLens"]["refreshSupport"].boolean ?? false
    // A client that pulls says there what its diagnostics may have since 3.18, and in the older place before.
    takesRelatedInformation =
      published["relatedInformation"].boolean ?? pulled["relatedInformation"].boolean ?? false
    takesCodeDescriptions =
      published["codeDescriptionSupport"].boolean ?? pulled["codeDescriptionSupport"].boolean ?? false
    takesDiagnosticVersions = published["versionSupport"].boolean ?? false
    takesCodeActionLiterals = action["codeActionLiteralSupport"].isObject
    takesPreferredActions = action["isPreferredSupport"].boolean ?? false
    resolvesCodeActions =
      action["dataSupport"].boolean ?? false
      && action["resolveSupport"]["properties"].strings?.contains("edit") ?? false
    takesDocumentChanges = workspace["workspaceEdit"]["documentChanges"].boolean ?? false
    createsFiles =
      takesDocumentChanges
      && workspace["workspaceEdit"]["resourceOperations"].strings?.contains("create") ?? false
    takesMarkdownHovers = document["hover"]["contentFormat"].strings?.contains("markdown") ?? false
    let item = document["completion"]["completionItem"]
    takesMarkdownCompletions = item["documentationFormat"].strings?.contains("markdown") ?? false
    takesSymbolTrees = document["documentSymbol"]["hierarchicalDocumentSymbolSupport"].boolean ?? false
    takesDefinitionLinks = document["definition"]["linkSupport"].boolean ?? false
    answersConfiguration = workspace["configuration"].boolean ?? false
    watchesFiles = workspace["didChangeWatchedFiles"]["dynamicRegistration"].boolean ?? false
    registersConfiguration = workspace["didChangeConfiguration"]["dynamicRegistration"].boolean ?? false
    showsDocuments = value["window"]["showDocument"]["support"].boolean ?? false
    showsProgress = value["window"]["workDoneProgress"].boolean ?? false
    let encodings = value["general"]["positionEncodings"].strings ?? []
    // UTF-8 is what texts are kept in.
    encoding = [.utf8, .utf16, .utf32].first { encodings.contains($0.rawValue) } ?? .utf16
  }
}
