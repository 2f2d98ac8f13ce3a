// Activations element by element. Formulas are those of keras.ops.nn; a note says where one has more parameters than Keras gives it.
#include "curves.h"

#include "vector_log.h"

#define VALUE(name, expression) \
  CK_INLINE float name##_value(float x, float a, float b, float c) { return (void)a, (void)b, (void)c, (expression); }
#define SLOPE(name, expression) \
  CK_INLINE float name##_slope(float x, float a, float b, float c) { return (void)a, (void)b, (void)c, (expression); }

// a: the slope below the threshold c; b: the greatest value.
VALUE(relu, x > c ? ck_min(x, b) : a == 0 && x == x ? 0.0f : a * (x - c))
SLOPE(relu, x > c ? (x <= b ? 1.0f : 0.0f) : a)

#define SELU_SCALE 1.0507009873554805f
#define SELU_ALPHA 1.6732632423543772f
VALUE(selu, SELU_SCALE * (x > 0 ? x : SELU_ALPHA * ck_expm1_negative(x)))
SLOPE(selu, SELU_SCALE * (x > 0 ? 1.0f : SELU_ALPHA * ck_exp(x)))

VALUE(celu, x > 0 ? x : a * ck_expm1_negative(x / a))
SLOPE(celu, x > 0 ? 1.0f : ck_exp(x / a))

VALUE(tanh_shrink, x - ck_tanh(x))
SLOPE(tanh_shrink, ck_tanh(x) * ck_tanh(x))

// clip(a x + b, 0, 1): Keras 3 and PyTorch have a = 1/6, b = 1/2; Keras 2 had a = 1/5.
VALUE(hard_sigmoid, ck_clip(a * x + b, 0, 1))
SLOPE(hard_sigmoid, a * x + b > 0 && a * x + b < 1 ? a : 0.0f)

VALUE(hard_silu, x * ck_clip(x + 3.0f, 0, 6) * (1.0f / 6))
SLOPE(hard_silu, x <= -3 ? 0.0f : x >= 3 ? 1.0f : (2.0f * x + 3.0f) * (1.0f / 6))

VALUE(hard_tanh, ck_clip(x, -1, 1))
SLOPE(hard_tanh, x > -1 && x < 1 ? 1.0f : 0.0f)

VALUE(soft_shrink, x > a ? x - a : x < -a ? x + a : 0 * x)
SLOPE(soft_shrink, x > a || x < -a ? 1.0f : 0.0f)

VALUE(hard_shrink, x > a || x < -a ? x : 0 * x)
SLOPE(hard_shrink, x > a || x < -a ? 1.0f : 0.0f)

VALUE(softsign, x / (1.0f + ck_abs(x)))
SLOPE(softsign, 1.0f / ((1.0f + ck_abs(x)) * (1.0f + ck_abs(x))))

VALUE(sparse_plus, x <= -1 ? 0.0f : x >= 1 ? x : 0.25f * (x + 1.0f) * (x + 1.0f))
SLOPE(sparse_plus, x <= -1 ? 0.0f : x >= 1 ? 1.0f : 0.5f * (x + 1.0f))

VALUE(sparse_sigmoid, ck_clip(0.5f * (x + 1.0f), 0, 1))
SLOPE(sparse_sigmoid, x > -1 && x < 1 ? 0.5f : 0.0f)

VALUE(squareplus, 0.5f * (x + ck_sqrt(x * x + a)))
SLOPE(squareplus, 0.5f * (1.0f + x / ck_sqrt(x * x + a)))

VALUE(log_sigmoid, -ck_softplus(-x))
SLOPE(log_sigmoid, ck_sigmoid(-x))

// x above a, b elsewhere.
VALUE(threshold, x > a ? x : b)
SLOPE(threshold, x > a ? 1.0f : 0.0f)

// What follows are no activations but operations on tensors, as keras.ops has them. Those that step have no gradient anywhere.
VALUE(round, __builtin_rintf(x))
SLOPE(round, 0 * x)
VALUE(floor, __builtin_floorf(x))
SLOPE(floor, 0 * x)
VALUE(ceil, __builtin_ceilf(x))
SLOPE(ceil, 0 * x)
VALUE(trunc, __builtin_truncf(x))
SLOPE(trunc, 0 * x)
VALUE(sign, x > 0 ? 1.0f : x < 0 ? -1.0f : 0 * x)
SLOPE(sign, 0 * x)

// At the bounds the gradient passes, as in PyTorch's clamp.
VALUE(clip, ck_clip(x, a, b))
SLOPE(clip, x >= a && x <= b ? 1.0f : 0.0f)
VALUE(absolute, ck_abs(x))
SLOPE(absolute, x > 0 ? 1.0f : x < 0 ? -1.0f : 0 * x)
VALUE(square, x *x)
SLOPE(square, 2 * x)
VALUE(square_root, ck_sqrt(x))
SLOPE(square_root, 0.5f / ck_sqrt(x))
VALUE(reciprocal, 1.0f / x)
SLOPE(reciprocal, -1.0f / (x * x))

#define CURVES(row)                                                                                            \
  row(relu) row(selu) row(celu) row(tanh_shrink) row(hard_sigmoid) row(hard_silu) row(hard_tanh)               \
  row(soft_shrink) row(hard_shrink) row(softsign) row(sparse_plus) row(sparse_sigmoid) row(squareplus)         \
  row(log_sigmoid) row(threshold)                                                                              \
  row(round) row(floor) row(ceil) row(trunc) row(sign) row(clip) row(absolute) row(square) row(square_root)    \
  row(reciprocal)

// One function for each: the loader's choice of a processor is made for a whole loop, and the compiler sees one formula at a time.
#define LOOPS(name)                                                                                                     \
  CK_CLONES static void name##_forward(float a, float b, float c, const float *x, float *y, size_t count) {             \
    for (size_t i = 0; i < count; i++) y[i] = name##_value(x[i], a, b, c);                                              \
  }                                                                                                                     \
  CK_CLONES static void name##_backward(                                                                                \
    float a, float b, float c, const float *x, const float *dy, float *dx, size_t count                                 \
  ) {                                                                                                                   \
    for (size_t i = 0; i < count; i++) dx[i] = dy[i] * name##_slope(x[i], a, b, c);                                     \
  }
CURVES(LOOPS)

void ck_curve_forward(ck_curve kind, float a, float b, float c, const float *x, float *y, size_t count) {
  switch (kind) {
#define ROW(name) \
  case ck_curve_##name: name##_forward(a, b, c, x, y, count); return;
    CURVES(ROW)
#undef ROW
  }
}

void ck_curve_backward(
  ck_curve kind, float a, float b, float c, const float *x, const float *dy, float *dx, size_t count
) {
  switch (kind) {
#define ROW(name) \
  case ck_curve_##name: name##_backward(a, b, c, x, dy, dx, count); return;
    CURVES(ROW)
#undef ROW
  }
}

// MARK: - Activations of a row

CK_CLONES void ck_glu_forward(const float *x, float *y, size_t rows, size_t half) {
  for (size_t row = 0; row < rows; row++) {
    const float *value = x + row * 2 * half, *gate = value + half;
    for (size_t i = 0; i < half; i++) y[row * half + i] = value[i] * ck_sigmoid(gate[i]);
  }
}

CK_CLONES void ck_glu_backward(const float *x, const float *dy, float *dx, size_t rows, size_t half) {
  for (size_t row = 0; row < rows; row++) {
    const float *value = x + row * 2 * half, *gate = value + half;
    float *dvalue = dx + row * 2 * half, *dgate = dvalue + half;
    for (size_t i = 0; i < half; i++) {
      float open = ck_sigmoid(gate[i]), outer = dy[row * half + i];
      dgate[i] = outer * value[i] * open * (1.0f - open);
      dvalue[i] = outer * open;
    }
  }
}

// Michelot's algorithm: the threshold over those that are above it, until none falls below.
void ck_sparsemax_forward(const float *x, float *y, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++) {
    const float *from = x + row * columns;
    float threshold = -INFINITY;
    for (size_t support = columns + 1;;) {
      double sum = 0;
      size_t count = 0;
      for (size_t i = 0; i < columns; i++)
        if (from[i] > threshold) {
          sum += from[i];
          count++;
        }
      if (count == support || count == 0) break;
      support = count;
      threshold = (float)((sum - 1) / (double)count);
    }
    for (size_t i = 0; i < columns; i++) y[row * columns + i] = from[i] <= threshold ? 0 : from[i] - threshold;
  }
}

void ck_sparsemax_backward(const float *y, const float *dy, float *dx, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++) {
    const float *value = y + row * columns, *outer = dy + row * columns;
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < columns; i++)
      if (value[i] > 0) {
        sum += outer[i];
        count++;
      }
    float mean = count > 0 ? (float)(sum / (double)count) : 0;
    for (size_t i = 0; i < columns; i++) dx[row * columns + i] = value[i] > 0 ? outer[i] - mean : 0;
  }
}

void ck_log_softmax(const float *x, float *y, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++) {
    const float *from = x + row * columns;
    float largest = -INFINITY;
    for (size_t i = 0; i < columns; i++) largest = ck_max(largest, from[i]);
    double sum = 0;
    for (size_t i = 0; i < columns; i++) sum += (double)ck_exp(from[i] - largest);
    float shift = largest + (float)log(sum);
    for (size_t i = 0; i < columns; i++) y[row * columns + i] = from[i] - shift;
  }
}

void ck_log_softmax_backward(const float *y, const float *dy, float *dx, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++) {
    const float *value = y + row * columns, *outer = dy + row * columns;
    double sum = 0;
    for (size_t i = 0; i < columns; i++) sum += (double)outer[i];
    for (size_t i = 0; i < columns; i++) dx[row * columns + i] = outer[i] - ck_exp(value[i]) * (float)sum;
  }
}

// Of several that are equally large, the first.
void ck_largest_places(const float *x, float *y, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++) {
    const float *from = x + row * columns;
    size_t place = 0;
    for (size_t i = 1; i < columns; i++)
      if (from[i] > from[place]) place = i;
    y[row] = (float)place;
  }
}
