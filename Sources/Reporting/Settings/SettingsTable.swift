package import Linting

/// The keys of settings files as tables of Markdown, for the documentation.
package enum SettingsTable {
  /// The tables by the name of the place that they document, in the order of the documentation.
  package static let tables: [(name: String, keys: [SettingsKey])] = [
    ("top", SettingsKeys.all),
    ("rule", SettingsKeys.ofRule),
    ("override", SettingsKeys.override),
    ("ignore", SettingsKeys.suppression),
    ("experiment", SettingsKeys.experiment),
    ("dry run", SettingsKeys.ofDryRun),
  ]

  /// Returns a table with a row for each key.
  package static func render(_ keys: [SettingsKey]) -> String {
    var text = "| key | value | what for | default |\n| --- | --- | --- | --- |\n"
    for key in keys {
      let standard = key.isRequired ? "must be there" : key.standard ?? ""
      text += "| `\(key.name)` | \(key.type.documentation) | \(key.help) | \(standard) |\n"
    }
    return text
  }
}
