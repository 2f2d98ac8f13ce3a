#include "loops.h"
#include "normalization.h"
#include "vector_math.h"

CK_CLONES static void softmax_row(int64_t count, const float *x, float *y) {
#pragma clang fp reassociate(on)
  float largest = -INFINITY;
  for (int64_t i = 0; i < count; i++) largest = x[i] > largest ? x[i] : largest;
  float sum = 0;
  for (int64_t i = 0; i < count; i++) {
    y[i] = ck_exp(x[i] - largest);
    sum += y[i];
  }
  float factor = 1.0f / sum;
  for (int64_t i = 0; i < count; i++) y[i] *= factor;
}

void ck_softmax(int64_t rows, int64_t columns, int64_t period, const float *x, float *y) {
  for (int64_t row = 0; row < rows; row++) {
    int64_t seen = period > 0 && row % period + 1 < columns ? row % period + 1 : columns;
    softmax_row(seen, x + row * columns, y + row * columns);
    for (int64_t i = seen; i < columns; i++) y[row * columns + i] = 0.0f;
  }
}

CK_CLONES static void softmax_row_backward(int64_t count, const float *y, const float *gradient, float *x_gradient) {
#pragma clang fp reassociate(on)
  float product = 0;
  for (int64_t i = 0; i < count; i++) product += y[i] * gradient[i];
  for (int64_t i = 0; i < count; i++) x_gradient[i] = y[i] * (gradient[i] - product);
}

void ck_softmax_backward(int64_t rows, int64_t columns, const float *y, const float *y_gradient, float *x_gradient) {
  for (int64_t row = 0; row < rows; row++)
    softmax_row_backward(columns, y + row * columns, y_gradient + row * columns, x_gradient + row * columns);
}
