-- A hint that points at other places, so that goldens show notes.
return {
  api = 1,
  id = "golden/activation",
  summary = "a last layer with an activation",
  severity = "hint",
  docs = [[Shows a finding with related places.]],
  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      if output.activation ~= "linear" and output.activation then
        local related = {}
        for _, layer in ipairs(experiment.layers) do
          if layer.units then
            related[#related + 1] = { at = { layer, "units" }, message = ("layer %q has %d units"):format(layer.name, layer.units) }
          end
        end
        report {
          at = { output.layer, "activation" },
          message = ("output %q ends in %s"):format(output.name, output.activation),
          related = related,
        }
      end
    end
  end,
  examples = {
    {
      bad = [[
epochzero: 1
model: {layers: [{kind: input, shape: [4]}, {kind: dense, units: 2, activation: 1️⃣relu}]}
]],
    },
    {
      good = [[
epochzero: 1
model: {layers: [{kind: input, shape: [4]}, {kind: dense, units: 2}]}
]],
    },
  },
}
