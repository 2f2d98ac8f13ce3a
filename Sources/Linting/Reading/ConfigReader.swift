import Archives
package import ConfigSyntax
package import SourceText

/// A file that was read and parsed.
package struct ConfigFile: Sendable {
  package var tree: SyntaxTree
  /// The path that an edit is written to; nil where the text can not be written, as inside an archive.
  package var editablePath: String?

  /// The text that was parsed.
  package var source: SourceText { tree.source }
}

/// Opens files and turns them into trees.
package struct ConfigReader: Sendable {
  package let fileSystem: any FileSystem
  /// Whether experiments are kept as they are stated too, for dry runs: a second copy of each.
  package var keepsStated = false

  package init(_ fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
  }

  /// Returns the tree of a file: by its extension JSON, YAML, INI or protobuf text, else by what its text reads as.
  ///
  /// Of a Keras archive it is the tree of `config.json` inside, which cannot be edited.
  package func read(_ input: LintInput) throws(FileError) -> ConfigFile {
    if let content = input.content { return try parse(content, name: input.name, path: input.path) }
    // An archive may hold gigabytes of weights: only what is needed of it is read.
    let mayBeArchive = Self.format(of: input.name) == nil && fileSystem.kind(of: input.path) == .file
    if mayBeArchive, ZIPArchive.isArchive(startingWith: try fileSystem.read(input.path, range: 0..<4)) {
      return try readArchive(input)
    }
    let bytes = try fileSystem.read(input.path, limit: SyntaxLimits.fileSize)
    return try parse(bytes, name: input.name, path: input.path)
  }

  // MARK: - Private

  /// The member of a Keras archive that says what the model is.
  private static let archivedConfig = "config.json"
  private static let hdf5Mark: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  private static func format(of name: String) -> ConfigFormat? {
    switch FilePath.fileExtension(of: name) {
    case "json": .json
    case "yaml", "yml": .yaml
    case "cfg", "ini": .ini
    case "prototxt", "pbtxt": .protoText
    default: nil
    }
  }

  private func parse(_ bytes: [UInt8], name: String, path: String) throws(FileError) -> ConfigFile {
    if bytes.starts(with: Self.hdf5Mark) {
      throw FileError(.badArchive, "an HDF5 file, which is not read here; save the model as \".keras\" or as JSON")
    }
    if ZIPArchive.isArchive(startingWith: bytes) {
      return try unpack(name) { () throws(ArchiveError) in try ZIPArchive(bytes: bytes) }
    }
    let source = SourceText(name: name, bytes: bytes)
    let tree = Self.format(of: name).map { ConfigSyntax.parse(source, as: $0) } ?? sniff(source)
    return ConfigFile(tree: tree, editablePath: path)
  }

  private func readArchive(_ input: LintInput) throws(FileError) -> ConfigFile {
    let size = try fileSystem.size(of: input.path)
    return try unpack(input.name) { () throws(ArchiveError) in
      try ZIPArchive(size: size) { try? fileSystem.read(input.path, range: $0) }
    }
  }

  private func unpack(_ name: String, _ open: () throws(ArchiveError) -> ZIPArchive) throws(FileError) -> ConfigFile {
    do throws(ArchiveError) {
      let bytes = try open().bytes(ofMember: Self.archivedConfig)
      let source = SourceText(name: "\(name)/\(Self.archivedConfig)", bytes: bytes)
      return ConfigFile(tree: ConfigSyntax.parse(source, as: .json), editablePath: nil)
    } catch {
      throw FileError(.badArchive, error.message)
    }
  }

  /// Brackets may open JSON, a YAML flow collection or a section of INI: JSON unless only another reads it without a fault.
  private func sniff(_ source: SourceText) -> SyntaxTree {
    let first = source.bytes[source.byteOrderMarkCount...].first { !" \t\r\n".utf8.contains($0) }
    let mayBeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let json = mayBeJSON ? ConfigSyntax.parse(source, as: .json) : nil
    if let json, !json.isBroken { return json }
    let yaml = ConfigSyntax.parse(source, as: .yaml)
    guard yaml.isBroken else { return yaml }
    let ini = ConfigSyntax.parse(source, as: .ini)
    return ini.isBroken || ini.documents.isEmpty ? json ?? yaml : ini
  }
}
