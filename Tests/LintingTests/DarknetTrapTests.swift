import Linting
import Rules
import Testing

/// Healthy Darknet configs that a hasty rule would blame, under all rules.
struct DarknetTrapTests {
  private static func net(_ lines: String) -> String {
    "[net]\n\(lines)\nwidth=64\nheight=64\nchannels=3\nmomentum=0.9\ndecay=0.0005\nlearning_rate=0.001\nmax_batches=20000\n"
  }

  private static let block =
    "\n[convolutional]\nbatch_normalize=1\nfilters=32\nsize=3\nstride=2\npad=1\nactivation=leaky\n"

  private static func head(_ activation: String, _ options: String = "") -> String {
    "\n[convolutional]\nsize=1\nfilters=21\nactivation=\(activation)\n\n[yolo]\nmask=0,1,2\nclasses=2\nnum=3\n\(options)\n"
  }

  @Test
  func `trap: a test-time config has batch=1 beside normalisation`() {
    let testing = "# Testing\nbatch=1\nsubdivisions=1\n# Training\n# batch=64\n# subdivisions=16"
    #expect(Self.findings(in: Self.net(testing) + Self.block + Self.head("linear")) == [])
  }

  @Test
  func `trap: detection heads are linear`() {
    let text = Self.net("batch=64\nsubdivisions=2") + Self.block + Self.block + Self.head("linear")
    #expect(Self.findings(in: text + "\n[route]\nlayers=0\n" + Self.block + Self.head("linear")) == [])
  }

  @Test
  func `trap: a yolo head with new_coords wants logistic in front`() {
    let text = Self.net("batch=64\nsubdivisions=2") + Self.block + Self.head("logistic", "new_coords=1")
    #expect(Self.findings(in: text) == [])
  }

  @Test
  func `trap: the squared error behind a softmax adds nothing to its cross-entropy`() {
    let text =
      Self.net("batch=64\nsubdivisions=2") + Self.block
      + "\n[connected]\noutput=10\nactivation=linear\n\n[softmax]\n\n[cost]\ntype=sse\n"
    #expect(Self.findings(in: text) == [])
  }

  private static func findings(in text: String) -> [String] {
    let files = MemoryFileSystem(["net.cfg": text])
    let rules = RuleSet(loading: RuleLibrary.bundledPlugins, for: .running)
    let report = LintSession(fileSystem: files, rules: rules).check(Discovery(["."], in: files).inputs)
    return report.findings.filter { $0.severity != .hint }.map { "\($0.rule): \($0.message)" }
  }
}
