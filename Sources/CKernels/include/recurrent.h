// One time step of the recurrent cells, without the products, and its way back.
//
// Formulas and the order of gates are Keras's (`LSTMCell`, `GRUCell`, `SimpleRNNCell`). Gates and states are seen row by row, with a step from one
// sample's to the next one's. Gates go in before their activation and come out behind it, in the same memory; slopes are taken from what came out.

#ifndef CKERNELS_RECURRENT_H
#define CKERNELS_RECURRENT_H

#include <stdint.h>

typedef enum {
  CK_GATE_LINEAR,
  CK_GATE_TANH,
  CK_GATE_SIGMOID,
  CK_GATE_HARD_SIGMOID,  // min(max(x / 6 + 1 / 2, 0), 1)
  CK_GATE_RELU,
  CK_GATE_SOFTSIGN,  // x / (1 + |x|)
} ck_gate;

typedef struct {
  int64_t rows, units;
  int64_t gate_step, state_step;
  /// Of the gates that let through, and of what they let through.
  ck_gate recurrent, activation;
} ck_cell;

/// h = activation(gates + bias); gates hold x W + h' U. bias may be NULL, here and below.
void ck_simple_step(const ck_cell *cell, const float *bias, float *gates, float *h);
/// h_gradient ([rows, units]) goes in whole and comes out empty: the rest of it flows through the product with U.
void ck_simple_step_backward(const ck_cell *cell, const float *gates, float *h_gradient, float *gates_gradient);

/// Gates i, f, g, o: c = f c' + i g, h = o activation(c). `lifted` keeps activation(c).
void ck_lstm_step(const ck_cell *cell, const float *bias, float *gates, const float *c_before, float *c, float *lifted,
                  float *h);
/// c_gradient comes out as that of c'.
void ck_lstm_step_backward(const ck_cell *cell, const float *gates, const float *c_before, const float *lifted,
                           float *h_gradient, float *c_gradient, float *gates_gradient);

/// Gates z, r, g with the reset behind the product: h = z h' + (1 - z) g, g = activation(x W + b + r (h' U + c)). `products` hold h' U, and h' U + c behind it.
/// bias is b and c one after the other.
void ck_gru_after_step(const ck_cell *cell, const float *bias, float *gates, float *products, const float *h_before,
                       float *h);
/// h_gradient comes out as what flows to h' past the products.
void ck_gru_after_step_backward(const ck_cell *cell, const float *gates, const float *products, const float *h_before,
                                float *h_gradient, float *gates_gradient, float *products_gradient);

/// Gates z, r, g with the reset before the product, in two parts. First: z and r, and `reset` = r h'.
void ck_gru_before_step(const ck_cell *cell, const float *bias, float *gates, const float *h_before, float *reset);
/// Second, once reset U is in g: h = z h' + (1 - z) g.
void ck_gru_before_finish(const ck_cell *cell, const float *bias, float *gates, const float *h_before, float *h);
/// The way back of the second part: the gradients of z and g; h_gradient as above, but for the reset.
void ck_gru_before_finish_backward(const ck_cell *cell, const float *gates, const float *h_before, float *h_gradient,
                                   float *gates_gradient);
/// The way back of the first, given that of `reset` ([rows, units]): the gradient of r, and the rest of h_gradient.
void ck_gru_before_step_backward(const ck_cell *cell, const float *gates, const float *h_before,
                                 const float *reset_gradient, float *h_gradient, float *gates_gradient);

/// sums[j] += the sum of column j of [rows, columns].
void ck_add_columns(int64_t rows, int64_t columns, const float *values, float *sums);

#endif
