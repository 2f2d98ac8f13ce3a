import Linting
import Rules

extension LintReport {
  /// The report of a real run over files in memory, with a rule that finds dropout above one half and mends it.
  static func linting(_ files: [String: String]) -> LintReport {
    let session = LintSession(fileSystem: MemoryFileSystem(files), rules: dropoutRules)
    let inputs = files.sorted { $0.key < $1.key }.map { name, text in
      LintInput(name: name, path: name, isNamed: true, content: Array(text.utf8))
    }
    return session.check(inputs)
  }

  /// The rule that ``linting(_:)`` runs.
  static let dropoutRules = RuleSet(loading: [
    PluginFile(
      path: "my-rules/sample.lua",
      bytes: Array(
        """
        return {
          api = 1,
          id = "dropout/sample",
          summary = "dropout above one half",
          severity = "warning",
          cause = 4,
          docs = [[
        ## What it looks for
        A layer that drops
        most of its values.

        ## Why it is bad
        Little is left.
        ]],
          check = function(experiment, report)
            for _, layer in ipairs(experiment.layers) do
              if layer.kind == "dropout" and layer.rate > 0.5 then
                report {
                  at = { layer, "rate" },
                  message = ("layer %q drops %g"):format(layer.name, layer.rate),
                  help = "drop less",
                  fix = set(layer, "rate", 0.5),
                }
              end
            end
          end,
          examples = {
            { bad = "epochzero: 1\\nmodel: {layers: [{kind: dropout, rate: 1️⃣0.9}]}" },
            { good = "epochzero: 1" },
          },
        }
        """.utf8
      )
    )
  ])
}

/// A native experiment whose layers of the names drop 0.9 each, one a line from line 4 on.
func dropoutConfig(_ names: [String], lineEnd: String = "\n") -> String {
  let layers = names.map { "    - {kind: dropout, name: \"\($0)\", rate: 0.9}" }
  return (["epochzero: 1", "model:", "  layers:"] + layers + [""]).joined(separator: lineEnd)
}
