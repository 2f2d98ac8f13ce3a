import Kernels

/// What random numbers of the data are for: those of one purpose have nothing to do with those of another.
struct DataStream {
  let seed: UInt64

  enum Part: Int {
    case labels, latents, prototypes, loadings, noise, shifts, words, ranks, effects, order, directions, phases, weights
  }

  /// What all inputs and targets have in common.
  static let shared = 0

  static func input(_ index: Int) -> Int { 1 + index }

  static func target(_ index: Int) -> Int { 1 << 16 + index }

  func callAsFunction(_ subject: Int, _ part: Part, step: Int = 0) -> RandomStream {
    RandomStream(seed: seed, purpose: .data, index: subject << 8 + part.rawValue, step: step)
  }
}
