// Activations of gates and their slopes, a row at a time.

#ifndef CKERNELS_GATES_H
#define CKERNELS_GATES_H

#include "recurrent.h"

/// values += bias, where there is one.
void ck_add_bias(int64_t count, const float *bias, float *values);

/// values = gate(values)
void ck_activate(ck_gate gate, int64_t count, float *values);

/// gradient *= the slope of the gate where it gave y.
void ck_apply_slope(ck_gate gate, int64_t count, const float *y, float *gradient);

#endif
