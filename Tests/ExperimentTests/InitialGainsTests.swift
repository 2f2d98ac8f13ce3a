import Experiment
import Testing

struct InitialGainsTests {
  /// An initialiser on a dense layer with fan-in 200 and fan-out 50, and the deviation worked out by hand.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var settings: [String: FactValue]
    var deviation: Double?

    init(_ name: String, _ settings: [String: FactValue], _ deviation: Double?) {
      self.name = name
      self.settings = settings
      self.deviation = deviation
    }

    var testDescription: String { "\(name) \(settings)" }
  }

  @Test(arguments: [
    Case("zeros", [:], 0),
    Case("constant", ["value": .number(3)], 0),
    Case("glorot_uniform", [:], 0.0894427),
    Case("glorot_normal", [:], 0.0894427),
    Case("he_normal", [:], 0.1),
    Case("lecun_uniform", [:], 0.0707107),
    Case("variance_scaling", ["scale": .number(2), "mode": .text("fan_in")], 0.1),
    Case("variance_scaling", ["scale": .number(1), "mode": .text("fan_out")], 0.1414214),
    Case("variance_scaling", ["scale": .number(1)], nil),
    Case("random_normal", ["stddev": .number(0.05)], 0.05),
    Case("random_normal", [:], nil),
    Case("truncated_normal", ["stddev": .number(1)], 0.8796257),
    Case("random_uniform", ["min": .number(-0.05), "max": .number(0.05)], 0.0288675),
    Case("random_uniform", ["min": .number(1), "max": .number(-1)], nil),
    Case("orthogonal", [:], 0.0707107),
    Case("orthogonal", ["gain": .number(2)], 0.1414214),
    Case("identity", [:], nil),
    Case("my_own", [:], nil),
  ])
  func `knows the spread that an initialiser gives`(initial: Case) {
    let facts = layer(initial.name, initial.settings)
    expectEqual(facts.value(LayerKeys.initialStandardDeviation), initial.deviation)
  }

  @Test(
    arguments: [
      ("he_normal", "relu", nil, 1),
      ("lecun_normal", "tanh", nil, 1),
      ("lecun_normal", "relu", nil, 0.7071068),
      ("lecun_normal", "selu", nil, 1),
      ("he_normal", "linear", nil, 1.4142136),
      ("he_normal", "leaky_relu", 1.0, 1.4142136),
      ("he_normal", "my_own", nil, nil),
    ] as [(String, String, Double?, Double?)]
  )
  func `compares it with what keeps the variance`(
    initializer: String,
    activation: String,
    slope: Double?,
    expected: Double?
  ) {
    expectEqual(layer(initializer, [:], activation, slope: slope).value(LayerKeys.initialGain), expected)
  }

  @Test func `says nothing of weights that come from elsewhere`() {
    let facts = layer("he_normal", pretrained: true)
    #expect(facts.value(LayerKeys.initialStandardDeviation) == nil)
  }

  private func expectEqual(_ value: Double?, _ expected: Double?) {
    #expect((value == nil) == (expected == nil))
    if let value, let expected { #expect(abs(value - expected) < 1e-6) }
  }

  private func layer(
    _ initializer: String,
    _ settings: [String: FactValue] = [:],
    _ activation: String = "relu",
    slope: Double? = nil,
    pretrained: Bool = false
  ) -> Record {
    var record = Record()
    record[InitializerKeys.name] = Fact(initializer, Sketch.stated)
    for (key, value) in settings { record[name: key] = Fact(value, Sketch.stated) }
    var facts: [String: FactValue] = [
      "units": .integer(50), "activation": .text(activation), "kernel_initializer": .record(record),
      "pretrained": .boolean(pretrained),
    ]
    facts["negative_slope"] = slope.map(FactValue.number)
    var sketch = Sketch()
    sketch.layer("x", .input, ["shape": .list([.integer(200)])])
    sketch.layer("y", .dense, facts)
    return sketch.derived.facts("y")
  }
}
