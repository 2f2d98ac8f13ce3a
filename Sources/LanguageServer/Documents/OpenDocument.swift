import Linting
import SourceText

/// A document that the client has open, at one version.
struct OpenDocument: Sendable {
  let uri: DocumentURI
  /// The absolute path; what only the editor has gets one in the working folder, under the name that the editor gives it.
  let path: String
  var version: Int
  /// The text; its name is the one that is shown.
  var source: SourceText
  /// What was found in it at this version, with the other files as they are now; nil until it is asked for.
  var analysis: Analysis?
  /// What was found before that.
  var previous: Analysis?

  var name: String { source.name }

  init(uri: DocumentURI, language: String, version: Int, bytes: [UInt8], workingFolder: String) {
    self.uri = uri
    self.version = version
    path = uri.path ?? Self.path(of: uri, language, workingFolder: workingFolder)
    source = SourceText(name: FilePath.shown(path, workingFolder: workingFolder), bytes: bytes)
  }

  /// Whether the text defines a dialect, as its head says: `dialect: 1`.
  var definesDialect: Bool {
    let mark = Array("dialect:".utf8)
    let head = source.bytes.prefix(Self.headLength)
    if head.starts(with: mark) { return true }
    return head.indices.contains { head[$0] == UInt8(ascii: "\n") && head[($0 + 1)...].starts(with: mark) }
  }

  /// How far the head is looked for, in bytes: comments may stand before it.
  private static let headLength = 4096

  /// Replaces the text.
  mutating func change(to source: SourceText, version: Int) {
    self.source = source
    self.version = version
    previous = analysis ?? previous
    analysis = nil
  }

  /// A path for a text that was never saved, which tells its format where the client says what language it is in.
  private static func path(of uri: DocumentURI, _ language: String, workingFolder: String) -> String {
    let name = uri.text.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? "untitled"
    let path = FilePath.join(workingFolder, name)
    if !FilePath.fileExtension(of: name).isEmpty { return path }
    switch language {
    case "json", "jsonc": return path + ".json"
    case "yaml": return path + ".yaml"
    case "ini", "properties": return path + ".cfg"
    case "prototxt", "pbtxt", "textproto": return path + ".prototxt"
    default: return path
    }
  }
}
