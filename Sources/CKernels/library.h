// What the files of the shim share. The only header here that includes oneDNN's.

#ifndef CKERNELS_LIBRARY_H
#define CKERNELS_LIBRARY_H

#include <oneapi/dnnl/dnnl.h>

#include "primitives.h"

#if DNNL_VERSION_MAJOR >= 3
// Descriptors are handles, and primitive descriptors are made in one call.
#define CK_VERSION_3 1
typedef const_dnnl_memory_desc_t ck_description;
#else
#define CK_VERSION_3 0
typedef const dnnl_memory_desc_t *ck_description;
#endif

struct ck_layout {
  dnnl_memory_desc_t description;
};

/// What oneDNN's functions take for a layout; nothing for none.
ck_description ck_description_of(const ck_layout *layout);

/// The one engine of the process, and the stream of this thread. Sets up the thread at its first call.
dnnl_status_t ck_library(dnnl_engine_t *engine, dnnl_stream_t *stream);

/// Makes a primitive with its memory objects; takes the descriptor over, in failure too.
int ck_primitive_make(dnnl_primitive_desc_t description, ck_primitive **made);

#endif
