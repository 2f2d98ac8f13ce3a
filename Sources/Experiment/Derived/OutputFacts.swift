extension Experiment {
  mutating func deriveOutputFacts() {}
}
