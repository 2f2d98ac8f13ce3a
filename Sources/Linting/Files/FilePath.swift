/// Paths as text, with `/` between names.
package enum FilePath {
  /// Returns whether the path starts at the root.
  package static func isAbsolute(_ path: String) -> Bool {
    path.utf8.first == UInt8(ascii: "/")
  }

  /// Returns the path behind the folder; an absolute path stays as it is.
  package static func join(_ folder: String, _ path: String) -> String {
    if folder.isEmpty || folder == "." || isAbsolute(path) { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// Returns the folder that holds the path; empty for a bare name.
  package static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the last name of the path.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// Returns what stands behind the last dot of the last name, in lower case; empty where there is none.
  package static func fileExtension(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// Returns the path without `.` and doubled slashes, and with `..` taken back as far as the text allows.
  ///
  /// For names that are shown or compared. Not for opening: behind a link to a folder, `..` leads elsewhere.
  package static func normalized(_ path: String) -> String {
    var names: [String] = []
    let isAbsolute = isAbsolute(path)
    for name in Self.names(in: path) where name != "." {
      if name == "..", let last = names.last, last != ".." {
        names.removeLast()
      } else if name != ".." || !isAbsolute {
        names.append(name)
      }
    }
    // Not `joined`, whose types the runtime makes at the first use: that takes as long as to read a small file.
    var joined = isAbsolute ? "/" : ""
    for (index, name) in names.enumerated() {
      if index > 0 { joined += "/" }
      joined += name
    }
    return joined.isEmpty ? "." : joined
  }

  /// Returns the name that is shown for a path: normalised, and relative where it lies below the working folder.
  package static func shown(_ path: String, workingFolder: String) -> String {
    let path = normalized(path)
    let prefix = workingFolder.hasSuffix("/") ? workingFolder : workingFolder + "/"
    guard path.hasPrefix(prefix), path.utf8.count > prefix.utf8.count else { return path }
    return String(path[path.utf8.index(path.startIndex, offsetBy: prefix.utf8.count)...])
  }

  /// Returns the way from an absolute folder to an absolute path, both normalised first; it may start with `..`.
  package static func relative(_ path: String, to folder: String) -> String {
    let names = Self.names(in: normalized(path))
    let folders = Self.names(in: normalized(folder))
    let common = zip(names, folders).prefix { $0 == $1 }.count
    let way = [String](repeating: "..", count: folders.count - common) + names[common...]
    return way.joined(separator: "/")
  }

  /// Returns the path as it stands in a URI: everything but slashes and what RFC 3986 calls unreserved becomes percent signs with the
  /// digits of its UTF-8 bytes.
  package static func percentEncoded(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }

  /// The names between the slashes.
  private static func names(in path: String) -> [String] {
    var names: [String] = []
    var rest = path[...]
    while let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) {
      if slash > rest.startIndex { names.append(String(rest[..<slash])) }
      rest = rest[path.utf8.index(after: slash)...]
    }
    if !rest.isEmpty { names.append(String(rest)) }
    return names
  }
}
