package import Linting

/// The settings file that `epochzero init` writes: every key with its help, all commented out.
package enum SettingsTemplate {
  /// The text of the file.
  package static var text: String {
    var text = """
      # Settings of epochzero for the files in this folder and below it.
      # Every key may be left out. Take the "#" away from what you want to set. Editors: see "epochzero schema".

      """
    for key in SettingsKeys.all {
      text += "\n"
      let help = key.help.plain + (key.standard.map { " Default: \($0.plain)." } ?? "")
      for line in help.wrapped(at: 117) { text += "# \(line)\n" }
      for line in key.yaml { text += "#\(line)\n" }
    }
    return text
  }
}

extension SettingsKey {
  /// The key with its example as YAML lines.
  package var yaml: [String] {
    let lines = example.split(separator: "\n")
    return lines.count == 1 && !example.contains(": ")
      ? ["\(name): \(example)"] : ["\(name):"] + lines.map { "  \($0)" }
  }
}

extension String {
  /// Markdown code as a reader of YAML would quote it.
  fileprivate var plain: String { replacing("`", with: "\"") }

  fileprivate func wrapped(at width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
