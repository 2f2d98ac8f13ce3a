/// A finding that is not shown, since somebody said so.
package struct SuppressedFinding: Sendable {
  /// Who said so.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A comment in the file itself.
    case comment
    /// An entry of the settings.
    case settings
    /// The baseline counts it among what was there before.
    case baseline
  }

  package var finding: LocatedFinding
  package var kind: Kind
  /// The reason that the comment or the entry gives.
  package var justification: String?

  package init(_ finding: LocatedFinding, kind: Kind, justification: String? = nil) {
    self.finding = finding
    self.kind = kind
    self.justification = justification
  }
}
