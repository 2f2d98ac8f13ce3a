import ConfigSyntax
package import JSONText
import SourceText

/// What a request is known by until it is answered.
package enum MessageID: Hashable, Sendable {
  case number(Int)
  case text(String)

  package init?(_ value: JSONValue) {
    if let number = value.integer {
      self = .number(number)
    } else if let text = value.string {
      self = .text(text)
    } else {
      return nil
    }
  }

  fileprivate func write(to writer: inout JSONWriter) {
    switch self {
    case .number(let number): writer.value(number)
    case .text(let text): writer.value(text)
    }
  }
}

/// Why a request was not answered: the `error` of a response.
package struct ResponseError: Error, Hashable, Sendable {
  package var code: Int
  package var message: String

  package init(code: Int, message: String) {
    self.code = code
    self.message = message
  }

  /// The text is no JSON.
  package static func parseError(_ message: String) -> Self { Self(code: -32700, message: message) }
  /// The JSON is no message, or the message must not come now.
  package static func invalidRequest(_ message: String) -> Self { Self(code: -32600, message: message) }
  package static func methodNotFound(_ method: String) -> Self {
    Self(code: -32601, message: "there is no method \"\(method)\"")
  }
  package static func invalidParams(_ message: String) -> Self { Self(code: -32602, message: message) }
  package static func internalError(_ message: String) -> Self { Self(code: -32603, message: message) }
}

/// A message of JSON-RPC 2.0 as it came.
package enum Message: Sendable {
  case request(id: MessageID, method: String, params: JSONValue)
  case notification(method: String, params: JSONValue)
  /// The answer to a request of ours.
  case response(id: MessageID, Result<JSONValue, ResponseError>)

  /// A body that is no message, with the id to answer to where there is one.
  package struct Fault: Error, Hashable, Sendable {
    package var id: MessageID?
    package var error: ResponseError
  }

  /// Reads the body of a message.
  package init(body: [UInt8]) throws(Fault) {
    let tree = parse(SourceText(name: "message", bytes: body), as: .json)
    if let problem = tree.problems.first(where: { $0.kind != .duplicateKey && $0.kind != .lenientSyntax }) {
      let place = tree.source.displayPosition(at: problem.range.start)
      throw Fault(error: .parseError("\(place.line):\(place.column): \(problem.message)"))
    }
    let value = JSONValue(tree.documents.first)
    guard value.isObject else { throw Fault(error: .invalidRequest("a message must be an object")) }
    let id = MessageID(value["id"])
    guard value["jsonrpc"].string == "2.0" else {
      throw Fault(id: id, error: .invalidRequest("\"jsonrpc\" must be \"2.0\""))
    }
    if let method = value["method"].string {
      if let id {
        self = .request(id: id, method: method, params: value["params"])
      } else if value["id"].isPresent {
        throw Fault(error: .invalidRequest("\"id\" must be an integer or a text"))
      } else {
        self = .notification(method: method, params: value["params"])
      }
    } else if let id, value["result"].isPresent || value["error"].isPresent {
      let error = value["error"]
      self =
        error.hasValue
        ? .response(
          id: id,
          .failure(ResponseError(code: error["code"].integer ?? 0, message: error["message"].string ?? ""))
        ) : .response(id: id, .success(value["result"]))
    } else {
      throw Fault(id: id, error: .invalidRequest("a message must have a \"method\", or an \"id\" and a \"result\""))
    }
  }
}

/// The bytes of messages to send, headers included.
package enum OutgoingMessage {
  /// A request of ours.
  package static func request(id: Int, _ method: String, params: (inout JSONWriter) -> Void) -> [UInt8] {
    frame { writer in
      writer.member("id", id)
      writer.member("method", method)
      writer.key("params")
      params(&writer)
    }
  }

  /// A notification; without `params` where nothing is written.
  package static func notification(_ method: String, params: (inout JSONWriter) -> Void) -> [UInt8] {
    frame { writer in
      writer.member("method", method)
      writer.key("params")
      params(&writer)
    }
  }

  /// The answer to a request; the closure must write one value.
  package static func response(to id: MessageID, result: (inout JSONWriter) -> Void) -> [UInt8] {
    frame { writer in
      writer.key("id")
      id.write(to: &writer)
      writer.key("result")
      result(&writer)
    }
  }

  /// The answer to a request that failed; the id is null where it could not be read.
  package static func failure(of id: MessageID?, _ error: ResponseError) -> [UInt8] {
    frame { writer in
      writer.key("id")
      if let id { id.write(to: &writer) } else { writer.value(nil as String?) }
      writer.key("error")
      writer.object { writer in
        writer.member("code", error.code)
        writer.member("message", error.message)
      }
    }
  }

  private static func frame(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(isCompact: true)
    writer.object { writer in
      writer.member("jsonrpc", "2.0")
      members(&writer)
    }
    let text = writer.text
    return Array("Content-Length: \(text.utf8.count)\r\n\r\n".utf8) + Array(text.utf8)
  }
}
