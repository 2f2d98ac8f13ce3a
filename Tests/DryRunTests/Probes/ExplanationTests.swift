import DryRunMessages
import Experiment
import Testing

@testable import DryRun

struct ExplanationTests {
  private func run(_ change: (inout ProbeReport) -> Void, layer: (inout LayerProbe) -> Void = { _ in }) -> RunReport {
    var first = LayerProbe(name: "hidden", kind: "dense")
    first.firstGradientNorm = 1
    var last = LayerProbe(name: "out", kind: "dense")
    last.firstGradientNorm = 2
    layer(&first)
    var probes = ProbeReport(layers: [first, last])
    probes.initialLoss = 2
    change(&probes)
    return RunReport(seed: 1, steps: 9, training: [], heldOut: [CurvePoint(9, 0.5)], score: 0.5, probes: probes)
  }

  private func sentence(_ probe: Probe?, _ written: RunReport, _ changed: RunReport) -> String? {
    Explanation(written: [written, written, written], changed: [changed, changed, changed]).sentence(on: probe)
  }

  @Test func `what the rule names is said with the figures of both versions`() {
    #expect(
      sentence(.unreachableTargets, run { $0.unreachableTargets = 0.49 }, run { $0.unreachableTargets = 0 })
        == "49 % of the targets are out of reach, 0 % with the fix"
    )
    #expect(
      sentence(.symmetricUnits, run({ _ in }) { $0.symmetricUnits = 1 }, run({ _ in }) { $0.symmetricUnits = 0 })
        == "100 % of the units of \"hidden\" compute what another one does, 0 % with the fix"
    )
    #expect(
      sentence(.clippedSteps, run { $0.clippedSteps = 0.97 }, run { _ in })
        == "97 % of the steps are clipped, none with the fix"
    )
    #expect(
      sentence(.stepsToHalf, run { _ in }, run { $0.stepsToHalf = 23 })
        == "the loss does not get to half of the first, and does so after 23 steps with the fix"
    )
    #expect(
      sentence(.updateRatio, run({ _ in }) { $0.updateRatio = 1.1 }, run({ _ in }) { $0.updateRatio = 0.003 })
        == "a step moves the weights of \"hidden\" by 110 % of their size, by 0.3 % with the fix"
    )
    #expect(
      sentence(.generalizationGap, run { $0.generalizationGap = 9 }, run { $0.generalizationGap = 1.2 })
        == "the loss on held-out rows is 9 times that on training rows, 1.2 times with the fix"
    )
    #expect(
      sentence(
        .initialLoss,
        run { ($0.initialLoss, $0.expectedInitialLoss) = (8.3, 2.3) },
        run { $0.initialLoss = 2.4 }
      )
        == "the loss starts at 8.3, where knowing nothing gets 2.3, and at 2.4 with the fix"
    )
    #expect(
      sentence(.gradientNorm, run({ _ in }) { $0.firstGradientNorm = 0 }, run { _ in })
        == "1 of 2 layers have no gradient at all, 0 with the fix"
    )
    #expect(
      sentence(.nonFinite, run { $0.nonFinite = .init(step: 3, layer: "hidden", isGradient: true) }, run { _ in })
        == "the gradient of \"hidden\" is no finite number at step 3; with the fix all stays finite"
    )
  }

  @Test func `where nothing is named, what differs most speaks`() {
    #expect(
      sentence(nil, run({ $0.clippedSteps = 1 }) { $0.deadUnits = 0.8 }, run({ _ in }) { $0.deadUnits = 0.1 })
        == "80 % of the units of \"hidden\" give 0 for every example, 10 % with the fix"
    )
    #expect(
      sentence(nil, run { _ in }, run { _ in }) == "the loss on held-out rows ends at 0.5, at 0.5 with the fix"
    )
  }

  @Test func `where there is nothing to say of what is named, something else is said`() {
    #expect(
      sentence(.unreachableTargets, run { $0.clippedSteps = 1 }, run { $0.clippedSteps = 0 })
        == "100 % of the steps are clipped, 0 % with the fix"
    )
  }
}
