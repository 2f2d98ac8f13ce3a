extension Experiment {
  mutating func deriveSteps() {}
}
