// Losses with their gradients, as keras.losses (Keras 3) computes them: a loss for each row, over its columns.
// Targets pass through `scale * target + offset` first, which is label smoothing or the step from {0, 1} to {-1, 1}.
#include "losses.h"

#include "vector_log.h"

// keras.config.epsilon().
#define EPSILON 1e-7f
#define NEARLY_ONE (1.0f - EPSILON)

#define VALUE(name, expression) \
  CK_INLINE float name##_value(float p, float t, float a, float b) { return (void)t, (void)a, (void)b, (expression); }
#define SLOPE(name, expression) \
  CK_INLINE float name##_slope(float p, float t, float a, float b) { return (void)t, (void)a, (void)b, (expression); }

VALUE(squared, (p - t) * (p - t))
SLOPE(squared, 2.0f * (p - t))

VALUE(absolute, ck_abs(p - t))
SLOPE(absolute, ck_sign(p - t))

VALUE(absolute_percentage, 100.0f * ck_abs(p - t) / ck_max(ck_abs(t), EPSILON))
SLOPE(absolute_percentage, 100.0f * ck_sign(p - t) / ck_max(ck_abs(t), EPSILON))

CK_INLINE float log_difference(float p, float t) {
  return ck_log(ck_clip(p, EPSILON, INFINITY) + 1.0f) - ck_log(ck_clip(t, EPSILON, INFINITY) + 1.0f);
}
VALUE(squared_logarithmic, log_difference(p, t) * log_difference(p, t))
SLOPE(squared_logarithmic, p < EPSILON ? 0.0f : 2.0f * log_difference(p, t) / (p + 1.0f))

// a: the error from which on it is linear.
VALUE(huber, ck_abs(p - t) > a ? a * ck_abs(p - t) - 0.5f * a * a : 0.5f * (p - t) * (p - t))
SLOPE(huber, ck_clip(p - t, -a, a))

// Near zero the terms cancel: there its Taylor series.
CK_INLINE float log_cosh_value(float p, float t, float a, float b) {
  (void)a, (void)b;
  float size = ck_abs(p - t), z = size * size;
  float near = z * (0.5f + z * (-8.3333333e-2f + z * (2.2222222e-2f - z * 6.7460317e-3f)));
  return size < 0.25f ? near : size + ck_log1p(ck_exp(-2.0f * size)) - 0.69314718f;
}
SLOPE(log_cosh, ck_tanh(p - t))

CK_INLINE float binary_entropy(float q, float t) { return -(t * ck_log(q) + (1.0f - t) * ck_log(1.0f - q)); }
CK_INLINE float binary_entropy_slope(float p, float t) {
  return p >= EPSILON && p <= NEARLY_ONE ? (p - t) / (p * (1.0f - p)) : 0 * p;
}
VALUE(binary_crossentropy, binary_entropy(ck_clip(p, EPSILON, NEARLY_ONE), t))
SLOPE(binary_crossentropy, binary_entropy_slope(p, t))

VALUE(binary_crossentropy_logits, ck_max(p, 0) - p * t + ck_log1p(ck_exp(-ck_abs(p))))
SLOPE(binary_crossentropy_logits, ck_sigmoid(p) - t)

VALUE(hinge, ck_clip(1.0f - t * p, 0, INFINITY))
SLOPE(hinge, 1.0f - t * p > 0 ? -t : 0.0f)

VALUE(squared_hinge, ck_clip(1.0f - t * p, 0, INFINITY) * ck_clip(1.0f - t * p, 0, INFINITY))
SLOPE(squared_hinge, 1.0f - t * p > 0 ? -2.0f * t * (1.0f - t * p) : 0.0f)

VALUE(poisson, p - t * ck_log(p + EPSILON))
SLOPE(poisson, 1.0f - t / (p + EPSILON))

// a: the power; b: the weight of the positive class, or under 0 for none.
CK_INLINE float focal_weight(float t, float b) { return b < 0 ? 1.0f : t * b + (1.0f - t) * (1.0f - b); }
CK_INLINE float binary_focal_value(float p, float t, float a, float b) {
  float miss = 1.0f - (t * p + (1.0f - t) * (1.0f - p));
  return focal_weight(t, b) * powf(miss, a) * binary_entropy(ck_clip(p, EPSILON, NEARLY_ONE), t);
}
CK_INLINE float binary_focal_slope(float p, float t, float a, float b) {
  float miss = 1.0f - (t * p + (1.0f - t) * (1.0f - p));
  float outer = a == 0 ? 0 : a * powf(miss, a - 1.0f) * (1.0f - 2.0f * t);
  float entropy = binary_entropy(ck_clip(p, EPSILON, NEARLY_ONE), t);
  return focal_weight(t, b) * (outer * entropy + powf(miss, a) * binary_entropy_slope(p, t));
}

VALUE(binary_focal_logits, binary_focal_value(ck_sigmoid(p), t, a, b))
SLOPE(binary_focal_logits, binary_focal_slope(ck_sigmoid(p), t, a, b) * ck_sigmoid(p) * ck_sigmoid(-p))

// PyTorch's KLDivLoss: the prediction is a logarithm.
VALUE(divergence_of_logs, t > 0 ? t * (ck_log(t) - p) : 0 * p)
SLOPE(divergence_of_logs, t > 0 ? -t : 0.0f)

#define ELEMENTWISE(row)                                                                                      \
  row(squared) row(absolute) row(absolute_percentage) row(squared_logarithmic) row(huber) row(log_cosh)       \
  row(binary_crossentropy) row(binary_crossentropy_logits) row(hinge) row(squared_hinge) row(poisson)         \
  row(binary_focal) row(binary_focal_logits) row(divergence_of_logs)

// The gradient is written only where it is wanted; each row's share of it is `outer[row]` or `whole`. Rows of one number, which are
// those of most regressions, make one loop.
#define LOOPS(name)                                                                                               \
  CK_CLONES static void name##_rows(                                                                              \
    ck_loss loss, const float *predicted, const float *target, const float *outer, float whole, size_t rows,      \
    size_t columns, float *losses, float *gradient                                                                \
  ) {                                                                                                             \
    float scale = loss.target_scale, offset = loss.target_offset, a = loss.a, b = loss.b;                         \
    if (columns == 1) {                                                                                           \
      for (size_t i = 0; i < rows; i++) losses[i] = name##_value(predicted[i], scale * target[i] + offset, a, b);  \
      if (!gradient) return;                                                                                      \
      for (size_t i = 0; i < rows; i++)                                                                           \
        gradient[i] = whole * name##_slope(predicted[i], scale * target[i] + offset, a, b);                       \
      if (!outer) return;                                                                                         \
      for (size_t i = 0; i < rows; i++) gradient[i] *= outer[i];                                                  \
      return;                                                                                                     \
    }                                                                                                             \
    for (size_t row = 0; row < rows; row++) {                                                                     \
      const float *p = predicted + row * columns, *t = target + row * columns;                                    \
      double sum = 0;                                                                                             \
      for (size_t i = 0; i < columns; i++) sum += (double)name##_value(p[i], scale * t[i] + offset, a, b);         \
      losses[row] = (float)(sum / (double)columns);                                                               \
      if (!gradient) continue;                                                                                    \
      float share = (outer ? outer[row] * whole : whole) / (float)columns, *g = gradient + row * columns;         \
      for (size_t i = 0; i < columns; i++) g[i] = share * name##_slope(p[i], scale * t[i] + offset, a, b);         \
    }                                                                                                             \
  }
_Pragma("clang fp reassociate(on)")
ELEMENTWISE(LOOPS)

// MARK: - Losses of a whole row

CK_CLONES static float log_sum_exp(const float *x, size_t count) {
  float greatest = -INFINITY;
  for (size_t i = 0; i < count; i++) greatest = x[i] > greatest ? x[i] : greatest;
  if (!(greatest < INFINITY && greatest > -INFINITY)) greatest = 0;
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += (double)ck_exp(x[i] - greatest);
  return greatest + logf((float)sum);
}

// Of a one-hot row, the share of column `i`; of any other, what stands there.
#define TARGET(i) (loss.target_scale * (sparse ? (float)((i) == class) : t[i]) + loss.target_offset)

CK_CLONES static float crossentropy_logits_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  float shift = log_sum_exp(p, columns);
  double sum = 0, mass = 0;
  for (size_t i = 0; i < columns; i++) {
    float share = TARGET(i);
    mass += (double)share;
    // 0 times an infinite logit counts nothing.
    if (share != 0) sum += (double)(share * (shift - p[i]));
  }
  if (g)
    for (size_t i = 0; i < columns; i++) g[i] = outer * ((float)mass * ck_exp(p[i] - shift) - TARGET(i));
  return (float)sum;
}

CK_CLONES static float crossentropy_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  double total = 0, sum = 0, weighted = 0;
  for (size_t i = 0; i < columns; i++) total += (double)p[i];
  float whole = (float)total;
  for (size_t i = 0; i < columns; i++) {
    float q = p[i] / whole, share = TARGET(i);
    sum -= (double)(share * ck_log(ck_clip(q, EPSILON, NEARLY_ONE)));
    if (q >= EPSILON && q <= NEARLY_ONE) weighted += (double)share;
  }
  if (g)
    for (size_t i = 0; i < columns; i++) {
      float q = p[i] / whole;
      float direct = q >= EPSILON && q <= NEARLY_ONE ? TARGET(i) / q : 0 * q;
      g[i] = outer * ((float)weighted - direct) / whole;
    }
  return (float)sum;
}

// PyTorch's NLLLoss: the prediction is a logarithm.
static float log_probability_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  double sum = 0;
  for (size_t i = 0; i < columns; i++) {
    float share = TARGET(i);
    if (share != 0) sum -= (double)(share * p[i]);
    if (g) g[i] = -outer * share;
  }
  return (float)sum;
}

static float categorical_hinge_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  double right = 0;
  float wrong = -INFINITY;
  size_t worst = 0;
  for (size_t i = 0; i < columns; i++) {
    float share = TARGET(i), other = (1.0f - share) * p[i];
    right += (double)(share * p[i]);
    if (other > wrong) {
      wrong = other;
      worst = i;
    }
  }
  float value = wrong - (float)right + 1.0f;
  if (g)
    for (size_t i = 0; i < columns; i++)
      g[i] = value > 0 ? outer * ((i == worst ? 1.0f - TARGET(i) : 0.0f) - TARGET(i)) : 0.0f;
  return ck_clip(value, 0, INFINITY);
}

static float divergence_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  double sum = 0;
  for (size_t i = 0; i < columns; i++) {
    float share = ck_clip(TARGET(i), EPSILON, 1), q = ck_clip(p[i], EPSILON, 1);
    sum += (double)(share * ck_log(share / q));
    if (g) g[i] = p[i] >= EPSILON && p[i] <= 1 ? -outer * share / p[i] : 0 * p[i];
  }
  return (float)sum;
}

static float cosine_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  double squares = 0, target_squares = 0, product = 0;
  for (size_t i = 0; i < columns; i++) {
    float share = TARGET(i);
    squares += (double)p[i] * (double)p[i];
    target_squares += (double)share * (double)share;
    product += (double)p[i] * (double)share;
  }
  double most = 1.0 / (double)EPSILON;
  double inverse = fmin(1 / sqrt(squares), most), target_inverse = fmin(1 / sqrt(target_squares), most);
  double cosine = product * inverse * target_inverse;
  // Where the norm is below epsilon, it is a constant.
  double along = inverse < most ? cosine * inverse * inverse : 0;
  if (g)
    for (size_t i = 0; i < columns; i++)
      g[i] = outer * (float)(along * (double)p[i] - (double)TARGET(i) * inverse * target_inverse);
  return (float)-cosine;
}

// a: the power; b: the weight. Of logits or of numbers that are divided by their sum.
CK_INLINE float categorical_focal(
  ck_loss loss, bool has_logits, const float *p, const float *t, size_t columns, float outer, float *g
) {
  float shift = 0;
  double total = 0, sum = 0, weighted = 0;
  if (has_logits) shift = log_sum_exp(p, columns);
  for (size_t i = 0; !has_logits && i < columns; i++) total += (double)p[i];
#define SHARE(i) (has_logits ? ck_exp(p[i] - shift) : p[i] / (float)total)
  // The slope with respect to the share.
#define SLOPE_OF(q, target)                                                                                  \
  (q < EPSILON || q > NEARLY_ONE ? 0 * q                                                                     \
    : loss.b * (target) * ((loss.a == 0 ? 0 : loss.a * powf(1.0f - q, loss.a - 1.0f) * ck_log(q)) - powf(1.0f - q, loss.a) / q))
  for (size_t i = 0; i < columns; i++) {
    float q = SHARE(i), clipped = ck_clip(q, EPSILON, NEARLY_ONE), target = loss.target_scale * t[i] + loss.target_offset;
    sum -= (double)(loss.b * powf(1.0f - clipped, loss.a) * target * ck_log(clipped));
    weighted += (double)(SLOPE_OF(q, target) * q);
  }
  for (size_t i = 0; g && i < columns; i++) {
    float q = SHARE(i), target = loss.target_scale * t[i] + loss.target_offset;
    g[i] = outer * (SLOPE_OF(q, target) - (float)weighted) * (has_logits ? q : 1.0f / (float)total);
  }
#undef SHARE
#undef SLOPE_OF
  return (float)sum;
}

static float categorical_focal_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  (void)sparse, (void)class;
  return categorical_focal(loss, false, p, t, columns, outer, g);
}

static float categorical_focal_logits_row(
  ck_loss loss, bool sparse, size_t class, const float *p, const float *t, size_t columns, float outer, float *g
) {
  (void)sparse, (void)class;
  return categorical_focal(loss, true, p, t, columns, outer, g);
}

typedef float (*row_loss)(ck_loss, bool, size_t, const float *, const float *, size_t, float, float *);

static void rows_of(
  row_loss function, ck_loss loss, bool sparse, const float *predicted, const float *target, const float *outer,
  float whole, size_t rows, size_t columns, float *losses, float *gradient
) {
  for (size_t row = 0; row < rows; row++) {
    float *g = gradient ? gradient + row * columns : NULL;
    const float *t = sparse ? target + row : target + row * columns;
    bool ignored = sparse && loss.ignores && t[0] == (float)loss.ignored;
    // A class that does not exist has no loss; NaN says so to whoever looks at it.
    bool exists = !sparse || (t[0] >= 0 && t[0] < (float)columns);
    if (ignored || !exists) {
      losses[row] = ignored ? 0 : NAN;
      for (size_t i = 0; g && i < columns; i++) g[i] = losses[row];
      continue;
    }
    float share = outer ? outer[row] * whole : whole;
    losses[row] = function(loss, sparse, sparse ? (size_t)t[0] : 0, predicted + row * columns, t, columns, share, g);
  }
}

void ck_loss_rows(
  ck_loss loss, const float *predicted, const float *target, const float *outer, float whole, size_t rows,
  size_t columns, float *losses, float *gradient
) {
  switch (loss.kind) {
#define ROW(name) \
  case ck_loss_##name: name##_rows(loss, predicted, target, outer, whole, rows, columns, losses, gradient); return;
    ELEMENTWISE(ROW)
#undef ROW
#define ROW(name, function, sparse)                                                                       \
  case ck_loss_##name:                                                                                    \
    rows_of(function, loss, sparse, predicted, target, outer, whole, rows, columns, losses, gradient);    \
    return;
    ROW(crossentropy, crossentropy_row, false)
    ROW(crossentropy_logits, crossentropy_logits_row, false)
    ROW(sparse_crossentropy, crossentropy_row, true)
    ROW(sparse_crossentropy_logits, crossentropy_logits_row, true)
    ROW(sparse_log_probability, log_probability_row, true)
    ROW(categorical_hinge, categorical_hinge_row, false)
    ROW(categorical_focal, categorical_focal_row, false)
    ROW(categorical_focal_logits, categorical_focal_logits_row, false)
    ROW(divergence, divergence_row, false)
    ROW(cosine_similarity, cosine_row, false)
#undef ROW
  }
}
