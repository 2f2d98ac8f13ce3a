import DryRunMessages
import JSONText
import Linting
import Rules

extension JSONWriter {
  /// Writes what a dry run said as an object; null where none was made.
  mutating func verdict(_ confirmation: Confirmation?) {
    guard let confirmation else { return value(nil as String?) }
    let report = confirmation.report
    object { writer in
      writer.member("verdict", report.verdict.name)
      writer.member("reason", report.verdict.reason)
      writer.member("explanation", report.explanation)
      writer.member("message", confirmation.line)
      writer.member("lowered_from", confirmation.loweredFrom?.rawValue)
      writer.member("contrast", confirmation.contrast == .alone ? "alone" : "among-mended")
      writer.key("changes")
      writer.array(of: confirmation.changes) { $0.value($1) }
      writer.key("judgement")
      if let judgement = report.judgement { writer.judgement(judgement) } else { writer.value(nil as String?) }
      writer.key("plan")
      writer.plan(report.plan)
      writer.key("data")
      writer.data(report.data)
      writer.key("seconds")
      writer.value(report.seconds)
      writer.member("threads", report.threads)
      writer.member("library", report.library)
    }
  }

  // MARK: - Private

  private mutating func judgement(_ judgement: Judgement) {
    object { writer in
      writer.member("metric", judgement.metric)
      writer.key("pairs")
      writer.array(of: judgement.pairs) { writer, pair in
        writer.object { writer in
          writer.member("seed", Int(clamping: pair.seed))
          writer.number("written", pair.written)
          writer.number("changed", pair.changed)
        }
      }
      writer.number("baseline", judgement.baseline)
      writer.number("ratio", judgement.ratio)
      writer.key("interval")
      writer.array(of: [judgement.interval.lowerBound, judgement.interval.upperBound]) { $0.value($1) }
      writer.member("test", judgement.test)
      writer.number("minimum_ratio", judgement.minimumRatio)
    }
  }

  private mutating func plan(_ plan: PlanReport) {
    object { writer in
      writer.key("scalings")
      writer.array(of: plan.scalings) { writer, scaling in
        writer.object { writer in
          writer.member("what", scaling.what)
          writer.member("from", scaling.from)
          writer.member("to", scaling.to)
        }
      }
      writer.key("assumptions")
      writer.array(of: plan.assumptions) { $0.value($1) }
      writer.key("omissions")
      writer.array(of: plan.omissions) { $0.value($1) }
      writer.member("training_rows", plan.trainingRows)
      writer.member("held_out_rows", plan.heldOutRows)
      writer.member("written_batch", plan.writtenBatch)
      writer.member("changed_batch", plan.changedBatch)
      writer.member("written_steps", plan.writtenSteps)
      writer.member("changed_steps", plan.changedSteps)
    }
  }

  private mutating func data(_ data: DataReport) {
    object { writer in
      writer.member("path", data.path)
      writer.member("is_synthetic", data.path == nil)
      writer.key("descriptions")
      writer.array(of: data.descriptions) { $0.value($1) }
      writer.member("limits", data.limits)
    }
  }

  private mutating func number(_ key: String, _ value: Double) {
    self.key(key)
    self.value(value)
  }
}
