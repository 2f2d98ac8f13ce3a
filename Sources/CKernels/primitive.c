#include <stdlib.h>

#include "library.h"

struct ck_primitive {
  dnnl_primitive_t primitive;
  dnnl_memory_t memories[CK_PLACES];
  ck_layout *layouts[CK_PLACES];
  // The memories that are bound.
  dnnl_exec_arg_t arguments[CK_PLACES];
  int bound;
};

static const int argument_of[CK_PLACES] = {
    [CK_SOURCE] = DNNL_ARG_SRC,
    [CK_WEIGHTS] = DNNL_ARG_WEIGHTS,
    [CK_BIAS] = DNNL_ARG_BIAS,
    [CK_DESTINATION] = DNNL_ARG_DST,
    [CK_WORKSPACE] = DNNL_ARG_WORKSPACE,
    [CK_SOURCE_GRADIENT] = DNNL_ARG_DIFF_SRC,
    [CK_WEIGHTS_GRADIENT] = DNNL_ARG_DIFF_WEIGHTS,
    [CK_BIAS_GRADIENT] = DNNL_ARG_DIFF_BIAS,
    [CK_DESTINATION_GRADIENT] = DNNL_ARG_DIFF_DST,
};

// The layout of an argument, or NULL where the primitive has none; `status` tells a failure.
static ck_layout *queried_layout(const_dnnl_primitive_desc_t description, int argument, dnnl_status_t *status) {
  ck_description found = dnnl_primitive_desc_query_md(description, dnnl_query_exec_arg_md, argument);
  if (!found || dnnl_memory_desc_get_size(found) == 0) return NULL;
#if CK_VERSION_3
  ck_layout view = {.description = (dnnl_memory_desc_t)found};
#else
  ck_layout view = {.description = *found};
#endif
  ck_layout *copy = ck_layout_copy(&view);
  if (!copy) *status = dnnl_out_of_memory;
  return copy;
}

static dnnl_status_t set_up(ck_primitive *primitive, const_dnnl_primitive_desc_t description) {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  dnnl_status_t status = ck_library(&engine, &stream);
  if (status != dnnl_success) return status;
  status = dnnl_primitive_create(&primitive->primitive, description);
  for (int place = 0; place < CK_PLACES && status == dnnl_success; place++) {
    ck_layout *layout = queried_layout(description, argument_of[place], &status);
    if (!layout) continue;
    primitive->layouts[place] = layout;
    status = dnnl_memory_create(&primitive->memories[place], ck_description_of(layout), engine, DNNL_MEMORY_NONE);
  }
  return status;
}

int ck_primitive_make(dnnl_primitive_desc_t description, ck_primitive **made) {
  ck_primitive *primitive = calloc(1, sizeof *primitive);
  dnnl_status_t status = primitive ? set_up(primitive, description) : dnnl_out_of_memory;
  dnnl_primitive_desc_destroy(description);
  if (status == dnnl_success) {
    *made = primitive;
  } else {
    ck_primitive_free(primitive);
  }
  return status;
}

ck_layout *ck_primitive_layout(const ck_primitive *primitive, ck_place place) {
  return primitive->layouts[place] ? ck_layout_copy(primitive->layouts[place]) : NULL;
}

int ck_primitive_bind(ck_primitive *primitive, ck_place place, float *memory) {
  dnnl_memory_t object = primitive->memories[place];
  if (!object) return dnnl_success;
  dnnl_status_t status = dnnl_memory_set_data_handle(object, memory);
  if (status != dnnl_success) return status;
  for (int index = 0; index < primitive->bound; index++) {
    if (primitive->arguments[index].memory == object) return dnnl_success;
  }
  primitive->arguments[primitive->bound++] = (dnnl_exec_arg_t){argument_of[place], object};
  return dnnl_success;
}

int ck_primitive_run(ck_primitive *primitive) {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  dnnl_status_t status = ck_library(&engine, &stream);
  if (status != dnnl_success) return status;
  return dnnl_primitive_execute(primitive->primitive, stream, primitive->bound, primitive->arguments);
}

void ck_primitive_free(ck_primitive *primitive) {
  if (!primitive) return;
  for (int place = 0; place < CK_PLACES; place++) {
    if (primitive->memories[place]) dnnl_memory_destroy(primitive->memories[place]);
    ck_layout_free(primitive->layouts[place]);
  }
  if (primitive->primitive) dnnl_primitive_destroy(primitive->primitive);
  free(primitive);
}
