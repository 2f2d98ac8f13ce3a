#include <stddef.h>

#include "loops.h"
#include "normalization.h"

// Columns are summed in tiles, and rows in blocks: single precision within a block, double precision over the blocks, since a batch of images has
// hundreds of thousands of rows.
enum { TILE = 64, BLOCK = 128 };

typedef struct {
  double values[TILE];
} totals;

static int64_t least(int64_t left, int64_t right) { return left < right ? left : right; }

CK_CLONES static void add_deviations(int64_t rows, int64_t width, int64_t step, const float *x, const float *mean,
                                     bool squared, float *sums) {
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t i = 0; i < width; i++) {
      float deviation = x[row * step + i] - mean[i];
      sums[i] += squared ? deviation * deviation : deviation;
    }
  }
}

CK_CLONES static void add_products(int64_t rows, int64_t width, int64_t step, const float *x, const float *mean,
                                   const float *inverse, const float *gradient, float *sums, float *products) {
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t i = 0; i < width; i++) {
      float value = gradient[row * step + i];
      sums[i] += value;
      products[i] += value * ((x[row * step + i] - mean[i]) * inverse[i]);
    }
  }
}

// The sum of deviations from `mean`, or of their squares, for each column of a tile.
static totals deviations(int64_t rows, int64_t width, int64_t step, const float *x, const float *mean, bool squared) {
  totals all = {{0}};
  for (int64_t row = 0; row < rows; row += BLOCK) {
    float block[TILE] = {0};
    add_deviations(least(BLOCK, rows - row), width, step, x + row * step, mean, squared, block);
    for (int64_t i = 0; i < width; i++) all.values[i] += block[i];
  }
  return all;
}

void ck_batch_statistics(int64_t rows, int64_t channels, const float *x, float *mean, float *variance) {
  static const float zeros[TILE];
  for (int64_t channel = 0; channel < channels; channel += TILE) {
    int64_t width = least(TILE, channels - channel);
    totals sums = deviations(rows, width, channels, x + channel, zeros, false);
    for (int64_t i = 0; i < width; i++) mean[channel + i] = (float)(sums.values[i] / (double)rows);
    totals squares = deviations(rows, width, channels, x + channel, mean + channel, true);
    for (int64_t i = 0; i < width; i++) variance[channel + i] = (float)(squares.values[i] / (double)rows);
  }
}

CK_CLONES void ck_batch_norm(int64_t rows, int64_t channels, const float *x, const float *mean, const float *inverse,
                             const float *scale, const float *offset, float *y) {
  for (int64_t row = 0; row < rows; row++) {
    const float *from = x + row * channels;
    float *to = y + row * channels;
    if (scale && offset) {
      for (int64_t i = 0; i < channels; i++) to[i] = (from[i] - mean[i]) * inverse[i] * scale[i] + offset[i];
    } else {
      for (int64_t i = 0; i < channels; i++)
        to[i] = (from[i] - mean[i]) * inverse[i] * (scale ? scale[i] : 1.0f) + (offset ? offset[i] : 0.0f);
    }
  }
}

// The gradient of x for a tile, given the means of the gradient and of its products with the normalised values.
CK_CLONES static void spread(int64_t rows, int64_t width, int64_t step, const float *x, const float *mean,
                             const float *inverse, const float *factor, const float *gradient, const float *sums,
                             const float *products, float *x_gradient) {
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t i = 0; i < width; i++) {
      int64_t at = row * step + i;
      x_gradient[at] = factor[i] * (gradient[at] - sums[i] - (x[at] - mean[i]) * inverse[i] * products[i]);
    }
  }
}

void ck_batch_norm_backward(int64_t rows, int64_t channels, bool fixed, const float *x, const float *mean,
                            const float *inverse, const float *scale, const float *y_gradient, float *x_gradient,
                            float *scale_gradient, float *offset_gradient) {
  for (int64_t channel = 0; channel < channels; channel += TILE) {
    int64_t width = least(TILE, channels - channel);
    totals sums = {{0}}, products = {{0}};
    for (int64_t row = 0; row < rows; row += BLOCK) {
      float block_sums[TILE] = {0}, block_products[TILE] = {0};
      int64_t from = row * channels + channel;
      add_products(least(BLOCK, rows - row), width, channels, x + from, mean + channel, inverse + channel,
                   y_gradient + from, block_sums, block_products);
      for (int64_t i = 0; i < width; i++) {
        sums.values[i] += block_sums[i];
        products.values[i] += block_products[i];
      }
    }
    float factor[TILE], mean_sums[TILE], mean_products[TILE];
    for (int64_t i = 0; i < width; i++) {
      if (offset_gradient) offset_gradient[channel + i] += (float)sums.values[i];
      if (scale_gradient) scale_gradient[channel + i] += (float)products.values[i];
      factor[i] = inverse[channel + i] * (scale ? scale[channel + i] : 1.0f);
      mean_sums[i] = fixed ? 0.0f : (float)(sums.values[i] / (double)rows);
      mean_products[i] = fixed ? 0.0f : (float)(products.values[i] / (double)rows);
    }
    if (x_gradient)
      spread(rows, width, channels, x + channel, mean + channel, inverse + channel, factor, y_gradient + channel,
             mean_sums, mean_products, x_gradient + channel);
  }
}
