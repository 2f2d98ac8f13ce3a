import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct DarknetTrainingTests {
  @Test
  func `reads the batch and its parts`() throws {
    let training = try DarknetSample(DarknetSample.net + "[convolutional]\n").experiment.training
    #expect(training.value(TrainingKeys.batchSize) == 64)
    #expect(training.value(TrainingKeys.accumulationSteps) == 16)
    #expect(training.value(TrainingKeys.microBatchSize) == 4)
  }

  @Test(
    arguments: [
      "[net]\n# Testing\nbatch=1\nsubdivisions=1\n# Training\n# batch=64\n# subdivisions=16\ninputs=4\n[connected]\n",
      "[net]\nbatch=1\nsubdivisions=1\ninputs=4\n[connected]\n", "[net]\nbatch=1\ninputs=4\n[connected]\n",
    ]
  )
  func `trap: a config for testing says batch=1, which nobody trains with`(text: String) throws {
    let training = try DarknetSample(text).experiment.training
    #expect(training.value(TrainingKeys.batchSize) == nil)
    #expect(training.value(TrainingKeys.microBatchSize) == nil)
  }

  @Test
  func `trap: pixels are always divided by 255`() throws {
    let input = try #require(try DarknetSample(DarknetSample.net + "[convolutional]\n").experiment.inputs.first)
    #expect(input[InputKeys.normalization]?.kind == "default")
    #expect(input.value(InputKeys.normalization) == "rescaled")
    let row = try #require(try DarknetSample("[net]\ninputs=256\n[connected]\n").experiment.inputs.first)
    #expect(row.value(InputKeys.normalization) == nil)
  }

  @Test(
    arguments: [
      ("policy=steps\nsteps=400,450\nscales=.1,.1\nmax_batches=500\nburn_in=100", "steps", 100, nil, 1e-5),
      ("policy=steps\nsteps=400,900\nscales=.1,.1\nmax_batches=500", "steps", nil, nil, 1e-4),
      ("policy=poly\nmax_batches=500\nburn_in=100", "poly", 100, 400, 0),
      ("policy=sgdr\nmax_batches=500", "cosine_restarts", nil, 500, 0.00001), ("", "constant", nil, nil, nil),
    ] as [(String, String, Int?, Int?, Double?)]
  )
  func `reads the learning rate's policy`(
    options: String,
    name: String,
    warmup: Int?,
    decay: Int?,
    end: Double?
  ) throws {
    let sample = try DarknetSample("[net]\ninputs=4\n\(options)\n[connected]\n")
    let schedule = try #require(sample.experiment.training.value(TrainingKeys.schedule))
    #expect(schedule.value(ScheduleKeys.name) == name)
    #expect(schedule.value(ScheduleKeys.warmupSteps) == warmup)
    #expect(schedule.value(ScheduleKeys.decaySteps) == decay)
    #expect(schedule.value(ScheduleKeys.endRate).map { ($0 * 1e9).rounded() } == end.map { ($0 * 1e9).rounded() })
    #expect(sample.problems == [])
  }

  @Test
  func `reads Adam where it is on`() throws {
    let optimizer = try #require(try DarknetSample("[net]\ninputs=4\nadam=1\nB1=.8\n[connected]\n").optimizer)
    #expect(optimizer.value(OptimizerKeys.name) == "adam")
    #expect(optimizer.value(OptimizerKeys.beta1) == 0.8)
    #expect(optimizer.value(OptimizerKeys.epsilon) == 0.000001)
    #expect(optimizer.value(OptimizerKeys.momentum) == nil)
  }

  @Test(
    arguments: [
      (
        "activation=laeky",
        "Darknet knows no activation \"laeky\" and takes relu instead, with no more than a line on the console"
      ),
      (
        "activation=leaky # mish",
        "Darknet knows no activation \"leaky#mish\" and takes relu instead, with no more than a line on the console"
      ),
      ("outputs=3\nactivation=relu", "Darknet knows no option \"outputs\" of [connected] and passes it over"),
      ("output=1e3\nactivation=relu", "\"output\" of [connected] must be an integer: of \"1e3\" Darknet takes 1"),
      (
        "output=x\nactivation=relu",
        "\"output\" of [connected] must be an integer, not the text \"x\", for which Darknet takes 0"
      ),
      (
        "output=3\noutput=4\nactivation=relu", "\"output\" is written twice in [connected], and Darknet takes the first"
      ),
    ]
  )
  func `says what Darknet takes for something else, without a word`(options: String, message: String) throws {
    let sample = try DarknetSample("[net]\ninputs=4\n[connected]\n\(options)\n")
    #expect(sample.experiment.problems.first?.message == message)
  }

  @Test
  func `takes the first of two values, and ReLU for a name that is not known`() throws {
    let sample = try DarknetSample("[net]\ninputs=4\n[connected]\noutput=3\noutput=4\nactivation=laeky\n")
    let facts = try sample.layer("connected_0").facts
    #expect(facts.value(LayerKeys.units) == 3)
    #expect(facts.value(LayerKeys.activation) == "relu")
    let help = sample.experiment.problems.first { $0.kind == .invalidValue }?.help
    #expect(help == "did you mean \"leaky\"?")
  }

  @Test(
    arguments: [
      (
        "[route]\nlayers=5\n",
        "[route] of layer 0 takes from layer 5 (\"layers\" says 5), which is not above it: only layers 0 to -1 are"
      ),
      (
        "[shortcut]\nfrom=-3\n",
        "[shortcut] of layer 0 takes from layer -3 (\"from\" says -3), which is before the first layer"
      ),
      ("[route]\n", "[route] of layer 0 does not say which \"layers\" it takes"),
      ("[convolutonal]\n", "Darknet knows no section [convolutonal] and puts a layer there that does nothing"),
    ]
  )
  func `says what cannot be built`(section: String, message: String) throws {
    let sample = try DarknetSample(DarknetSample.net + section)
    #expect(sample.experiment.problems.map(\.message) == [message])
  }

  @Test
  func `outlives numbers that are too large, and sizes of nothing`() throws {
    let huge = "99999999999999999999"
    for text in [
      "[net]\nwidth=\(huge)\nheight=2147483647\nchannels=2147483647\nbatch=\(huge)\n[convolutional]\nfilters=2147483647\nsize=2147483647\npadding=2147483647\nstride=0\n[reorg]\nstride=-5\n[upsample]\nstride=2147483647\n[connected]\noutput=2147483647\n[yolo]\nclasses=2147483647\nnum=2147483647\n",
      "[net]\nwidth=0\nheight=-1\nchannels=0\nsubdivisions=0\n[maxpool]\nsize=0\nstride=0\n[crop]\n[avgpool]\n[softmax]\n",
      "[net]\n[yolo]\n[region]\n[detection]\nside=2147483647\n[route]\nlayers=,,\n[shortcut]\nfrom=\n[sam]\nfrom=0\n[lstm]\n[rnn]\n[crnn]\n",
    ] { _ = try DarknetSample(text) }
  }
}
