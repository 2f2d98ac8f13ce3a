/// Configs and rules that command tests write to a folder.
enum Sample {
  /// A healthy experiment but for its dropout, on line 5.
  static let config = """
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [8]}
        - {kind: dropout, rate: 0.8}
        - {kind: dense, units: 1}
    training: {loss: mse}

    """

  /// Finds the dropout of ``config`` and can mend it.
  static func rule(severity: String = "warning") -> String {
    """
    return {
      api = 1,
      id = "dropout/sample",
      summary = "too much dropout for a test",
      severity = "\(severity)",
      cause = 4,
      options = { limit = { type = "number", default = 0.5, help = "the largest rate that is fine" } },
      docs = [[
    ## What it looks for

    Dropout above the limit.
    ]],
      check = function(experiment, report, options)
        for _, layer in ipairs(experiment.layers) do
          if layer.kind == "dropout" and layer.rate > options.limit then
            report {
              at = { layer, "rate" },
              message = ("layer %q drops %g of its inputs"):format(layer.name, layer.rate),
              help = "drop half of them at most",
              fix = set(layer, "rate", options.limit),
            }
          end
        end
      end,
      examples = {
        {
          bad = [[
    epochzero: 1
    model: {layers: [{kind: input, shape: [4]}, {kind: dropout, rate: 1️⃣0.9}]}
    ]],
          fixed = [[
    epochzero: 1
    model: {layers: [{kind: input, shape: [4]}, {kind: dropout, rate: 0.5}]}
    ]],
        },
        {
          good = [[
    epochzero: 1
    model: {layers: [{kind: input, shape: [4]}, {kind: dropout, rate: 0.2}]}
    ]],
        },
      },
    }
    """
  }

  /// A rule that fails whenever it runs.
  static var failingRule: String {
    rule().replacing("for _, layer in", with: "error(\"no luck\") for _, layer in").replacing(
      "/sample",
      with: "/failing"
    )
  }
}
