/// A plugin's source text.
package struct PluginFile: Sendable {
  private let content: Content

  private enum Content: Sendable {
    case read(path: String, [UInt8])
    case carried(CarriedPlugin)
  }

  /// Makes a plugin from its text.
  package init(path: String, bytes: [UInt8]) {
    content = .read(path: path, bytes)
  }

  /// Makes a plugin that the program carries.
  init(carried: CarriedPlugin) {
    content = .carried(carried)
  }

  /// The path shown to the user; bundled rules have one that starts with `rules/`.
  package var path: String {
    switch content {
    case .read(let path, _): path
    case .carried(let plugin): plugin.metadata.path
    }
  }

  /// The text.
  package var bytes: [UInt8] {
    switch content {
    case .read(_, let bytes): bytes
    case .carried(let plugin): plugin.text.withUTF8Buffer(Array.init)
    }
  }

  /// What the build made of the text, for plugins that the program carries.
  var carried: CarriedPlugin? {
    switch content {
    case .read: nil
    case .carried(let plugin): plugin
    }
  }
}
