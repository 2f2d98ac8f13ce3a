-- Observations that an agent gets in their own units.

local function looks_at_pictures(experiment)
  for _, layer in ipairs(experiment.layers) do
    if layer.kind == "conv2d" or layer.kind == "backbone" then return true end
  end
  return false
end

return {
  api = 1,
  id = "normalization/raw-observations",
  summary = "an agent whose observations are not normalised, though the framework has a switch for it",
  severity = "hint",
  cause = 1,
  needs = { "outputs.task", "inputs.normalization" },

  docs = [[
## What it looks for
Reinforcement learning where the file switches the normalisation of observations off (`normalize: false` of ML-Agents,
`normalize_input: False` of rl_games). Networks with convolutions, whose pixels are rescaled elsewhere, are passed over.

## Why it is bad
Observations come in the units of the simulator: angles near 1, positions in the tens, forces in the thousands. The
largest drown the others in the first layer, and nobody knows their ranges before the agent has seen them. A running mean
and deviation costs nothing and decides many continuous tasks.

## Example
`network_settings: {normalize: false}` for a walker that is told positions, velocities and contact forces.

## Use instead
`normalize: true`.

## When to ignore it
Where the environment hands out observations near mean 0 and deviation 1 itself, or one-hot codes, as grid worlds do: there a
running deviation only adds noise.

## References
- Andrychowicz et al. (2021): What matters for on-policy deep actor-critic methods? A large-scale study.
- Engstrom et al. (2020): Implementation matters in deep policy gradients: a case study on PPO and TRPO.
]],

  check = function(experiment, report)
    if looks_at_pictures(experiment) then return end
    local is_learnt_by_reward = false
    for _, output in ipairs(experiment.outputs) do
      is_learnt_by_reward = is_learnt_by_reward or output.task == "reinforcement"
    end
    if not is_learnt_by_reward then return end
    for _, input in ipairs(experiment.inputs) do
      if input.normalization == "none" and origin(input, "normalization").kind == "stated" then
        report {
          at = { input, "normalization" },
          once = true,
          message = "observations reach the network in their own units, and the largest drown the others",
          help = "switch the normalisation on, unless the environment scales them itself",
        }
      end
    end
  end,

  examples = {
    {
      bad = [[
behaviors:
  Walker:
    trainer_type: ppo
    network_settings: {normalize: 1️⃣false, hidden_units: 256, num_layers: 3}
]],
    },
    {
      good = [[
behaviors:
  Walker:
    trainer_type: ppo
    network_settings: {normalize: true, hidden_units: 256, num_layers: 3}
]],
    },
    {
      -- Nobody has said that they are to stay as they are.
      good = [[
behaviors:
  Basic:
    trainer_type: ppo
    network_settings: {hidden_units: 20, num_layers: 1}
]],
    },
  },
}
