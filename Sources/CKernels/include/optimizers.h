// Optimisers
#ifndef CKERNELS_OPTIMIZERS_H
#define CKERNELS_OPTIMIZERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  float rate;
  // Each gradient is multiplied by this first (clipping by a norm), then this share of the parameter is added to it.
  float scale, coupled;
  // What decoupled decay leaves of a parameter.
  float keep;
} ck_step;

typedef struct {
  float inside, outside;
} ck_epsilon;

void ck_step_sgd(ck_step common, float *parameters, const float *gradients, size_t count);
void ck_step_momentum_keras(
  ck_step common, float momentum, bool nesterov, float *parameters, const float *gradients, float *velocities,
  size_t count
);
void ck_step_momentum_torch(
  ck_step common, float momentum, float share, bool nesterov, float *parameters, const float *gradients,
  float *velocities, size_t count
);
void ck_step_rmsprop(
  ck_step common, float share, ck_epsilon epsilon, float *parameters, const float *gradients, float *squares,
  float *means, float *velocities, float momentum, bool rate_in_velocity, size_t count
);
void ck_step_adagrad(
  ck_step common, ck_epsilon epsilon, float *parameters, const float *gradients, float *squares, size_t count
);
void ck_step_adadelta(
  ck_step common, float share, float epsilon, float *parameters, const float *gradients, float *squares, float *steps,
  size_t count
);
void ck_step_adam(
  ck_step common, float share1, float share2, float last, float fresh, float root, float epsilon, float *parameters,
  const float *gradients, float *means, float *squares, float *greatest, size_t count
);
void ck_step_adamax(
  ck_step common, float share1, float beta2, float last, float kept_epsilon, float epsilon, float *parameters,
  const float *gradients, float *means, float *norms, size_t count
);
void ck_step_lion(
  ck_step common, float beta1, float beta2, float *parameters, const float *gradients, float *means, size_t count
);
void ck_step_ftrl(
  ck_step common, float power, float l1, float l2, float shrinkage, float *parameters, const float *gradients,
  float *squares, float *linears, size_t count
);
// `updates` is working space for as many numbers as there are parameters.
void ck_step_lamb(
  ck_step common, float share1, float share2, float last, float root, float epsilon, float *parameters,
  const float *gradients, float *means, float *squares, float *updates, size_t count
);
// Of `matrices` of `height` times `width`; with null `columns`, of a vector, whose squares are in `rows`.
void ck_step_adafactor(
  ck_step common, float beta, float epsilon, float least_scale, float most, float *parameters, const float *gradients,
  float *rows, float *columns, float *updates, size_t matrices, size_t height, size_t width
);

#endif
