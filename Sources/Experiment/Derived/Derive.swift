extension Experiment {
  /// Adds what follows from the stated facts, once, for every rule to share.
  ///
  /// Derived facts have the origin `inferred`; a fact that is set already stays. Never fails: what cannot be built becomes
  /// a problem, and what does not follow stays unknown.
  package mutating func derive() {
    inferShapes()
    deriveGraphFacts()
    deriveOutputFacts()
    deriveInitialGains()
    deriveSteps()
    deriveWarmup()
  }
}
