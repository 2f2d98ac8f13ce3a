// The umbrella of what Swift sees. No header of oneDNN is included from here.

#ifndef CKERNELS_H
#define CKERNELS_H

#include "curves.h"
#include "losses.h"
#include "normalization.h"
#include "optimizers.h"
#include "primitives.h"
#include "random.h"
#include "recurrent.h"
#include "strided.h"
#include "vectors.h"

#endif
