#include <math.h>
#include <stddef.h>

#include "loops.h"
#include "normalization.h"

CK_CLONES static float sum_of(int64_t count, const float *x) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (int64_t i = 0; i < count; i++) sum += x[i];
  return sum;
}

CK_CLONES static float squares_of(int64_t count, const float *x, float mean) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (int64_t i = 0; i < count; i++) sum += (x[i] - mean) * (x[i] - mean);
  return sum;
}

CK_CLONES static void apply(int64_t count, const float *x, float mean, float inverse, const float *scale,
                            const float *offset, float *y) {
  if (scale && offset) {
    for (int64_t i = 0; i < count; i++) y[i] = (x[i] - mean) * inverse * scale[i] + offset[i];
  } else {
    for (int64_t i = 0; i < count; i++)
      y[i] = (x[i] - mean) * inverse * (scale ? scale[i] : 1.0f) + (offset ? offset[i] : 0.0f);
  }
}

void ck_group_norm(const ck_groups *g, const float *x, const float *scale, const float *offset, float *y, float *mean,
                   float *inverse) {
  int64_t step = g->groups * g->size;
  double count = (double)(g->places * g->size);
  for (int64_t sample = 0; sample < g->samples; sample++) {
    for (int64_t group = 0; group < g->groups; group++) {
      int64_t start = sample * g->places * step + group * g->size, at = sample * g->groups + group;
      double sum = 0, squares = 0;
      if (g->centers) {
        for (int64_t place = 0; place < g->places; place++) sum += sum_of(g->size, x + start + place * step);
      }
      mean[at] = (float)(sum / count);
      for (int64_t place = 0; place < g->places; place++) squares += squares_of(g->size, x + start + place * step, mean[at]);
      inverse[at] = (float)(1.0 / sqrt(squares / count + g->epsilon));
      for (int64_t place = 0; place < g->places; place++) {
        int64_t from = start + place * step;
        apply(g->size, x + from, mean[at], inverse[at], scale ? scale + group * g->size : NULL,
              offset ? offset + group * g->size : NULL, y + from);
      }
    }
  }
}

// The sums of the scaled gradient and of its products with the normalised values.
CK_CLONES static void gradient_sums(int64_t count, const float *x, float mean, float inverse, const float *scale,
                                    const float *gradient, float *sum, float *product) {
#pragma clang fp reassociate(on)
  float s = 0, p = 0;
  for (int64_t i = 0; i < count; i++) {
    float scaled = gradient[i] * (scale ? scale[i] : 1.0f);
    s += scaled;
    p += scaled * ((x[i] - mean) * inverse);
  }
  *sum = s;
  *product = p;
}

CK_CLONES static void spread(int64_t count, const float *x, float mean, float inverse, const float *scale,
                             const float *gradient, float sum, float product, float *x_gradient) {
  for (int64_t i = 0; i < count; i++) {
    float scaled = gradient[i] * (scale ? scale[i] : 1.0f);
    x_gradient[i] = inverse * (scaled - sum - (x[i] - mean) * inverse * product);
  }
}

CK_CLONES static void gather(int64_t count, const float *x, float mean, float inverse, const float *gradient,
                             float *scale_gradient, float *offset_gradient) {
  if (scale_gradient) {
    for (int64_t i = 0; i < count; i++) scale_gradient[i] += gradient[i] * ((x[i] - mean) * inverse);
  }
  if (offset_gradient) {
    for (int64_t i = 0; i < count; i++) offset_gradient[i] += gradient[i];
  }
}

void ck_group_norm_backward(const ck_groups *g, const float *x, const float *scale, const float *mean,
                            const float *inverse, const float *y_gradient, float *x_gradient, float *scale_gradient,
                            float *offset_gradient) {
  int64_t step = g->groups * g->size;
  double count = (double)(g->places * g->size);
  for (int64_t sample = 0; sample < g->samples; sample++) {
    for (int64_t group = 0; group < g->groups; group++) {
      int64_t start = sample * g->places * step + group * g->size, at = sample * g->groups + group;
      int64_t channel = group * g->size;
      const float *scales = scale ? scale + channel : NULL;
      double sum = 0, product = 0;
      for (int64_t place = 0; place < g->places; place++) {
        int64_t from = start + place * step;
        float row_sum, row_product;
        gradient_sums(g->size, x + from, mean[at], inverse[at], scales, y_gradient + from, &row_sum, &row_product);
        sum += row_sum;
        product += row_product;
        gather(g->size, x + from, mean[at], inverse[at], y_gradient + from,
               scale_gradient ? scale_gradient + channel : NULL, offset_gradient ? offset_gradient + channel : NULL);
      }
      if (!x_gradient) continue;
      for (int64_t place = 0; place < g->places; place++) {
        int64_t from = start + place * step;
        spread(g->size, x + from, mean[at], inverse[at], scales, y_gradient + from,
               g->centers ? (float)(sum / count) : 0.0f, (float)(product / count), x_gradient + from);
      }
    }
  }
}
