package import JSONText

extension VersionReport: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(runs: try reader["runs"].messages())
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { $0.member("runs", messages: runs) }
  }
}

extension RunReport: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      seed: try reader["seed"].seed(),
      steps: try reader["steps"].integer(),
      training: try reader["training"].curve(),
      heldOut: try reader["held_out"].curve(),
      score: try reader["score"].number(),
      probes: try reader["probes"].message()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("seed", seed: seed)
      writer.member("steps", steps)
      writer.member("training", curve: training)
      writer.member("held_out", curve: heldOut)
      writer.member("score", number: score)
      writer.member("probes", message: probes)
    }
  }
}

extension ProbeReport: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(layers: try reader["layers"].messages())
    initialLoss = try reader.optional("initial_loss")?.number()
    expectedInitialLoss = try reader.optional("expected_initial_loss")?.number()
    stepsToHalf = try reader.optional("steps_to_half")?.integer()
    clippedSteps = try reader.optional("clipped_steps")?.number()
    globalNorm = try reader.optional("global_norm")?.number()
    unreachableTargets = try reader.optional("unreachable_targets")?.number()
    generalizationGap = try reader.optional("generalization_gap")?.number()
    nonFinite = try reader.optional("non_finite")?.message()
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("initial_loss", number: initialLoss)
      writer.member("expected_initial_loss", number: expectedInitialLoss)
      writer.member("steps_to_half", count: stepsToHalf)
      writer.member("clipped_steps", number: clippedSteps)
      writer.member("global_norm", number: globalNorm)
      writer.member("unreachable_targets", number: unreachableTargets)
      writer.member("generalization_gap", number: generalizationGap)
      writer.member("non_finite", message: nonFinite)
      writer.member("layers", messages: layers)
    }
  }
}

extension ProbeReport.NonFinite: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      step: try reader["step"].integer(),
      layer: try reader.optional("layer")?.text(),
      isGradient: try reader["is_gradient"].boolean()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("step", step)
      writer.member("layer", text: layer)
      writer.member("is_gradient", isGradient)
    }
  }
}

extension LayerProbe: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(name: try reader["name"].text(), kind: try reader["kind"].text())
    firstGradientNorm = try reader.optional("first_gradient_norm")?.number()
    lastGradientNorm = try reader.optional("last_gradient_norm")?.number()
    updateRatio = try reader.optional("update_ratio")?.number()
    deadUnits = try reader.optional("dead_units")?.number()
    saturatedUnits = try reader.optional("saturated_units")?.number()
    symmetricUnits = try reader.optional("symmetric_units")?.number()
    firstHistogram = try reader.optional("first_histogram")?.message()
    lastHistogram = try reader.optional("last_histogram")?.message()
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", name)
      writer.member("kind", kind)
      writer.member("first_gradient_norm", number: firstGradientNorm)
      writer.member("last_gradient_norm", number: lastGradientNorm)
      writer.member("update_ratio", number: updateRatio)
      writer.member("dead_units", number: deadUnits)
      writer.member("saturated_units", number: saturatedUnits)
      writer.member("symmetric_units", number: symmetricUnits)
      writer.member("first_histogram", message: firstHistogram)
      writer.member("last_histogram", message: lastHistogram)
    }
  }
}

extension Histogram: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      minimum: try reader["minimum"].number(),
      maximum: try reader["maximum"].number(),
      counts: try reader["counts"].array { count throws(MessageFault) in try count.integer() }
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("minimum", number: minimum)
      writer.member("maximum", number: maximum)
      writer.member("counts", counts: counts)
    }
  }
}

// MARK: - Curves

extension MessageReader {
  /// Points of two numbers each.
  func curve() throws(MessageFault) -> [CurvePoint] {
    try array { point throws(MessageFault) in
      let numbers = try point.array { number throws(MessageFault) in try number.number() }
      guard numbers.count == 2 else { throw point.wrong("two numbers") }
      return CurvePoint(numbers[0], numbers[1])
    }
  }
}

extension JSONWriter {
  mutating func member(_ key: String, curve: [CurvePoint]) {
    self.key(key)
    array(of: curve) { writer, point in
      writer.array { writer in
        writer.value(point.x)
        writer.value(point.y)
      }
    }
  }
}
