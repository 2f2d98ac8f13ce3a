extension Experiment {
  mutating func deriveInitialGains() {}
}
