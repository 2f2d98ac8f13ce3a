import JSONRPC
import Linting
import Rules
import SourceText

/// What the editor's settings say: `initializationOptions`, or the section `epochzero` of the client's configuration.
struct ServerSettings: Hashable, Sendable {
  /// Which inlay hints are shown.
  struct InlayHints: Hashable, Sendable {
    var shapes = true
    var parameters = true
    var defaults = true
  }

  /// Whether anything is said at all.
  var isEnabled = true
  /// The path of a settings file for all files, in place of the nearest `epochzero.yaml` of each.
  var configuration: String?
  var select: [String] = []
  var ignore: [String] = []
  /// Findings below it are left out; nil leaves it to the settings files.
  var minimumSeverity: Severity?
  /// Whether the rules that a workspace's settings files name are loaded, and the launcher of dry runs is taken: they are code.
  var trustsWorkspace = false
  var inlayHints = InlayHints()
  /// Whether lenses over findings offer a dry run.
  var showsCodeLenses = true
  /// What is written into the client's log.
  var logKind = Client.MessageKind.info

  init() {}

  /// Reads settings; those that are absent or of another type stay as they were.
  ///
  /// - Parameters:
  ///   - value: An object, or what stands in its place.
  ///   - base: What holds where the value says nothing.
  ///   - problem: Called with what is wrong.
  init(_ value: JSONValue, over base: Self = Self(), problem: (String) -> Void) {
    self = base
    func check<Value>(_ key: String, _ read: (JSONValue) -> Value?, _ kind: String) -> Value? {
      guard value[key].hasValue else { return nil }
      if let read = read(value[key]) { return read }
      problem("setting \"epochzero.\(key)\" must be \(kind)")
      return nil
    }
    isEnabled = check("enable", \.boolean, "true or false") ?? isEnabled
    configuration =
      check("configuration", \.string, "the path of a settings file").map { $0.isEmpty ? nil : $0 } ?? configuration
    select = check("select", \.strings, "a list of rules and groups") ?? select
    ignore = check("ignore", \.strings, "a list of rules and groups") ?? ignore
    let severity = check("minSeverity", { $0.string.flatMap(Severity.init) }, "\"hint\", \"warning\" or \"error\"")
    minimumSeverity = severity ?? minimumSeverity
    trustsWorkspace = check("trustWorkspace", \.boolean, "true or false") ?? trustsWorkspace
    logKind =
      check("logLevel", { $0.string.flatMap(Self.logKind) }, "\"error\", \"warning\", \"info\" or \"debug\"") ?? logKind
    showsCodeLenses = check("codeLens", \.boolean, "true or false") ?? showsCodeLenses
    let hints = value["inlayHints"]
    inlayHints.shapes = hints["shapes"].boolean ?? inlayHints.shapes
    inlayHints.parameters = hints["parameters"].boolean ?? inlayHints.parameters
    inlayHints.defaults = hints["defaults"].boolean ?? inlayHints.defaults
  }

  /// What stands above all settings files.
  var layer: SettingsLayer {
    var layer = SettingsLayer(select: select, ignore: ignore)
    layer.minimumSeverity = minimumSeverity.map { ($0, TextRange(at: 0)) }
    return layer
  }

  private static func logKind(_ word: String) -> Client.MessageKind? {
    switch word {
    case "error": .error
    case "warning": .warning
    case "info": .info
    case "debug": .log
    default: nil
    }
  }
}
