/// Lowers the rate when a figure stops falling: the callback `keras.callbacks.ReduceLROnPlateau` in the mode "min".
package struct PlateauSchedule: Equatable, Sendable {
  package private(set) var rate: Double
  package let factor: Double
  package let patience: Int
  package let leastChange: Double
  package let cooldown: Int
  package let floor: Double
  private var best: Double?
  private var waited = 0
  private var cooling = 0

  package init(
    start: Double,
    factor: Double,
    patience: Int,
    leastChange: Double = 1e-4,
    cooldown: Int = 0,
    floor: Double = 0
  ) {
    rate = start
    self.factor = factor
    self.patience = patience
    self.leastChange = leastChange
    self.cooldown = cooldown
    self.floor = floor
  }

  /// Takes the figure of one epoch.
  package mutating func observe(_ figure: Double) {
    if cooling > 0 {
      cooling -= 1
      waited = 0
    }
    if best.map({ figure < $0 - leastChange }) ?? true {
      best = figure
      waited = 0
    } else if cooling == 0 {
      waited += 1
      guard waited >= patience, rate > floor else { return }
      rate = max(rate * factor, floor)
      cooling = cooldown
      waited = 0
    }
  }
}
