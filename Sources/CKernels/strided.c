#include "strided.h"

#include <stdbool.h>
#include <stddef.h>

#include "loops.h"

enum { OPERANDS = 4, A = 0, B = 1, C = 2, Y = 3 };

// One row: the innermost axis. Strides of 1 everywhere are written out, so that the compiler vectorises them.
#define ROW(EXPRESSION)                                                                   \
  if (sa == 1 && sb == 1 && sc == 1 && sy == 1) {                                         \
    for (int64_t i = 0; i < count; i++) {                                                 \
      EXPRESSION(a[i], b[i], c[i], y[i]);                                                 \
    }                                                                                     \
  } else {                                                                                \
    for (int64_t i = 0; i < count; i++) {                                                 \
      EXPRESSION(a[i * sa], b[i * sb], c[i * sc], y[i * sy]);                             \
    }                                                                                     \
  }                                                                                       \
  break

#define DO_COPY(a, b, c, y) y = a
#define DO_ADD_COPY(a, b, c, y) y += a
#define DO_SUM(a, b, c, y) y = a + b
#define DO_DIFFERENCE(a, b, c, y) y = a - b
#define DO_PRODUCT(a, b, c, y) y = a * b
#define DO_MAXIMUM(a, b, c, y) y = (a >= b || a != a) ? a : b
#define DO_MINIMUM(a, b, c, y) y = (a <= b || a != a) ? a : b
#define DO_ADD_NEGATIVE(a, b, c, y) y -= a
#define DO_ADD_PRODUCT(a, b, c, y) y += a * b
#define DO_WHERE_NOT_LESS(a, b, c, y) y += a >= b ? c : 0.0f
#define DO_WHERE_LESS(a, b, c, y) y += a < b ? c : 0.0f
#define DO_WHERE_GREATER(a, b, c, y) y += a > b ? c : 0.0f
#define DO_WHERE_NOT_GREATER(a, b, c, y) y += a <= b ? c : 0.0f

CK_CLONES static void row(ck_strided_kind kind, int64_t count, const float *a, int64_t sa, const float *b, int64_t sb,
                          const float *c, int64_t sc, float *y, int64_t sy) {
  switch (kind) {
    case CK_COPY: ROW(DO_COPY);
    case CK_ADD_COPY: ROW(DO_ADD_COPY);
    case CK_SUM: ROW(DO_SUM);
    case CK_DIFFERENCE: ROW(DO_DIFFERENCE);
    case CK_PRODUCT: ROW(DO_PRODUCT);
    case CK_MAXIMUM: ROW(DO_MAXIMUM);
    case CK_MINIMUM: ROW(DO_MINIMUM);
    case CK_ADD_NEGATIVE: ROW(DO_ADD_NEGATIVE);
    case CK_ADD_PRODUCT: ROW(DO_ADD_PRODUCT);
    case CK_ADD_WHERE_NOT_LESS: ROW(DO_WHERE_NOT_LESS);
    case CK_ADD_WHERE_LESS: ROW(DO_WHERE_LESS);
    case CK_ADD_WHERE_GREATER: ROW(DO_WHERE_GREATER);
    case CK_ADD_WHERE_NOT_GREATER: ROW(DO_WHERE_NOT_GREATER);
  }
}

typedef struct {
  int axes;
  int64_t sizes[CK_MAX_AXES];
  int64_t strides[OPERANDS][CK_MAX_AXES];
} walk;

// Two neighbouring axes are one where every operand steps through them as through one.
static bool joins(const walk *w, int axis, int64_t inner_size, const int64_t inner[OPERANDS]) {
  for (int operand = 0; operand < OPERANDS; operand++) {
    if (w->strides[operand][axis] != inner[operand] * inner_size) return false;
  }
  return true;
}

static walk walk_of(int axes, const int64_t *sizes, const int64_t *const strides[OPERANDS]) {
  walk w = {0};
  for (int axis = 0; axis < axes; axis++) {
    if (sizes[axis] == 1) continue;
    int64_t steps[OPERANDS];
    for (int operand = 0; operand < OPERANDS; operand++) steps[operand] = strides[operand][axis];
    bool joined = w.axes > 0 && joins(&w, w.axes - 1, sizes[axis], steps);
    int place = joined ? w.axes - 1 : w.axes++;
    w.sizes[place] = joined ? w.sizes[place] * sizes[axis] : sizes[axis];
    for (int operand = 0; operand < OPERANDS; operand++) w.strides[operand][place] = steps[operand];
  }
  if (w.axes == 0) {
    w.axes = 1;
    w.sizes[0] = 1;
  }
  return w;
}

void ck_strided(ck_strided_kind kind, int axes, const int64_t *sizes, const float *a, const int64_t *a_strides,
                const float *b, const int64_t *b_strides, const float *c, const int64_t *c_strides, float *y,
                const int64_t *y_strides) {
  for (int axis = 0; axis < axes; axis++) {
    if (sizes[axis] == 0) return;
  }
  // What is not there is stepped through as the first operand, and not read.
  const int64_t *const strides[OPERANDS] = {a_strides, b ? b_strides : a_strides, c ? c_strides : a_strides, y_strides};
  walk w = walk_of(axes, sizes, strides);
  const float *operands[3] = {a, b ? b : a, c ? c : a};
  int last = w.axes - 1;
  int64_t at[CK_MAX_AXES] = {0};
  int64_t offset[OPERANDS] = {0};
  for (;;) {
    row(kind, w.sizes[last], operands[A] + offset[A], w.strides[A][last], operands[B] + offset[B], w.strides[B][last],
        operands[C] + offset[C], w.strides[C][last], y + offset[Y], w.strides[Y][last]);
    int axis = last - 1;
    for (; axis >= 0; axis--) {
      for (int operand = 0; operand < OPERANDS; operand++) offset[operand] += w.strides[operand][axis];
      if (++at[axis] < w.sizes[axis]) break;
      at[axis] = 0;
      for (int operand = 0; operand < OPERANDS; operand++) offset[operand] -= w.strides[operand][axis] * w.sizes[axis];
    }
    if (axis < 0) return;
  }
}

CK_CLONES void ck_scale(int64_t count, float scale, float *values) {
  for (int64_t i = 0; i < count; i++) values[i] *= scale;
}
