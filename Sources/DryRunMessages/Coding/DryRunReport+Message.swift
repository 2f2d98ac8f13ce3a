package import JSONText

extension DryRunReport: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      verdict: try Verdict(name: reader["verdict"], reason: reader["reason"]),
      judgement: try reader.optional("judgement")?.message(),
      explanation: try reader.optional("explanation")?.text(),
      written: try reader.optional("written")?.message(),
      changed: try reader.optional("changed")?.message(),
      checks: try reader["checks"].messages(),
      plan: try reader["plan"].message(),
      data: try reader["data"].message(),
      seconds: try reader["seconds"].number(),
      threads: try reader["threads"].integer(),
      library: try reader["library"].text()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("verdict", verdict.name)
      writer.member("reason", text: verdict.reason)
      writer.member("judgement", message: judgement)
      writer.member("explanation", text: explanation)
      writer.member("written", message: written)
      writer.member("changed", message: changed)
      writer.member("checks", messages: checks)
      writer.member("plan", message: plan)
      writer.member("data", message: data)
      writer.member("seconds", number: seconds)
      writer.member("threads", threads)
      writer.member("library", library)
    }
  }
}

extension Verdict {
  fileprivate init(name: MessageReader, reason: MessageReader) throws(MessageFault) {
    switch try name.text() {
    case "confirmed": self = .confirmed
    case "refuted": self = .refuted
    case "inconclusive": self = .inconclusive(try reason.text())
    case "not-runnable": self = .notRunnable(try reason.text())
    case "trained": self = .trained
    case let other: throw name.wrong("a verdict, not \"\(other)\"")
    }
  }
}

extension Judgement: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      metric: try reader["metric"].text(),
      pairs: try reader["pairs"].messages(),
      baseline: try reader["baseline"].number(),
      ratio: try reader["ratio"].number(),
      interval: try reader["interval"].interval(),
      test: try reader["test"].text(),
      minimumRatio: try reader["minimum_ratio"].number()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("metric", metric)
      writer.member("pairs", messages: pairs)
      writer.member("baseline", number: baseline)
      writer.member("ratio", number: ratio)
      writer.member("interval", interval: interval)
      writer.member("test", test)
      writer.member("minimum_ratio", number: minimumRatio)
    }
  }
}

extension Judgement.Pair: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      seed: try reader["seed"].seed(),
      written: try reader["written"].number(),
      changed: try reader["changed"].number()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("seed", seed: seed)
      writer.member("written", number: written)
      writer.member("changed", number: changed)
    }
  }
}

extension ExperimentCheck: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      try reader["kind"].word(Kind.self),
      try reader["outcome"].word(Outcome.self),
      try reader["message"].text(),
      curve: try reader["curve"].curve()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", kind.rawValue)
      writer.member("outcome", outcome.rawValue)
      writer.member("message", message)
      writer.member("curve", curve: curve)
    }
  }
}

// MARK: - Plan and data

extension PlanReport: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init()
    scalings = try reader["scalings"].messages()
    assumptions = try reader["assumptions"].texts()
    omissions = try reader["omissions"].texts()
    estimatedMemory = try reader["estimated_memory"].integer()
    estimatedWork = try reader["estimated_work"].number()
    trainingRows = try reader["training_rows"].integer()
    heldOutRows = try reader["held_out_rows"].integer()
    writtenBatch = try reader["written_batch"].integer()
    changedBatch = try reader["changed_batch"].integer()
    writtenSteps = try reader["written_steps"].integer()
    changedSteps = try reader["changed_steps"].integer()
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("scalings", messages: scalings)
      writer.member("assumptions", texts: assumptions)
      writer.member("omissions", texts: omissions)
      writer.member("estimated_memory", estimatedMemory)
      writer.member("estimated_work", number: estimatedWork)
      writer.member("training_rows", trainingRows)
      writer.member("held_out_rows", heldOutRows)
      writer.member("written_batch", writtenBatch)
      writer.member("changed_batch", changedBatch)
      writer.member("written_steps", writtenSteps)
      writer.member("changed_steps", changedSteps)
    }
  }
}

extension PlanReport.Scaling: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      what: try reader["what"].text(),
      from: try reader["from"].integer(),
      to: try reader["to"].integer()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("what", what)
      writer.member("from", from)
      writer.member("to", to)
    }
  }
}

extension DataReport: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      path: try reader.optional("path")?.text(),
      descriptions: try reader["descriptions"].texts(),
      limits: try reader["limits"].text()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("path", text: path)
      writer.member("descriptions", texts: descriptions)
      writer.member("limits", limits)
    }
  }
}
