import ConfigSyntax
import SourceText

/// A baseline in its file: JSON that is sorted, so that the same findings give the same bytes.
///
///     {
///       "version": 1,
///       "findings": {
///         "configs/run.yaml": {
///           "dropout/zero-rate": 2
///         }
///       }
///     }
package struct BaselineFile: Sendable {
  /// The path as it was given.
  package let path: String
  /// What is in the file; nothing where there is none yet.
  package let baseline: Baseline
  /// The file's bytes; nil where there is none yet.
  private let bytes: [UInt8]?

  /// What the file is called where nobody gives it another name.
  package static let standardName = ".epochzero-baseline.json"

  private static let version = 1
  private static let sizeLimit = 64 << 20

  /// Reads the file.
  ///
  /// - Throws: When it cannot be read, or is no baseline.
  package init(reading path: String, in fileSystem: any FileSystem) throws(FileError) {
    let bytes = try fileSystem.read(path, limit: Self.sizeLimit)
    self.path = path
    self.bytes = bytes
    baseline = try Self.read(SourceText(name: path, bytes: bytes), folder: Self.folder(of: path, in: fileSystem))
  }

  /// Makes the file that is not there yet.
  package init(newAt path: String, in fileSystem: any FileSystem) {
    self.path = path
    bytes = nil
    baseline = Baseline(folder: Self.folder(of: path, in: fileSystem))
  }

  /// Writes another baseline in its place at one stroke; a file that says the same already is left alone.
  package func write(_ baseline: Baseline, to fileSystem: any FileSystem) throws(FileError) {
    let text = Array(Self.text(of: baseline).utf8)
    guard let bytes else { return try fileSystem.create(path, with: text) }
    if bytes != text { try fileSystem.replace(path, with: text, expecting: bytes) }
  }

  /// The text of a baseline.
  package static func text(of baseline: Baseline) -> String {
    var files: [String: [(rule: String, count: Int)]] = [:]
    for (key, count) in baseline.counts { files[key.file, default: []].append((key.rule, count)) }
    let entries = files.sorted { $0.key < $1.key }.map { file, rules in
      let lines = rules.sorted { $0.rule < $1.rule }.map { "      \(quoted($0.rule)): \($0.count)" }
      return "    \(quoted(file)): {\n\(lines.joined(separator: ",\n"))\n    }"
    }
    let findings = entries.isEmpty ? "{}" : "{\n\(entries.joined(separator: ",\n"))\n  }"
    return "{\n  \"version\": \(version),\n  \"findings\": \(findings)\n}\n"
  }

  // MARK: - Private

  private static func folder(of path: String, in fileSystem: any FileSystem) -> String {
    FilePath.folder(of: FilePath.normalized(FilePath.join(fileSystem.workingFolder, path)))
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func read(_ source: SourceText, folder: String) throws(FileError) -> Baseline {
    let tree = parse(source, as: .json)
    if let problem = tree.problems.first(where: { $0.kind != .lenientSyntax }) {
      throw mistake(problem.message, at: problem.range, in: source)
    }
    guard let document = tree.documents.first, let version = document["version"], let findings = document["findings"],
      findings.kind == .mapping
    else {
      throw mistake("no baseline: it has no \"version\" and \"findings\"", at: TextRange(at: 0), in: source)
    }
    guard version.scalarValue == .integer(Self.version) else {
      throw mistake("a baseline of another version; write it anew", at: version.range, in: source)
    }
    var counts: [Baseline.Key: Int] = [:]
    for file in findings.members {
      for rule in file.value.members {
        guard case .integer(let count) = rule.value.scalarValue, count >= 0 else {
          throw mistake("a count must be a number of findings", at: rule.value.range, in: source)
        }
        counts[Baseline.Key(file: FilePath.normalized(file.name), rule: rule.name)] = count
      }
    }
    return Baseline(folder: folder, counts: counts)
  }

  private static func mistake(_ message: String, at range: TextRange, in source: SourceText) -> FileError {
    let position = source.displayPosition(at: range.start)
    return FileError(.other, "\(position.line):\(position.column): \(message)")
  }
}
