// Normalisation: over groups of each sample (layer, group and RMS normalisation), and over the batch. Softmax with them, since it is rows too.

#ifndef CKERNELS_NORMALIZATION_H
#define CKERNELS_NORMALIZATION_H

#include <stdbool.h>
#include <stdint.h>

/// values: [samples, places, groups, size]; the mean and the spread are over places and size, scale and offset are [groups, size].
typedef struct {
  int64_t samples, places, groups, size;
  /// Whether the mean is taken away; RMS normalisation leaves it.
  bool centers;
  float epsilon;
} ck_groups;

/// y = (x - mean) / sqrt(variance + epsilon) * scale + offset. scale and offset may be NULL; mean and inverse ([samples, groups]) are kept for the way back.
void ck_group_norm(const ck_groups *groups, const float *x, const float *scale, const float *offset, float *y, float *mean,
                   float *inverse);

/// Overwrites x_gradient, adds to scale_gradient and offset_gradient; each may be NULL.
void ck_group_norm_backward(const ck_groups *groups, const float *x, const float *scale, const float *mean,
                            const float *inverse, const float *y_gradient, float *x_gradient, float *scale_gradient,
                            float *offset_gradient);

/// The mean and the (biased) variance of each of [rows, channels]'s channels.
void ck_batch_statistics(int64_t rows, int64_t channels, const float *x, float *mean, float *variance);

/// y = (x - mean) * inverse * scale + offset, by channel. scale and offset may be NULL.
void ck_batch_norm(int64_t rows, int64_t channels, const float *x, const float *mean, const float *inverse,
                   const float *scale, const float *offset, float *y);

/// As ck_group_norm_backward. `fixed`: mean and inverse do not depend on x.
void ck_batch_norm_backward(int64_t rows, int64_t channels, bool fixed, const float *x, const float *mean,
                            const float *inverse, const float *scale, const float *y_gradient, float *x_gradient,
                            float *scale_gradient, float *offset_gradient);

/// Each row's exponentials in terms of their sum. `period` above 0 hides columns: row r sees those up to r % period.
void ck_softmax(int64_t rows, int64_t columns, int64_t period, const float *x, float *y);
void ck_softmax_backward(int64_t rows, int64_t columns, const float *y, const float *y_gradient, float *x_gradient);

#endif
