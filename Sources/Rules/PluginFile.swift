/// A plugin's source text.
package struct PluginFile: Sendable {
  /// The path shown to the user; bundled rules have one that starts with `rules/`.
  package var path: String
  private var text: Text
  /// What the build made of the text, for plugins that the program carries.
  let carried: CarriedPlugin?

  /// Makes a plugin from its text.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    text = .read(bytes)
    carried = nil
  }

  /// Makes a plugin that the program carries.
  package init(text: StaticString, carried: CarriedPlugin) {
    path = carried.metadata.path
    self.text = .carried(text)
    self.carried = carried
  }

  /// The text.
  package var bytes: [UInt8] {
    switch text {
    case .read(let bytes): bytes
    case .carried(let text): text.withUTF8Buffer(Array.init)
    }
  }

  private enum Text: Sendable {
    case read([UInt8])
    case carried(StaticString)
  }
}
