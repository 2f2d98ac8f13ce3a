// Loops over up to CK_MAX_AXES axes with a stride for each operand: copies, merges with broadcasting, and their gradients.
//
// A stride of 0 repeats an element (broadcasting, when read; a sum over the axis, when added to); a negative one walks backwards.

#ifndef CKERNELS_STRIDED_H
#define CKERNELS_STRIDED_H

#include <stdint.h>

enum { CK_MAX_AXES = 8 };

/// What a loop does with its operands a, b, c and its output y. `ADD_` ones add to y, so y may have strides of 0.
typedef enum {
  CK_COPY,                 // y = a
  CK_ADD_COPY,             // y += a
  CK_SUM,                  // y = a + b
  CK_DIFFERENCE,           // y = a - b
  CK_PRODUCT,              // y = a * b
  CK_MAXIMUM,              // y = max(a, b)
  CK_MINIMUM,              // y = min(a, b)
  CK_ADD_NEGATIVE,         // y -= a
  CK_ADD_PRODUCT,          // y += a * b
  CK_ADD_WHERE_NOT_LESS,   // y += a >= b ? c : 0
  CK_ADD_WHERE_LESS,       // y += a < b ? c : 0
  CK_ADD_WHERE_GREATER,    // y += a > b ? c : 0
  CK_ADD_WHERE_NOT_GREATER // y += a <= b ? c : 0
} ck_strided_kind;

/// Operands that the kind does not name are not read.
void ck_strided(ck_strided_kind kind, int axes, const int64_t *sizes, const float *a, const int64_t *a_strides,
                const float *b, const int64_t *b_strides, const float *c, const int64_t *c_strides, float *y,
                const int64_t *y_strides);

/// values *= scale
void ck_scale(int64_t count, float scale, float *values);

#endif
