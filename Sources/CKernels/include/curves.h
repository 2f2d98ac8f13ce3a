// Activations
#ifndef CKERNELS_CURVES_H
#define CKERNELS_CURVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  ck_curve_relu,
  ck_curve_selu,
  ck_curve_celu,
  ck_curve_tanh_shrink,
  ck_curve_hard_sigmoid,
  ck_curve_hard_silu,
  ck_curve_hard_tanh,
  ck_curve_soft_shrink,
  ck_curve_hard_shrink,
  ck_curve_softsign,
  ck_curve_sparse_plus,
  ck_curve_sparse_sigmoid,
  ck_curve_squareplus,
  ck_curve_log_sigmoid,
  ck_curve_threshold,
} ck_curve;

void ck_curve_forward(ck_curve kind, float a, float b, float c, const float *x, float *y, size_t count);
void ck_curve_backward(
  ck_curve kind, float a, float b, float c, const float *x, const float *dy, float *dx, size_t count
);
// Rows of `2 * half` to rows of `half`.
void ck_glu_forward(const float *x, float *y, size_t rows, size_t half);
void ck_glu_backward(const float *x, const float *dy, float *dx, size_t rows, size_t half);
void ck_sparsemax_forward(const float *x, float *y, size_t rows, size_t columns);
void ck_sparsemax_backward(const float *y, const float *dy, float *dx, size_t rows, size_t columns);

#endif
