import DryRun
import DryRunMessages
import Experiment
import Kernels
import Linting

/// Trains the experiment of each file for three steps, on numbers that mean nothing, and prints a line for it: name, batch, losses and
/// what was made smaller, or why it cannot be trained, parted by tabs.
///
/// It shows which networks can be assembled; what they learn is for dry runs to say.
@main
enum TrainSteps {
  /// Arguments: the gibibytes that a network may take, and the files.
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let memory = arguments.first.flatMap({ Int($0) }), memory > 0, memory < 1 << 20 else {
      print("usage: train-steps GIBIBYTES FILE ...")
      return
    }
    for path in arguments.dropFirst() {
      let name = path.split(separator: "/").last ?? ""
      do {
        print(name, try trained(path, memory: memory << 30), separator: "\t")
      } catch {
        print(name, "failed", error, separator: "\t")
      }
    }
  }

  private static func trained(_ path: String, memory: Int) throws -> String {
    var reader = ConfigReader(DiskFileSystem())
    reader.keepsStated = true
    let read = try reader.experiments(in: LintInput(name: path, path: path, isNamed: true))
    guard let experiment = read.experiments.first?.stated else { throw NotRunnable("there is no experiment in it") }
    var job = DryRunJob(written: experiment)
    // Enough for three steps of the largest, and not so much that the smallest are trained at full size.
    job.budget = DryRunBudget(seconds: 30, memory: memory, seeds: 1...1)
    let plan = try Plan.make(job)
    let version = plan.written
    let network = try TrainableNetwork(version.experiment, heads: version.heads, batch: version.batch, seed: job.seed)
    let losses = try losses(of: network)
    let scalings = plan.report.scalings.map { "\($0.what) \($0.from) -> \($0.to)" }
    return (["\(version.batch)", losses.map { "\($0)" }.joined(separator: " "), scalings.joined(separator: ", ")])
      .joined(separator: "\t")
  }

  private static func losses(of network: TrainableNetwork) throws -> [Double] {
    for input in network.inputs {
      try input.value.write(RandomStream(seed: 1, purpose: .data, index: 0).normal(input.value.count))
    }
    let targets = try network.heads.map { head, loss in
      let shape = loss.loss.isSparse ? Array(loss.predicted.shape.dropLast()) : loss.predicted.shape
      let target = try Tensor(shape)
      let width = loss.loss.isSparse ? 1 : max(shape.last ?? 1, 1)
      for row in 0..<target.count / width where !loss.loss.isSparse { target.pointer[row * width + row % width] = 1 }
      return target
    }
    let optimizer = try network.makeOptimizer()
    return try (0..<3).map { step in
      network.network.resetGradients()
      try network.network.forward(isTraining: true)
      var sum = 0.0
      for (head, target) in zip(network.heads, targets) {
        sum += try head.loss.evaluate(target: target, isTraining: true)
      }
      sum += try network.penalty()
      try network.network.backward()
      _ = try optimizer.step(rate: network.rate(at: step))
      return sum
    }
  }
}
