import ConfigSyntax
import Experiment
import SourceText

/// Lowers one Darknet config: the net's options, then the layers in order, each of which takes from the one before.
///
/// Darknet keeps images with channels first; here they are height, width and channels, as in the rest of the IR.
struct DarknetLowering {
  /// The shape of what a section gives, as far as it is known here.
  typealias Size = [Int?]

  /// What a section gives.
  struct Result {
    var layer: Int
    var size: Size

    /// Whether it is an image, rather than a row of numbers.
    var isImage: Bool { size.count == 3 }
    var channels: Int? { size.last ?? nil }
  }

  private(set) var experiment: Experiment
  /// What each section gives, by the layer's number.
  private(set) var results: [Result] = []
  /// What the next section takes.
  private(set) var current = Result(layer: 0, size: [])
  private let document: SyntaxNode
  private var problems: [Problem] = []
  /// The options of each kind of section that was met: networks repeat a few kinds a hundred times.
  private var options: [String: [String]] = [:]

  init(_ document: SyntaxNode) {
    self.document = document
    experiment = Experiment(dialect: "darknet", sources: [document.tree.source])
  }

  mutating func run() {
    var sections = document.writtenMembers.filter { $0.value.kind == .mapping && !$0.value.isFlow }[...]
    guard let first = sections.popFirst() else { return }
    let place = first.key.location(source: 0)
    experiment.about = Record(location: place, container: document.location(source: 0))
    experiment.about[ExperimentKeys.framework] = Fact("Darknet", .inferred(from: "the form of the file", at: place))
    var net = DarknetSection(first, index: nil)
    readNet(&net)
    addInput(&net)
    net.checkOptions(known: DarknetKeys.names(of: net.name))
    problems += net.problems
    for (index, member) in sections.enumerated() {
      var section = DarknetSection(member, index: index)
      lower(&section)
      let known = options[section.name] ?? DarknetKeys.names(of: section.name)
      options[section.name] = known
      section.checkOptions(known: known)
      problems += section.problems
      results.append(current)
    }
    settleOutputs()
    experiment.problems += problems
  }

  // MARK: - For the readers of sections

  mutating func change(_ body: (inout Experiment) -> Void) { body(&experiment) }

  /// Adds a layer that takes from others, by default from what the section before gives.
  @discardableResult
  mutating func add(_ kind: LayerKind, _ name: String, _ facts: Record, from inputs: [Int]? = nil, size: Size) -> Int {
    let layer = experiment.layers.count
    experiment.layers.append(Layer(kind: kind, name: name, facts: facts, inputs: inputs ?? [current.layer]))
    current = Result(layer: layer, size: size)
    return layer
  }

  /// Makes what an earlier section gives what the next one takes.
  mutating func take(_ result: Result) { current = result }

  /// Returns what the section of a stated number gives, counted back from this one where it is negative; notes one that is not there.
  func result(at stated: Int, for section: inout DarknetSection, _ option: String) -> Result? {
    let own = section.index ?? 0
    let index = stated < 0 ? own + stated : stated
    if results.indices.contains(index) { return results[index] }
    let what = index < 0 ? "before the first layer" : "not above it: only layers 0 to \(own - 1) are"
    section.note(
      .brokenGraph,
      "\(section.subject) takes from layer \(index) (\"\(option)\" says \(stated)), which is \(what)",
      at: section.option(option)?.value
    )
    return nil
  }

  // MARK: - Input

  private mutating func addInput(_ net: inout DarknetSection) {
    let height = net.integer("height")
    let width = net.integer("width")
    let channels = net.integer("channels")
    let steps = net.integer("time_steps")?.value ?? 1
    var facts = net.record
    var size: Size
    if let height, let width, let channels {
      size = [height.value, width.value, channels.value]
      facts[LayerKeys.inputShapeStated] = Fact(
        Shape(size),
        .stated(width.origin.location ?? net.key.location(source: 0))
      )
    } else if let inputs = net.integer("inputs") {
      size = steps > 1 ? [steps, inputs.value] : [inputs.value]
      facts[LayerKeys.inputShapeStated] = Fact(Shape(size), inputs.origin)
    } else {
      size = [height?.value, width?.value, channels?.value]
      if height == nil, width == nil, channels == nil {
        net.note(.missingKey, "[\(net.name)] states neither \"width\", \"height\" and \"channels\" nor \"inputs\"")
      }
    }
    let isSound = size.allSatisfy { $0 ?? 1 > 0 }
    if !isSound { size = size.map { _ in nil } }
    let layer = experiment.layers.count
    experiment.layers.append(Layer(kind: .input, name: "input", facts: facts, inputs: []))
    current = Result(layer: layer, size: size)
    var input = net.record
    let place = net.key.location(source: 0)
    input[InputKeys.name] = Fact("input", .inferred(from: "there being a network", at: place))
    input[InputKeys.layer] = Fact(layer, .inferred(from: "the net's options", at: place))
    input[InputKeys.shape] = facts[LayerKeys.inputShapeStated]
    if size.count == 3 {
      // load_image_stb and mat_to_image in src/image.c.
      input[InputKeys.normalization] = Fact("rescaled", .darknetDefault("it divides the values of pixels by 255"))
      input[InputKeys.type] = Fact("image", .inferred(from: "width, height and channels", at: place))
    }
    experiment.inputs = [input]
  }
}
