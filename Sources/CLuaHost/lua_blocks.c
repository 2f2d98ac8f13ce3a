#include "lua_internal.h"

#include <stdlib.h>

// Small blocks for Lua's objects, cut from large ones and used again: Lua makes and frees some thousand for every
// experiment, of few sizes, and the C library's allocator took a tenth of a run. Large blocks are the C library's.
//
// Under AddressSanitizer all are, so that it sees what is read behind an end or after a free.

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EZ_SANITIZED 1
#endif
#endif

enum { STEP = 16, LARGEST = STEP * EZ_BLOCK_SIZES, CHUNK_SIZE = 1 << 15 };

struct ez_chunk {
  ez_chunk *next;
  /// Keeps the blocks aligned to 16 bytes.
  void *padding;
};

static bool is_small(size_t size) {
#ifdef EZ_SANITIZED
  return size == 0;
#else
  return size <= LARGEST;
#endif
}

/// The index of the list that blocks of a size belong to.
static size_t size_class(size_t size) { return (size - 1) / STEP; }

static void *take(ez_blocks *blocks, size_t size) {
  size_t class = size_class(size);
  ez_free_block *block = blocks->free[class];
  if (block) {
    blocks->free[class] = block->next;
    return block;
  }
  size_t rounded = (class + 1) * STEP;
  if ((size_t)(blocks->end - blocks->next) < rounded) {
    ez_chunk *chunk = malloc(CHUNK_SIZE);
    if (!chunk) return NULL;
    chunk->next = blocks->chunks;
    blocks->chunks = chunk;
    blocks->next = (uint8_t *)(chunk + 1);
    blocks->end = (uint8_t *)chunk + CHUNK_SIZE;
  }
  void *fresh = blocks->next;
  blocks->next += rounded;
  return fresh;
}

void ez_free_block_of(ez_blocks *blocks, void *block, size_t size) {
  if (!block) return;
  if (!is_small(size)) {
    free(block);
    return;
  }
  ez_free_block *freed = block;
  freed->next = blocks->free[size_class(size)];
  blocks->free[size_class(size)] = freed;
}

void *ez_resize_block(ez_blocks *blocks, void *block, size_t old_size, size_t new_size) {
  if (!block) return is_small(new_size) ? take(blocks, new_size) : malloc(new_size);
  bool was_small = is_small(old_size), fits = is_small(new_size);
  if (!was_small && !fits) return realloc(block, new_size);
  if (was_small && fits && size_class(old_size) == size_class(new_size)) return block;
  void *moved = fits ? take(blocks, new_size) : malloc(new_size);
  if (!moved) return NULL;
  memcpy(moved, block, old_size < new_size ? old_size : new_size);
  ez_free_block_of(blocks, block, old_size);
  return moved;
}

void ez_destroy_blocks(ez_blocks *blocks) {
  while (blocks->chunks) {
    ez_chunk *next = blocks->chunks->next;
    free(blocks->chunks);
    blocks->chunks = next;
  }
}
