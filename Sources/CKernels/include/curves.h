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
  ck_curve_round,
  ck_curve_floor,
  ck_curve_ceil,
  ck_curve_trunc,
  ck_curve_sign,
  ck_curve_clip,
  ck_curve_absolute,
  ck_curve_square,
  ck_curve_square_root,
  ck_curve_reciprocal,
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
void ck_log_softmax(const float *x, float *y, size_t rows, size_t columns);
void ck_log_softmax_backward(const float *y, const float *dy, float *dx, size_t rows, size_t columns);
// Rows of `columns` to one number each: the place of the largest.
void ck_largest_places(const float *x, float *y, size_t rows, size_t columns);

#endif
