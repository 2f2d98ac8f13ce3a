#pragma once

// Memory for a state, which asks for many small blocks: they are cut from large pieces, and all is given back at once.

#include <stddef.h>
#include <stdint.h>

enum {
  EZ_BLOCK_STEP = 16,
  /// The largest block that is cut from a piece. For the address sanitizer each block stands alone, so that it sees what
  /// is read behind one.
#if __has_feature(address_sanitizer)
  EZ_LARGEST_BLOCK = 0,
#else
  EZ_LARGEST_BLOCK = 512,
#endif
};

/// What stands before each block that is no part of a piece, and before each piece.
typedef struct ez_link {
  struct ez_link *previous, *next;
} ez_link;

/// Zeroed memory is an empty one.
typedef struct {
  /// Blocks that were given back, by their size in steps; each begins with the address of the next.
  void *spare[EZ_LARGEST_BLOCK / EZ_BLOCK_STEP + 1];
  /// What is left of the newest piece.
  uint8_t *rest, *end;
  size_t piece_size;
  ez_link *links;
} ez_memory;

/// Does what Lua asks of an allocator; NULL when there is no memory, but not for a block that shrinks.
void *ez_memory_resize(ez_memory *memory, void *block, size_t old_size, size_t new_size);

/// Gives back all blocks.
void ez_memory_free(ez_memory *memory);
