// What the C loops share: clones for wider processors, and sums that may be reordered.

#ifndef CKERNELS_LOOPS_H
#define CKERNELS_LOOPS_H

/// One body, compiled for each; the loader picks the widest that the processor has.
#if defined(__x86_64__)
#define CK_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CK_CLONES
#endif

#define CK_INLINE static inline __attribute__((always_inline))

#endif
