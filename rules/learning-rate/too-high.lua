-- A learning rate that the optimizer cannot use.

-- Schedules that multiply the rate by steps and widths of their own: it is no learning rate then.
local multiplying = { noam = true, inverse_sqrt = true, rsqrt = true }

-- Which option bounds which optimizer: all of one family scale their steps alike.
local family_of = {
  adam = "adam", adamw = "adam", amsgrad = "adam", nadam = "adam", radam = "adam", adam_8bit = "adam",
  adamw_8bit = "adam", paged_adam = "adam", paged_adamw = "adam", paged_adam_8bit = "adam", paged_adamw_8bit = "adam",
  rmsprop = "rmsprop", adagrad = "adagrad", adadelta = "adadelta", adamax = "adamax", lion = "lion", lamb = "lamb",
  sgd = "sgd", momentum = "sgd", nesterov = "sgd",
}

-- What to start with.
local start = {
  adam = "0.001", rmsprop = "0.001", adamax = "0.002", adagrad = "0.01", adadelta = "1.0", lion = "0.0001",
  lamb = "0.002", sgd = "0.01 and momentum 0.9",
}

-- Optimizers that divide a gradient by its own size, so that the rate alone says how far a weight moves.
-- The same as numbers, for a rate that counts as often as without momentum.
local usual = {
  adam = 0.001, rmsprop = 0.001, adamax = 0.002, adagrad = 0.01, adadelta = 1.0, lion = 0.0001, lamb = 0.002, sgd = 0.1,
}
local normalizing = { adam = true, rmsprop = true, adamax = true, lion = true }

-- Returns the smallest deviation that a hidden kernel starts with.
local function smallest_deviation(experiment)
  local smallest
  for _, layer in ipairs(experiment.layers) do
    local deviation = layer.initial_stddev
    if deviation and deviation > 0 and not layer.head and layer.kind ~= "embedding" then
      if not smallest or deviation < smallest then smallest = deviation end
    end
  end
  return smallest
end

-- Returns the units of the widest hidden layer.
local function widest(experiment)
  local most = 0
  for _, layer in ipairs(experiment.layers) do
    if layer.head == false then most = math.max(most, layer.units or layer.filters or 0) end
  end
  return most
end

local function has_attention(experiment)
  for _, layer in ipairs(experiment.layers) do
    if one_of(layer.kind, { "multi_head_attention", "grouped_query_attention" }) then return true end
  end
  return false
end

-- Whether gradients/dying-relu-chain tells what the rate does: four plain ReLU layers or more whose weights it moves by 0.3 of
-- what they start with, summed up.
local function kills_relus(experiment, rate)
  local count, sum = 0, 0
  for _, layer in ipairs(experiment.layers) do
    if layer.head == false and one_of(layer.effective_activation, { "relu", "relu6" }) then
      if not (layer.initial_stddev > 0) then return false end
      count, sum = count + 1, sum + rate / layer.initial_stddev
    end
  end
  return count >= 4 and sum >= 0.3
end

local function is_on(clip)
  return one_of(clip.kind, { "norm", "global_norm", "value" }) and clip.threshold > 0
end

-- Returns why the loss does not show it; nothing where no gradient is clipped, or the threshold is out of reach.
local function why_hidden(clip)
  if not is_on(clip) or clip.threshold >= 1000 then return "" end
  local from = origin(clip, "threshold")
  return ("; clipping at %g%s keeps the loss from showing it"):format(
    clip.threshold, from.kind == "default" and (", %s's default,"):format(from.framework or "the framework") or "")
end

return {
  api = 1,
  id = "learning-rate/too-high",
  summary = "a learning rate beyond what the optimizer can use",
  severity = "error",
  cause = 6,
  probe = "update_ratio",
  needs = { "training.optimizer.learning_rate" },

  options = {
    adam = {
      type = "number", default = 0.03,
      help = "Adam, AdamW, NAdam, RAdam: a step moves each weight by about the rate (Kingma and Ba 2015, section "
        .. "2.1), and weights start with a deviation near 0.05; TabNet (Arik and Pfister 2021) trains at 0.02, the "
        .. "highest in common use",
    },
    adam_with_attention = {
      type = "number", default = 0.01,
      help = "the same with attention layers: transformers are trained at 0.00006 to 0.001 (Vaswani et al. 2017, Brown et "
        .. "al. 2020), with warm-up, and do not recover from a softmax that saturates early",
    },
    share = {
      type = "number", default = 0.33,
      help = "the same as a share of the deviation that hidden weights start with, where that allows more; measured, "
        .. "Adam ended at 2.4 times the loss of a well-chosen rate at 0.34, and did not learn at 1.1",
    },
    rmsprop = { type = "number", default = 0.03, help = "as for Adam: the gradient is divided by its own size" },
    adagrad = {
      type = "number", default = 0.3,
      help = "the first step moves each weight by the whole rate, later ones by less (Duchi et al. 2011)",
    },
    adadelta = { type = "number", default = 10, help = "the paper's rate is 1 (Zeiler 2012)" },
    adamax = { type = "number", default = 0.1, help = "divides by the largest gradient seen, so it takes more than "
      .. "Adam" },
    lion = {
      type = "number", default = 0.003,
      help = "each step moves each weight by exactly the rate; 3 to 10 times less than for AdamW (Chen et al. 2023)",
    },
    lamb = {
      type = "number", default = 0.1,
      help = "a step moves a layer by this share of its norm (You et al. 2020)",
    },
    sgd = {
      type = "number", default = 1,
      help = "rate / (1 - momentum) for a batch of 256 or less: 0.1 with momentum 0.9, as residual networks are "
        .. "trained (He et al. 2016); larger batches take more in proportion (Goyal et al. 2017)",
    },
    sgd_with_normalization = {
      type = "number", default = 50,
      help = "the same where layers are normalised or unknown: normalisation makes the loss blind to the weights' "
        .. "scale (Ioffe and Szegedy 2015), and one-cycle schedules peak at 3 with momentum 0.9 to 0.95 (Smith and "
        .. "Topin 2018)",
    },
    wide = {
      type = "integer", default = 64,
      help = "from this width on sgd_in_regression holds: the curvature of a squared loss grows with the width",
    },
    sgd_in_regression = {
      type = "number", default = 0.3,
      help = "the same for a plain network with squared loss, whose gradient grows with the error; measured, a ReLU "
        .. "network with two hidden layers of 128 diverged from 0.3 on (targets of deviation 1)",
    },
  },

  docs = [[
## What it looks for
A learning rate above the range in which its optimizer works. The range is the optimizer's own: 1.0 is the rate of the
Adadelta paper, common for L-BFGS (never reported), bold for SGD, and hopeless for Adam.

- **Adam and its kin, RMSprop, Lion**: the gradient is divided by its own size, so each step moves each weight by about
  the rate, whatever the loss. Narrow layers start with larger weights and take more.
- **SGD**: judged by rate / (1 - momentum), in proportion to batches above 256. Where clipping bounds the step, this
  rule is silent and `clipping/hides-learning-rate` judges rate times threshold.
- An epsilon of 0.001 or more takes the division's place (Inception trained RMSprop at 0.045 with epsilon 1): not
  reported.
- A rate that a Noam or inverse square root schedule multiplies is not a learning rate: not reported.

## Why it is bad
The loss explodes to NaN, or, more often, falls to the level of a constant prediction and stays: the first steps throw
the weights far beyond their initial scale, ReLU units die, and no later step brings them back. Measured on a plain
network with four hidden layers of 256 (targets of deviation 1, so 1.0 is what a constant reaches): Adam gave a held-out
loss of 0.07 at 0.01, 0.17 at 0.03 and 1.4 at 0.1. Clipping hides it and does not help: Adam at 1 ended at 46 times the
loss of a constant prediction, and clipped at 0.5 right at it.

It is an *error* where that is certain: ten times what SGD takes, an Adam-like rate of 1, or one of 0.1 in a plain
network of four or more weight layers. Else it is a *warning*; between a third of the limit and the limit a *hint*, for
plain networks only.

## Example
```yaml
optimizer: {name: adam, learning_rate: 0.1}
```

## Use instead
Look for the largest rate that does not explode and take a tenth of it. To start: 0.001 for Adam, RMSprop and NAdam,
0.0001 for Lion, 0.01 for SGD with momentum 0.9.

## When to ignore it
For models with a handful of weights, such as a logistic regression, and where a range test showed that the rate works.

## References
- Kingma and Ba (2015): Adam: A method for stochastic optimization, section 2.1.
- Goyal et al. (2017): Accurate, large minibatch SGD: training ImageNet in 1 hour.
- He et al. (2016): Deep residual learning for image recognition.
- Smith and Topin (2018): Super-convergence: very fast training of neural networks using large learning rates.
- Chen et al. (2023): Symbolic discovery of optimization algorithms (Lion).
- You et al. (2020): Large batch optimization for deep learning (LAMB).
- Zeiler (2012): ADADELTA: an adaptive learning rate method. Duchi et al. (2011): Adaptive subgradient methods.
- Szegedy et al. (2016): Rethinking the Inception architecture for computer vision.
- Vaswani et al. (2017): Attention is all you need. Brown et al. (2020): Language models are few-shot learners.
- Arik and Pfister (2021): TabNet: attentive interpretable tabular learning.
- Measured figures: `scripts/measure-rates.py` in this project prints them.
]],

  check = function(experiment, report, options)
    local training = experiment.training
    local optimizer = training.optimizer
    local rate = optimizer.learning_rate
    local family = family_of[optimizer.name or ""]
    if not rate or not family or experiment.model_type == "trees" then return end
    if multiplying[training.schedule.name] or optimizer.epsilon >= 0.001 then return end
    -- A momentum that forgets nothing is another finding.
    if optimizer.momentum >= 1 then return end

    local plain = experiment.plain
    local depth = experiment.weight_depth
    local limit, measured, why = options[family], rate, nil
    local severity = "warning"

    if family == "sgd" then
      if is_on(training.clip) then return end
      measured = rate / (1 - math.min(optimizer.momentum or 0, 0.99))
      limit = plain and options.sgd or options.sgd_with_normalization
      if plain and depth >= 3 and widest(experiment) >= options.wide then
        for _, output in ipairs(experiment.outputs) do
          if output.loss == "mean_squared_error" then limit = math.min(limit, options.sgd_in_regression) end
        end
      end
      limit = limit * math.max(1, (training.batch_size or 256) / 256)
      if measured >= 10 * limit then severity = "error" end
      why = ("%s takes up to about %.3g here"):format(optimizer.name, limit)
      if optimizer.momentum > 0 then
        why = ("with momentum %g a gradient counts %.3g times, which makes %.3g, and %s"):format(
          optimizer.momentum, 1 / (1 - math.min(optimizer.momentum, 0.99)), measured, why)
      end
    else
      -- One layer of weights cannot kill its own inputs: it takes about ten times more.
      if depth == 1 then limit = limit * 10 end
      local deviation = smallest_deviation(experiment)
      if family == "adam" and has_attention(experiment) then
        limit = options.adam_with_attention
        why = ("networks with attention take up to about %g"):format(limit)
      elseif normalizing[family] then
        -- Weights that start large, as those of narrow layers do, take larger steps.
        limit = math.max(limit, (deviation or 0) * options.share)
        local wipes_out = rate >= math.max(3 * options[family], deviation or 0)
        if rate >= 1 or (plain and depth >= 4 and wipes_out) then severity = "error" end
        why = ("each step moves every weight by about %g"):format(rate)
        if deviation and deviation < rate then
          why = why .. (", further than the deviation of %.2g that they start with"):format(deviation)
        end
      else
        why = ("%s takes up to about %g"):format(optimizer.name, limit)
      end
    end

    -- Rates that were stored as float32 are off by some 1e-8, and 1 / (1 - 0.9) is not quite 10.
    if not (measured > 1.000001 * limit) then
      if family == "sgd" or not plain or depth == 1 or not (measured > limit / 3) then return end
      if one_of(family, { "adam", "rmsprop" }) and kills_relus(experiment, rate) then return end
      severity = "hint"
    end

    report {
      at = { optimizer, "learning_rate" },
      severity = severity,
      message = ("learning rate %g is %s for %q: %s%s"):format(
        rate, severity == "hint" and "high" or "too high", optimizer.name, why,
        severity ~= "hint" and why_hidden(training.clip) or ""),
      help = ("start with %s, or find the largest rate that does not explode and divide it by 10"):format(
        start[family]),
      trial = set(optimizer, "learning_rate", tonumber(("%.3g"):format(math.min(usual[family], limit / 4)
        * (family == "sgd" and 1 - math.min(optimizer.momentum or 0, 0.99) or 1)))),
    }
  end,

  examples = {
    {
      bad = [==[
seed_everything: 1
trainer: {max_epochs: 10, accumulate_grad_batches: 2}
model:
  class_path: recommender.TwoTowers
  init_args: {width: 64}
data:
  class_path: recommender.Clicks
  init_args: {batch_size: 256}
optimizer:
  class_path: torch.optim.Adam
  init_args: {lr: 1️⃣0.5}
]==],
    },
    {
      bad = [==[
model:
  _target_: pollen.CountingModule
  optimizer: {_target_: torch.optim.Adam, _partial_: true, lr: 1️⃣0.5, weight_decay: 0.0}
  scheduler: {_target_: torch.optim.lr_scheduler.CosineAnnealingLR, _partial_: true, T_max: 20}
data: {_target_: pollen.PollenData, batch_size: 64}
trainer: {_target_: lightning.pytorch.trainer.Trainer, max_epochs: 20, gradient_clip_val: 0.5}
]==],
    },
    {
      bad = [==[
model: {_component_: torchtune.models.llama3_2.llama3_2_1b}
tokenizer: {_component_: torchtune.models.llama3.llama3_tokenizer, path: /models/tokenizer.model}
dataset: {_component_: torchtune.datasets.alpaca_dataset}
optimizer: {_component_: torch.optim.AdamW, lr: 1️⃣0.5}
loss: {_component_: torchtune.modules.loss.CEWithChunkedOutputLoss}
lr_scheduler: {_component_: torchtune.training.lr_schedulers.get_cosine_schedule_with_warmup, num_warmup_steps: 10}
batch_size: 4
gradient_accumulation_steps: 8
epochs: 2
clip_grad_norm: 1.0
]==],
    },
    {
      -- Attention takes less than dense layers do.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, name: tokens, shape: [64, 128]}
    - {kind: multi_head_attention, name: attention, num_heads: 4, key_dim: 32, from: [tokens, tokens]}
    - {kind: add, name: sum, from: [tokens, attention]}
    - {kind: layer_normalization}
    - global_average_pooling
    - {kind: dense, units: 20, activation: softmax}
training:
  loss: categorical_crossentropy
  optimizer: {name: adamw, learning_rate: 1️⃣0.03}
]],
    },
    {
      -- Adam at 0.1 in a plain network of five weight layers.
      bad = [[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 256, activation: relu, init: he_normal}
    - {kind: dense, units: 256, activation: relu, init: he_normal}
    - {kind: dense, units: 256, activation: relu, init: he_normal}
    - {kind: dense, units: 256, activation: relu, init: he_normal}
    - {kind: dense, units: 1}
training:
  loss: mse
  optimizer: {name: adam, learning_rate: 1️⃣0.1}
]],
    },
    {
      bad = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 1️⃣0.5
]],
    },
    {
      bad = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "SGD", "config": {"learning_rate": 1️⃣5.0, "momentum": 0.0}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- A squared loss in a wide plain network.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 1}
training:
  loss: mse
  optimizer: {name: sgd, learning_rate: 1️⃣0.5}
]],
    },
    {
      -- Momentum counts every gradient ten times.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 128, activation: relu, init: he_normal}
    - {kind: dense, units: 10, activation: softmax}
training:
  loss: categorical_crossentropy
  optimizer: {name: sgd, learning_rate: 1️⃣0.5, momentum: 0.9}
]],
    },
    {
      -- The usual rate of residual networks.
      good = [[
epochzero: 1
training:
  batch_size: 256
  optimizer: {name: sgd, learning_rate: 0.1, momentum: 0.9}
]],
    },
    {
      -- The usual rate with momentum is just within the limit of a plain network.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [100]}
    - {kind: dense, units: 256, activation: relu}
    - {kind: dense, units: 10}
training:
  loss: sparse_categorical_crossentropy
  from_logits: true
  optimizer: {name: sgd, learning_rate: 0.1, momentum: 0.9}
]],
    },
    {
      -- Rate and batch in proportion: 8192 images a step.
      good = [[
epochzero: 1
training:
  batch_size: 8192
  optimizer: {name: sgd, learning_rate: 3.2, momentum: 0.9}
]],
    },
    {
      -- SGD without momentum takes up to 1.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: conv2d, filters: 6, kernel_size: [5, 5], padding: same, activation: tanh}
    - {kind: average_pooling2d, pool_size: [2, 2]}
    - {kind: flatten}
    - {kind: dense, units: 84, activation: tanh}
    - {kind: dense, units: 10, activation: softmax}
training:
  loss: categorical_crossentropy
  optimizer: {name: sgd, learning_rate: 0.9}
]],
    },
    {
      -- A language model of the AWD-LSTM kind: clipping bounds the step.
      good = [[
epochzero: 1
training:
  optimizer: {name: sgd, learning_rate: 30, clip: {global_norm: 0.25}}
]],
    },
    {
      -- Four units start with weights of deviation 0.6, which take larger steps.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [2]}
    - {kind: dense, units: 4, activation: tanh, init: glorot_uniform}
    - {kind: dense, units: 1, activation: sigmoid}
training:
  loss: binary_crossentropy
  optimizer: {name: adam, learning_rate: 0.05}
]],
    },
    {
      -- A Noam schedule multiplies: this is no learning rate.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 2.0}
  schedule: {name: noam, warmup_steps: 4000}
]],
    },
    {
      -- The rate of the Adadelta paper.
      good = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adadelta", "config": {"learning_rate": 1.0}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- A toy network with squared loss.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [2]}
    - {kind: dense, units: 8, activation: tanh}
    - {kind: dense, units: 8, activation: tanh}
    - {kind: dense, units: 1}
training:
  loss: mse
  optimizer: {name: sgd, learning_rate: 0.5}
]],
    },
    {
      -- L-BFGS takes the full Newton step.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 1
  optimizer: {type: lbfgs}
]],
    },
    {
      -- A large epsilon takes the place of the gradient's size.
      good = [[
epochzero: 1
training:
  optimizer: {name: rmsprop, learning_rate: 0.045, epsilon: 1.0}
]],
    },
    {
      -- What is only decided at run time is not judged.
      good = [[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: auto
]],
    },
    {
      -- The learning rate of boosted trees is a shrinkage.
      good = [[
model_type: gbm
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 0.3
]],
    },
    {
      -- What this rate does to so many ReLU layers is told by gradients/dying-relu-chain.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 256, activation: relu, init: glorot_uniform}
    - {kind: dense, units: 256, activation: relu, init: glorot_uniform}
    - {kind: dense, units: 256, activation: relu, init: glorot_uniform}
    - {kind: dense, units: 256, activation: relu, init: glorot_uniform}
    - {kind: dense, units: 1}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.02}}
]],
    },
  },
}
