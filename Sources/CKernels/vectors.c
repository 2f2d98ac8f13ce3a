// Sums, norms, clipping, penalties, embedding rows, orthogonal rows.
#include "vectors.h"

#include "strided.h"
#include "vector_log.h"

CK_CLONES double ck_sum_of_squares(const float *x, size_t count) {
#pragma clang fp reassociate(on)
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += (double)x[i] * (double)x[i];
  return sum;
}

CK_CLONES double ck_sum_of_sizes(const float *x, size_t count) {
#pragma clang fp reassociate(on)
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += (double)ck_abs(x[i]);
  return sum;
}

CK_CLONES double ck_squared_distance(const float *x, const float *y, size_t count) {
#pragma clang fp reassociate(on)
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    double difference = (double)x[i] - (double)y[i];
    sum += difference * difference;
  }
  return sum;
}

CK_CLONES size_t ck_clip_values(float limit, float *x, size_t count) {
  size_t clipped = 0;
  for (size_t i = 0; i < count; i++) {
    clipped += ck_abs(x[i]) > limit;
    x[i] = ck_clip(x[i], -limit, limit);
  }
  return clipped;
}

CK_CLONES void ck_penalty_gradient(float l1, float l2, const float *x, float *gradient, size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] += l1 * ck_sign(x[i]) + 2.0f * l2 * x[i];
}

// MARK: - Embedding

void ck_gather(const float *table, size_t width, const int32_t *ids, size_t count, float *y) {
  for (size_t i = 0; i < count; i++) memcpy(y + i * width, table + (size_t)ids[i] * width, width * sizeof(float));
}

CK_CLONES void ck_scatter_add(
  const float *dy, const int32_t *ids, size_t count, size_t width, bool skips_zero, float *restrict dtable
) {
  for (size_t i = 0; i < count; i++) {
    if (skips_zero && ids[i] == 0) continue;
    float *to = dtable + (size_t)ids[i] * width;
    const float *from = dy + i * width;
    for (size_t j = 0; j < width; j++) to[j] += from[j];
  }
}

// MARK: - Orthogonal rows

CK_CLONES static double product(const float *a, const float *b, size_t count) {
#pragma clang fp reassociate(on)
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += (double)a[i] * (double)b[i];
  return sum;
}

CK_CLONES static void subtract(float factor, const float *restrict a, float *restrict b, size_t count) {
  for (size_t i = 0; i < count; i++) b[i] -= factor * a[i];
}

// Gram and Schmidt, twice for each row, which is as orthogonal as the numbers allow ("twice is enough", Kahan and Parlett).
bool ck_orthonormalize(float *rows, size_t height, size_t width) {
  for (size_t i = 0; i < height; i++) {
    float *row = rows + i * width;
    for (int pass = 0; pass < 2; pass++)
      for (size_t j = 0; j < i; j++) subtract((float)product(rows + j * width, row, width), rows + j * width, row, width);
    double norm = sqrt(ck_sum_of_squares(row, width));
    if (!(norm > 0)) return false;
    ck_scale((int64_t)width, (float)(1 / norm), row);
  }
  return true;
}

// MARK: - Metrics

size_t ck_right_classes(const float *scores, const float *classes, size_t rows, size_t columns) {
  size_t right = 0;
  for (size_t row = 0; row < rows; row++) {
    const float *score = scores + row * columns;
    size_t best = 0;
    bool ordered = score[0] == score[0];
    for (size_t i = 1; i < columns; i++) {
      ordered = ordered && score[i] == score[i];
      if (score[i] > score[best]) best = i;
    }
    right += ordered && (float)best == classes[row];
  }
  return right;
}
