// Descriptors of dense layers, activations and reorders.

#include "maker.h"

// MARK: Dense

static dnnl_status_t inner_product_forward(ck_maker *m, ck_description source, ck_description weights, ck_description bias,
                                           ck_description destination) {
  MAKE(m, dnnl_inner_product_desc_t,
       dnnl_inner_product_forward_desc_init(&operation, m->kind, source, weights, bias, destination),
       dnnl_inner_product_forward_primitive_desc_create(&m->made, m->engine, m->kind, source, weights, bias,
                                                        destination, m->attributes));
}

static dnnl_status_t inner_product_backward_data(ck_maker *m, ck_description source, ck_description weights,
                                                 ck_description destination) {
  MAKE(m, dnnl_inner_product_desc_t,
       dnnl_inner_product_backward_data_desc_init(&operation, source, weights, destination),
       dnnl_inner_product_backward_data_primitive_desc_create(&m->made, m->engine, source, weights, destination,
                                                              m->hint, m->attributes));
}

static dnnl_status_t inner_product_backward_weights(ck_maker *m, ck_description source, ck_description weights,
                                                    ck_description bias, ck_description destination) {
  MAKE(m, dnnl_inner_product_desc_t,
       dnnl_inner_product_backward_weights_desc_init(&operation, source, weights, bias, destination),
       dnnl_inner_product_backward_weights_primitive_desc_create(&m->made, m->engine, source, weights, bias,
                                                                 destination, m->hint, m->attributes));
}

int ck_inner_product(ck_pass pass, const ck_layout *source, const ck_layout *weights, const ck_layout *bias,
                     const ck_layout *destination, bool relu, ck_primitive **made) {
  ck_maker m = {0};
  ck_description s = ck_description_of(source), w = ck_description_of(weights), b = ck_description_of(bias),
                 d = ck_description_of(destination);
  dnnl_status_t status = ck_begin(&m, pass);
  if (status == dnnl_success && relu && m.is_forward) status = ck_followed_by(dnnl_eltwise_relu, 0.0f, &m.attributes);
  if (status == dnnl_success) status = inner_product_forward(&m, s, w, b, d);
  if (status == dnnl_success && !m.is_forward) {
    ck_keep_as_hint(&m);
    status = pass == CK_BACKWARD_DATA ? inner_product_backward_data(&m, s, w, d)
                                      : inner_product_backward_weights(&m, s, w, b, d);
  }
  return ck_finish(&m, status, made);
}

// MARK: Element-wise

static dnnl_alg_kind_t algorithm_of(ck_activation kind) {
  switch (kind) {
    case CK_RELU: return dnnl_eltwise_relu;
    case CK_RELU_OF_OUTPUT: return dnnl_eltwise_relu_use_dst_for_bwd;
    case CK_TANH: return dnnl_eltwise_tanh;
    case CK_TANH_OF_OUTPUT: return dnnl_eltwise_tanh_use_dst_for_bwd;
    case CK_SIGMOID: return dnnl_eltwise_logistic;
    case CK_SIGMOID_OF_OUTPUT: return dnnl_eltwise_logistic_use_dst_for_bwd;
    case CK_ELU: return dnnl_eltwise_elu;
    case CK_SOFTPLUS: return dnnl_eltwise_soft_relu;
    case CK_EXPONENTIAL: return dnnl_eltwise_exp;
    case CK_GELU: return dnnl_eltwise_gelu_erf;
    case CK_GELU_TANH: return dnnl_eltwise_gelu_tanh;
    case CK_SWISH: return dnnl_eltwise_swish;
    case CK_MISH: return dnnl_eltwise_mish;
    case CK_LINEAR: return dnnl_eltwise_linear;
  }
  return dnnl_alg_kind_undef;
}

static dnnl_status_t eltwise_forward(ck_maker *m, dnnl_alg_kind_t kind, ck_description layout, float alpha,
                                     float beta) {
  MAKE(m, dnnl_eltwise_desc_t, dnnl_eltwise_forward_desc_init(&operation, m->kind, kind, layout, alpha, beta),
       dnnl_eltwise_forward_primitive_desc_create(&m->made, m->engine, m->kind, kind, layout, layout, alpha, beta,
                                                  m->attributes));
}

static dnnl_status_t eltwise_backward(ck_maker *m, dnnl_alg_kind_t kind, ck_description layout, float alpha,
                                     float beta) {
  MAKE(m, dnnl_eltwise_desc_t, dnnl_eltwise_backward_desc_init(&operation, kind, layout, layout, alpha, beta),
       dnnl_eltwise_backward_primitive_desc_create(&m->made, m->engine, kind, layout, layout, layout, alpha, beta,
                                                   m->hint, m->attributes));
}

int ck_eltwise(ck_pass pass, ck_activation kind, float alpha, float beta, const ck_layout *layout, ck_primitive **made) {
  ck_maker m = {0};
  dnnl_alg_kind_t algorithm = algorithm_of(kind);
#if CK_VERSION_3
  // There alpha scales the argument; 2.x has no such factor.
  if (kind == CK_SOFTPLUS) alpha = 1.0f;
#endif
  dnnl_status_t status = ck_begin(&m, pass);
  if (status == dnnl_success) status = eltwise_forward(&m, algorithm, ck_description_of(layout), alpha, beta);
  if (status == dnnl_success && !m.is_forward) {
    ck_keep_as_hint(&m);
    status = eltwise_backward(&m, algorithm, ck_description_of(layout), alpha, beta);
  }
  return ck_finish(&m, status, made);
}

// MARK: Layouts

int ck_reorder(const ck_layout *source, const ck_layout *destination, ck_primitive **made) {
  ck_maker m = {0};
  dnnl_status_t status = ck_begin(&m, CK_FORWARD_TRAINING);
  if (status == dnnl_success)
    status = dnnl_reorder_primitive_desc_create(&m.made, ck_description_of(source), m.engine,
                                                ck_description_of(destination), m.engine, NULL);
  return ck_finish(&m, status, made);
}
