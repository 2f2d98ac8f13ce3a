package import Rules

/// The house rules: the files of `rules/`, carried inside the binary.
package enum BundledRules {
  /// Every file, sorted by id; the paths start with `rules/`.
  package static var files: [PluginFile] { plugins.files }

  private static let plugins = CarriedPlugins(
    words: carriedWords,
    texts: carriedTexts,
    kinds: carriedKinds,
    fact: carriedFact,
    metadata: carriedMetadata
  )
}
