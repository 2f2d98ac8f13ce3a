// Vectors
#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

double ck_sum_of_squares(const float *x, size_t count);
double ck_sum_of_sizes(const float *x, size_t count);
// The sum of the squares of x - y.
double ck_squared_distance(const float *x, const float *y, size_t count);
// How many were beyond the limit.
size_t ck_clip_values(float limit, float *x, size_t count);
// Adds the gradient of `l1 * sum |x| + l2 * sum x^2`.
void ck_penalty_gradient(float l1, float l2, const float *x, float *gradient, size_t count);

// Rows of a table; every id must be in it.
void ck_gather(const float *table, size_t width, const int32_t *ids, size_t count, float *y);
void ck_scatter_add(
  const float *dy, const int32_t *ids, size_t count, size_t width, bool skips_zero, float *dtable
);

// False where the rows are not independent.
bool ck_orthonormalize(float *rows, size_t height, size_t width);

// Rows whose greatest score is that of their class; a row with NaN is wrong.
size_t ck_right_classes(const float *scores, const float *classes, size_t rows, size_t columns);

#endif
