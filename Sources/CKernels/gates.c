#include "gates.h"

#include "vector_math.h"

CK_CLONES void ck_add_bias(int64_t count, const float *bias, float *values) {
  if (!bias) return;
  for (int64_t i = 0; i < count; i++) values[i] += bias[i];
}

#define EACH(EXPRESSION)                                          \
  for (int64_t i = 0; i < count; i++) values[i] = (EXPRESSION);   \
  break

CK_CLONES void ck_activate(ck_gate gate, int64_t count, float *values) {
  switch (gate) {
    case CK_GATE_LINEAR: break;
    case CK_GATE_TANH: EACH(ck_tanh(values[i]));
    case CK_GATE_SIGMOID: EACH(ck_sigmoid(values[i]));
    case CK_GATE_HARD_SIGMOID:
      for (int64_t i = 0; i < count; i++) {
        float lifted = values[i] * (1.0f / 6.0f) + 0.5f;
        values[i] = lifted < 0.0f ? 0.0f : lifted > 1.0f ? 1.0f : lifted;
      }
      break;
    case CK_GATE_RELU: EACH(values[i] < 0.0f ? 0.0f : values[i]);
    case CK_GATE_SOFTSIGN: EACH(values[i] / (1.0f + fabsf(values[i])));
  }
}

#define SLOPE(EXPRESSION)                                          \
  for (int64_t i = 0; i < count; i++) gradient[i] *= (EXPRESSION); \
  break

CK_CLONES void ck_apply_slope(ck_gate gate, int64_t count, const float *y, float *gradient) {
  switch (gate) {
    case CK_GATE_LINEAR: break;
    case CK_GATE_TANH: SLOPE(1.0f - y[i] * y[i]);
    case CK_GATE_SIGMOID: SLOPE(y[i] * (1.0f - y[i]));
    case CK_GATE_HARD_SIGMOID: SLOPE(y[i] > 0.0f && y[i] < 1.0f ? 1.0f / 6.0f : 0.0f);
    case CK_GATE_RELU: SLOPE(y[i] > 0.0f ? 1.0f : 0.0f);
    case CK_GATE_SOFTSIGN: SLOPE((1.0f - fabsf(y[i])) * (1.0f - fabsf(y[i])));
  }
}

CK_CLONES void ck_add_columns(int64_t rows, int64_t columns, const float *values, float *sums) {
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t i = 0; i < columns; i++) sums[i] += values[row * columns + i];
  }
}
