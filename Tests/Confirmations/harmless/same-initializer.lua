-- He's and Glorot's initialisers, as the variance scaling that they are.
local written_out = {
  he_normal = { scale = 2, mode = "fan_in", distribution = "truncated_normal" },
  he_uniform = { scale = 2, mode = "fan_in", distribution = "uniform" },
  glorot_uniform = { scale = 1, mode = "fan_avg", distribution = "uniform" },
  lecun_normal = { scale = 1, mode = "fan_in", distribution = "truncated_normal" },
}

return {
  api = 1,
  id = "harmless/same-initializer",
  summary = "an initialiser that could be written otherwise",
  severity = "warning",
  docs = "Nothing is wrong. What is posed as a fix is the same initialiser by another name.",

  check = function(experiment, report)
    local edits, first = {}, nil
    for _, layer in ipairs(experiment.layers) do
      local start = layer.kernel_initializer
      local parts = start and written_out[start.name]
      if parts and not layer.shared then
        first = first or layer
        table.insert(edits, set(start, "name", "variance_scaling"))
        for key, value in pairs(parts) do
          table.insert(edits, set(start, key, value))
        end
      end
    end
    if first then
      report { at = first, message = "initialisers could be written otherwise", trial = edits, confirm = true }
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [4]}
    - {kind: 1️⃣dense, name: hidden, units: 4, activation: relu, init: he_normal}
    - {kind: dense, name: answer, units: 1}
]],
    },
    { good = "epochzero: 1\n" },
  },
}
