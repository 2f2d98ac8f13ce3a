import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct DarknetLayerTests {
  @Test
  func `lays a convolution out with its normalisation and activation`() throws {
    let sample = try DarknetSample(
      DarknetSample.net + "[convolutional]\nbatch_normalize=1\nfilters=16\nsize=3\nstride=2\npad=1\nactivation=leaky\n"
    )
    #expect(
      sample.layers == [
        "input input (32, 32, 3)", "convolutional_0 conv2d (16, 16, 16)",
        "convolutional_0_batch_norm batch_normalization (16, 16, 16)",
        "convolutional_0_activation activation (16, 16, 16)",
      ]
    )
    let convolution = try sample.layer("convolutional_0").facts
    #expect(convolution.value(LayerKeys.useBias) == false)
    #expect(convolution.value(LayerKeys.parameters) == 3 * 3 * 3 * 16)
    let activation = try sample.layer("convolutional_0_activation").facts
    #expect(activation.value(LayerKeys.activation) == "leaky_relu")
    #expect(activation.value(LayerKeys.negativeSlope) == 0.1)
    #expect(sample.problems == [])
  }

  @Test(
    arguments: [
      ("size=3\npad=1", "(32, 32, 8)"), ("size=3", "(30, 30, 8)"), ("size=1\npad=1", "(32, 32, 8)"),
      ("size=2\npad=1\nstride=2", "(17, 17, 8)"), ("size=5\npadding=1", "(30, 30, 8)"),
      ("size=3\npad=1\nstride_x=2\nstride_y=1", "(32, 16, 8)"), ("size=7\nstride=2\npad=1", "(16, 16, 8)"),
    ]
  )
  func `pads as Darknet does`(options: String, shape: String) throws {
    let sample = try DarknetSample(
      DarknetSample.net + "[convolutional]\nfilters=8\nactivation=relu\n\(options)\n[cost]\n"
    )
    #expect(try sample.layer("convolutional_0").facts.value(LayerKeys.outputShape)?.description == shape)
  }

  @Test
  func `takes what Darknet takes where an option is absent`() throws {
    let sample = try DarknetSample("[net]\ninputs=12\n[connected]\n[dropout]\n[connected]\noutput=2\n")
    let first = try sample.layer("connected_0").facts
    #expect(first[LayerKeys.units]?.kind == "default" && first.value(LayerKeys.units) == 1)
    #expect(first[LayerKeys.activation]?.kind == "default" && first.value(LayerKeys.activation) == "sigmoid")
    #expect(try sample.layer("dropout_1").facts.value(LayerKeys.rate) == 0.2)
    let optimizer = try #require(sample.optimizer)
    #expect(optimizer.value(OptimizerKeys.learningRate) == 0.001)
    #expect(optimizer.value(OptimizerKeys.momentum) == 0.9)
    #expect(optimizer.value(OptimizerKeys.weightDecay) == 0.0001)
    #expect(optimizer[OptimizerKeys.name]?.kind == "default")
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 1)
    // Uniform within sqrt(2 / 12): a deviation of sqrt(2 / 36).
    let deviation = try #require(first.value(LayerKeys.initialStandardDeviation))
    #expect(abs(deviation - (2.0 / 36).squareRoot()) < 1e-12)
  }

  @Test
  func `finds the layers that route and shortcut name, from the start and from here`() throws {
    let convolution = "[convolutional]\nfilters=8\nsize=3\npad=1\nactivation=leaky\n"
    let text =
      DarknetSample.net + convolution + convolution + "[shortcut]\nfrom=-2\nactivation=linear\n"
      + "[route]\nlayers = -1, 0 ###P3\n[route]\nlayers=1\n" + convolution
    let sample = try DarknetSample(text)
    #expect(sample.problems == [])
    #expect(try sample.layer("shortcut_2").inputs == [2, 1])
    let route = try sample.layer("route_3")
    #expect(route.inputs == [3, 1])
    #expect(route.facts.value(LayerKeys.outputShape) == Shape([32, 32, 16]))
    #expect(try sample.layer("convolutional_5").inputs == [2])
  }

  @Test
  func `takes a part of the channels where route has groups`() throws {
    let sample = try DarknetSample(
      DarknetSample.net
        + "[convolutional]\nfilters=8\nactivation=leaky\n[route]\nlayers=-1\ngroups=2\ngroup_id=1\n[convolutional]\n"
    )
    #expect(sample.layers[2] == "route_1_slice_0 operation (32, 32, 4)")
    #expect(try sample.layer("convolutional_2").inputs == [2])
  }

  @Test
  func `knows the shapes of the other sections`() throws {
    let sample = try DarknetSample(
      DarknetSample.net + """
        [crop]
        crop_width=28
        crop_height=28
        [maxpool]
        size=2
        stride=2
        [maxpool]
        size=2
        stride=1
        [reorg]
        stride=2
        [upsample]
        stride=2
        [local_avgpool]
        size=3
        stride=1
        padding=0
        [avgpool]
        [connected]
        output=10
        activation=linear
        [softmax]
        """
    )
    #expect(
      sample.layers.dropFirst() == [
        "crop_0 augmentation (28, 28, 3)", "maxpool_1 max_pooling2d (14, 14, 3)", "maxpool_2 max_pooling2d (14, 14, 3)",
        "reorg_3 operation (7, 7, 12)", "upsample_4 up_sampling (14, 14, 12)",
        "local_avgpool_5 average_pooling2d (12, 12, 12)", "avgpool_6 global_average_pooling (1, 1, 12)",
        "connected_7_flatten flatten (12,)", "connected_7 dense (10,)", "softmax_8 activation (10,)",
      ]
    )
    #expect(sample.problems == [])
  }

  @Test
  func `adds what overlaps where sizes differ, as Darknet does`() throws {
    let sample = try DarknetSample(
      DarknetSample.net
        + "[convolutional]\nfilters=8\nactivation=leaky\n[convolutional]\nfilters=16\nactivation=leaky\n[shortcut]\nfrom=-2\n"
    )
    #expect(sample.problems == [])
    #expect(sample.layers.last == "shortcut_2 operation (32, 32, 16)")
  }

  @Test(
    arguments: [
      ("yolo", "mask=0,1,2\nclasses=80\nnum=9", 255), ("yolo", "classes=1\nnum=5", 30), ("yolo", "num=3", 75),
      ("Gaussian_yolo", "mask=0,1,2\nclasses=10\nnum=9", 57), ("region", "classes=20\ncoords=4\nnum=5", 125),
      ("detection", "classes=20\ncoords=4\nside=7\nnum=2", 1470),
    ]
  )
  func `knows how many values a detection head needs`(head: String, options: String, wanted: Int) throws {
    let sample = try DarknetSample(DarknetSample.net + "[convolutional]\nactivation=linear\n[\(head)]\n\(options)\n")
    let output = try #require(sample.experiment.outputs.first)
    #expect(output.facts.value(OutputKeys.wantedUnits) == wanted)
    #expect(output.facts.value(OutputKeys.units) == 1)
    #expect(output.facts.value(OutputKeys.task) == "detection")
  }

  @Test
  func `has an output for each head and one for a softmax with its cost`() throws {
    let heads = try DarknetSample(
      DarknetSample.net + "[convolutional]\n[yolo]\n[route]\nlayers=0\n[convolutional]\n[yolo]\n"
    )
    #expect(heads.experiment.outputs.map { $0.facts.value(OutputKeys.name) } == ["yolo_1", "yolo_4"])
    let classifier = try DarknetSample(
      DarknetSample.net + "[avgpool]\n[softmax]\ngroups=1\n[cost]\ntype=sse\n"
    )
    #expect(classifier.experiment.outputs.map { $0.facts.value(OutputKeys.loss) } == ["categorical_crossentropy"])
    let cost = try DarknetSample("[net]\ninputs=4\n[connected]\nactivation=linear\n[cost]\n")
    #expect(cost.experiment.outputs.map { $0.facts.value(OutputKeys.loss) } == ["mean_squared_error"])
  }
}
