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

  package init(_ fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
  }

  /// Returns the tree of a file: by its extension JSON, YAML or a Keras archive, else by its first bytes.
  package func read(_ input: LintInput) throws(FileError) -> ConfigFile {
    let bytes: [UInt8]
    if let content = input.content {
      bytes = content
    } else {
      bytes = try fileSystem.read(input.path, limit: SyntaxLimits.fileSize)
    }
    return try parse(bytes, name: input.name, path: input.path)
  }

  // MARK: - Private

  private func parse(_ bytes: [UInt8], name: String, path: String) throws(FileError) -> ConfigFile {
    if bytes.starts(with: Self.hdf5Mark) {
      throw FileError(.badArchive, "an HDF5 file, which is not read here; save the model as \".keras\" or as JSON")
    }
    let source = SourceText(name: name, bytes: bytes)
    let tree =
      switch FilePath.fileExtension(of: name) {
      case "json": ConfigSyntax.parse(source, as: .json)
      case "yaml", "yml": ConfigSyntax.parse(source, as: .yaml)
      default: sniff(source)
      }
    return ConfigFile(tree: tree, editablePath: path)
  }

  /// Brackets may open JSON or a YAML flow collection: JSON unless only YAML reads it without a fault.
  private func sniff(_ source: SourceText) -> SyntaxTree {
    let first = source.bytes[source.byteOrderMarkCount...].first { !" \t\r\n".utf8.contains($0) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return ConfigSyntax.parse(source, as: .yaml) }
    let json = ConfigSyntax.parse(source, as: .json)
    guard json.problems.contains(where: { $0.kind == .invalidSyntax }) else { return json }
    let yaml = ConfigSyntax.parse(source, as: .yaml)
    return yaml.problems.contains { $0.kind == .invalidSyntax } ? json : yaml
  }

  private static let hdf5Mark: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
}
