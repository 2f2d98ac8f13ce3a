extension Experiment {
  mutating func inferShapes() {}
}
