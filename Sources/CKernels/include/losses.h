// Losses
#ifndef CKERNELS_LOSSES_H
#define CKERNELS_LOSSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  ck_loss_squared,
  ck_loss_absolute,
  ck_loss_absolute_percentage,
  ck_loss_squared_logarithmic,
  ck_loss_huber,
  ck_loss_log_cosh,
  ck_loss_binary_crossentropy,
  ck_loss_binary_crossentropy_logits,
  ck_loss_hinge,
  ck_loss_squared_hinge,
  ck_loss_poisson,
  ck_loss_binary_focal,
  ck_loss_binary_focal_logits,
  ck_loss_divergence_of_logs,
  ck_loss_crossentropy,
  ck_loss_crossentropy_logits,
  ck_loss_sparse_crossentropy,
  ck_loss_sparse_crossentropy_logits,
  ck_loss_sparse_log_probability,
  ck_loss_categorical_hinge,
  ck_loss_categorical_focal,
  ck_loss_categorical_focal_logits,
  ck_loss_divergence,
  ck_loss_cosine_similarity,
} ck_loss_kind;

typedef struct {
  ck_loss_kind kind;
  float a, b;
  float target_scale, target_offset;
  bool ignores;
  int32_t ignored;
} ck_loss;

// The loss of each row, and where `gradient` is not null the gradient of `whole * sum(outer[row] * loss[row])`; a null `outer` is all
// ones. Sparse losses have one target a row, the number of its class.
void ck_loss_rows(
  ck_loss loss, const float *predicted, const float *target, const float *outer, float whole, size_t rows,
  size_t columns, float *losses, float *gradient
);

#endif
