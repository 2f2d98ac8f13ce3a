-- A rule whose findings nothing can test.
return {
  api = 1,
  id = "golden/monitor",
  summary = "nothing is monitored",
  severity = "hint",
  docs = [[Shows a finding that no dry run can test.]],
  untestable = "what is looked at does not change what is trained",
  check = function(experiment, report)
    if experiment.training.epochs and not experiment.training.monitor then
      report { at = { experiment.training, "epochs" }, message = "nothing is monitored" }
    end
  end,
  examples = {
    { bad = [[{"epochzero": 1, "training": {"epochs": 1️⃣3}}]] },
    { good = [[{"epochzero": 1, "training": {"epochs": 3, "monitor": ["mae"]}}]] },
  },
}
