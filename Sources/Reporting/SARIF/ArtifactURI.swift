import Linting

/// The URI of a file in a SARIF report.
struct ArtifactURI {
  /// Stands for the folder that relative URIs start from: the one that the linter ran in, which should be the repository's root.
  static let baseID = "%SRCROOT%"

  /// Relative for files below the working folder, else with the scheme `file`.
  let text: String
  let isRelative: Bool

  /// Makes the URI of a file from the name that is shown for it.
  init(name: String, workingFolder: String) {
    isRelative = !FilePath.isAbsolute(name) && name != ".." && !name.hasPrefix("../")
    let path = isRelative ? name : FilePath.normalized(FilePath.join(workingFolder, name))
    text = (isRelative ? "" : "file://") + Self.percentEncoded(path)
  }

  /// Everything but slashes and what RFC 3986 calls unreserved becomes percent signs with the digits of its UTF-8 bytes.
  private static func percentEncoded(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"),
        UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
