import Linting

/// What a document is called, as the client writes it.
struct DocumentURI: Hashable, Sendable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Makes the URI of a file.
  init(path: String) {
    text = "file://" + FilePath.percentEncoded(path)
  }

  /// The absolute, normalised path of a file; nil for what is no file, such as a text that was never saved.
  var path: String? {
    guard text.utf8.starts(with: "file://".utf8) else { return nil }
    let rest = text.utf8.dropFirst("file://".utf8.count)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    var bytes: [UInt8] = []
    var index = slash
    while index < rest.endIndex, rest[index] != UInt8(ascii: "?"), rest[index] != UInt8(ascii: "#") {
      let digits = rest[index...].dropFirst().prefix(2)
      if rest[index] == UInt8(ascii: "%"), digits.count == 2,
        let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(byte)
        index = digits.endIndex
      } else {
        bytes.append(rest[index])
        index = rest.index(after: index)
      }
    }
    // A NUL ends a path for the kernel, which would open another file.
    return bytes.contains(0) ? nil : FilePath.normalized(String(decoding: bytes, as: UTF8.self))
  }
}
