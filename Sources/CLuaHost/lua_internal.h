#pragma once

// What the files of the shim share. Only they see Lua.

#include "lua_host.h"

#include <string.h>

#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>

/// Bytes that grow; outside Lua's allocator, so that an error in Lua cannot lose them.
typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
} ez_buffer;

/// How many sizes of small blocks there are: multiples of 16 bytes.
enum { EZ_BLOCK_SIZES = 16 };

typedef struct ez_chunk ez_chunk;

typedef struct ez_free_block {
  struct ez_free_block *next;
} ez_free_block;

/// The memory of one Lua state.
typedef struct {
  /// Blocks that were freed, by size.
  ez_free_block *free[EZ_BLOCK_SIZES];
  /// What is left of the newest chunk.
  uint8_t *next, *end;
  ez_chunk *chunks;
} ez_blocks;

/// Grows, shrinks or makes (of NULL) a block of Lua's memory; sizes are above 0, but for the old one of NULL. Returns NULL where
/// there is no memory, and the old block stays.
void *ez_resize_block(ez_blocks *blocks, void *block, size_t old_size, size_t new_size);

/// Frees a block, or NULL, of a size.
void ez_free_block_of(ez_blocks *blocks, void *block, size_t size);

/// Frees all small blocks at once.
void ez_destroy_blocks(ez_blocks *blocks);

typedef enum { EZ_RUNNING, EZ_STOPPED_WORK, EZ_STOPPED_MEMORY, EZ_STOPPED_DEPTH } ez_stop;

struct ez_lua {
  lua_State *L;
  ez_blocks blocks;
  size_t used;
  size_t memory_limit;
  /// Lua's stack, which never grows once the state is made; the size it would grow to; whether it is being made.
  void *stack;
  size_t grown_stack_size;
  bool is_making_stack;
  /// Whether the last allocation that asked for more was refused.
  bool was_refused;
  int refusals;
  int64_t work;
  int64_t work_limit;
  /// The thread's own time that a run may take, and when it ends on that clock; 0 before the first look at it.
  int64_t nanoseconds;
  int64_t deadline;
  ez_stop stopped;
  int error_line;
  const ez_lua_callbacks *callbacks;
  /// What Lua tells Swift: an encoded value or an error's message.
  ez_buffer out;
  /// What a callback answers.
  ez_buffer reply;
  /// The stream of the graph that is kept, whose nodes are read from it bit by bit; and how many graphs there were.
  ez_lua_bytes graph;
  lua_Integer generation;
  int32_t graph_handle;
};

static inline ez_lua *ez_host(lua_State *L) {
  ez_lua *host;
  memcpy(&host, lua_getextraspace(L), sizeof host);
  return host;
}

/// Counts work done inside a C function; raises when the budget is used up.
void ez_charge(lua_State *L, size_t steps);

/// Stops the run for good: raises now, and again at every instruction until the run has ended.
_Noreturn void ez_stop_run(lua_State *L);

bool ez_append(ez_buffer *buffer, const void *bytes, size_t count);

/// The bytes of what a plugin says in one go: metadata or a report.
enum { EZ_MAXIMUM_OUTPUT = 1 << 18 };

/// Appends the value at an index to the host's `out`; raises when it cannot be said in the stream.
void ez_encode(lua_State *L, int index, int depth);

/// Pushes the value of a stream.
void ez_push(lua_State *L, ez_lua_bytes stream);

/// Sets up what read-only lists share.
void ez_open_values(lua_State *L);

/// Makes the table on top of the stack a read-only record: replaces it by an empty table that looks into it.
void ez_freeze(lua_State *L, int64_t id);

/// Returns the id of the read-only table at an index, and whether it is one.
bool ez_reference(lua_State *L, int index, int64_t *id);

/// Pushes the table behind a read-only one, with all that it holds, or the table itself.
void ez_push_contents(lua_State *L, int index);

/// Pushes a value's text: as Lua writes it, but without addresses, and "unknown" for nil.
const char *ez_push_text(lua_State *L, int index, size_t *count);

/// Copies functions by name between two tables, behind a wrapper where one is given.
void ez_take_functions(lua_State *L, int from, int to, const char *const *names, lua_CFunction wrapper);

/// Put the bounded functions of a library into the table at an index. `format` is Lua's own.
void ez_open_strings(lua_State *L, int target, lua_CFunction format);
void ez_open_patterns(lua_State *L, int target);
void ez_open_tables(lua_State *L, int target);

/// The function `words_of(name)`: the words of a name in lower case, "user" and "id" of "userId", "user_id" and "USER-ID".
int ez_words_of(lua_State *L);

/// Sets up what rules can name, and the metatables of nil and strings; leaves their environment on the stack.
void ez_open_sandbox(lua_State *L);
