return {
  api = 1,
  id = "harmless/one-layer-renamed",
  summary = "a layer that could have another name",
  severity = "warning",
  docs = "Nothing is wrong. What is posed as a fix draws other first weights for one layer.",

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      if layer.head and not layer.shared then
        report {
          at = layer,
          message = ("layer %q could have another name"):format(layer.name),
          trial = set(layer, "name", "by_another_name"),
          confirm = true,
        }
        return
      end
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
