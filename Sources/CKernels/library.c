#define _GNU_SOURCE
#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t engine_once = PTHREAD_ONCE_INIT;
static dnnl_engine_t the_engine;
static dnnl_status_t engine_status;
static atomic_int thread_count = 1;
static _Thread_local dnnl_stream_t this_stream;

static void make_engine(void) { engine_status = dnnl_engine_create(&the_engine, dnnl_cpu, 0); }

void ck_set_threads(int count) { atomic_store(&thread_count, count < 1 ? 1 : count); }

// OpenMP keeps the count for each thread, and reads its environment before `main`: so it is told here, by each thread. A library built without
// OpenMP has no such function and uses one thread.
static void limit_threads(void) {
  void (*limit)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  if (limit) limit(atomic_load(&thread_count));
}

dnnl_status_t ck_library(dnnl_engine_t *engine, dnnl_stream_t *stream) {
  pthread_once(&engine_once, make_engine);
  if (engine_status != dnnl_success) return engine_status;
  if (!this_stream) {
    limit_threads();
    dnnl_status_t status = dnnl_stream_create(&this_stream, the_engine, dnnl_stream_default_flags);
    if (status != dnnl_success) return status;
  }
  *engine = the_engine;
  *stream = this_stream;
  return dnnl_success;
}

const char *ck_status_name(int status) {
  switch ((dnnl_status_t)status) {
    case dnnl_success: return "success";
    case dnnl_out_of_memory: return "out of memory";
    case dnnl_invalid_arguments: return "invalid arguments";
    case dnnl_unimplemented: return "unimplemented";
    case dnnl_runtime_error: return "runtime error";
    default: return "unknown error";
  }
}

const char *ck_library_version(void) {
  static _Thread_local char text[32];
  const dnnl_version_t *version = dnnl_version();
  snprintf(text, sizeof text, "%d.%d.%d", version->major, version->minor, version->patch);
  return text;
}

ck_description ck_description_of(const ck_layout *layout) {
#if CK_VERSION_3
  return layout ? layout->description : NULL;
#else
  return layout ? &layout->description : NULL;
#endif
}

static dnnl_status_t describe(dnnl_memory_desc_t *made, int rank, const int64_t *sizes, const int64_t *strides) {
#if CK_VERSION_3
  return strides ? dnnl_memory_desc_create_with_strides(made, rank, sizes, dnnl_f32, strides)
                 : dnnl_memory_desc_create_with_tag(made, rank, sizes, dnnl_f32, dnnl_format_tag_any);
#else
  return strides ? dnnl_memory_desc_init_by_strides(made, rank, sizes, dnnl_f32, strides)
                 : dnnl_memory_desc_init_by_tag(made, rank, sizes, dnnl_f32, dnnl_format_tag_any);
#endif
}

ck_layout *ck_layout_make(int rank, const int64_t *sizes, const int64_t *strides) {
  if (rank < 1 || rank > CK_MAX_RANK) return NULL;
  ck_layout *layout = calloc(1, sizeof *layout);
  if (!layout) return NULL;
  if (describe(&layout->description, rank, sizes, strides) == dnnl_success) return layout;
  free(layout);
  return NULL;
}

ck_layout *ck_layout_copy(const ck_layout *layout) {
  ck_layout *copy = calloc(1, sizeof *copy);
  if (!copy) return NULL;
#if CK_VERSION_3
  if (dnnl_memory_desc_clone(&copy->description, layout->description) != dnnl_success) {
    free(copy);
    return NULL;
  }
#else
  copy->description = layout->description;
#endif
  return copy;
}

bool ck_layout_equal(const ck_layout *left, const ck_layout *right) {
  return dnnl_memory_desc_equal(ck_description_of(left), ck_description_of(right)) != 0;
}

size_t ck_layout_bytes(const ck_layout *layout) { return dnnl_memory_desc_get_size(ck_description_of(layout)); }

void ck_layout_free(ck_layout *layout) {
  if (!layout) return;
#if CK_VERSION_3
  dnnl_memory_desc_destroy(layout->description);
#endif
  free(layout);
}

int ck_product(bool source_transposed, bool weights_transposed, int64_t m, int64_t n, int64_t k, float scale,
               const float *source, int64_t source_step, const float *weights, int64_t weights_step, bool add,
               float *destination, int64_t destination_step) {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  dnnl_status_t status = ck_library(&engine, &stream);
  if (status != dnnl_success) return status;
  return dnnl_sgemm(source_transposed ? 'T' : 'N', weights_transposed ? 'T' : 'N', m, n, k, scale, source, source_step,
                    weights, weights_step, add ? 1.0f : 0.0f, destination, destination_step);
}
