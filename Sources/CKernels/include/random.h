// Random numbers and dropout
#ifndef CKERNELS_RANDOM_H
#define CKERNELS_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A stream of random numbers: element i of it is the same whatever the length of the draw. At most 2^28 elements.
typedef struct {
  uint64_t seed;
  uint32_t purpose, index, step;
} ck_stream;

void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);
// 1024 words.
void ck_random_words(ck_stream stream, uint64_t chunk, uint32_t attempt, uint32_t *out);
void ck_random_uniform(ck_stream stream, float low, float high, float *out, size_t count);
void ck_random_normal(ck_stream stream, float mean, float deviation, float *out, size_t count);
// Drawn again while beyond two deviations.
void ck_random_truncated_normal(ck_stream stream, float mean, float deviation, float *out, size_t count);
void ck_random_permutation(ck_stream stream, int32_t *out, size_t count);

// y = kept x + offset, or `dropped` with the probability `rate`. The same call with the gradient in the place of x goes back.
void ck_dropout(
  ck_stream stream, float rate, float kept, float dropped, float offset, const float *x, float *y, size_t count
);
// One draw for each channel of each row of the batch; channels are last.
void ck_dropout_maps(
  ck_stream stream, float rate, float kept, const float *x, float *y, size_t batch, size_t places, size_t channels
);
void ck_gaussian_dropout(ck_stream stream, float deviation, const float *x, float *y, size_t count);
void ck_gaussian_noise(ck_stream stream, float deviation, const float *x, float *y, size_t count);

#endif
