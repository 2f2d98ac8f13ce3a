import JSONRPC
import Synchronization

/// `window/workDoneProgress/cancel`: the user gives up what the client shows the progress of.
struct WorkDoneProgressCancelNotification: NotificationHandler {
  static let method = "window/workDoneProgress/cancel"

  private let token: ProgressToken

  init(_ params: JSONValue) throws(ResponseError) {
    guard let token = ProgressToken(params["token"]) else {
      throw .invalidParams("\"token\" must be an integer or a text")
    }
    self.token = token
  }

  var dependency: MessageDependency { .freestanding }

  func handle(in server: LanguageServer) {
    // What is done already cannot be given up.
    server.client.cancellations.withLock { $0[token] }?()
  }
}
