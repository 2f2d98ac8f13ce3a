// How primitive descriptors are made. 2.x fills a structure and makes the descriptor from it; 3.x makes it in one call: `MAKE` takes both ways.

#ifndef CKERNELS_MAKER_H
#define CKERNELS_MAKER_H

#include "library.h"

typedef struct {
  dnnl_engine_t engine;
  dnnl_primitive_attr_t attributes;
  // A backward descriptor wants the forward one as its hint.
  dnnl_primitive_desc_t hint;
  dnnl_primitive_desc_t made;
  bool is_forward;
  dnnl_prop_kind_t kind;
} ck_maker;

#if CK_VERSION_3
#define MAKE(maker, structure, version_2, version_3) return (version_3)
#else
#define MAKE(maker, structure, version_2, version_3)                                                         \
  structure operation;                                                                                       \
  dnnl_status_t filled = (version_2);                                                                        \
  if (filled != dnnl_success) return filled;                                                                 \
  return dnnl_primitive_desc_create(&(maker)->made, &operation, (maker)->attributes, (maker)->engine, (maker)->hint)
#endif

/// Attributes with one element-wise operation after the primitive.
dnnl_status_t ck_followed_by(dnnl_alg_kind_t kind, float alpha, dnnl_primitive_attr_t *made);

dnnl_status_t ck_begin(ck_maker *maker, ck_pass pass);

/// What was made last becomes the hint of what is made next.
void ck_keep_as_hint(ck_maker *maker);

/// The primitive of what was made last; frees the rest.
int ck_finish(ck_maker *maker, dnnl_status_t status, ck_primitive **made);

#endif
