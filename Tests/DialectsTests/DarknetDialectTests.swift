import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct DarknetDialectTests {
  @Test(
    arguments: [
      ("[net]\nbatch=1\nwidth=8\nheight=8\nchannels=3\n[convolutional]\n", Recognition.certain),
      ("# Testing\n[network]\ninputs=4\n[connected]\n[softmax]\n", .certain),
      ("[net]\nbatch=64\nwidth=8\nheight=8\n[co", .likely), ("[net]\nname=x\n[yolo]\n", .likely),
      ("[network]\nhost=1.2.3.4\nport=80\n", .no), ("[convolutional]\nfilters=3\n[net]\nbatch=1\n", .no),
      ("[paths]\ntrain = null\n[nlp]\nlang = \"en\"\n[training]\nbatch=1\n", .no), ("[metadata]\nname = x\n", .no),
      ("[net]\n", .no), ("batch=64\n[net]\nwidth=3\n", .no),
    ]
  )
  func `knows its own files and no other INI`(text: String, expected: Recognition) {
    let tree = parse(SourceText(name: "x.cfg", text: text), as: .ini)
    #expect(tree.documents.first.map { DarknetDialect().recognizes($0) } ?? .no == expected)
  }

  private static let two =
    DarknetSample.net
    + "[convolutional]\nfilters=8\nactivation=leaky\n\n[convolutional]\nbatch_normalize=1\nfilters=8\n\n[dropout]\n"

  @Test
  func `writes into the section of the layer that is meant, of several with one name`() throws {
    let sample = try DarknetSample(Self.two)
    let first = try sample.path(of: "convolutional_0")
    let second = try sample.path(of: "convolutional_1_activation")
    #expect(
      sample.edited(
        ExperimentEdit(record: first, key: "filters", value: .integer(18)),
        ExperimentEdit(record: second, key: "activation", value: .text("silu")),
        ExperimentEdit(record: try sample.path(of: "dropout_2"), key: "rate", value: .number(0.5))
      )
        == DarknetSample.net
        + "[convolutional]\nfilters=18\nactivation=leaky\n\n[convolutional]\nbatch_normalize=1\nfilters=8\nactivation=swish\n\n[dropout]\nprobability = 0.5\n"
    )
  }

  @Test
  func `writes into the net`() throws {
    let sample = try DarknetSample("[net]\nbatch=64\ninputs=4\n[connected]\n")
    let training = RecordPath(.training)
    #expect(
      sample.edited(
        ExperimentEdit(record: training, key: "batch_size", value: .integer(32)),
        ExperimentEdit(record: training.appending("optimizer"), key: "learning_rate", value: .number(0.01)),
        ExperimentEdit(record: training.appending("optimizer"), key: "momentum", value: .number(0.9))
      ) == "[net]\nbatch=32\ninputs=4\nlearning_rate=0.01\nmomentum=0.9\n[connected]\n"
    )
  }

  @Test
  func `writes nothing that Darknet has no option or word for`() throws {
    let sample = try DarknetSample(Self.two)
    let layer = try sample.path(of: "convolutional_0")
    #expect(sample.edited(ExperimentEdit(record: layer, key: "activation", value: .text("softsign"))) == nil)
    #expect(sample.edited(ExperimentEdit(record: layer, key: "kernel_l2", value: .number(0.1))) == nil)
    #expect(sample.edited(ExperimentEdit(record: layer, key: "kind", value: .text("identity"))) == nil)
    let size = FactValue.list([.integer(3), .integer(5)])
    #expect(sample.edited(ExperimentEdit(record: layer, key: "kernel_size", value: size)) == nil)
  }

  @Test
  func `explains options and offers those of the section`() throws {
    let text = "[net]\nbatch=64\ninputs=4\n[convolutional]\nacti▮vation=leaky\n"
    let option = try #require(try guide(text, as: .ini))
    #expect(option.title == "[convolutional]")
    #expect(option.key?.absent == "Darknet takes logistic")
    #expect(option.keyNames.contains("batch_normalize"))
    let word = try #require(try guide("[net]\nbatch=64\ninputs=4\n[connected]\nactivation=le▮aky\n", as: .ini))
    #expect(word.words.contains("mish"))
    #expect(word.value?.summary != nil)
    let typing = try #require(try guideToWrite("[net]\nbatch=64\ninputs=4\n[connected]\n▮\n", as: .ini))
    #expect(typing.keyNames == ["output", "activation", "batch_normalize"])
    let section = try #require(try guideToWrite("[net]\nbatch=64\ninputs=4\n[connected]\n[co▮", as: .ini))
    #expect(section.keyNames.contains("convolutional"))
  }
}
