import CLuaHost
import Foundation

/// Writes a Swift file with every `.lua` file below a folder, as text and compiled.
///
/// Usage: `embed-rules RULES-FOLDER OUTPUT-FILE`. A rule that does not compile fails the build with its line.
@main
enum EmbedRules {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fail("usage: embed-rules RULES-FOLDER OUTPUT-FILE") }
    let folder = URL(fileURLWithPath: arguments[1], isDirectory: true)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".lua") }
      .sorted()
    var output = "import Rules\n\n"
    var list = "let embeddedRules: [PluginFile] = [\n"
    for (index, name) in names.enumerated() {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let code = compile(Array(withoutDocumentation(text).utf8), path: "rules/\(name)")
      output += "private let code\(index): [UInt64] = [\(words(code))]\n"
      list += "  PluginFile(path: \"rules/\(name)\", text: ####\"\"\"\n\(text)\n\"\"\"####, "
      list += "code: code\(index), codeCount: \(code.count)),\n"
    }
    try (output + list + "]\n").write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }

  /// Returns the rule with its docs and examples empty, on the same lines: what runs it does not read them.
  private static func withoutDocumentation(_ text: String) -> String {
    text.replacing(#/(?s)\b(docs|bad|good|fixed) = \[\[(.*?)\]\]/#) { match in
      "\(match.1) = [[\(match.2.filter { $0 == "\n" })]]"
    }
  }

  /// Returns the compiled form of a rule.
  private static func compile(_ source: [UInt8], path: String) -> [UInt8] {
    guard let host = ez_lua_create() else { fail("there is no memory for Lua") }
    defer { ez_lua_destroy(host) }
    let result = source.withUnsafeBufferPointer {
      ez_lua_compile(host, ez_lua_bytes(bytes: $0.baseAddress, count: $0.count))
    }
    let bytes = Array(UnsafeBufferPointer(start: result.bytes.bytes, count: result.bytes.count))
    guard result.ok else { fail("\(path):\(result.line): error: \(String(decoding: bytes, as: UTF8.self))") }
    return bytes
  }

  /// Returns the bytes as integers of 64 bits in the machine's byte order: the compiler takes long for an array of bytes.
  private static func words(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 8).map { start in
      var word: UInt64 = 0
      withUnsafeMutableBytes(of: &word) { $0.copyBytes(from: bytes[start..<min(start + 8, bytes.count)]) }
      return String(word)
    }
    .joined(separator: ",")
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("\(message)\n".utf8))
    exit(1)
  }
}
