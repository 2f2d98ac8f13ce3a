// oneDNN 2.x and 3.x behind one face: layouts (memory descriptors) and primitives that hold their own memory objects.
//
// Every function that can fail returns a status, 0 for success; `ck_status_name` names the others. A primitive must run on the thread that made
// it: oneDNN's scratchpads belong to threads.

#ifndef CKERNELS_PRIMITIVES_H
#define CKERNELS_PRIMITIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CK_MAX_SPATIAL = 3, CK_MAX_RANK = 6 };

typedef struct ck_layout ck_layout;
typedef struct ck_primitive ck_primitive;

/// What a primitive computes.
typedef enum {
  CK_FORWARD_INFERENCE,
  CK_FORWARD_TRAINING,
  CK_BACKWARD_DATA,
  CK_BACKWARD_WEIGHTS,
} ck_pass;

/// The places of a primitive's memory.
typedef enum {
  CK_SOURCE,
  CK_WEIGHTS,
  CK_BIAS,
  CK_DESTINATION,
  CK_WORKSPACE,
  CK_SOURCE_GRADIENT,
  CK_WEIGHTS_GRADIENT,
  CK_BIAS_GRADIENT,
  CK_DESTINATION_GRADIENT,
  CK_PLACES,
} ck_place;

typedef enum {
  CK_RELU,            // alpha: slope below zero
  CK_RELU_OF_OUTPUT,  // the same, with the gradient taken from the output; alpha must be 0
  CK_TANH,
  CK_TANH_OF_OUTPUT,
  CK_SIGMOID,
  CK_SIGMOID_OF_OUTPUT,
  CK_ELU,  // alpha
  CK_SOFTPLUS,
  CK_EXPONENTIAL,
  CK_GELU,
  CK_GELU_TANH,
  CK_SWISH,  // alpha: x * sigmoid(alpha * x)
  CK_MISH,
  CK_LINEAR,  // alpha * x + beta
} ck_activation;

/// Geometry of a convolution or pooling: one entry for each spatial axis. A dilation of 1 is none.
typedef struct {
  int axes;
  int64_t kernel[CK_MAX_SPATIAL];  // read by pooling only
  int64_t strides[CK_MAX_SPATIAL];
  int64_t dilations[CK_MAX_SPATIAL];
  int64_t before[CK_MAX_SPATIAL];
  int64_t after[CK_MAX_SPATIAL];
} ck_window;

const char *ck_status_name(int status);

/// The version of the library that is loaded, as "2.6.3".
const char *ck_library_version(void);

/// How many threads each calling thread's primitives use from its first one on; 1 unless told.
void ck_set_threads(int count);

/// A layout by its strides, in elements; strides NULL: whatever the library likes. NULL where memory is short or the sizes are not sound.
ck_layout *ck_layout_make(int rank, const int64_t *sizes, const int64_t *strides);
ck_layout *ck_layout_copy(const ck_layout *layout);
bool ck_layout_equal(const ck_layout *left, const ck_layout *right);
size_t ck_layout_bytes(const ck_layout *layout);
void ck_layout_free(ck_layout *layout);

/// dense: source [n, i], weights [o, i], bias [o] or NULL, destination [n, o]; `relu` fuses one into the forward passes.
int ck_inner_product(ck_pass pass, const ck_layout *source, const ck_layout *weights, const ck_layout *bias,
                     const ck_layout *destination, bool relu, ck_primitive **made);

/// source [n, i, ...], weights [(g,) o, i, ...], bias [o] or NULL, destination [n, o, ...].
int ck_convolution(ck_pass pass, bool transposed, const ck_layout *source, const ck_layout *weights, const ck_layout *bias,
                   const ck_layout *destination, const ck_window *window, bool relu, ck_primitive **made);

/// source [n, c, ...], destination [n, c, ...]; averages leave padding out. The training pass of a maximum fills a workspace for the backward one.
int ck_pooling(ck_pass pass, bool maximum, const ck_layout *source, const ck_layout *destination, const ck_window *window,
               ck_primitive **made);

/// source and destination of any one layout. `..._OF_OUTPUT` reads CK_DESTINATION in the backward pass, the others CK_SOURCE.
int ck_eltwise(ck_pass pass, ck_activation kind, float alpha, float beta, const ck_layout *layout, ck_primitive **made);

/// source [n, c, ...], destination [n, c, ...] of other spatial sizes; half-pixel centres.
int ck_resampling(ck_pass pass, bool linear, const ck_layout *source, const ck_layout *destination, ck_primitive **made);

/// From CK_SOURCE to CK_DESTINATION.
int ck_reorder(const ck_layout *source, const ck_layout *destination, ck_primitive **made);

/// The layout that the primitive wants at a place; NULL where it has no such memory.
ck_layout *ck_primitive_layout(const ck_primitive *primitive, ck_place place);

/// Sets the memory of a place; nothing happens where the primitive has none.
int ck_primitive_bind(ck_primitive *primitive, ck_place place, float *memory);
int ck_primitive_run(ck_primitive *primitive);
void ck_primitive_free(ck_primitive *primitive);

/// destination[m, n] = (add ? destination : 0) + scale * source[m, k] * weights[k, n], row-major, either transposed in memory where its flag is set.
/// `..._step`: elements from a row in memory to the next.
int ck_product(bool source_transposed, bool weights_transposed, int64_t m, int64_t n, int64_t k, float scale,
               const float *source, int64_t source_step, const float *weights, int64_t weights_step, bool add,
               float *destination, int64_t destination_step);

#endif
