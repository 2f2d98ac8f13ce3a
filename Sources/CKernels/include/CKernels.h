// The umbrella of what Swift sees. No header of oneDNN is included from here.

#ifndef CKERNELS_H
#define CKERNELS_H

#include "normalization.h"
#include "primitives.h"
#include "recurrent.h"
#include "strided.h"

#endif
