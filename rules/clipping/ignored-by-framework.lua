-- A threshold for clipping gradients that is written down, and that nothing reads.
return {
  api = 1,
  id = "clipping/ignored-by-framework",
  summary = "gradients are not clipped as the file says: the framework ignores the key",
  severity = "warning",
  cause = 8,
  untestable = "a dry run clips as the framework does, and what was meant it cannot tell",
  reports = "ignored-clipping",

  docs = [[
## What it looks for
A key that says how gradients are clipped and has no effect: another key that turns clipping on is off, or the framework does
not pass the value on to what clips.

## Why it is bad
Whoever wrote it believes that the run is safe from large gradients. It is not: one bad batch may move the weights so far
that training does not come back. Recurrent policies and large models, for which the key is written most often, need it most.

## Example
```yaml
config:
  grad_norm: 1.0
  truncate_grads: False    # rl_games clips only where this is on, and it is off unless stated
```

## Use instead
```yaml
config:
  grad_norm: 1.0
  truncate_grads: True
```

or leave the threshold out, so that the next reader is not misled.

## When to ignore it
Where another file is laid over this one and turns clipping on.

## References
- Pascanu, Mikolov and Bengio (2013): On the difficulty of training recurrent neural networks.
- rl_games 1.6.5: `A2CBase.trancate_gradients_and_step` in `rl_games/common/a2c_common.py` clips only `if self.truncate_grads`.
- Detectron2: `maybe_add_gradient_clipping` in `detectron2/solver/build.py` returns early unless `CLIP_GRADIENTS.ENABLED`.
]],

  examples = {
    {
      bad = [==[
params:
  algo: {name: a2c_continuous}
  model: {name: continuous_a2c_logstd}
  network: {name: actor_critic, mlp: {units: [256, 128], activation: elu}}
  config:
    learning_rate: 3e-4
    1️⃣grad_norm: 1.0
    truncate_grads: False
    minibatch_size: 512
]==],
    },
    {
      -- Off unless stated.
      bad = [==[
params:
  algo: {name: a2c_continuous}
  model: {name: continuous_a2c_logstd}
  network: {name: actor_critic, mlp: {units: [256, 128], activation: elu}}
  config: {learning_rate: 3e-4, 1️⃣grad_norm: 1.0, minibatch_size: 512}
]==],
    },
    {
      -- Inert until it is enabled.
      bad = [==[
MODEL: {META_ARCHITECTURE: GeneralizedRCNN}
SOLVER:
  BASE_LR: 0.02
  IMS_PER_BATCH: 16
  CLIP_GRADIENTS: {1️⃣CLIP_VALUE: 0.5}
]==],
    },
    {
      good = [==[
params:
  algo: {name: a2c_continuous}
  model: {name: continuous_a2c_logstd}
  network: {name: actor_critic, mlp: {units: [256, 128], activation: elu}}
  config: {learning_rate: 3e-4, grad_norm: 1.0, truncate_grads: True, minibatch_size: 512}
]==],
    },
    {
      -- Another file may turn it on.
      good = [==[
defaults: [base]
params:
  algo: {name: a2c_continuous}
  network: {name: actor_critic, mlp: {units: [256, 128], activation: elu}}
  config: {grad_norm: 1.0, minibatch_size: 512}
]==],
    },
    {
      -- Filled in by what starts DeepSpeed.
      good = [==[
{"train_micro_batch_size_per_gpu": "auto", "gradient_clipping": "auto", "zero_optimization": {"stage": 2}}
]==],
    },
  },
}
