#include "lua_internal.h"

// Values across the border: Lua's to a byte stream, a stream's to read-only tables.
//
// A read-only table is an empty table whose metatable leads to the contents. Rules have no function that would give
// them a metatable, so they cannot reach the contents, and what one rule sees no other can change.

enum { MAXIMUM_DEPTH = 16, STEPS_FOR_A_VALUE = 20 };

static const char ID_KEY = 0;

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
  /// The stack index of the list of a graph's nodes.
  int nodes;
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

static void push_value(lua_State *L, reader *reader);
static void protect(lua_State *L, int64_t id, bool is_list);

/// Reads a record's contents and lays them behind the empty table on top of the stack.
static void define(lua_State *L, reader *reader) {
  int64_t id = take_integer(L, reader);
  uint32_t count = take_count(L, reader);
  lua_createtable(L, 0, (int)count);
  for (uint32_t entry = 0; entry < count; entry++) {
    push_string(L, reader);
    push_value(L, reader);
    lua_rawset(L, -3);
  }
  protect(L, id, false);
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
    case EZ_LUA_LIST: {
      uint32_t count = take_count(L, reader);
      lua_newtable(L);
      lua_createtable(L, (int)count, 0);
      for (uint32_t element = 0; element < count; element++) {
        push_value(L, reader);
        lua_rawseti(L, -2, (lua_Integer)element + 1);
      }
      protect(L, -1, true);
      return;
    }
    case EZ_LUA_RECORD:
      lua_newtable(L);
      define(L, reader);
      return;
    case EZ_LUA_GRAPH: {
      uint32_t count = take_count(L, reader);
      int outer = reader->nodes;
      lua_createtable(L, (int)count, 0);
      reader->nodes = lua_gettop(L);
      for (uint32_t node = 0; node < count; node++) {
        lua_newtable(L);
        lua_rawseti(L, reader->nodes, (lua_Integer)node + 1);
      }
      push_value(L, reader);
      lua_remove(L, reader->nodes);
      reader->nodes = outer;
      return;
    }
    case EZ_LUA_NODE:
    case EZ_LUA_DEFINE: {
      uint32_t node = take_count(L, reader);
      if (reader->nodes == 0) luaL_error(L, "a node stands outside a graph");
      lua_rawgeti(L, reader->nodes, (lua_Integer)node + 1);
      if (tag == EZ_LUA_DEFINE) define(L, reader);
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
  reader reader = {stream.bytes, stream.bytes + stream.count, 0};
  push_value(L, &reader);
}

// MARK: Read-only tables

static int refuse_write(lua_State *L) {
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  return luaL_error(L, "\"%s\" cannot be set: what a rule is given is read-only", key);
}

static int contents_count(lua_State *L) {
  ez_push_contents(L, 1);
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
  return 1;
}

/// Takes the contents from the top of the stack and lays them behind the empty table below.
static void protect(lua_State *L, int64_t id, bool is_list) {
  lua_createtable(L, 0, 4);
  lua_insert(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushinteger(L, id);
  lua_rawsetp(L, -2, &ID_KEY);
  if (is_list) {
    lua_pushcfunction(L, contents_count);
    lua_setfield(L, -2, "__len");
  }
  lua_setmetatable(L, -2);
}

void ez_freeze(lua_State *L, int64_t id, bool is_list) {
  lua_newtable(L);
  lua_insert(L, -2);
  protect(L, id, is_list);
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
  lua_getmetatable(L, index);
  lua_pushliteral(L, "__index");
  lua_rawget(L, -2);
  lua_remove(L, -2);
}
