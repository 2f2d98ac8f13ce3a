#pragma once

// A Lua 5.4 state for rule plugins, behind functions that cannot raise.
//
// No Lua header is included here: a Lua error is a longjmp, and it must never jump over a Swift frame. Swift sees only
// the functions below. Each runs its work in a protected call and reports a failure in an `ez_lua_result`. A callback gets
// plain values, answers with `ez_lua_reply`, and returns; the C side raises afterwards.
//
// Values cross the border as a flat byte stream, see `ez_lua_tag`.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A state with its fence. Not to be shared between threads.
typedef struct ez_lua ez_lua;

/// Bytes that somebody else owns.
typedef struct {
  const uint8_t *_Nullable bytes;
  size_t count;
} ez_lua_bytes;

/// The tags of the byte stream. Integers are in the machine's byte order, `u32` unless said.
typedef enum : uint8_t {
  EZ_LUA_NIL = 0,
  EZ_LUA_FALSE = 1,
  EZ_LUA_TRUE = 2,
  /// An int64.
  EZ_LUA_INTEGER = 3,
  /// A double.
  EZ_LUA_NUMBER = 4,
  /// A count and that many bytes.
  EZ_LUA_STRING = 5,
  /// To Lua: a count and that many values, which become a read-only list.
  EZ_LUA_LIST = 6,
  /// To Lua: an int64 id, a count, and that many pairs of a key and a value: a read-only table. A key is a count and that
  /// many bytes; inside a graph, the zero-based number of a name.
  EZ_LUA_RECORD = 7,
  /// To Lua: the size of a value in bytes, a count of nodes, the value, and behind it the names: their count, and for each
  /// a count and that many bytes. Inside the value, nodes may be named before they are defined.
  EZ_LUA_GRAPH = 8,
  /// To Lua: a node's zero-based number.
  EZ_LUA_NODE = 9,
  /// To Lua: a node's number and its int64 id, the size in bytes of the rest, the count of its facts, and for each the
  /// number of its name, the size of its value, and the value. The first fact under a name counts. All but the first fact
  /// are read when a rule asks for them.
  EZ_LUA_DEFINE = 10,
  /// From Lua: a count, and that many pairs of values.
  EZ_LUA_TABLE = 11,
  /// From Lua: a function.
  EZ_LUA_FUNCTION = 12,
  /// From Lua: the int64 id of a read-only table that Swift made; a list has the id -1.
  EZ_LUA_REFERENCE = 13,
  /// To Lua, inside a graph: the number of a name, which becomes a string.
  EZ_LUA_NAME = 14,
} ez_lua_tag;

/// What a run may use.
typedef struct {
  /// Steps: instructions, with bytes allocated and work inside library functions counted in.
  int64_t steps;
  /// Nanoseconds of the thread's own time: a second fence, for the few instructions of Lua whose work has no bound, such
  /// as a comparison of long strings. A rule that stays far below its steps stays far below this.
  int64_t nanoseconds;
  /// Bytes beyond those in use when the run starts.
  size_t memory;
} ez_lua_limits;

/// How a call ended.
typedef struct {
  bool ok;
  /// The one-based line in the plugin where it failed; 0 where Lua does not tell.
  int32_t line;
  /// The failure's message, or the encoded result. Valid until the next call on the state.
  ez_lua_bytes bytes;
} ez_lua_result;

/// The functions of the host that a check may call.
///
/// They must not call into the state, but for `ez_lua_reply`. Returning false raises the reply as an error in the rule.
typedef struct {
  void *_Nullable context;
  /// Takes the encoded argument of `report`.
  bool (*report)(ez_lua *host, void *_Nullable context, ez_lua_bytes report);
  /// Answers `origin(record, key)` with an encoded value.
  bool (*origin)(ez_lua *host, void *_Nullable context, int64_t record, ez_lua_bytes key);
} ez_lua_callbacks;

/// Makes a state; NULL when there is no memory.
ez_lua *_Nullable ez_lua_create(void);

/// Frees a state and all that it holds.
void ez_lua_destroy(ez_lua *host);

/// Loads a plugin's source text, runs it and gives the encoded table that it returns.
///
/// - Parameter rule: Set to the handle of the plugin's `check`; 0 when the table has none.
ez_lua_result ez_lua_load(ez_lua *host, ez_lua_bytes source, ez_lua_limits limits, int32_t *rule);

/// Compiles a plugin's source text and gives the code that `ez_lua_load_compiled` takes, without the numbers of its lines.
///
/// It is for plugins that a program carries, so that it need not compile them whenever it starts.
ez_lua_result ez_lua_compile(ez_lua *host, ez_lua_bytes source);

/// Loads what `ez_lua_compile` made of a plugin, to run only: the table that it returns is not given.
///
/// Lua does not check compiled code: it must be the program's own.
///
/// - Parameter rule: Set to the handle of the plugin's `check`; 0 when the table has none.
ez_lua_result ez_lua_load_compiled(ez_lua *host, ez_lua_bytes code, ez_lua_limits limits, int32_t *rule);

/// Keeps an encoded value in the state, as read-only tables.
///
/// The bytes of a graph must stay as they are until it is released or another one is stored: a state keeps one at a time.
///
/// - Parameter handle: Set to the value's handle.
ez_lua_result ez_lua_store(ez_lua *host, ez_lua_bytes value, int32_t *handle);

/// Lets go of a handle that `ez_lua_load` or `ez_lua_store` gave.
void ez_lua_release(ez_lua *host, int32_t handle);

/// Calls `rule(experiment, report, options)`, all three by their handles.
ez_lua_result ez_lua_check(
    ez_lua *host, int32_t rule, int32_t experiment, int32_t options, ez_lua_limits limits,
    const ez_lua_callbacks *callbacks);

/// Frees what is no longer used, when that is worth while.
void ez_lua_collect(ez_lua *host);

/// The bytes in use.
size_t ez_lua_memory(const ez_lua *host);

/// Sets a callback's answer; the bytes are copied.
void ez_lua_reply(ez_lua *host, ez_lua_bytes reply);

#pragma clang assume_nonnull end
