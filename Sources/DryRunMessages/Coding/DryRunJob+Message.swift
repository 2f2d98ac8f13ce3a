package import JSONText
import Experiment

extension DryRunJob: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(
      written: try reader["written"].message(),
      changed: try reader.optional("changed")?.message(),
      probe: try reader.optional("probe")?.word(Probe.self),
      rows: try reader.optional("rows")?.text(),
      budget: try reader["budget"].message(),
      seed: try reader["seed"].seed()
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("written", message: written)
      writer.member("changed", message: changed)
      writer.member("probe", text: probe?.rawValue)
      writer.member("rows", text: rows)
      writer.member("budget", message: budget)
      writer.member("seed", seed: seed)
    }
  }
}

extension DryRunBudget: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    let fewest = try reader["fewest_seeds"].integer(atLeast: 1)
    self.init(
      seconds: try reader["seconds"].number(atLeast: 0),
      memory: try reader["memory"].integer(atLeast: 1),
      seeds: fewest...(try reader["most_seeds"].integer(atLeast: fewest)),
      threads: try reader["threads"].integer(atLeast: 1)
    )
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("seconds", number: seconds)
      writer.member("memory", memory)
      writer.member("fewest_seeds", seeds.lowerBound)
      writer.member("most_seeds", seeds.upperBound)
      writer.member("threads", threads)
    }
  }
}

extension DryRunProgress: DryRunMessage {
  package init(_ reader: MessageReader) throws(MessageFault) {
    self.init(share: try reader["share"].number(), activity: try reader["activity"].text())
  }

  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("share", number: share)
      writer.member("activity", activity)
    }
  }
}
