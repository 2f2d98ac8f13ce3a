// One step of an optimiser over one tensor. Each takes its share of the step as numbers ready to use: what depends on the count of
// steps alone is worked out once, not for each parameter.
#include "optimizers.h"

#include "strided.h"
#include "vectors.h"
#include "vector_log.h"

// A moving mean takes `share` of what is new, which is 1 - beta or 1 - rho: of these the float would lose digits.

// The gradient after clipping and with the coupled penalty; and the parameter after decoupled decay.
#define GRADIENT(i) (common.scale * gradients[i] + common.coupled * parameters[i])
#define DECAYED(i) (common.keep * parameters[i])

CK_CLONES void ck_step_sgd(ck_step common, float *restrict parameters, const float *restrict gradients, size_t count) {
  for (size_t i = 0; i < count; i++) parameters[i] = DECAYED(i) - common.rate * GRADIENT(i);
}

// Keras: the velocity holds the rate. v = m v - rate g; w += v, or with Nesterov m v - rate g.
CK_CLONES void ck_step_momentum_keras(
  ck_step common, float momentum, bool nesterov, float *restrict parameters, const float *restrict gradients,
  float *restrict velocities, size_t count
) {
  float again = nesterov ? momentum : 1.0f, fresh = nesterov ? common.rate : 0.0f;
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i), velocity = momentum * velocities[i] - common.rate * gradient;
    velocities[i] = velocity;
    parameters[i] = DECAYED(i) + again * velocity - fresh * gradient;
  }
}

// PyTorch: the rate stands outside. v = m v + share g; w -= rate v, or with Nesterov rate (g + m v).
CK_CLONES void ck_step_momentum_torch(
  ck_step common, float momentum, float share, bool nesterov, float *restrict parameters,
  const float *restrict gradients, float *restrict velocities, size_t count
) {
  float again = common.rate * (nesterov ? momentum : 1.0f), fresh = nesterov ? common.rate : 0.0f;
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i), velocity = momentum * velocities[i] + share * gradient;
    velocities[i] = velocity;
    parameters[i] = DECAYED(i) - again * velocity - fresh * gradient;
  }
}

// Where a loop reads a pointer that may be null, vector code masks it, and a masked access to null takes a hundred cycles. So there is a
// loop for each case: the flags are constants where the bodies are inlined.

CK_INLINE void rmsprop_loop(
  bool has_means, bool has_velocities, ck_step common, float share, ck_epsilon epsilon, float *restrict parameters,
  const float *restrict gradients, float *restrict squares, float *restrict means, float *restrict velocities,
  float momentum, float inner, float outer, size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i);
    float square = squares[i] + (gradient * gradient - squares[i]) * share, spread = square;
    squares[i] = square;
    if (has_means) {
      float mean = means[i] + (gradient - means[i]) * share;
      means[i] = mean;
      spread = square - mean * mean;
    }
    float step = inner * gradient / (ck_sqrt(spread + epsilon.inside) + epsilon.outside);
    if (has_velocities) {
      step = momentum * velocities[i] + step;
      velocities[i] = step;
    }
    parameters[i] = DECAYED(i) - outer * step;
  }
}

// epsilon.inside stands under the root (Keras), epsilon.outside beside it (PyTorch).
CK_CLONES void ck_step_rmsprop(
  ck_step common, float share, ck_epsilon epsilon, float *restrict parameters, const float *restrict gradients,
  float *restrict squares, float *restrict means, float *restrict velocities, float momentum, bool rate_in_velocity,
  size_t count
) {
  float inner = rate_in_velocity ? common.rate : 1.0f, outer = rate_in_velocity ? 1.0f : common.rate;
#define LOOP(has_means, has_velocities)                                                                            \
  rmsprop_loop(                                                                                                    \
    has_means, has_velocities, common, share, epsilon, parameters, gradients, squares, means, velocities, momentum, \
    inner, outer, count                                                                                            \
  )
  if (means && velocities) LOOP(true, true);
  else if (means) LOOP(true, false);
  else if (velocities) LOOP(false, true);
  else LOOP(false, false);
#undef LOOP
}

CK_CLONES void ck_step_adagrad(
  ck_step common, ck_epsilon epsilon, float *restrict parameters, const float *restrict gradients,
  float *restrict squares, size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i), square = squares[i] + gradient * gradient;
    squares[i] = square;
    parameters[i] = DECAYED(i) - common.rate * gradient / (ck_sqrt(square + epsilon.inside) + epsilon.outside);
  }
}

CK_CLONES void ck_step_adadelta(
  ck_step common, float share, float epsilon, float *restrict parameters, const float *restrict gradients,
  float *restrict squares, float *restrict steps, size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i), square = squares[i] + (gradient * gradient - squares[i]) * share;
    float step = ck_sqrt(steps[i] + epsilon) / ck_sqrt(square + epsilon) * gradient;
    squares[i] = square;
    steps[i] += (step * step - steps[i]) * share;
    parameters[i] = DECAYED(i) - common.rate * step;
  }
}

CK_INLINE void adam_loop(
  bool has_greatest, ck_step common, float share1, float share2, float last, float fresh, float root, float epsilon,
  float *restrict parameters, const float *restrict gradients, float *restrict means, float *restrict squares,
  float *restrict greatest, size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i);
    float mean = means[i] + (gradient - means[i]) * share1;
    float square = squares[i] + (gradient * gradient - squares[i]) * share2, spread = square;
    means[i] = mean;
    squares[i] = square;
    if (has_greatest) {
      spread = ck_max(square, greatest[i]);
      greatest[i] = spread;
    }
    parameters[i] = DECAYED(i) - (last * mean + fresh * gradient) / (root * ck_sqrt(spread) + epsilon);
  }
}

// w -= (last m + fresh g) / (root sqrt(v) + epsilon): Adam has fresh = 0, Nadam not; root is 1, but for the first steps of RAdam, which
// do not divide. `greatest` is AMSGrad's, or null.
CK_CLONES void ck_step_adam(
  ck_step common, float share1, float share2, float last, float fresh, float root, float epsilon,
  float *restrict parameters, const float *restrict gradients, float *restrict means, float *restrict squares,
  float *restrict greatest, size_t count
) {
  if (greatest)
    adam_loop(
      true, common, share1, share2, last, fresh, root, epsilon, parameters, gradients, means, squares, greatest, count);
  else
    adam_loop(
      false, common, share1, share2, last, fresh, root, epsilon, parameters, gradients, means, squares, NULL, count);
}

// Keras adds epsilon to the norm when it divides, PyTorch to the gradient before it is kept.
CK_CLONES void ck_step_adamax(
  ck_step common, float share1, float beta2, float last, float kept_epsilon, float epsilon, float *restrict parameters,
  const float *restrict gradients, float *restrict means, float *restrict norms, size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i), mean = means[i] + (gradient - means[i]) * share1;
    float norm = ck_max(beta2 * norms[i], ck_abs(gradient) + kept_epsilon);
    means[i] = mean;
    norms[i] = norm;
    parameters[i] = DECAYED(i) - last * mean / (norm + epsilon);
  }
}

CK_CLONES void ck_step_lion(
  ck_step common, float beta1, float beta2, float *restrict parameters, const float *restrict gradients,
  float *restrict means, size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i), mean = means[i];
    parameters[i] = DECAYED(i) - common.rate * ck_sign(beta1 * mean + (1.0f - beta1) * gradient);
    means[i] = beta2 * mean + (1.0f - beta2) * gradient;
  }
}

// keras.optimizers.Ftrl. The power of -1/2 is nearly everyone's, and a root is many times faster.
CK_INLINE float ftrl_power(float square, float power) { return power == -0.5f ? ck_sqrt(square) : powf(square, -power); }

CK_CLONES void ck_step_ftrl(
  ck_step common, float power, float l1, float l2, float shrinkage, float *restrict parameters,
  const float *restrict gradients, float *restrict squares, float *restrict linears, size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float parameter = DECAYED(i), gradient = GRADIENT(i), square = squares[i] + gradient * gradient;
    float after = ftrl_power(square, power), before = ftrl_power(squares[i], power);
    float linear = linears[i] + gradient + 2.0f * shrinkage * parameter - (after - before) / common.rate * parameter;
    squares[i] = square;
    linears[i] = linear;
    // Where nothing has come yet, 0 / 0: TensorFlow's kernel gives 0.
    float pull = ck_clip(linear, -l1, l1) - linear;
    parameters[i] = pull != 0 ? pull / (after / common.rate + 2.0f * l2) : pull;
  }
}

// MARK: - Rules that look at a whole tensor

// Adam's step at the size of the parameter: the step is scaled by the ratio of their norms.
CK_CLONES void ck_step_lamb(
  ck_step common, float share1, float share2, float last, float root, float epsilon, float *restrict parameters,
  const float *restrict gradients, float *restrict means, float *restrict squares, float *restrict updates,
  size_t count
) {
  for (size_t i = 0; i < count; i++) {
    float gradient = GRADIENT(i), mean = means[i] + (gradient - means[i]) * share1;
    float square = squares[i] + (gradient * gradient - squares[i]) * share2;
    means[i] = mean;
    squares[i] = square;
    updates[i] = last * mean / (root * ck_sqrt(square) + epsilon);
    parameters[i] = DECAYED(i);
  }
  double size = sqrt(ck_sum_of_squares(parameters, count)), step = sqrt(ck_sum_of_squares(updates, count));
  float factor = common.rate * (size > 0 && step > 0 ? (float)(size / step) : 1.0f);
  for (size_t i = 0; i < count; i++) parameters[i] -= factor * updates[i];
}


static double mean_square(const float *x, size_t count) { return ck_sum_of_squares(x, count) / (double)count; }

void ck_step_adafactor(
  ck_step common, float beta, float epsilon, float least_scale, float most, float *restrict parameters,
  const float *restrict gradients, float *restrict rows, float *restrict columns, float *restrict updates,
  size_t matrices, size_t height, size_t width
) {
  size_t count = matrices * height * width;
  float keep = beta, fresh = 1.0f - beta;
  ck_scale((int64_t)count, common.keep, parameters);
  double size = sqrt(mean_square(parameters, count));
  for (size_t i = 0; i < count; i++) updates[i] = common.scale * gradients[i] + common.coupled * parameters[i];
  for (size_t matrix = 0; matrix < matrices; matrix++) {
    float *update = updates + matrix * height * width, *row = rows + matrix * height;
    if (columns == NULL) {
      // A vector is not factored: `rows` has a number for each element.
      for (size_t i = 0; i < height * width; i++) {
        rows[i] = keep * rows[i] + fresh * (update[i] * update[i] + epsilon);
        update[i] /= sqrtf(rows[i]);
      }
      continue;
    }
    float *column = columns + matrix * width;
    for (size_t j = 0; j < width; j++) {
      double sum = 0;
      for (size_t i = 0; i < height; i++) sum += (double)(update[i * width + j] * update[i * width + j] + epsilon);
      column[j] = keep * column[j] + fresh * (float)(sum / (double)height);
    }
    double total = 0;
    for (size_t i = 0; i < height; i++) {
      double sum = 0;
      for (size_t j = 0; j < width; j++) sum += (double)(update[i * width + j] * update[i * width + j] + epsilon);
      row[i] = keep * row[i] + fresh * (float)(sum / (double)width);
      total += (double)row[i];
    }
    float mean = (float)(total / (double)height);
    for (size_t i = 0; i < height; i++)
      for (size_t j = 0; j < width; j++) update[i * width + j] /= sqrtf(row[i] / mean * column[j]);
  }
  double spread = sqrt(mean_square(updates, count));
  float factor = (float)(fmax((double)least_scale, size) * (double)common.rate / fmax(1, spread / (double)most));
  for (size_t i = 0; i < count; i++) parameters[i] -= factor * updates[i];
}
