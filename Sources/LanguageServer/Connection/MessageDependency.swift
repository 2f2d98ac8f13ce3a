/// What a message reads or changes, which tells what it has to wait for.
///
/// Messages run side by side unless one depends on another; the order in which they came decides which of two goes first.
enum MessageDependency: Hashable, Sendable {
  /// Changes what every message depends on: lifecycle, settings, workspace folders.
  case globalChange
  /// Changes the text of one document.
  case documentUpdate(DocumentURI)
  /// Reads one document and the files that its experiment is made of.
  case documentRequest(DocumentURI)
  /// Reads the whole workspace, which may take long: nothing waits for it.
  case workspaceRequest
  /// Depends on nothing.
  case freestanding

  /// Whether this message must be done before a later one may start.
  func isDependency(of later: Self) -> Bool {
    switch (self, later) {
    case (.freestanding, _), (_, .freestanding): false
    case (.globalChange, _), (_, .globalChange): true
    case (.documentUpdate(let own), .documentUpdate(let other)): own == other
    // The request may be about another file of the same experiment; changing a text takes no time.
    case (.documentUpdate, .documentRequest), (.documentUpdate, .workspaceRequest): true
    case (.documentRequest(let own), .documentUpdate(let other)): own == other
    case (.documentRequest, .documentRequest), (.documentRequest, .workspaceRequest): false
    case (.workspaceRequest, _): false
    }
  }
}
