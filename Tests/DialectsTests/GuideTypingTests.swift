import ConfigSyntax
import Dialects
import SourceText
import Testing

/// Files as they are while somebody types them, from the first letter to the last.
struct GuideTypingTests {
  private static let native = """
    epochzero: 1
    task: binary
    model:
      layers:
        - {kind: input, shape: [12]}
        - kind: dense
          units: 64
          activation: relu
          init: {name: he_normal}
        - {kind: dropout, rate: 0.2}
        - {kind: dense, units: 1, activation: sigmoid}
    training:
      optimizer:
        name: adam
        learning_rate: 0.001
        clip: {global_norm: 1.0}
      loss: binary_crossentropy
    """

  private static let ludwig = """
    output_features: [{name: price, type: number, loss: {type: huber}}]
    input_features:
      - name: title
        type: text
        encoder:
          type: parallel_cnn
          num_filters: 64
      - {name: age, type: number, preprocessing: {normalization: zscore}}
    combiner:
      type: concat
      num_fc_layers: 2
    trainer:
      optimizer: {type: adamw, weight_decay: 0.01}
      learning_rate_scheduler:
        decay: cosine
    """

  private static let keras = """
    {
      "class_name": "Sequential",
      "config": {
        "layers": [
          {"class_name": "Dense", "config": {"units": 3, "activation": "relu"}},
          {"class_name": "Dropout", "config": {"rate": 0.5}}
        ]
      },
      "compile_config": {
        "loss": "mse",
        "optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.001}}
      }
    }
    """

  /// From where the file is known for what it is; what is left are empty lines where a list goes on.
  @Test(arguments: [(native, ConfigFormat.yaml), (ludwig, .yaml), (keras, .json)])
  func `knows what may be written while a file is typed`(text: String, format: ConfigFormat) {
    let bytes = Array(text.utf8)
    var known = 0
    var unknown = 0
    for count in stride(from: 0, through: bytes.count, by: 3) {
      let tree = parse(SourceText(name: "typed", bytes: Array(bytes[..<count])), as: format)
      guard let place = tree.placeToWrite(at: count) else { continue }
      #expect(place.word.start <= count && count <= place.word.end + 1)
      guard let dialect = DialectSet.bundled.recognize(place.document) else { continue }
      if dialect.guide(at: place) == nil { unknown += 1 } else { known += 1 }
    }
    #expect(known > 70)
    #expect(unknown <= 4)
  }

  /// Broken files: a byte is missing or stands twice, and the cursor is there.
  @Test(arguments: [(native, ConfigFormat.yaml), (ludwig, .yaml), (keras, .json)])
  func `outlives faults where somebody types`(text: String, format: ConfigFormat) {
    let bytes = Array(text.utf8)
    for offset in stride(from: 0, to: bytes.count, by: 7) {
      var shorter = bytes
      shorter.remove(at: offset)
      for changed in [shorter, Array(bytes[...offset]) + Array(bytes[offset...])] {
        let tree = parse(SourceText(name: "broken", bytes: changed), as: format)
        for place in [tree.placeToWrite(at: offset), tree.place(at: offset)].compactMap(\.self) {
          #expect(place.word.end <= changed.count)
          _ = DialectSet.bundled.recognize(place.document)?.guide(at: place)
        }
      }
    }
  }

  /// In the finished file every key is known.
  @Test(arguments: [(native, ConfigFormat.yaml), (ludwig, .yaml), (keras, .json)])
  func `knows every key of a finished file`(text: String, format: ConfigFormat) throws {
    let tree = parse(SourceText(name: "finished", text: text), as: format)
    let document = try #require(tree.documents.first)
    let dialect = try #require(DialectSet.bundled.recognize(document))
    var nodes = [document]
    var count = 0
    while let node = nodes.popLast() {
      nodes += node.elements + node.writtenMembers.map(\.value)
      for member in node.writtenMembers {
        let place = try #require(tree.place(at: member.key.range.start))
        let guide = try #require(dialect.guide(at: place), "\(member.name)")
        #expect(guide.key?.name == member.name)
        count += 1
      }
    }
    #expect(count > 10)
  }
}
