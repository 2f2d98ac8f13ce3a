#include "maker.h"

dnnl_status_t ck_followed_by(dnnl_alg_kind_t kind, float alpha, dnnl_primitive_attr_t *made) {
  dnnl_post_ops_t operations = NULL;
  dnnl_status_t status = dnnl_post_ops_create(&operations);
  if (status != dnnl_success) return status;
#if CK_VERSION_3
  status = dnnl_post_ops_append_eltwise(operations, kind, alpha, 0.0f);
#else
  status = dnnl_post_ops_append_eltwise(operations, 1.0f, kind, alpha, 0.0f);
#endif
  if (status == dnnl_success) status = dnnl_primitive_attr_create(made);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(*made, operations);
  dnnl_post_ops_destroy(operations);
  return status;
}

dnnl_status_t ck_begin(ck_maker *maker, ck_pass pass) {
  maker->is_forward = pass == CK_FORWARD_INFERENCE || pass == CK_FORWARD_TRAINING;
  maker->kind = pass == CK_FORWARD_INFERENCE ? dnnl_forward_inference : dnnl_forward_training;
  dnnl_stream_t stream;
  return ck_library(&maker->engine, &stream);
}

void ck_keep_as_hint(ck_maker *maker) {
  maker->hint = maker->made;
  maker->made = NULL;
}

int ck_finish(ck_maker *maker, dnnl_status_t status, ck_primitive **made) {
  if (maker->hint) dnnl_primitive_desc_destroy(maker->hint);
  if (maker->attributes) dnnl_primitive_attr_destroy(maker->attributes);
  return status == dnnl_success ? ck_primitive_make(maker->made, made) : (int)status;
}
