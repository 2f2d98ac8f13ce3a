extension Experiment {
  mutating func deriveGraphFacts() {}
}
