import JSONRPC
import JSONText
import Testing

struct MessageTests {
  @Test func `reads requests, notifications and responses`() throws {
    guard
      case .request(.number(7), "a/b", let params) = try message(
        #"{"jsonrpc":"2.0","id":7,"method":"a/b","params":{"x":[1,"2",null,true]}}"#
      )
    else { Issue.record("no request"); return }
    let list = params["x"]
    #expect(list.elements?.map(\.integer) == [1, nil, nil, nil])
    #expect(list.strings == ["2"])
    #expect(list.elements?.map(\.hasValue) == [true, true, false, true])
    #expect(list.json == #"[1,"2",null,true]"#)
    #expect(!params["y"]["z"].isPresent)
    guard case .notification("n", let none) = try message(#"{"jsonrpc":"2.0","method":"n"}"#) else {
      Issue.record("no notification")
      return
    }
    #expect(!none.isPresent)
    guard case .response(.text("a"), .success(let result)) = try message(#"{"jsonrpc":"2.0","id":"a","result":null}"#)
    else { Issue.record("no response"); return }
    #expect(result.isPresent && !result.hasValue)
    guard
      case .response(.number(1), .failure(let error)) = try message(
        #"{"jsonrpc":"2.0","id":1,"error":{"code":-3,"message":"m"}}"#
      )
    else { Issue.record("no failure"); return }
    #expect(error == ResponseError(code: -3, message: "m"))
  }

  @Test(arguments: [
    ("{\"jsonrpc\":\"2.0\",", -32700, nil),
    ("", -32700, nil),
    ("\u{FFFD}", -32700, nil),
    ("[]", -32600, nil),
    ("1", -32600, nil),
    (#"{"id":3,"method":"m"}"#, -32600, MessageID.number(3)),
    (#"{"jsonrpc":"2.0","id":"x"}"#, -32600, .text("x")),
    (#"{"jsonrpc":"2.0","id":[1],"method":"m"}"#, -32600, nil),
    (#"{"jsonrpc":"2.0","id":4,"method":5}"#, -32600, .number(4)),
  ])
  func `says what is no message`(body: String, code: Int, id: MessageID?) {
    let fault = #expect(throws: Message.Fault.self) { try message(body) }
    #expect(fault?.error.code == code)
    #expect(fault?.id == id)
  }

  @Test func `writes messages with the length of their bytes`() {
    let response = OutgoingMessage.response(to: .text("é")) { $0.value(json: "[1]") }
    #expect(
      String(decoding: response, as: UTF8.self)
        == "Content-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"result\":[1]}"
    )
    let failure = OutgoingMessage.failure(of: nil, .invalidRequest("no"))
    #expect(
      String(decoding: failure, as: UTF8.self).hasSuffix(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no\"}}"
      )
    )
  }

  private func message(_ body: String) throws(Message.Fault) -> Message { try Message(body: Array(body.utf8)) }
}
