/// Why an archive, or a member of it, cannot be read.
package struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  package enum Reason: Hashable, Sendable {
    /// The bytes are no ZIP archive.
    case notAnArchive
    /// The archive ends too early, or its parts contradict each other.
    case damaged
    /// There is no member of that name.
    case missingMember
    /// The member is encrypted.
    case encrypted
    /// The member is packed in a way other than "stored" and "deflated", or lies on another volume.
    case unsupported
    /// The member, or the list of members, is larger than what is read.
    case tooLarge
    /// The bytes could not be read from where they lie.
    case unreadable
  }

  /// What kind of fault it is.
  package let reason: Reason
  /// What is wrong, lower case, without a final period.
  package let message: String

  package var description: String { message }

  init(_ reason: Reason, _ message: String) {
    self.reason = reason
    self.message = message
  }
}
