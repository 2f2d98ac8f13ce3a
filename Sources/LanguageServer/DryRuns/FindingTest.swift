package import DryRunMessages
package import Linting

/// What trains, for the findings that the user wants confirmed: the server has no engine, and starts no process itself.
package struct DryRunner: Sendable {
  /// Trains what a job says, and says how far it is on the same thread.
  package typealias Train =
    @Sendable (
      _ job: DryRunJob,
      _ launcher: [String]?,
      _ progress: (DryRunProgress) -> Void,
      _ isCancelled: () -> Bool
    ) -> DryRunReport

  package var train: Train
  /// Gives back what training took, such as a process: called when nothing more is to be trained for now.
  package var rest: @Sendable () -> Void
  /// A page of HTML with all that dry runs gave for findings.
  package var page: @Sendable (LintReport) -> String

  package init(
    train: @escaping Train,
    rest: @escaping @Sendable () -> Void,
    page: @escaping @Sendable (LintReport) -> String
  ) {
    self.train = train
    self.rest = rest
    self.page = page
  }
}

/// A finding that a dry run is to put to the test.
struct FindingTest: Sendable {
  /// What a finding and its verdict are known by, whatever version of the text they are of.
  struct Key: Hashable, Sendable {
    var rule: String
    /// Which of the rule's findings it is.
    var ordinal: Int
    /// A hash of what the verdict rests on: what the experiment says, what the rule says of it, and what a dry run may take.
    ///
    /// Comments, blanks and the order of keys are no part of it.
    var basis: Int
  }

  let key: Key
  /// The document that it was asked for in.
  let document: DocumentURI
  /// Has both versions trained; nil where it was given up.
  let run: @Sendable (_ progress: (DryRunProgress) -> Void, _ isCancelled: () -> Bool) -> Confirmation?
}
