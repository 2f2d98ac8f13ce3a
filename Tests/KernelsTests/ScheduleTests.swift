import Kernels
import Testing

struct ScheduleTests {
  private static let schedules: KeyValuePairs<String, Schedule> = [
    "exponential": .exponential(start: 0.1, steps: 10, share: 0.5, isStaircase: false),
    "exponential staircase": .exponential(start: 0.1, steps: 10, share: 0.5, isStaircase: true),
    "polynomial": .polynomial(start: 0.1, end: 0.01, steps: 40, power: 2, isCyclic: false),
    "polynomial cyclic": .polynomial(start: 0.1, end: 0.01, steps: 15, power: 0.5, isCyclic: true),
    "inverse time": .inverseTime(start: 0.1, steps: 10, share: 0.7, isStaircase: false),
    "inverse time staircase": .inverseTime(start: 0.1, steps: 10, share: 0.7, isStaircase: true),
    "cosine": .cosine(start: 0.1, steps: 40, floor: 0.05),
    "cosine with warm-up": .warmUp(
      start: 0.01,
      end: 0.1,
      steps: 12,
      next: .cosine(start: 0.1, steps: 30, floor: 0.05)
    ),
    "restarts": .cosineRestarts(start: 0.1, steps: 9, stretch: 2, shrink: 0.8, floor: 0.02),
    "restarts of one length": .cosineRestarts(start: 0.1, steps: 10, stretch: 1, shrink: 0.5, floor: 0),
    "piecewise": .piecewise(boundaries: [10, 25], values: [0.1, 0.05, 0.01]),
    "one cycle": .oneCycle(
      peak: 0.1,
      steps: 60,
      riseShare: 0.3,
      startDivisor: 25,
      endDivisor: 1e4,
      isLinear: false,
      hasThreePhases: false
    ),
    "one cycle of lines": .oneCycle(
      peak: 0.1,
      steps: 60,
      riseShare: 0.4,
      startDivisor: 10,
      endDivisor: 100,
      isLinear: true,
      hasThreePhases: true
    ),
    "linear with warm-up": .warmUp(
      start: 0,
      end: 0.1,
      steps: 12,
      next: .polynomial(start: 0.1, end: 0, steps: 38, power: 1, isCyclic: false)
    ),
  ]

  @Test func `schedules agree with Keras and PyTorch at each of 60 steps`() throws {
    let references = try ReferenceFile.read("schedules")
    #expect(references.keys.filter { !$0.hasPrefix("plateau") }.sorted() == Self.schedules.map(\.key).sorted())
    for (name, schedule) in Self.schedules {
      let expected = try #require(references[name]).values("rates")
      for (step, rate) in expected.enumerated() {
        let difference = abs(schedule.rate(at: step) - Double(rate))
        #expect(difference < 1e-7, "\(name): step \(step) has \(schedule.rate(at: step)), not \(rate)")
      }
    }
  }

  @Test(arguments: [
    ("plateau", PlateauSchedule(start: 0.1, factor: 0.5, patience: 3, leastChange: 0.01)),
    ("plateau with cooldown", PlateauSchedule(start: 0.1, factor: 0.1, patience: 2, cooldown: 4, floor: 0.002)),
  ])
  func `a plateau lowers the rate when Keras would`(name: String, start: PlateauSchedule) throws {
    let reference = try #require(try ReferenceFile.read("schedules")[name])
    let expected = try reference.values("rates")
    #expect(Set(expected).count > 2, "the rate falls more than once")
    var schedule = start
    for (figure, rate) in zip(try reference.values("figures"), expected) {
      schedule.observe(Double(figure))
      #expect(abs(schedule.rate - Double(rate)) < 1e-7)
    }
  }

  @Test func `a constant stays`() {
    #expect(Schedule.constant(0.3).rate(at: 1_000_000) == 0.3)
  }
}
