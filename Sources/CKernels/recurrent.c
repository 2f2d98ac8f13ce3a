#include <string.h>

#include "gates.h"
#include "loops.h"

// MARK: Simple cell

void ck_simple_step(const ck_cell *cell, const float *bias, float *gates, float *h) {
  for (int64_t row = 0; row < cell->rows; row++) {
    float *gate = gates + row * cell->gate_step;
    ck_add_bias(cell->units, bias, gate);
    ck_activate(cell->activation, cell->units, gate);
    memcpy(h + row * cell->state_step, gate, (size_t)cell->units * sizeof *h);
  }
}

void ck_simple_step_backward(const ck_cell *cell, const float *gates, float *h_gradient, float *gates_gradient) {
  size_t bytes = (size_t)cell->units * sizeof *h_gradient;
  for (int64_t row = 0; row < cell->rows; row++) {
    float *gradient = gates_gradient + row * cell->gate_step;
    memcpy(gradient, h_gradient + row * cell->units, bytes);
    memset(h_gradient + row * cell->units, 0, bytes);
    ck_apply_slope(cell->activation, cell->units, gates + row * cell->gate_step, gradient);
  }
}

// MARK: LSTM

CK_CLONES static void remember(int64_t n, const float *gates, const float *c_before, float *c, float *lifted) {
  for (int64_t i = 0; i < n; i++) lifted[i] = c[i] = gates[n + i] * c_before[i] + gates[i] * gates[2 * n + i];
}

CK_CLONES static void multiply(int64_t n, const float *a, const float *b, float *y) {
  for (int64_t i = 0; i < n; i++) y[i] = a[i] * b[i];
}

CK_CLONES static void add(int64_t n, const float *a, float *y) {
  for (int64_t i = 0; i < n; i++) y[i] += a[i];
}

void ck_lstm_step(const ck_cell *cell, const float *bias, float *gates, const float *c_before, float *c, float *lifted,
                  float *h) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    float *gate = gates + row * cell->gate_step;
    int64_t at = row * cell->state_step;
    ck_add_bias(4 * n, bias, gate);
    ck_activate(cell->recurrent, 2 * n, gate);
    ck_activate(cell->activation, n, gate + 2 * n);
    ck_activate(cell->recurrent, n, gate + 3 * n);
    remember(n, gate, c_before + at, c + at, lifted + at);
    ck_activate(cell->activation, n, lifted + at);
    multiply(n, gate + 3 * n, lifted + at, h + at);
  }
}

void ck_lstm_step_backward(const ck_cell *cell, const float *gates, const float *c_before, const float *lifted,
                           float *h_gradient, float *c_gradient, float *gates_gradient) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    const float *gate = gates + row * cell->gate_step;
    float *gradient = gates_gradient + row * cell->gate_step;
    float *dh = h_gradient + row * n, *dc = c_gradient + row * n;
    const float *up = lifted + row * cell->state_step, *before = c_before + row * cell->state_step;
    multiply(n, dh, up, gradient + 3 * n);
    multiply(n, dh, gate + 3 * n, dh);
    ck_apply_slope(cell->activation, n, up, dh);
    add(n, dh, dc);
    multiply(n, dc, gate + 2 * n, gradient);
    multiply(n, dc, before, gradient + n);
    multiply(n, dc, gate, gradient + 2 * n);
    ck_apply_slope(cell->recurrent, 2 * n, gate, gradient);
    ck_apply_slope(cell->activation, n, gate + 2 * n, gradient + 2 * n);
    ck_apply_slope(cell->recurrent, n, gate + 3 * n, gradient + 3 * n);
    multiply(n, dc, gate + n, dc);
    memset(dh, 0, (size_t)n * sizeof *dh);
  }
}

// MARK: GRU

// h = z h' + (1 - z) g
CK_CLONES static void blend(int64_t n, const float *z, const float *g, const float *before, float *h) {
  for (int64_t i = 0; i < n; i++) h[i] = z[i] * before[i] + (1.0f - z[i]) * g[i];
}

// The gradients of z and g; dh keeps what goes to h' directly.
CK_CLONES static void blend_backward(int64_t n, const float *z, const float *g, const float *before, float *dh,
                                     float *dz, float *dg) {
  for (int64_t i = 0; i < n; i++) {
    dz[i] = dh[i] * (before[i] - g[i]);
    dg[i] = dh[i] * (1.0f - z[i]);
    dh[i] *= z[i];
  }
}

CK_CLONES static void add_product(int64_t n, const float *a, const float *b, float *y) {
  for (int64_t i = 0; i < n; i++) y[i] += a[i] * b[i];
}

void ck_gru_after_step(const ck_cell *cell, const float *bias, float *gates, float *products, const float *h_before,
                       float *h) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    float *gate = gates + row * cell->gate_step, *product = products + row * cell->gate_step;
    int64_t at = row * cell->state_step;
    ck_add_bias(3 * n, bias, gate);
    ck_add_bias(3 * n, bias ? bias + 3 * n : NULL, product);
    add(2 * n, product, gate);
    ck_activate(cell->recurrent, 2 * n, gate);
    add_product(n, gate + n, product + 2 * n, gate + 2 * n);
    ck_activate(cell->activation, n, gate + 2 * n);
    blend(n, gate, gate + 2 * n, h_before + at, h + at);
  }
}

void ck_gru_after_step_backward(const ck_cell *cell, const float *gates, const float *products, const float *h_before,
                                float *h_gradient, float *gates_gradient, float *products_gradient) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    const float *gate = gates + row * cell->gate_step, *product = products + row * cell->gate_step;
    float *gradient = gates_gradient + row * cell->gate_step;
    float *product_gradient = products_gradient + row * cell->gate_step;
    blend_backward(n, gate, gate + 2 * n, h_before + row * cell->state_step, h_gradient + row * n, gradient,
                   gradient + 2 * n);
    ck_apply_slope(cell->activation, n, gate + 2 * n, gradient + 2 * n);
    multiply(n, gradient + 2 * n, product + 2 * n, gradient + n);
    ck_apply_slope(cell->recurrent, 2 * n, gate, gradient);
    memcpy(product_gradient, gradient, (size_t)(2 * n) * sizeof *gradient);
    multiply(n, gradient + 2 * n, gate + n, product_gradient + 2 * n);
  }
}

void ck_gru_before_step(const ck_cell *cell, const float *bias, float *gates, const float *h_before, float *reset) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    float *gate = gates + row * cell->gate_step;
    int64_t at = row * cell->state_step;
    ck_add_bias(2 * n, bias, gate);
    ck_activate(cell->recurrent, 2 * n, gate);
    multiply(n, gate + n, h_before + at, reset + at);
  }
}

void ck_gru_before_finish(const ck_cell *cell, const float *bias, float *gates, const float *h_before, float *h) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    float *gate = gates + row * cell->gate_step;
    int64_t at = row * cell->state_step;
    ck_add_bias(n, bias ? bias + 2 * n : NULL, gate + 2 * n);
    ck_activate(cell->activation, n, gate + 2 * n);
    blend(n, gate, gate + 2 * n, h_before + at, h + at);
  }
}

void ck_gru_before_finish_backward(const ck_cell *cell, const float *gates, const float *h_before, float *h_gradient,
                                   float *gates_gradient) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    const float *gate = gates + row * cell->gate_step;
    float *gradient = gates_gradient + row * cell->gate_step;
    blend_backward(n, gate, gate + 2 * n, h_before + row * cell->state_step, h_gradient + row * n, gradient,
                   gradient + 2 * n);
    ck_apply_slope(cell->recurrent, n, gate, gradient);
    ck_apply_slope(cell->activation, n, gate + 2 * n, gradient + 2 * n);
  }
}

void ck_gru_before_step_backward(const ck_cell *cell, const float *gates, const float *h_before,
                                 const float *reset_gradient, float *h_gradient, float *gates_gradient) {
  int64_t n = cell->units;
  for (int64_t row = 0; row < cell->rows; row++) {
    const float *gate = gates + row * cell->gate_step;
    float *gradient = gates_gradient + row * cell->gate_step;
    multiply(n, reset_gradient + row * n, h_before + row * cell->state_step, gradient + n);
    ck_apply_slope(cell->recurrent, n, gate + n, gradient + n);
    add_product(n, reset_gradient + row * n, gate + n, h_gradient + row * n);
  }
}
