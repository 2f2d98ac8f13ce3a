import Experiment
import Testing

struct SkipConnectionsTests {
  @Test func `sees no skip in a plain stack`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    for name in ["a", "b", "c"] { sketch.dense(name) }
    let experiment = sketch.derived
    #expect(experiment.bypassed.isEmpty)
    #expect(experiment.about.value(ExperimentKeys.hasSkips) == false)
  }

  @Test func `sees an identity skip around two layers`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("stem")
    sketch.dense("a")
    sketch.dense("b")
    sketch.layer("add", .add, from: ["stem", "b"])
    sketch.dense("y")
    let experiment = sketch.derived
    #expect(experiment.bypassed == ["a", "b"])
    #expect(experiment.about.value(ExperimentKeys.hasSkips) == true)
  }

  @Test func `sees a skip with a projection`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("stem")
    sketch.dense("a")
    sketch.dense("b")
    sketch.dense("projection", from: ["stem"])
    sketch.layer("add", .add, from: ["projection", "b"])
    sketch.dense("y")
    #expect(sketch.derived.bypassed == ["a", "b", "projection"])
  }

  @Test func `sees no skip where branches of equal depth are added`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("a")
    sketch.dense("b", from: ["x"])
    sketch.layer("add", .add, from: ["a", "b"])
    #expect(sketch.derived.about.value(ExperimentKeys.hasSkips) == false)
  }

  @Test func `sees the skip of a dense block`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("stem")
    sketch.dense("a")
    sketch.layer("both", .concatenate, from: ["stem", "a"])
    #expect(sketch.derived.bypassed == ["a"])
  }

  @Test func `takes branches that all do some work for parallel ones`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("stem")
    sketch.dense("one")
    sketch.dense("two", from: ["stem"])
    sketch.dense("three")
    sketch.layer("pool", .maxPooling2d, from: ["stem"])
    sketch.layer("all", .concatenate, from: ["one", "three", "pool"])
    #expect(sketch.derived.about.value(ExperimentKeys.hasSkips) == false)
  }

  @Test func `sees the nested skips of a U-Net with an output in the middle`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("down1")
    sketch.layer("pool1", .maxPooling2d)
    sketch.dense("down2")
    sketch.layer("pool2", .maxPooling2d)
    sketch.dense("bottom")
    sketch.layer("up2", .upSampling)
    sketch.layer("join2", .concatenate, from: ["down2", "up2"])
    sketch.dense("decode2")
    sketch.layer("up1", .upSampling)
    sketch.layer("join1", .concatenate, from: ["down1", "up1"])
    sketch.dense("decode1")
    sketch.output("decode1")
    sketch.output("decode2")
    #expect(sketch.derived.bypassed == ["down2", "bottom", "decode2"])
  }

  @Test func `sees skips where a second input joins every block`() {
    var sketch = Sketch()
    sketch.layer("image", .input)
    sketch.layer("time", .input)
    sketch.dense("embed")
    sketch.dense("stem", from: ["image"])
    sketch.dense("a")
    sketch.layer("mix", .add, from: ["a", "embed"])
    sketch.dense("b")
    sketch.layer("add", .add, from: ["stem", "b"])
    sketch.dense("y")
    #expect(sketch.derived.bypassed == ["a", "b"])
  }

  @Test func `does not take two inputs that meet for a skip`() {
    var sketch = Sketch()
    sketch.layer("left", .input)
    sketch.dense("a")
    sketch.dense("b")
    sketch.layer("right", .input)
    sketch.layer("join", .add, from: ["b", "right"])
    sketch.dense("y")
    #expect(sketch.derived.about.value(ExperimentKeys.hasSkips) == false)
  }

  @Test func `does not vouch for layers of unknown classes`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("a")
    sketch.layer("block", .unknown)
    sketch.dense("y")
    let experiment = sketch.derived
    #expect(experiment.about.value(ExperimentKeys.hasSkips) == nil)
    #expect(experiment.about.value(ExperimentKeys.hasNormalization) == nil)
    #expect(experiment.about.value(ExperimentKeys.weightDepth) == 2)
  }

  @Test func `takes an unknown layer that joins a layer with its input for a skip`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("stem")
    sketch.dense("a")
    sketch.layer("scaled_add", .unknown, from: ["stem", "a"])
    #expect(sketch.derived.bypassed == ["a"])
  }

  // A walk over each skip would be quadratic here, and take minutes.

  @Test func `takes thousands of skips from one layer`() {
    let count = 10_000
    var sketch = Sketch()
    sketch.layer("x", .input)
    var names = ["x"]
    for index in 0..<count {
      sketch.dense("\(index)", from: [names[index]])
      names.append("\(index)")
      if index % 2 == 1 { sketch.layer("add\(index)", .add, from: ["x", "\(index)"]) }
    }
    sketch.layer("all", .concatenate, from: names)
    #expect(sketch.derived.bypassed.count == count)
  }

  @Test func `takes thousands of skips inside each other`() {
    let count = 10_000
    var sketch = Sketch()
    sketch.layer("x", .input)
    for index in 0..<count { sketch.dense("down\(index)") }
    sketch.dense("bottom")
    var inner = "bottom"
    for index in (0..<count).reversed() {
      sketch.layer("join\(index)", .concatenate, from: ["down\(index)", inner])
      inner = "join\(index)"
    }
    #expect(sketch.derived.bypassed.count == count)
  }
}
