import Linting
import Rules
import Synchronization

/// The documentation of rules as files that an editor can open: written when a finding of the rule is first shown.
///
/// It is there without a network, and for a user's own rules too.
final class RulePageFiles: Sendable {
  private let folder: String?
  private let page: @Sendable (RuleMetadata) -> String
  private let fileSystem: any FileSystem
  /// The URIs by rule; nil for a page that could not be written.
  private let known = Mutex<[String: String?]>([:])

  init(folder: String?, page: @escaping @Sendable (RuleMetadata) -> String, in fileSystem: any FileSystem) {
    self.folder = folder
    self.page = page
    self.fileSystem = fileSystem
  }

  /// Returns the URI of a rule's page, which is written where it is asked for first; nil where there is no page.
  func uri(of rule: String, by settings: () -> SettingsResolver) -> String? {
    if let known = known.withLock({ $0[rule] }) { return known }
    let uri = write(rule, settings())
    known.withLock { $0[rule] = .some(uri) }
    return uri
  }

  /// Has pages written again: other rules may be loaded now.
  func forget() { known.withLock { $0 = [:] } }

  private func write(_ rule: String, _ settings: SettingsResolver) -> String? {
    guard let folder, let metadata = settings.describedRules([rule]).first else { return nil }
    let path = FilePath.join(folder, rule + ".md")
    let bytes = Array(page(metadata).utf8)
    if (try? fileSystem.read(path, limit: .max)) == bytes { return DocumentURI(path: path).text }
    do throws(FileError) {
      try fileSystem.put(bytes, at: path)
      return DocumentURI(path: path).text
    } catch {
      return nil
    }
  }
}

extension FileSystem {
  /// Writes a file for the editor to open, whether or not there is one.
  func put(_ bytes: [UInt8], at path: String) throws(FileError) {
    if kind(of: path) == nil {
      try create(path, with: bytes)
    } else {
      try write(path, bytes)
    }
  }
}
