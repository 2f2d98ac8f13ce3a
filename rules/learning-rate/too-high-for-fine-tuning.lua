-- A learning rate for a fresh network, on weights that another training made.

-- Schedules that multiply the rate by steps and widths of their own: it is no learning rate then.
local multiplying = { noam = true, inverse_sqrt = true, rsqrt = true }

-- Optimizers whose step is about the rate, whatever the gradient.
local adam_like = {
  adam = true, adamw = true, amsgrad = true, nadam = true, radam = true, adam_8bit = true, adamw_8bit = true,
  paged_adam = true, paged_adamw = true, paged_adam_8bit = true, paged_adamw_8bit = true,
}

return {
  api = 1,
  id = "learning-rate/too-high-for-fine-tuning",
  summary = "a learning rate that wipes out what the pretrained weights know",
  severity = "warning",
  cause = 6,
  untestable = "what an earlier training made of the weights is not in the file",
  needs = { "training.optimizer.learning_rate", "layers.pretrained|fine_tuned = true" },

  options = {
    limit = {
      type = "number", default = 0.001,
      help = "full fine-tuning runs at 2e-5 to 5e-5 (Devlin et al. 2019), low-rank adapters at 1e-4 to 1e-3 (Hu et "
        .. "al. 2022); above 0.001 neither is in use",
    },
  },

  docs = [[
## What it looks for
An Adam-like optimizer with a rate above 0.001 on a model that starts from weights of an earlier training, and where
some of these weights are trained.

## Why it is bad
Each step moves each weight by about the rate. Pretrained weights have a deviation of about 0.02 in language models: at
0.01 two steps take them as far as all that the earlier training made. The model forgets first and learns then, from
less data.

## Example
```yaml
model_type: llm
base_model: meta-llama/Llama-2-7b-hf
adapter: {type: lora}
trainer: {type: finetune, learning_rate: 0.01}
```

## Use instead
0.00002 to 0.0001 where all weights are trained, 0.0001 to 0.0005 for low-rank adapters, with a warm-up.

## When to ignore it
Where only a fresh head is trained on frozen weights (not reported where the file says that they are frozen), and for
prompt tuning, whose few fresh vectors take up to 0.3.

## References
- Devlin et al. (2019): BERT: pre-training of deep bidirectional transformers, section A.3.
- Hu et al. (2022): LoRA: low-rank adaptation of large language models, appendix D.
- Lester et al. (2021): The power of scale for parameter-efficient prompt tuning.
]],

  check = function(experiment, report, options)
    local optimizer = experiment.training.optimizer
    local rate = optimizer.learning_rate
    if not (rate > options.limit) or not adam_like[optimizer.name] then return end
    if multiplying[experiment.training.schedule.name] then return end

    -- Frozen weights do not move: at least one pretrained layer must be trained, or no layer be known at all.
    local trained, known = false, false
    for _, layer in ipairs(experiment.layers) do
      if layer.pretrained then
        known = true
        if layer.trainable ~= false then trained = true end
      end
    end
    if not trained and not (experiment.fine_tuned and not known) then return end

    report {
      at = { optimizer, "learning_rate" },
      message = ("learning rate %g on pretrained weights: each step of %q moves every weight by about as much, and "
        .. "after a few steps what the earlier training learned is gone"):format(rate, optimizer.name),
      help = "use 0.00002 to 0.0001 to train all weights, 0.0001 to 0.0005 for low-rank adapters, or freeze the "
        .. "pretrained layers",
    }
  end,

  examples = {
    {
      bad = [[
model_type: llm
base_model: facebook/opt-350m
input_features:
  - {name: question, type: text}
output_features:
  - {name: answer, type: text}
adapter: {type: lora}
trainer:
  type: finetune
  learning_rate: 1️⃣0.01
]],
    },
    {
      bad = [[
input_features:
  - name: review
    type: text
    encoder: {type: bert, use_pretrained: true, trainable: true}
output_features:
  - {name: stars, type: category}
trainer:
  learning_rate: 1️⃣0.005
]],
    },
    {
      -- Low-rank adapters take up to 0.001.
      good = [[
model_type: llm
base_model: facebook/opt-350m
input_features:
  - {name: question, type: text}
output_features:
  - {name: answer, type: text}
adapter: {type: lora}
trainer:
  type: finetune
  learning_rate: 0.001
]],
    },
    {
      -- Frozen weights do not move; the fresh head may.
      good = [[
input_features:
  - name: review
    type: text
    encoder: {type: bert, use_pretrained: true, trainable: false}
output_features:
  - {name: stars, type: category}
trainer:
  learning_rate: 0.005
]],
    },
    {
      -- A fresh network is the business of learning-rate/too-high.
      good = [[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 0.01}
]],
    },
  },
}
