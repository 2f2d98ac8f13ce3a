#define _GNU_SOURCE
#include "lua_internal.h"

#include <stdlib.h>
#include <time.h>

// The state, its limits and the calls that Swift makes.

enum {
  /// Instructions between two looks at the budget.
  HOOK_PERIOD = 1000,
  /// A rule that lives at its memory limit would spend its time in the collector; that many refusals are enough.
  MAXIMUM_REFUSALS = 16,
  /// What an allocation costs in steps, and how many bytes cost one more: measured, one instruction takes some 4 ns.
  ALLOCATION_STEPS = 4,
  BYTES_FOR_A_STEP = 64,
  /// The slots of Lua's stack: some 500 calls. Lua writes to each, so that a large stack makes the start slow.
  STACK_SLOTS = 4000,
  /// The size of a slot, and how many Lua adds to a stack: `StackValue` and `EXTRA_STACK` of lstate.h.
  SLOT_SIZE = 16,
  EXTRA_SLOTS = 5,
  /// Garbage that is left lying about.
  COLLECT_ABOVE = 4 << 20,
};

static const char CHUNK_NAME[] = "=rule";
static const char ENVIRONMENT_KEY = 0;

// MARK: Limits

static int64_t thread_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void hook(lua_State *L, lua_Debug *record) {
  (void)record;
  ez_lua *host = ez_host(L);
  if (host->stopped != EZ_RUNNING) ez_stop_run(L);
  host->work += HOOK_PERIOD;
  if (host->work > host->work_limit) ez_stop_run(L);
  // Most runs end before the first look at the clock, which is a call of the kernel.
  int64_t now = thread_time();
  if (host->deadline == 0) host->deadline = now + host->nanoseconds;
  if (now > host->deadline) ez_stop_run(L);
}

_Noreturn void ez_stop_run(lua_State *L) {
  ez_lua *host = ez_host(L);
  if (host->stopped == EZ_RUNNING) host->stopped = EZ_STOPPED_WORK;
  lua_sethook(L, hook, LUA_MASKCOUNT, 1);
  lua_pushnil(L);
  lua_error(L);
  abort();
}

void ez_charge(lua_State *L, size_t steps) {
  ez_lua *host = ez_host(L);
  host->work = steps < INT32_MAX ? host->work + (int64_t)steps : INT64_MAX / 2;
  if (host->work > host->work_limit) ez_stop_run(L);
}

/// Returns the line that the plugin is at, without allocating.
static int current_line(lua_State *L) {
  lua_Debug record;
  for (int level = 0; lua_getstack(L, level, &record); level++) {
    if (lua_getinfo(L, "l", &record) && record.currentline > 0) return record.currentline;
  }
  return 0;
}

/// Ends the run from inside the allocator, which cannot raise: the next instruction does.
static void stop_soon(ez_lua *host, ez_stop reason) {
  if (host->stopped != EZ_RUNNING || !host->L) return;
  host->stopped = reason;
  host->error_line = current_line(host->L);
  lua_sethook(host->L, hook, LUA_MASKCOUNT, 1);
}

/// Refuses to let the stack grow.
///
/// It must not move: in Lua 5.4.4, `luaV_concat` keeps a pointer into the stack over a call of `__concat`, which nil has
/// here, and would go on in freed memory. Lua doubles the stack, by a new block before 5.4.5, in place later.
static bool keeps_stack(ez_lua *host, const void *block, size_t new_size) {
  if (!host->stack || host->is_making_stack) return true;
  if (block ? block != host->stack : new_size != host->grown_stack_size) return true;
  stop_soon(host, EZ_STOPPED_DEPTH);
  return false;
}

static bool is_allowed(ez_lua *host, size_t old_size, size_t new_size) {
  size_t others = host->used - old_size;
  if (others <= host->memory_limit && new_size <= host->memory_limit - others) {
    host->was_refused = false;
    return true;
  }
  // The first refusal makes Lua collect and ask again; the second is final.
  if (host->was_refused || ++host->refusals > MAXIMUM_REFUSALS) stop_soon(host, EZ_STOPPED_MEMORY);
  host->was_refused = true;
  return false;
}

static void *allocate(void *context, void *block, size_t old_size, size_t new_size) {
  ez_lua *host = context;
  // Without a block, the old size is the type of what is made; 0 for arrays.
  size_t type = block ? 0 : old_size;
  if (!block) old_size = 0;
  if (new_size == 0) {
    ez_free_block_of(&host->blocks, block, old_size);
    host->used -= old_size;
    return NULL;
  }
  if (new_size > old_size) {
    if ((type == 0 && !keeps_stack(host, block, new_size)) || !is_allowed(host, old_size, new_size)) return NULL;
    host->work += ALLOCATION_STEPS + (int64_t)(new_size / BYTES_FOR_A_STEP);
    if (host->work > host->work_limit) stop_soon(host, EZ_STOPPED_WORK);
  }
  void *grown = ez_resize_block(&host->blocks, block, old_size, new_size);
  if (!grown) return NULL;
  if (host->is_making_stack) {
    host->stack = grown;
    host->grown_stack_size = 2 * new_size - EXTRA_SLOTS * SLOT_SIZE;
  }
  host->used = host->used - old_size + new_size;
  return grown;
}

static void begin(ez_lua *host, ez_lua_limits limits) {
  host->work = 0;
  host->work_limit = limits.steps;
  host->nanoseconds = limits.nanoseconds;
  host->deadline = 0;
  host->memory_limit = limits.memory < SIZE_MAX - host->used ? host->used + limits.memory : SIZE_MAX;
  host->was_refused = false;
  host->refusals = 0;
  host->stopped = EZ_RUNNING;
  host->error_line = 0;
  host->out.count = 0;
  host->reply.count = 0;
  lua_sethook(host->L, hook, LUA_MASKCOUNT, HOOK_PERIOD);
}

static const ez_lua_limits UNLIMITED = {.steps = INT64_MAX / 2, .nanoseconds = INT64_MAX / 2, .memory = SIZE_MAX};

// MARK: Protected calls

/// Notes the line before the stack unwinds.
static int note_line(lua_State *L) {
  ez_lua *host = ez_host(L);
  if (host->error_line == 0) host->error_line = current_line(L);
  return 1;
}

static ez_lua_result fail(ez_lua *host, int status) {
  lua_State *L = host->L;
  host->out.count = 0;
  int line = host->error_line;
  static const char too_long[] = "stopped: it takes too many steps; does a loop never end?";
  static const char too_large[] = "stopped: it takes too much memory";
  static const char too_deep[] = "stopped: calls are nested too deep";
  static const char no_text[] = "the error has no text: give \"error\" a string";
  if (host->stopped == EZ_STOPPED_WORK) {
    ez_append(&host->out, too_long, sizeof too_long - 1);
  } else if (host->stopped == EZ_STOPPED_DEPTH) {
    ez_append(&host->out, too_deep, sizeof too_deep - 1);
  } else if (host->stopped == EZ_STOPPED_MEMORY || status == LUA_ERRMEM) {
    ez_append(&host->out, too_large, sizeof too_large - 1);
  } else if (lua_type(L, -1) == LUA_TSTRING) {
    size_t count;
    const char *text = lua_tolstring(L, -1, &count);
    // "rule:12: text", as Lua begins its messages.
    char *end = NULL;
    if (count > 5 && memcmp(text, "rule:", 5) == 0) {
      long stated = strtol(text + 5, &end, 10);
      if (end > text + 5 && end[0] == ':' && end[1] == ' ') {
        line = (int)stated;
        count -= (size_t)(end + 2 - text);
        text = end + 2;
      }
    }
    ez_append(&host->out, text, count < EZ_MAXIMUM_OUTPUT ? count : EZ_MAXIMUM_OUTPUT);
  } else {
    ez_append(&host->out, no_text, sizeof no_text - 1);
  }
  return (ez_lua_result){.ok = false, .line = line, .bytes = {host->out.bytes, host->out.count}};
}

/// Runs a C function with one argument in protected mode.
static ez_lua_result run(ez_lua *host, lua_CFunction function, void *argument) {
  lua_State *L = host->L;
  lua_settop(L, 0);
  lua_pushcfunction(L, note_line);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, argument);
  int status = lua_pcall(L, 1, 0, 1);
  ez_lua_result result = {.ok = true, .line = 0, .bytes = {host->out.bytes, host->out.count}};
  if (status != LUA_OK) result = fail(host, status);
  lua_settop(L, 0);
  return result;
}

// MARK: Making a state

static int open_state(lua_State *L) {
  ez_open_sandbox(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &ENVIRONMENT_KEY);
  return 0;
}

ez_lua *ez_lua_create(void) {
  ez_lua *host = calloc(1, sizeof *host);
  if (!host) return NULL;
  host->memory_limit = SIZE_MAX;
  host->work_limit = INT64_MAX / 2;
  lua_State *L = lua_newstate(allocate, host);
  if (!L) {
    ez_destroy_blocks(&host->blocks);
    free(host);
    return NULL;
  }
  host->L = L;
  memcpy(lua_getextraspace(L), &host, sizeof host);
  // Rules leave little behind; `ez_lua_collect` and the memory limit do the collecting.
  lua_gc(L, LUA_GCSTOP);
  begin(host, UNLIMITED);
  host->is_making_stack = true;
  bool has_stack = lua_checkstack(L, STACK_SLOTS);
  host->is_making_stack = false;
  if (!has_stack || !run(host, open_state, NULL).ok) {
    ez_lua_destroy(host);
    return NULL;
  }
  return host;
}

void ez_lua_destroy(ez_lua *host) {
  lua_State *L = host->L;
  host->L = NULL;
  lua_close(L);
  ez_destroy_blocks(&host->blocks);
  free(host->out.bytes);
  free(host->reply.bytes);
  free(host);
}

// MARK: Loading

typedef struct {
  /// The plugin's text, or what `ez_lua_compile` made of it.
  ez_lua_bytes code;
  bool is_compiled;
  int32_t *rule;
} load_call;

/// Refuses what Lua's compiler takes long for: in a chain of conditions each walks over all before it.
static void check_conditions(lua_State *L, ez_lua_bytes source) {
  enum { MAXIMUM_CONDITIONS = 4000, SHORTEST = 6 };
  if (source.count < MAXIMUM_CONDITIONS * SHORTEST) return;
  size_t count = 0;
  for (size_t offset = 0; offset + 3 <= source.count; offset++) {
    if (memcmp(source.bytes + offset, "and", 3) == 0 || memcmp(source.bytes + offset, "or", 2) == 0) count++;
  }
  if (count > MAXIMUM_CONDITIONS) {
    lua_pushfstring(L, "a rule file may say \"and\" and \"or\" at most %d times", (int)MAXIMUM_CONDITIONS);
    lua_error(L);
  }
}

/// Pushes the plugin's chunk.
static void push_chunk(lua_State *L, ez_lua_bytes code, const char *mode) {
  const char *bytes = code.bytes ? (const char *)code.bytes : "";
  if (luaL_loadbufferx(L, bytes, code.count, CHUNK_NAME, mode) != LUA_OK) lua_error(L);
}

static int load(lua_State *L) {
  load_call *call = lua_touserdata(L, 1);
  if (!call->is_compiled) check_conditions(L, call->code);
  push_chunk(L, call->code, call->is_compiled ? "b" : "t");
  lua_rawgetp(L, LUA_REGISTRYINDEX, &ENVIRONMENT_KEY);
  if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  lua_call(L, 0, 1);
  if (!lua_istable(L, -1)) {
    lua_pushliteral(L, "a rule file must return a table: return { api = 1, id = ... }");
    return lua_error(L);
  }
  if (!call->is_compiled) ez_encode(L, -1, 0);
  lua_pushliteral(L, "check");
  if (lua_rawget(L, -2) == LUA_TFUNCTION) *call->rule = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

ez_lua_result ez_lua_load(ez_lua *host, ez_lua_bytes source, ez_lua_limits limits, int32_t *rule) {
  begin(host, limits);
  *rule = 0;
  load_call call = {source, false, rule};
  return run(host, load, &call);
}

ez_lua_result ez_lua_load_compiled(ez_lua *host, ez_lua_bytes code, ez_lua_limits limits, int32_t *rule) {
  begin(host, limits);
  *rule = 0;
  load_call call = {code, true, rule};
  return run(host, load, &call);
}

static int write_code(lua_State *L, const void *bytes, size_t count, void *host) {
  (void)L;
  return ez_append(&((ez_lua *)host)->out, bytes, count) ? 0 : 1;
}

static int compile(lua_State *L) {
  push_chunk(L, *(ez_lua_bytes *)lua_touserdata(L, 1), "t");
  if (lua_dump(L, write_code, ez_host(L), true) != 0) return luaL_error(L, "there is no memory for the code");
  return 0;
}

ez_lua_result ez_lua_compile(ez_lua *host, ez_lua_bytes source) {
  begin(host, UNLIMITED);
  return run(host, compile, &source);
}

// MARK: Values and checks

typedef struct {
  ez_lua_bytes value;
  int32_t *handle;
} store_call;

static int store(lua_State *L) {
  store_call *call = lua_touserdata(L, 1);
  ez_push(L, call->value);
  *call->handle = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

ez_lua_result ez_lua_store(ez_lua *host, ez_lua_bytes value, int32_t *handle) {
  begin(host, UNLIMITED);
  *handle = 0;
  store_call call = {value, handle};
  lua_Integer generation = host->generation;
  ez_lua_result result = run(host, store, &call);
  if (host->generation != generation) host->graph_handle = *handle;
  if (host->generation != generation && !result.ok) host->graph = (ez_lua_bytes){NULL, 0};
  return result;
}

static int release(lua_State *L) {
  luaL_unref(L, LUA_REGISTRYINDEX, *(int32_t *)lua_touserdata(L, 1));
  return 0;
}

void ez_lua_release(ez_lua *host, int32_t handle) {
  if (handle == host->graph_handle) host->graph = (ez_lua_bytes){NULL, 0};
  begin(host, UNLIMITED);
  run(host, release, &handle);
}

typedef struct {
  int32_t rule, experiment, options;
} check_call;

static int report(lua_State *L) {
  ez_lua *host = ez_host(L);
  if (!host->callbacks) return luaL_error(L, "\"report\" can be called in \"check\" only");
  if (!lua_istable(L, 1)) return luaL_error(L, "\"report\" takes a table: report { at = ..., message = \"...\" }");
  host->out.count = 0;
  host->reply.count = 0;
  ez_encode(L, 1, 0);
  enum { STEPS_FOR_A_REPORT = 1000 };
  ez_charge(L, STEPS_FOR_A_REPORT + host->out.count);
  bool ok = host->callbacks->report(host, host->callbacks->context, (ez_lua_bytes){host->out.bytes, host->out.count});
  if (ok) return 0;
  luaL_where(L, 1);
  lua_pushlstring(L, (const char *)host->reply.bytes, host->reply.count);
  lua_concat(L, 2);
  return lua_error(L);
}

static int check(lua_State *L) {
  check_call *call = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->rule);
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->experiment);
  lua_pushcfunction(L, report);
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->options);
  lua_call(L, 3, 0);
  return 0;
}

ez_lua_result ez_lua_check(
    ez_lua *host, int32_t rule, int32_t experiment, int32_t options, ez_lua_limits limits,
    const ez_lua_callbacks *callbacks) {
  begin(host, limits);
  host->callbacks = callbacks;
  check_call call = {rule, experiment, options};
  ez_lua_result result = run(host, check, &call);
  host->callbacks = NULL;
  return result;
}

static int collect(lua_State *L) {
  lua_gc(L, LUA_GCCOLLECT);
  return 0;
}

void ez_lua_collect(ez_lua *host) {
  if (host->used < COLLECT_ABOVE) return;
  begin(host, UNLIMITED);
  run(host, collect, NULL);
}

size_t ez_lua_memory(const ez_lua *host) { return host->used; }

void ez_lua_reply(ez_lua *host, ez_lua_bytes reply) {
  host->reply.count = 0;
  if (reply.bytes) ez_append(&host->reply, reply.bytes, reply.count);
}

bool ez_append(ez_buffer *buffer, const void *bytes, size_t count) {
  if (count > buffer->capacity - buffer->count) {
    size_t capacity = buffer->capacity ? buffer->capacity : 1024;
    while (capacity - buffer->count < count) capacity *= 2;
    uint8_t *grown = realloc(buffer->bytes, capacity);
    if (!grown) return false;
    buffer->bytes = grown;
    buffer->capacity = capacity;
  }
  if (count) memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
  return true;
}
