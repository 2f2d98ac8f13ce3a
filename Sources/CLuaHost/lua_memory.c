#include "lua_memory.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PIECE = 1 << 16, LARGEST_PIECE = 1 << 16 };

_Static_assert(sizeof(ez_link) % EZ_BLOCK_STEP == 0, "what follows a link is aligned");

static size_t steps(size_t size) { return (size + EZ_BLOCK_STEP - 1) / EZ_BLOCK_STEP; }

/// Makes a block of its own, or resizes one.
static void *resize_linked(ez_memory *memory, void *block, size_t size) {
  if (size > SIZE_MAX - sizeof(ez_link)) return NULL;
  ez_link *link = realloc(block ? (ez_link *)block - 1 : NULL, sizeof *link + size);
  if (!link) return NULL;
  if (!block) {
    link->previous = NULL;
    link->next = memory->links;
  }
  if (link->previous) {
    link->previous->next = link;
  } else {
    memory->links = link;
  }
  if (link->next) link->next->previous = link;
  return link + 1;
}

static void free_linked(ez_memory *memory, void *block) {
  ez_link *link = (ez_link *)block - 1;
  if (link->previous) {
    link->previous->next = link->next;
  } else {
    memory->links = link->next;
  }
  if (link->next) link->next->previous = link->previous;
  free(link);
}

static void *make(ez_memory *memory, size_t size) {
  if (size > EZ_LARGEST_BLOCK) return resize_linked(memory, NULL, size);
  void **spare = &memory->spare[steps(size)];
  void *block = *spare;
  if (block) {
    memcpy(spare, block, sizeof *spare);
    return block;
  }
  size_t rounded = steps(size) * EZ_BLOCK_STEP;
  if ((size_t)(memory->end - memory->rest) < rounded) {
    size_t piece_size = memory->piece_size ? memory->piece_size : FIRST_PIECE;
    uint8_t *piece = resize_linked(memory, NULL, piece_size);
    if (!piece) return NULL;
    memory->piece_size = piece_size < LARGEST_PIECE ? 2 * piece_size : piece_size;
    memory->rest = piece;
    memory->end = piece + piece_size;
  }
  block = memory->rest;
  memory->rest += rounded;
  return block;
}

static void give_back(ez_memory *memory, void *block, size_t size) {
  if (size > EZ_LARGEST_BLOCK) {
    free_linked(memory, block);
    return;
  }
  void **spare = &memory->spare[steps(size)];
  memcpy(block, spare, sizeof *spare);
  *spare = block;
}

void *ez_memory_resize(ez_memory *memory, void *block, size_t old_size, size_t new_size) {
  if (!block || old_size == 0) return new_size == 0 ? NULL : make(memory, new_size);
  if (new_size == 0) {
    give_back(memory, block, old_size);
    return NULL;
  }
  int was_linked = old_size > EZ_LARGEST_BLOCK, is_linked = new_size > EZ_LARGEST_BLOCK;
  if (!was_linked && !is_linked && steps(old_size) == steps(new_size)) return block;
  void *moved = was_linked && is_linked ? resize_linked(memory, block, new_size) : make(memory, new_size);
  if (!moved) return new_size < old_size ? block : NULL;
  if (was_linked && is_linked) return moved;
  memcpy(moved, block, old_size < new_size ? old_size : new_size);
  give_back(memory, block, old_size);
  return moved;
}

void ez_memory_free(ez_memory *memory) {
  for (ez_link *link = memory->links; link;) {
    ez_link *next = link->next;
    free(link);
    link = next;
  }
  memset(memory, 0, sizeof *memory);
}
