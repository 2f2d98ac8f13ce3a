// Descriptors of what slides a window over spatial axes: convolutions, pooling, resampling.

#include "maker.h"

// oneDNN counts the gaps of a dilation, not the steps.
typedef struct {
  dnnl_dims_t strides, gaps, kernel, before, after;
} geometry;

static geometry geometry_of(const ck_window *window) {
  geometry g = {.strides = {0}};
  for (int axis = 0; axis < window->axes; axis++) {
    g.strides[axis] = window->strides[axis];
    g.gaps[axis] = window->dilations[axis] - 1;
    g.kernel[axis] = window->kernel[axis];
    g.before[axis] = window->before[axis];
    g.after[axis] = window->after[axis];
  }
  return g;
}

// MARK: Convolution

// The functions of plain and transposed convolution differ only in their names.
#define CONVOLUTION(NAME)                                                                                              \
  static dnnl_status_t NAME##_forward(ck_maker *m, ck_description source, ck_description weights, ck_description bias, \
                                      ck_description destination, const geometry *g) {                                \
    MAKE(m, dnnl_##NAME##_desc_t,                                                                                      \
         dnnl_dilated_##NAME##_forward_desc_init(&operation, m->kind, dnnl_##NAME##_direct, source, weights, bias,     \
                                                 destination, g->strides, g->gaps, g->before, g->after),              \
         dnnl_##NAME##_forward_primitive_desc_create(&m->made, m->engine, m->kind, dnnl_##NAME##_direct, source,       \
                                                     weights, bias, destination, g->strides, g->gaps, g->before,       \
                                                     g->after, m->attributes));                                        \
  }                                                                                                                    \
  static dnnl_status_t NAME##_backward_data(ck_maker *m, ck_description source, ck_description weights,                \
                                            ck_description destination, const geometry *g) {                          \
    MAKE(m, dnnl_##NAME##_desc_t,                                                                                      \
         dnnl_dilated_##NAME##_backward_data_desc_init(&operation, dnnl_##NAME##_direct, source, weights, destination, \
                                                       g->strides, g->gaps, g->before, g->after),                     \
         dnnl_##NAME##_backward_data_primitive_desc_create(&m->made, m->engine, dnnl_##NAME##_direct, source, weights, \
                                                           destination, g->strides, g->gaps, g->before, g->after,      \
                                                           m->hint, m->attributes));                                   \
  }                                                                                                                    \
  static dnnl_status_t NAME##_backward_weights(ck_maker *m, ck_description source, ck_description weights,             \
                                               ck_description bias, ck_description destination, const geometry *g) {  \
    MAKE(m, dnnl_##NAME##_desc_t,                                                                                      \
         dnnl_dilated_##NAME##_backward_weights_desc_init(&operation, dnnl_##NAME##_direct, source, weights, bias,     \
                                                          destination, g->strides, g->gaps, g->before, g->after),     \
         dnnl_##NAME##_backward_weights_primitive_desc_create(&m->made, m->engine, dnnl_##NAME##_direct, source,       \
                                                              weights, bias, destination, g->strides, g->gaps,         \
                                                              g->before, g->after, m->hint, m->attributes));           \
  }

CONVOLUTION(convolution)
CONVOLUTION(deconvolution)

int ck_convolution(ck_pass pass, bool transposed, const ck_layout *source, const ck_layout *weights, const ck_layout *bias,
                   const ck_layout *destination, const ck_window *window, bool relu, ck_primitive **made) {
  ck_maker m = {0};
  geometry g = geometry_of(window);
  ck_description s = ck_description_of(source), w = ck_description_of(weights), b = ck_description_of(bias),
                 d = ck_description_of(destination);
  dnnl_status_t status = ck_begin(&m, pass);
  if (status == dnnl_success && relu && m.is_forward) status = ck_followed_by(dnnl_eltwise_relu, 0.0f, &m.attributes);
  if (status == dnnl_success)
    status = transposed ? deconvolution_forward(&m, s, w, b, d, &g) : convolution_forward(&m, s, w, b, d, &g);
  if (status != dnnl_success || m.is_forward) return ck_finish(&m, status, made);
  ck_keep_as_hint(&m);
  if (pass == CK_BACKWARD_DATA) {
    status = transposed ? deconvolution_backward_data(&m, s, w, d, &g) : convolution_backward_data(&m, s, w, d, &g);
  } else {
    status = transposed ? deconvolution_backward_weights(&m, s, w, b, d, &g)
                        : convolution_backward_weights(&m, s, w, b, d, &g);
  }
  return ck_finish(&m, status, made);
}

// MARK: Pooling

static dnnl_status_t pooling_forward(ck_maker *m, dnnl_alg_kind_t kind, ck_description source, ck_description destination,
                                     const geometry *g) {
  MAKE(m, dnnl_pooling_desc_t,
       dnnl_pooling_forward_desc_init(&operation, m->kind, kind, source, destination, g->strides, g->kernel, g->before,
                                      g->after),
       dnnl_pooling_forward_primitive_desc_create(&m->made, m->engine, m->kind, kind, source, destination, g->strides,
                                                  g->kernel, g->gaps, g->before, g->after, m->attributes));
}

static dnnl_status_t pooling_backward(ck_maker *m, dnnl_alg_kind_t kind, ck_description source,
                                      ck_description destination, const geometry *g) {
  MAKE(m, dnnl_pooling_desc_t,
       dnnl_pooling_backward_desc_init(&operation, kind, source, destination, g->strides, g->kernel, g->before, g->after),
       dnnl_pooling_backward_primitive_desc_create(&m->made, m->engine, kind, source, destination, g->strides, g->kernel,
                                                   g->gaps, g->before, g->after, m->hint, m->attributes));
}

int ck_pooling(ck_pass pass, bool maximum, const ck_layout *source, const ck_layout *destination, const ck_window *window,
               ck_primitive **made) {
  ck_maker m = {0};
  geometry g = geometry_of(window);
  dnnl_alg_kind_t kind = maximum ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding;
  dnnl_status_t status = ck_begin(&m, pass);
  if (status == dnnl_success)
    status = pooling_forward(&m, kind, ck_description_of(source), ck_description_of(destination), &g);
  if (status == dnnl_success && !m.is_forward) {
    ck_keep_as_hint(&m);
    status = pooling_backward(&m, kind, ck_description_of(source), ck_description_of(destination), &g);
  }
  return ck_finish(&m, status, made);
}

// MARK: Resampling

static dnnl_status_t resampling_forward(ck_maker *m, dnnl_alg_kind_t kind, ck_description source,
                                        ck_description destination) {
  MAKE(m, dnnl_resampling_desc_t,
       dnnl_resampling_forward_desc_init(&operation, m->kind, kind, NULL, source, destination),
       dnnl_resampling_forward_primitive_desc_create(&m->made, m->engine, m->kind, kind, NULL, source, destination,
                                                     m->attributes));
}

static dnnl_status_t resampling_backward(ck_maker *m, dnnl_alg_kind_t kind, ck_description source,
                                         ck_description destination) {
  MAKE(m, dnnl_resampling_desc_t,
       dnnl_resampling_backward_desc_init(&operation, kind, NULL, source, destination),
       dnnl_resampling_backward_primitive_desc_create(&m->made, m->engine, kind, NULL, source, destination, m->hint,
                                                      m->attributes));
}

int ck_resampling(ck_pass pass, bool linear, const ck_layout *source, const ck_layout *destination, ck_primitive **made) {
  ck_maker m = {0};
  dnnl_alg_kind_t kind = linear ? dnnl_resampling_linear : dnnl_resampling_nearest;
  dnnl_status_t status = ck_begin(&m, pass);
  if (status == dnnl_success)
    status = resampling_forward(&m, kind, ck_description_of(source), ck_description_of(destination));
  if (status == dnnl_success && !m.is_forward) {
    ck_keep_as_hint(&m);
    status = resampling_backward(&m, kind, ck_description_of(source), ck_description_of(destination));
  }
  return ck_finish(&m, status, made);
}
