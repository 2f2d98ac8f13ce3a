-- A batch of steps that has no room for one sequence of a recurrent policy.
return {
  api = 1,
  id = "batch-size/shorter-than-sequence",
  summary = "a batch, counted in steps, that is shorter than one sequence of the recurrent policy",
  severity = "error",
  cause = 5,
  untestable = "the run does not start",
  needs = { "training.recurrent_steps", "training.batch_size" },

  docs = [[
## What it looks for
Reinforcement learning with a recurrent policy, in a framework whose batches count steps of the environment: a batch of fewer
steps than the sequences that the memory is trained on.

## Why it is bad
A batch is cut into sequences, and there is none in it. ML-Agents stops before the first step; rl_games stops, or cuts
batches into 0 sequences.

## Example
```yaml
behaviors:
  Walker:
    trainer_type: ppo
    hyperparameters: {batch_size: 32, buffer_size: 2048}
    network_settings:
      memory: {memory_size: 128}    # sequence_length is 64 unless stated
```

## Use instead
A batch that is a multiple of the sequence length, so that no step is left over; or shorter sequences.

## When to ignore it
Never: the framework does not train so.

## References
- ML-Agents 1.1.0: `TrainerSettings._check_batch_size_seq_length` in `mlagents/trainers/settings.py`.
- rl_games 1.6.5: `games_num = minibatch_size // seq_length` in `rl_games/common/a2c_common.py`.
]],

  check = function(experiment, report)
    local training = experiment.training
    local batch, steps = training.batch_size, training.recurrent_steps
    if not (batch < steps) then return end
    local start = origin(training, "recurrent_steps")
    local by_default = start.kind == "default"
    report {
      at = { training, by_default and "batch_size" or "recurrent_steps" },
      message = ("a batch has %d steps, and one sequence of the memory %d%s: no batch holds a whole sequence"):format(
        batch, steps, by_default and (", %s's default"):format(start.framework) or ""),
      help = ("use a batch of %d or a multiple of it, or shorter sequences"):format(steps),
    }
  end,

  examples = {
    {
      bad = [==[
behaviors:
  Walker:
    trainer_type: ppo
    hyperparameters: {batch_size: 64, buffer_size: 2048}
    network_settings:
      memory: {memory_size: 128, sequence_length: 1️⃣128}
]==],
    },
    {
      -- The default of 64 steps.
      bad = [==[
behaviors:
  Walker:
    trainer_type: ppo
    hyperparameters: {batch_size: 1️⃣32, buffer_size: 2048}
    network_settings: {memory: {memory_size: 128}}
]==],
    },
    {
      -- As configs were written before 0.18.
      bad = [==[
default: {trainer: ppo, num_layers: 2, hidden_units: 128, time_horizon: 64}
Walker:
  batch_size: 32
  buffer_size: 2048
  use_recurrent: true
  sequence_length: 1️⃣64
]==],
    },
    {
      good = [==[
behaviors:
  Walker:
    trainer_type: ppo
    hyperparameters: {batch_size: 128, buffer_size: 2048}
    network_settings: {memory: {memory_size: 128, sequence_length: 64}}
]==],
    },
    {
      -- Without a memory there are no sequences, whatever the dump of an old config says.
      good = [==[
default: {trainer: ppo, num_layers: 2, hidden_units: 128, time_horizon: 64}
Walker:
  batch_size: 32
  buffer_size: 2048
  use_recurrent: false
  sequence_length: 64
]==],
    },
  },
}
