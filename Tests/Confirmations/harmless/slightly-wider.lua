-- What says how wide a layer is.
local width = {
  dense = "units", lstm = "units", gru = "units", simple_rnn = "units",
  conv1d = "filters", conv2d = "filters",
}

return {
  api = 1,
  id = "harmless/slightly-wider",
  summary = "a hidden layer that could be 5 % wider",
  severity = "warning",
  docs = "Nothing is wrong. What is posed as a fix makes the first hidden layer 5 % wider.",

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      local key = width[layer.kind]
      if key and not layer.head then
        report {
          at = { layer, key },
          message = ("layer %q could be 5 %% wider"):format(layer.name),
          trial = set(layer, key, math.ceil(layer[key] * 1.05)),
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
    - {kind: dense, name: hidden, units: 1️⃣40, activation: relu}
    - {kind: dense, name: answer, units: 1}
]],
    },
    { good = "epochzero: 1\n" },
  },
}
