package import Rules

/// The house rules: the files of `rules/`, carried inside the binary.
package enum BundledRules {
  /// Every file, sorted by path; the paths start with `rules/`.
  package static var files: [PluginFile] {
    embeddedRules.map { PluginFile(path: $0.path, bytes: Array($0.text.utf8)) }
  }
}

/// One embedded file.
struct EmbeddedRule: Sendable {
  let path: String
  let text: String
}
