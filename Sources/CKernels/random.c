// Random numbers: Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011), and what is drawn with it.
// A number depends on its stream and its place alone, whatever the thread, the order or the length of the draw.
// A contracted multiply-add rounds once less, so that numbers would differ between processors. It holds for what is included, too.
#pragma STDC FP_CONTRACT OFF

#include "random.h"

#include "vector_log.h"

#define BLOCKS 256
#define CHUNK (4 * BLOCKS)

#define ROUND(key0, key1)                                                          \
  do {                                                                             \
    uint64_t left = (uint64_t)0xD2511F53u * c0, right = (uint64_t)0xCD9E8D57u * c2; \
    uint32_t n0 = (uint32_t)(right >> 32) ^ c1 ^ (key0);                           \
    uint32_t n2 = (uint32_t)(left >> 32) ^ c3 ^ (key1);                            \
    c1 = (uint32_t)right;                                                          \
    c3 = (uint32_t)left;                                                           \
    c0 = n0;                                                                       \
    c2 = n2;                                                                       \
  } while (0)

#define TEN_ROUNDS                                                       \
  do {                                                                   \
    uint32_t k0 = key0, k1 = key1;                                       \
    for (int round = 0; round < 10; round++) {                           \
      ROUND(k0, k1);                                                     \
      k0 += 0x9E3779B9u;                                                 \
      k1 += 0xBB67AE85u;                                                 \
    }                                                                    \
  } while (0)

void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint32_t key0 = key[0], key1 = key[1];
  TEN_ROUNDS;
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// The words of one chunk: word w of block b lies at w * BLOCKS + b, so that all blocks run side by side.
CK_CLONES void ck_random_words(ck_stream stream, uint64_t chunk, uint32_t attempt, uint32_t *restrict out) {
  uint32_t key0 = (uint32_t)stream.seed, key1 = (uint32_t)(stream.seed >> 32);
  uint32_t base = (uint32_t)(chunk * BLOCKS) | attempt << 28;
  for (uint32_t block = 0; block < BLOCKS; block++) {
    uint32_t c0 = base + block, c1 = stream.step, c2 = stream.index, c3 = stream.purpose;
#pragma clang loop unroll(full)
    TEN_ROUNDS;
    out[block] = c0;
    out[BLOCKS + block] = c1;
    out[2 * BLOCKS + block] = c2;
    out[3 * BLOCKS + block] = c3;
  }
}

static size_t chunk_length(size_t left) { return left < CHUNK ? left : CHUNK; }

// [0, 1) in steps of 2^-24: all of them floats, and never 1.
CK_INLINE float unit(uint32_t word) { return (float)(int32_t)(word >> 8) * 0x1p-24f; }

CK_CLONES void ck_random_uniform(ck_stream stream, float low, float high, float *restrict out, size_t count) {
  uint32_t words[CHUNK];
  float width = high - low;
  for (size_t start = 0; start < count; start += CHUNK) {
    size_t length = chunk_length(count - start);
    ck_random_words(stream, start / CHUNK, 0, words);
    for (size_t i = 0; i < length; i++) {
      float value = low + width * unit(words[i]);
      // Rounding may reach the upper end.
      out[start + i] = value < high || high <= low ? value : low;
    }
  }
}

// Two independent normals of two words: Box and Muller. The angle is a quarter turn (two bits) and a rest within +-pi/4 (the others).
CK_INLINE void normals(uint32_t first, uint32_t second, float *restrict left, float *restrict right) {
  float share = ((float)(int32_t)(first >> 1) + 0.5f) * 0x1p-31f;
  float radius = ck_sqrt(-2.0f * ck_log(share));
  float x = (float)((int32_t)(second << 2) >> 1) * (0x1p-30f * 0.785398163f), z = x * x;
  float sine = x + x * z * (-1.6666667e-1f + z * (8.3333333e-3f + z * (-1.9841270e-4f + z * 2.7557319e-6f)));
  float cosine = 1.0f - 0.5f * z + z * z * (4.1666667e-2f + z * (-1.3888889e-3f + z * 2.4801587e-5f));
  uint32_t quarter = second >> 30;
  float a = quarter & 1 ? -sine : cosine, b = quarter & 1 ? cosine : sine;
  float sign = quarter & 2 ? -radius : radius;
  *left = sign * a;
  *right = sign * b;
}

CK_CLONES static void chunk_of_normals(const uint32_t *restrict words, float *restrict out) {
  for (int block = 0; block < BLOCKS; block++)
    normals(words[block], words[BLOCKS + block], &out[block], &out[BLOCKS + block]);
  for (int block = 0; block < BLOCKS; block++)
    normals(words[2 * BLOCKS + block], words[3 * BLOCKS + block], &out[2 * BLOCKS + block], &out[3 * BLOCKS + block]);
}

CK_CLONES void ck_random_normal(ck_stream stream, float mean, float deviation, float *restrict out, size_t count) {
  uint32_t words[CHUNK];
  float values[CHUNK];
  for (size_t start = 0; start < count; start += CHUNK) {
    size_t length = chunk_length(count - start);
    ck_random_words(stream, start / CHUNK, 0, words);
    chunk_of_normals(words, values);
    for (size_t i = 0; i < length; i++) out[start + i] = mean + deviation * values[i];
  }
}

void ck_random_truncated_normal(ck_stream stream, float mean, float deviation, float *restrict out, size_t count) {
  uint32_t words[CHUNK];
  float values[CHUNK], kept[CHUNK];
  for (size_t start = 0; start < count; start += CHUNK) {
    size_t length = chunk_length(count - start);
    size_t missing = length;
    // An attempt misses one in 22; that all sixteen miss happens once in 10^21 draws, and then gives the mean.
    for (size_t i = 0; i < length; i++) kept[i] = 4;
    for (uint32_t attempt = 0; attempt < 16 && missing > 0; attempt++) {
      ck_random_words(stream, start / CHUNK, attempt, words);
      chunk_of_normals(words, values);
      for (size_t i = 0; i < length; i++)
        if (kept[i] > 2 && values[i] >= -2 && values[i] <= 2) {
          kept[i] = values[i];
          missing--;
        }
    }
    for (size_t i = 0; i < length; i++) out[start + i] = mean + deviation * (kept[i] > 2 ? 0 : kept[i]);
  }
}

void ck_random_permutation(ck_stream stream, int32_t *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = (int32_t)i;
  uint32_t words[CHUNK];
  size_t used = 0;
  for (size_t i = count; i > 1; i--) {
    // Lemire, "Fast random integer generation in an interval", 2019: without a bias.
    uint64_t product;
    uint32_t limit = (uint32_t)i, threshold = -limit % limit;
    do {
      if (used % CHUNK == 0) ck_random_words(stream, used / CHUNK, 0, words);
      product = (uint64_t)words[used++ % CHUNK] * limit;
    } while ((uint32_t)product < threshold);
    size_t j = (size_t)(product >> 32);
    int32_t kept = out[i - 1];
    out[i - 1] = out[j];
    out[j] = kept;
  }
}

// MARK: - Dropout

// A unit is kept where its word is at least this.
static uint32_t threshold_of(float rate) {
  return rate <= 0 ? 0 : rate >= 1 ? UINT32_MAX : (uint32_t)((double)rate * 0x1p32);
}

CK_CLONES void ck_dropout(
  ck_stream stream, float rate, float kept, float dropped, float offset, const float *x, float *y, size_t count
) {
  uint32_t words[CHUNK];
  uint32_t threshold = threshold_of(rate);
  for (size_t start = 0; start < count; start += CHUNK) {
    size_t length = chunk_length(count - start);
    ck_random_words(stream, start / CHUNK, 0, words);
    for (size_t i = 0; i < length; i++)
      y[start + i] = words[i] >= threshold ? kept * x[start + i] + offset : dropped;
  }
}

CK_CLONES void ck_dropout_maps(
  ck_stream stream, float rate, float kept, const float *x, float *y, size_t batch, size_t places, size_t channels
) {
  uint32_t words[CHUNK];
  uint32_t threshold = threshold_of(rate);
  for (size_t start = 0; start < batch * channels; start += CHUNK) {
    size_t length = chunk_length(batch * channels - start);
    ck_random_words(stream, start / CHUNK, 0, words);
    for (size_t offset = 0; offset < length;) {
      size_t row = (start + offset) / channels, channel = (start + offset) % channels;
      size_t run = channels - channel < length - offset ? channels - channel : length - offset;
      for (size_t place = 0; place < places; place++) {
        size_t at = (row * places + place) * channels + channel;
        for (size_t i = 0; i < run; i++) y[at + i] = words[offset + i] >= threshold ? kept * x[at + i] : 0;
      }
      offset += run;
    }
  }
}

CK_CLONES void ck_gaussian_dropout(ck_stream stream, float deviation, const float *x, float *y, size_t count) {
  uint32_t words[CHUNK];
  float values[CHUNK];
  for (size_t start = 0; start < count; start += CHUNK) {
    size_t length = chunk_length(count - start);
    ck_random_words(stream, start / CHUNK, 0, words);
    chunk_of_normals(words, values);
    for (size_t i = 0; i < length; i++) y[start + i] = x[start + i] * (1.0f + deviation * values[i]);
  }
}

CK_CLONES void ck_gaussian_noise(ck_stream stream, float deviation, const float *x, float *y, size_t count) {
  uint32_t words[CHUNK];
  float values[CHUNK];
  for (size_t start = 0; start < count; start += CHUNK) {
    size_t length = chunk_length(count - start);
    ck_random_words(stream, start / CHUNK, 0, words);
    chunk_of_normals(words, values);
    for (size_t i = 0; i < length; i++) y[start + i] = x[start + i] + deviation * values[i];
  }
}
