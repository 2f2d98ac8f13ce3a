-- A rule with a safe fix, so that goldens show one whatever the bundled rules say.
return {
  api = 1,
  id = "golden/high-dropout",
  summary = "dropout above one half",
  severity = "error",
  docs = [[Shows a finding with a fix.]],
  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      if layer.rate > 0.5 then
        report {
          at = { layer, "rate" },
          message = ("layer %q drops %g of its values"):format(layer.name, layer.rate),
          help = "drop half of them at most",
          fix = set(layer, "rate", 0.5),
        }
      end
    end
  end,
  examples = {
    { bad = [[{"epochzero": 1, "model": {"layers": [{"kind": "dropout", "rate": 1️⃣0.8}]}}]] },
    { good = [[{"epochzero": 1, "model": {"layers": [{"kind": "dropout", "rate": 0.1}]}}]] },
  },
}
