import SourceText
import Testing

struct SpellingTests {
  @Test(arguments: [
    ("learning_rte", "learning_rate"),
    ("learningRate", "learning_rate"),
    ("epochz", "epochs"),
    ("bacth_size", "batch_size"),
    ("Batch-Size", "batch_size"),
  ])
  func `finds the word that was meant`(word: String, meant: String) {
    #expect(Spelling.nearest(to: word, among: ["epochs", "learning_rate", "batch_size", "loss"]) == meant)
  }

  @Test(arguments: ["decoder", "loss", "eps", "", "rate"])
  func `leaves other words alone`(word: String) {
    #expect(Spelling.nearest(to: word, among: ["epochs", "learning_rate", "batch_size", "loss"]) == nil)
  }

  @Test func `does not choose between two words that are equally near`() {
    #expect(Spelling.nearest(to: "conv5", among: ["conv1", "conv2"]) == nil)
    #expect(Spelling.nearest(to: "unit", among: ["init", "units"]) == "units")
    #expect(Spelling.nearest(to: "unitss", among: ["units", "unit_s2"]) == "units")
  }
}
