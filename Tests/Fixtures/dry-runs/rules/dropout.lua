-- A second rule with a trial, for the same experiment.
return {
  api = 1,
  id = "golden/dropout",
  summary = "dropout above one half",
  severity = "warning",
  docs = [[Shows findings that a dry run tests together.]],
  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dropout" and layer.rate > 0.5 then
        report {
          at = { layer, "rate" },
          message = ("layer %q drops %g of its values"):format(layer.name, layer.rate),
          trial = set(layer, "rate", 0.5),
        }
      end
    end
  end,
  examples = {
    { bad = [[{"epochzero": 1, "model": {"layers": [{"kind": "dropout", "rate": 1️⃣0.8}]}}]] },
    { good = [[{"epochzero": 1, "model": {"layers": [{"kind": "dropout", "rate": 0.1}]}}]] },
  },
}
