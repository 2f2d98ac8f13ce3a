/// The scaffold of a new rule: a working one, to be changed.
package enum RuleTemplate {
  /// Returns the text of a rule file; nil when the id is not of the form `group/name`.
  package static func text(id: String) -> String? {
    guard RuleMetadata.isValidID(id) else { return nil }
    return template.replacing("GROUP/NAME", with: id)
  }

  private static let template = """
    -- A rule for epochzero: its data, its check and its examples. Try it with
    --   epochzero test-rules THIS-FILE

    return {
      api = 1,
      id = "GROUP/NAME",
      summary = "a dense layer so narrow that little gets through",
      severity = "warning",
      -- What "check --confirm" measures to explain a finding.
      probe = "steps_to_half",

      options = {
        least = { type = "integer", default = 2, help = "the fewest units of a hidden dense layer" },
      },

      docs = [[
    ## What it looks for
    A hidden dense layer with fewer units than the option `least`.

    ## Why it is bad
    Everything the network knows of an example has to pass through that layer.

    ## Use instead
    At least as many units as the next layer has outputs.

    ## When to ignore it
    The layer is the code of an autoencoder.
    ]],

      check = function(experiment, report, options)
        for _, layer in ipairs(experiment.layers) do
          -- What is not known is nil, and nil < 2 is false: the rule is silent about it.
          if layer.kind == "dense" and not layer.head and layer.units < options.least then
            report {
              at = { layer, "units" },
              message = ("layer %q has %d units, so little gets through"):format(layer.name, layer.units),
              help = ("give it %d or more"):format(options.least),
              -- What it trains beside the file as it is, to see whether the finding holds.
              trial = set(layer, "units", 32),
            }
          end
        end
      end,

      examples = {
        {
          bad = [[
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [12]}
        - {kind: dense, name: narrow, units: 1️⃣1, activation: relu}
        - {kind: dense, name: out, units: 3}
    ]],
        },
        {
          good = [[
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [12]}
        - {kind: dense, name: wide, units: 64, activation: relu}
        - {kind: dense, name: out, units: 1}
    ]],
        },
      },
    }

    """
}
