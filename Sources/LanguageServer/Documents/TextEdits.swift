import JSONText
import Linting
import SourceText

/// Changes of files that an editor is to make, in the protocol's form.
struct WorkspaceEdit: Sendable {
  /// The edits of one file.
  struct FileEdits: Sendable {
    var uri: DocumentURI
    /// The version that the edits are for; nil for a file that is not open.
    var version: Int?
    /// The text that the edits are for.
    var source: SourceText
    var edits: [TextEdit]
    /// Whether the file is made first.
    var isNew = false
  }

  private(set) var files: [FileEdits] = []

  /// Adds an edit of a file that has a shown name.
  mutating func add(_ edit: TextEdit, of source: SourceText, in workspace: Workspace) {
    if let index = files.firstIndex(where: { $0.source === source }) {
      files[index].edits.append(edit)
      return
    }
    let document = workspace.document(named: source.name)
    let uri = workspace.uri(ofName: source.name)
    files.append(FileEdits(uri: uri, version: document?.version, source: source, edits: [edit]))
  }

  /// Adds the change from one text of a file to another: one edit of the stretch in which they differ.
  mutating func add(_ change: FileChange, in workspace: Workspace) {
    let source = SourceText(name: change.name, bytes: change.before)
    add(TextEdit(from: change.before, to: change.after), of: source, in: workspace)
  }

  /// Adds a file that is not there yet.
  mutating func addNewFile(_ name: String, path: String, text: String) {
    let source = SourceText(name: name, bytes: [])
    let edit = TextEdit(range: TextRange(at: 0), replacement: text)
    files.append(FileEdits(uri: DocumentURI(path: path), version: nil, source: source, edits: [edit], isNew: true))
  }

  func write(to writer: inout JSONWriter, _ capabilities: ClientCapabilities) {
    writer.object { writer in
      if capabilities.takesDocumentChanges {
        writer.key("documentChanges")
        writer.array { writer in
          for file in files { write(file, to: &writer, capabilities.encoding) }
        }
      } else {
        writer.key("changes")
        writer.object { writer in
          for file in files {
            writer.key(file.uri.text)
            write(file.edits, of: file.source, to: &writer, capabilities.encoding)
          }
        }
      }
    }
  }

  // MARK: - Private

  private func write(_ file: FileEdits, to writer: inout JSONWriter, _ encoding: PositionEncoding) {
    if file.isNew {
      writer.object { writer in
        writer.member("kind", "create")
        writer.member("uri", file.uri.text)
      }
    }
    writer.object { writer in
      writer.key("textDocument")
      writer.object { writer in
        writer.member("uri", file.uri.text)
        writer.member("version", file.version)
      }
      writer.key("edits")
      write(file.edits, of: file.source, to: &writer, encoding)
    }
  }

  private func write(
    _ edits: [TextEdit],
    of source: SourceText,
    to writer: inout JSONWriter,
    _ encoding: PositionEncoding
  ) {
    writer.array(of: edits.sorted { $0.range < $1.range }) { writer, edit in
      writer.object { writer in
        writer.member("range", edit.range, in: source, encoding)
        writer.member("newText", edit.replacement)
      }
    }
  }
}

extension TextEdit {
  /// Makes the edit that turns one text into another: it replaces the stretch in which they differ.
  init(from old: [UInt8], to new: [UInt8]) {
    var start = zip(old, new).prefix { $0 == $1 }.count
    // Not between the bytes of one character, nor between a CR and its LF.
    while start > 0, start < old.count && old[start] & 0xC0 == 0x80 || start < new.count && new[start] & 0xC0 == 0x80 {
      start -= 1
    }
    if start > 0, old[start - 1] == 0x0D { start -= 1 }
    var common = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    while common > 0, old[old.count - common] & 0xC0 == 0x80 || old[old.count - common] == 0x0A { common -= 1 }
    self.init(
      range: TextRange(start: start, end: old.count - common),
      replacement: String(decoding: new[start..<new.count - common], as: UTF8.self)
    )
  }
}
