-- A rule with a trial, so that goldens show verdicts whatever the bundled rules say.
return {
  api = 1,
  id = "golden/rate",
  summary = "a learning rate above 0.1",
  severity = "error",
  docs = [[Shows a finding that a dry run can test.]],
  probe = "gradient_norm",
  check = function(experiment, report)
    local optimizer = experiment.training.optimizer
    if optimizer and optimizer.learning_rate and optimizer.learning_rate > 0.1 then
      report {
        at = { optimizer, "learning_rate" },
        message = ("the learning rate is %g"):format(optimizer.learning_rate),
        help = "use 0.001",
        fix = set(optimizer, "learning_rate", 0.001),
        confirm = true,
      }
    end
  end,
  examples = {
    { bad = [[{"epochzero": 1, "training": {"optimizer": {"name": "adam", "learning_rate": 1️⃣0.5}}}]] },
    { good = [[{"epochzero": 1, "training": {"optimizer": {"name": "adam", "learning_rate": 0.1}}}]] },
  },
}
