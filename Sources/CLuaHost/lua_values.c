#include "lua_internal.h"

// Values across the border: Lua's to a byte stream, a stream's to read-only tables.
//
// A read-only record is an empty table whose metatable leads to the contents; a read-only list holds its contents under a
// key that no rule can make. Rules have no function that would give them a metatable or look past it, so they cannot
// reach the contents, and what one rule sees no other can change.

enum { MAXIMUM_DEPTH = 16, STEPS_FOR_A_VALUE = 20 };

/// In a metatable: the id of what it stands for.
static const char ID_KEY = 0;
/// In a read-only list: its contents. In the registry: the metatable of all lists.
static const char CONTENTS_KEY = 0, LIST_KEY = 0;
/// In a node's contents: where its facts are in the stream. For `look_up`: the key that means all of them.
static const char PLACE_KEY = 0, ALL_KEY = 0;

// MARK: From Lua

static void put(lua_State *L, const void *bytes, size_t count) {
  ez_lua *host = ez_host(L);
  if (count > EZ_MAXIMUM_OUTPUT || host->out.count > EZ_MAXIMUM_OUTPUT - count) {
    luaL_error(L, "too much text: the most a rule may say at once is %d bytes", (int)EZ_MAXIMUM_OUTPUT);
  }
  if (!ez_append(&host->out, bytes, count)) luaL_error(L, "not enough memory");
}

static void put_tag(lua_State *L, ez_lua_tag tag) { put(L, &tag, 1); }

static void put_count(lua_State *L, size_t count) {
  uint32_t short_count = (uint32_t)count;
  put(L, &short_count, sizeof short_count);
}

void ez_encode(lua_State *L, int index, int depth) {
  index = lua_absindex(L, index);
  ez_charge(L, STEPS_FOR_A_VALUE);
  switch (lua_type(L, index)) {
    case LUA_TNIL: put_tag(L, EZ_LUA_NIL); return;
    case LUA_TBOOLEAN: put_tag(L, lua_toboolean(L, index) ? EZ_LUA_TRUE : EZ_LUA_FALSE); return;
    case LUA_TFUNCTION: put_tag(L, EZ_LUA_FUNCTION); return;
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) {
        int64_t value = lua_tointeger(L, index);
        put_tag(L, EZ_LUA_INTEGER);
        put(L, &value, sizeof value);
      } else {
        double value = lua_tonumber(L, index);
        put_tag(L, EZ_LUA_NUMBER);
        put(L, &value, sizeof value);
      }
      return;
    case LUA_TSTRING: {
      size_t count;
      const char *text = lua_tolstring(L, index, &count);
      put_tag(L, EZ_LUA_STRING);
      put_count(L, count);
      put(L, text, count);
      return;
    }
    case LUA_TTABLE: break;
    default: luaL_error(L, "a %s cannot be passed on", luaL_typename(L, index));
  }
  int64_t id;
  if (ez_reference(L, index, &id)) {
    // A list has no place of its own; what it holds may be wanted, as in `set(layer, "strides", other.strides)`.
    if (id < 0) {
      ez_push_contents(L, index);
      lua_replace(L, index);
    } else {
      put_tag(L, EZ_LUA_REFERENCE);
      put(L, &id, sizeof id);
      return;
    }
  }
  if (depth >= MAXIMUM_DEPTH) luaL_error(L, "tables are nested too deep, or one holds itself");
  luaL_checkstack(L, 8, "tables are nested too deep");
  put_tag(L, EZ_LUA_TABLE);
  ez_lua *host = ez_host(L);
  size_t count_offset = host->out.count;
  put_count(L, 0);
  uint32_t count = 0;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pushvalue(L, -2);
    ez_encode(L, -1, depth + 1);
    lua_pop(L, 1);
    ez_encode(L, -1, depth + 1);
    lua_pop(L, 1);
    count++;
  }
  memcpy(host->out.bytes + count_offset, &count, sizeof count);
}

// MARK: To Lua

typedef struct {
  const uint8_t *next;
  const uint8_t *end;
  /// The stack indices of the lists of a graph's nodes and names; 0 outside a graph.
  int nodes, names;
  /// Whether nodes are read as a whole when they are defined.
  bool is_small;
} reader;

static const uint8_t *take(lua_State *L, reader *reader, size_t count) {
  if ((size_t)(reader->end - reader->next) < count) luaL_error(L, "the stream of values is cut off");
  const uint8_t *bytes = reader->next;
  reader->next += count;
  return bytes;
}

static uint32_t take_count(lua_State *L, reader *reader) {
  uint32_t count;
  memcpy(&count, take(L, reader, sizeof count), sizeof count);
  return count;
}

static int64_t take_integer(lua_State *L, reader *reader) {
  int64_t value;
  memcpy(&value, take(L, reader, sizeof value), sizeof value);
  return value;
}

static void push_string(lua_State *L, reader *reader) {
  uint32_t count = take_count(L, reader);
  lua_pushlstring(L, (const char *)take(L, reader, count), count);
}

/// Pushes a key: a graph numbers its names.
static void push_key(lua_State *L, reader *reader) {
  if (reader->names == 0) {
    push_string(L, reader);
  } else if (lua_rawgeti(L, reader->names, (lua_Integer)take_count(L, reader) + 1) != LUA_TSTRING) {
    luaL_error(L, "the stream of values holds an unknown name");
  }
}

static void push_value(lua_State *L, reader *reader);
static void push_graph(lua_State *L, reader *reader);
static void define_node(lua_State *L, reader *reader);
static void protect(lua_State *L, int64_t id);

static void push_list(lua_State *L, reader *reader) {
  uint32_t count = take_count(L, reader);
  lua_createtable(L, 0, 1);
  lua_createtable(L, (int)count, 0);
  for (uint32_t element = 0; element < count; element++) {
    push_value(L, reader);
    lua_rawseti(L, -2, (lua_Integer)element + 1);
  }
  lua_rawsetp(L, -2, &CONTENTS_KEY);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &LIST_KEY);
  lua_setmetatable(L, -2);
}

static void push_record(lua_State *L, reader *reader) {
  int64_t id = take_integer(L, reader);
  uint32_t count = take_count(L, reader);
  lua_newtable(L);
  lua_createtable(L, 0, (int)count);
  for (uint32_t entry = 0; entry < count; entry++) {
    push_key(L, reader);
    push_value(L, reader);
    lua_rawset(L, -3);
  }
  protect(L, id);
}

static void push_value(lua_State *L, reader *reader) {
  luaL_checkstack(L, 8, "values are nested too deep");
  ez_lua_tag tag = *take(L, reader, 1);
  switch (tag) {
    case EZ_LUA_NIL: lua_pushnil(L); return;
    case EZ_LUA_FALSE: lua_pushboolean(L, 0); return;
    case EZ_LUA_TRUE: lua_pushboolean(L, 1); return;
    case EZ_LUA_INTEGER: lua_pushinteger(L, take_integer(L, reader)); return;
    case EZ_LUA_NUMBER: {
      double value;
      memcpy(&value, take(L, reader, sizeof value), sizeof value);
      lua_pushnumber(L, value);
      return;
    }
    case EZ_LUA_STRING: push_string(L, reader); return;
    case EZ_LUA_NAME: push_key(L, reader); return;
    case EZ_LUA_LIST: push_list(L, reader); return;
    case EZ_LUA_RECORD: push_record(L, reader); return;
    case EZ_LUA_GRAPH: push_graph(L, reader); return;
    case EZ_LUA_NODE:
    case EZ_LUA_DEFINE: {
      uint32_t node = take_count(L, reader);
      if (reader->nodes == 0) luaL_error(L, "a node stands outside a graph");
      lua_rawgeti(L, reader->nodes, (lua_Integer)node + 1);
      if (tag == EZ_LUA_DEFINE) define_node(L, reader);
      return;
    }
    default: luaL_error(L, "the stream of values holds an unknown tag");
  }
}

void ez_push(lua_State *L, ez_lua_bytes stream) {
  if (!stream.bytes) {
    lua_pushnil(L);
    return;
  }
  reader reader = {stream.bytes, stream.bytes + stream.count, 0, 0, false};
  push_value(L, &reader);
}

// MARK: Graphs
//
// Most facts of most layers are read by no rule. In a large graph a node's contents hold its first fact only; the
// metatable of the contents reads each other one from the stream when it is first asked for. In a small one all facts
// are read at once: what every rule asks a layer in vain, such as the rate of a dense layer, would cost more.

/// What the reading of facts in the middle of a rule's run must leave as it was: a rule pays for what it does itself.
typedef struct {
  int64_t work, work_limit;
  size_t memory_limit, used;
} budget;

enum { NANOSECONDS_FOR_A_FACT = 500, STEPS_FOR_A_LOOK = 8 };

static budget pause_budget(ez_lua *host) {
  budget budget = {host->work, host->work_limit, host->memory_limit, host->used};
  host->work = 0;
  host->work_limit = INT64_MAX / 2;
  host->memory_limit = SIZE_MAX;
  return budget;
}

static void go_on(ez_lua *host, budget budget, size_t facts) {
  host->work = budget.work;
  host->work_limit = budget.work_limit;
  size_t used = host->used > budget.used ? host->used - budget.used : 0;
  host->memory_limit = budget.memory_limit < SIZE_MAX - used ? budget.memory_limit + used : SIZE_MAX;
  int64_t *end = host->deadline ? &host->deadline : &host->nanoseconds;
  int64_t time = (int64_t)facts * NANOSECONDS_FOR_A_FACT;
  *end = *end < INT64_MAX - time ? *end + time : INT64_MAX;
}

/// The upvalues of `look_up`.
enum { NODES = 1, NAMES, GENERATION };

/// Returns a reader at the facts of the node whose contents stand at stack index 1.
static reader read_node(lua_State *L) {
  ez_lua *host = ez_host(L);
  if (lua_tointeger(L, lua_upvalueindex(GENERATION)) != host->generation || !host->graph.bytes) {
    luaL_error(L, "a layer can be read only while its own experiment is checked");
  }
  lua_rawgetp(L, 1, &PLACE_KEY);
  size_t place = (size_t)lua_tointeger(L, -1);
  lua_pop(L, 1);
  if (place > host->graph.count) luaL_error(L, "the stream of values is cut off");
  return (reader){
      host->graph.bytes + place, host->graph.bytes + host->graph.count, lua_upvalueindex(NODES),
      lua_upvalueindex(NAMES), false,
  };
}

/// Reads those of a number of facts that the contents at a stack index lack: what stands first under a name wins.
static void read_facts(lua_State *L, reader *reader, int contents, uint32_t count) {
  for (uint32_t fact = 0; fact < count; fact++) {
    push_key(L, reader);
    uint32_t size = take_count(L, reader);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, contents) == LUA_TNIL) {
      lua_pop(L, 1);
      push_value(L, reader);
      lua_rawset(L, contents);
    } else {
      lua_pop(L, 2);
      take(L, reader, size);
    }
  }
}

/// Reads all facts of a node that were not read yet; its contents are a plain table from then on.
static void complete(lua_State *L) {
  reader reader = read_node(L);
  uint32_t count = take_count(L, &reader);
  budget budget = pause_budget(ez_host(L));
  read_facts(L, &reader, 1, count);
  lua_pushnil(L);
  lua_rawsetp(L, 1, &PLACE_KEY);
  lua_pushnil(L);
  lua_setmetatable(L, 1);
  go_on(ez_host(L), budget, count);
}

/// Reads the fact under a key that a node's contents lack, and keeps it there. For the key `ALL_KEY`, reads them all.
static int look_up(lua_State *L) {
  if (lua_islightuserdata(L, 2)) {
    complete(L);
    return 0;
  }
  ez_charge(L, STEPS_FOR_A_LOOK);
  lua_settop(L, 2);
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(NAMES)) != LUA_TNUMBER) return 0;
  uint32_t name = (uint32_t)lua_tointeger(L, -1);
  reader reader = read_node(L);
  for (uint32_t count = take_count(L, &reader); count > 0; count--) {
    uint32_t key = take_count(L, &reader), size = take_count(L, &reader);
    if (key != name) {
      take(L, &reader, size);
      continue;
    }
    budget budget = pause_budget(ez_host(L));
    lua_pushvalue(L, 2);
    push_value(L, &reader);
    lua_pushvalue(L, -1);
    lua_insert(L, -3);
    lua_rawset(L, 1);
    go_on(ez_host(L), budget, 1);
    return 1;
  }
  return 0;
}

/// Lays a node's facts behind the empty table on top of the stack; in a large graph the first only, with where the others
/// are.
static void define_node(lua_State *L, reader *reader) {
  enum { FACTS_AT_FIRST = 4 };
  int64_t id = take_integer(L, reader);
  uint32_t size = take_count(L, reader);
  if (reader->is_small) {
    uint32_t count = take_count(L, reader);
    lua_createtable(L, 0, (int)count);
    read_facts(L, reader, lua_gettop(L), count);
    protect(L, id);
    return;
  }
  const uint8_t *place = reader->next, *end = take(L, reader, size) + size;
  lua_createtable(L, 0, FACTS_AT_FIRST);
  lua_pushinteger(L, (lua_Integer)(place - ez_host(L)->graph.bytes));
  lua_rawsetp(L, -2, &PLACE_KEY);
  reader->next = place;
  if (take_count(L, reader) > 0) {
    push_key(L, reader);
    take_count(L, reader);
    push_value(L, reader);
    lua_rawset(L, -3);
  }
  reader->next = end;
  // Behind the names, `push_graph` left the metatable of contents.
  lua_pushvalue(L, reader->names + 1);
  lua_setmetatable(L, -2);
  protect(L, id);
}

/// Pushes a graph's names: each under its number, and its number under it.
static void push_names(lua_State *L, reader *reader) {
  uint32_t count = take_count(L, reader);
  lua_createtable(L, (int)count, (int)count);
  for (uint32_t name = 0; name < count; name++) {
    push_string(L, reader);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, (lua_Integer)name + 1);
    lua_pushinteger(L, name);
    lua_rawset(L, -3);
  }
}

static void push_graph(lua_State *L, reader *graph) {
  enum { NODES_OF_A_SMALL_GRAPH = 64 };
  ez_lua *host = ez_host(L);
  if (graph->nodes != 0) luaL_error(L, "a graph stands inside a graph");
  host->graph = (ez_lua_bytes){graph->next, (size_t)(graph->end - graph->next)};
  host->generation++;
  uint32_t value_size = take_count(L, graph), count = take_count(L, graph);
  reader names = {take(L, graph, value_size) + value_size, graph->end, 0, 0, false};
  reader value = {names.next - value_size, names.next, 0, 0, count <= NODES_OF_A_SMALL_GRAPH};

  lua_createtable(L, (int)count, 0);
  value.nodes = lua_gettop(L);
  for (uint32_t node = 0; node < count; node++) {
    lua_newtable(L);
    lua_rawseti(L, value.nodes, (lua_Integer)node + 1);
  }
  push_names(L, &names);
  value.names = lua_gettop(L);
  graph->next = names.next;

  lua_createtable(L, 0, 1);
  lua_pushvalue(L, value.nodes);
  lua_pushvalue(L, value.names);
  lua_pushinteger(L, host->generation);
  lua_pushcclosure(L, look_up, GENERATION);
  lua_setfield(L, -2, "__index");

  push_value(L, &value);
  lua_replace(L, value.nodes);
  lua_settop(L, value.nodes);
}

// MARK: Read-only tables

static int refuse_write(lua_State *L) {
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  return luaL_error(L, "\"%s\" cannot be set: what a rule is given is read-only", key);
}

static int list_count(lua_State *L) {
  lua_rawgetp(L, 1, &CONTENTS_KEY);
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
  return 1;
}

static int list_element(lua_State *L) {
  lua_rawgetp(L, 1, &CONTENTS_KEY);
  lua_pushvalue(L, 2);
  lua_rawget(L, -2);
  return 1;
}

void ez_open_values(lua_State *L) {
  lua_createtable(L, 0, 4);
  lua_pushcfunction(L, list_element);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, list_count);
  lua_setfield(L, -2, "__len");
  lua_pushcfunction(L, refuse_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushinteger(L, -1);
  lua_rawsetp(L, -2, &ID_KEY);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &LIST_KEY);
}

/// Takes the contents from the top of the stack and lays them behind the empty table below.
static void protect(lua_State *L, int64_t id) {
  lua_createtable(L, 0, 3);
  lua_insert(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushinteger(L, id);
  lua_rawsetp(L, -2, &ID_KEY);
  lua_setmetatable(L, -2);
}

void ez_freeze(lua_State *L, int64_t id) {
  lua_newtable(L);
  lua_insert(L, -2);
  protect(L, id);
}

bool ez_reference(lua_State *L, int index, int64_t *id) {
  if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index)) return false;
  bool is_ours = lua_rawgetp(L, -1, &ID_KEY) == LUA_TNUMBER;
  if (is_ours) *id = lua_tointeger(L, -1);
  lua_pop(L, 2);
  return is_ours;
}

void ez_push_contents(lua_State *L, int index) {
  index = lua_absindex(L, index);
  int64_t id;
  if (!ez_reference(L, index, &id)) {
    lua_pushvalue(L, index);
    return;
  }
  if (lua_rawgetp(L, index, &CONTENTS_KEY) != LUA_TNIL) return;
  lua_pop(L, 1);
  lua_getmetatable(L, index);
  lua_pushliteral(L, "__index");
  lua_rawget(L, -2);
  lua_remove(L, -2);
  // Contents that have a metatable are a node's, some of whose facts are still in the stream.
  if (!lua_getmetatable(L, -1)) return;
  lua_pushliteral(L, "__index");
  lua_rawget(L, -2);
  lua_pushvalue(L, -3);
  lua_pushlightuserdata(L, (void *)&ALL_KEY);
  lua_call(L, 2, 0);
  lua_pop(L, 1);
}
