return {
  api = 1,
  id = "harmless/another-seed",
  summary = "weights that could start otherwise",
  severity = "warning",
  docs = "Nothing is wrong. First weights depend on the names of layers, so new names for all are another seed.",

  check = function(experiment, report)
    local edits, first = {}, nil
    for _, layer in ipairs(experiment.layers) do
      if layer.kind ~= "input" and layer.parameters > 0 and not layer.shared then
        first = first or layer
        table.insert(edits, set(layer, "name", "renamed_" .. layer.name))
      end
    end
    if first then
      report { at = first, message = "all weights could start otherwise", trial = edits, confirm = true }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [4]}
    - {kind: 1️⃣dense, name: answer, units: 1}
]],
    },
    { good = "epochzero: 1\n" },
  },
}
