import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Makes texts: ids as frequent as words are (Zipf), some of any text, the others of topics, which the latent numbers choose.
struct TokenRendering {
  let length: Int
  let vocabulary: Int
  /// The input's number.
  let index: Int
  let draw: DataStream

  /// The share of words that any text has.
  private static let common: Float = 0.3
  /// How strongly a latent number of 1 deviation more favours its topic: e to this.
  private static let strength: Float = 2.5

  func render(_ latents: Latents, range: Range<Int>) -> [Float] {
    let rows = latents.values.rows
    let topics = range.count
    let choices = draw(DataStream.input(index), .words).uniform(rows * length)
    let ranks = draw(DataStream.input(index), .ranks).uniform(rows * length)
    let all = logf(Float(vocabulary + 1))
    // Every `topics`th id is of the same topic.
    let sizes = (0..<topics).map { (vocabulary - $0 + topics - 1) / topics }
    let logarithms = sizes.map { logf(Float($0 + 1)) }
    var bounds = [Float](repeating: 0, count: topics)
    var result = [Float](repeating: 0, count: rows * length)
    result.withUnsafeMutableBufferPointer { result in
      for row in 0..<rows {
        var sum: Float = 0
        for topic in 0..<topics {
          sum += expf(Self.strength * latents.values[row, range.lowerBound + topic])
          bounds[topic] = sum
        }
        for place in row * length..<(row + 1) * length {
          if choices[place] < Self.common {
            result[place] = Float(min(Int(expf(ranks[place] * all)) - 1, vocabulary - 1))
          } else {
            let level = (choices[place] - Self.common) / (1 - Self.common) * sum
            var topic = 0
            while topic < topics - 1, bounds[topic] < level { topic += 1 }
            let rank = min(Int(expf(ranks[place] * logarithms[topic])) - 1, sizes[topic] - 1)
            result[place] = Float(rank * topics + topic)
          }
        }
      }
    }
    return result
  }
}
