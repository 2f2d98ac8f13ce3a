#include "lua_internal.h"

// What a rule can name: the allow-list of Lua's basic functions and `math`, and the rule API.

// MARK: Basic functions

const char *ez_push_text(lua_State *L, int index, size_t *count) {
  switch (lua_type(L, index)) {
    case LUA_TNIL: lua_pushliteral(L, "unknown"); break;
    case LUA_TTABLE:
    case LUA_TFUNCTION:
    case LUA_TUSERDATA:
    case LUA_TLIGHTUSERDATA:
      // Lua would write the address, which is another in each run.
      lua_pushstring(L, luaL_typename(L, index));
      break;
    default: luaL_tolstring(L, index, NULL);
  }
  return lua_tolstring(L, -1, count);
}

static int to_string(lua_State *L) {
  luaL_checkany(L, 1);
  ez_push_text(L, 1, NULL);
  return 1;
}

/// One step of a walk over the contents of a read-only list, without the detour over its metatable.
static int next_element(lua_State *L) {
  lua_Integer index = lua_tointeger(L, 2) + 1;
  lua_pushinteger(L, index);
  return lua_rawgeti(L, lua_upvalueindex(1), index) == LUA_TNIL ? 1 : 2;
}

static int next_index(lua_State *L) {
  lua_Integer index = luaL_checkinteger(L, 2) + 1;
  lua_pushinteger(L, index);
  return lua_geti(L, 1, index) == LUA_TNIL ? 1 : 2;
}

static int ipairs(lua_State *L) {
  luaL_checkany(L, 1);
  int64_t id;
  if (ez_reference(L, 1, &id)) {
    ez_push_contents(L, 1);
    lua_pushcclosure(L, next_element, 1);
  } else {
    if (!lua_isnil(L, 1)) luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushcfunction(L, next_index);
  }
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

/// Compares keys: numbers first, then strings by their bytes, then the rest by type.
static bool is_less(lua_State *L, int left, int right) {
  int left_type = lua_type(L, left), right_type = lua_type(L, right);
  if (left_type != right_type) return left_type < right_type;
  if (left_type == LUA_TNUMBER || left_type == LUA_TSTRING) return lua_compare(L, left, right, LUA_OPLT);
  return left_type == LUA_TBOOLEAN && lua_toboolean(L, left) < lua_toboolean(L, right);
}

/// Sifts the element at `root` of the heap in the list at stack index 3 down; 1-based.
static void sift(lua_State *L, lua_Integer root, lua_Integer count) {
  for (;;) {
    lua_Integer child = root * 2;
    if (child > count) return;
    lua_rawgeti(L, 3, child);
    if (child < count) {
      lua_rawgeti(L, 3, child + 1);
      if (is_less(L, -2, -1)) {
        child++;
        lua_remove(L, -2);
      } else {
        lua_pop(L, 1);
      }
    }
    lua_rawgeti(L, 3, root);
    if (!is_less(L, -1, -2)) {
      lua_pop(L, 2);
      return;
    }
    lua_rawseti(L, 3, child);
    lua_rawseti(L, 3, root);
    root = child;
  }
}

static int next_pair(lua_State *L) {
  lua_Integer index = lua_tointeger(L, lua_upvalueindex(3));
  for (;;) {
    index++;
    if (lua_rawgeti(L, lua_upvalueindex(2), index) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) break;
    lua_pop(L, 2);
  }
  lua_pushinteger(L, index);
  lua_replace(L, lua_upvalueindex(3));
  return 2;
}

/// Walks over the keys in their order: Lua's own order differs from run to run, and the output must not.
static int pairs(lua_State *L) {
  luaL_checkany(L, 1);
  lua_settop(L, 1);
  if (lua_isnil(L, 1)) lua_newtable(L);
  luaL_checktype(L, -1, LUA_TTABLE);
  ez_push_contents(L, -1);
  lua_replace(L, 1);
  lua_settop(L, 1);
  lua_pushnil(L);
  lua_newtable(L);
  lua_Integer count = 0;
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_rawseti(L, 3, ++count);
    ez_charge(L, 32);
  }
  for (lua_Integer root = count / 2; root > 0; root--) sift(L, root, count);
  for (lua_Integer last = count; last > 1; last--) {
    lua_rawgeti(L, 3, 1);
    lua_rawgeti(L, 3, last);
    lua_rawseti(L, 3, 1);
    lua_rawseti(L, 3, last);
    sift(L, 1, last - 1);
  }
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 3);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_pair, 3);
  return 1;
}

/// Gives the pair behind a key, in the order of `pairs`.
static int next(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  ez_push_contents(L, 1);
  lua_replace(L, 1);
  lua_pushnil(L);
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    ez_charge(L, 8);
    if ((lua_isnil(L, 2) || is_less(L, 2, -1)) && (lua_isnil(L, 3) || is_less(L, -1, 3))) {
      lua_pushvalue(L, -1);
      lua_replace(L, 3);
    }
  }
  lua_settop(L, 3);
  if (lua_isnil(L, 3)) return 1;
  lua_pushvalue(L, 3);
  lua_rawget(L, 1);
  return 2;
}

/// Calls a function of Lua's own after it charged for the text it is given.
static int charged(lua_State *L) {
  size_t total = 0;
  for (int index = lua_gettop(L); index > 0; index--) {
    if (lua_type(L, index) == LUA_TSTRING) total += lua_rawlen(L, index);
  }
  ez_charge(L, 4 + total / 4);
  lua_CFunction function = lua_tocfunction(L, lua_upvalueindex(1));
  return function(L);
}

/// Calls a function of Lua's own, unless an argument is unknown: then so is the result.
static int unless_unknown(lua_State *L) {
  for (int index = lua_gettop(L); index > 0; index--) {
    if (lua_isnil(L, index)) {
      lua_pushnil(L);
      return 1;
    }
  }
  ez_charge(L, (size_t)lua_gettop(L));
  lua_CFunction function = lua_tocfunction(L, lua_upvalueindex(1));
  return function(L);
}

void ez_take_functions(lua_State *L, int from, int to, const char *const *names, lua_CFunction wrapper) {
  from = lua_absindex(L, from);
  to = lua_absindex(L, to);
  for (; *names; names++) {
    lua_getfield(L, from, *names);
    if (wrapper && lua_iscfunction(L, -1)) lua_pushcclosure(L, wrapper, 1);
    lua_setfield(L, to, *names);
  }
}

// MARK: The rule API

static int one_of(lua_State *L) {
  lua_settop(L, 2);
  if (lua_isnil(L, 1) || lua_isnil(L, 2)) {
    lua_pushboolean(L, 0);
    return 1;
  }
  luaL_checktype(L, 2, LUA_TTABLE);
  ez_push_contents(L, 2);
  lua_Integer count = (lua_Integer)lua_rawlen(L, 3);
  ez_charge(L, (size_t)count);
  bool found = false;
  for (lua_Integer index = 1; index <= count && !found; index++) {
    lua_rawgeti(L, 3, index);
    found = lua_compare(L, 1, -1, LUA_OPEQ);
    lua_pop(L, 1);
  }
  lua_pushboolean(L, found);
  return 1;
}

/// Checks that an argument is a record of the experiment; returns false when it is unknown.
static bool check_record(lua_State *L, const char *function, int64_t *id) {
  if (lua_isnil(L, 1)) return false;
  if (!ez_reference(L, 1, id) || *id < 0) {
    luaL_error(L, "\"%s\" takes a record of the experiment first, such as a layer", function);
  }
  if (lua_type(L, 2) != LUA_TSTRING) luaL_error(L, "\"%s\" takes the name of a fact second", function);
  return true;
}

static int set(lua_State *L) {
  int64_t id;
  lua_settop(L, 3);
  if (!check_record(L, "set", &id) || lua_isnil(L, 3)) {
    lua_pushnil(L);
    return 1;
  }
  lua_createtable(L, 0, 3);
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, "record");
  lua_pushvalue(L, 2);
  lua_setfield(L, -2, "key");
  lua_pushvalue(L, 3);
  lua_setfield(L, -2, "value");
  return 1;
}

static int origin(lua_State *L) {
  ez_lua *host = ez_host(L);
  if (!host->callbacks) return luaL_error(L, "\"origin\" can be called in \"check\" only");
  int64_t id;
  lua_settop(L, 2);
  if (!check_record(L, "origin", &id)) {
    lua_pushnil(L);
    return 1;
  }
  ez_charge(L, 100);
  size_t count;
  const char *key = lua_tolstring(L, 2, &count);
  host->reply.count = 0;
  bool ok = host->callbacks->origin(host, host->callbacks->context, id, (ez_lua_bytes){(const uint8_t *)key, count});
  ez_lua_bytes reply = {host->reply.bytes, host->reply.count};
  if (!ok) return luaL_error(L, "\"origin\" takes a record of the experiment first, such as a layer");
  ez_push(L, reply);
  return 1;
}

// MARK: The environment

static int undeclared_read(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  static const char *const withheld[] = {
      "io",           "os",     "debug",  "package",  "require", "load",         "loadfile", "loadstring",
      "dofile",       "pcall",  "xpcall", "coroutine", "print",  "setmetatable", "getmetatable", "rawget",
      "rawset",       "rawequal", "rawlen", "collectgarbage", "warn", "utf8",    "_G",       NULL,
  };
  for (const char *const *word = withheld; *word; word++) {
    if (strcmp(name, *word) == 0) return luaL_error(L, "\"%s\" is not available to rules", name);
  }
  return luaL_error(L, "nothing is named \"%s\"", name);
}

static int undeclared_write(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  return luaL_error(L, "\"%s\" is not declared: write \"local %s\"", name, name);
}

static int unknown_length(lua_State *L) {
  lua_pushinteger(L, 0);
  return 1;
}

static int unknown_order(lua_State *L) {
  lua_pushboolean(L, 0);
  return 1;
}

static int unknown_result(lua_State *L) {
  lua_pushnil(L);
  return 1;
}

/// Joins where one side is unknown.
static int unknown_text(lua_State *L) {
  if (lua_istable(L, 1) || lua_istable(L, 2)) return luaL_error(L, "attempt to concatenate a table value");
  lua_settop(L, 2);
  ez_push_text(L, 1, NULL);
  ez_push_text(L, 2, NULL);
  lua_concat(L, 2);
  return 1;
}

/// Makes nil safe to read, compare, count with and print; a call of nil stays an error.
static void open_nil(lua_State *L) {
  static const char *const arithmetic[] = {
      "__add", "__sub", "__mul",  "__div", "__mod", "__pow", "__unm", "__idiv",
      "__band", "__bor", "__bxor", "__shl", "__shr", "__bnot", NULL,
  };
  lua_pushnil(L);
  lua_newtable(L);
  lua_newtable(L);
  lua_setfield(L, -2, "__index");
  for (const char *const *event = arithmetic; *event; event++) {
    lua_pushcfunction(L, unknown_result);
    lua_setfield(L, -2, *event);
  }
  lua_pushcfunction(L, unknown_order);
  lua_setfield(L, -2, "__lt");
  lua_pushcfunction(L, unknown_order);
  lua_setfield(L, -2, "__le");
  lua_pushcfunction(L, unknown_length);
  lua_setfield(L, -2, "__len");
  lua_pushcfunction(L, unknown_text);
  lua_setfield(L, -2, "__concat");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

void ez_open_sandbox(lua_State *L) {
  static const char *const basic[] = {"assert", "error", "select", "type", NULL};
  static const char *const charged_basic[] = {"tonumber", NULL};
  static const char *const mathematics[] = {
      "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "log", "max", "min", "modf", "rad",
      "sin", "sqrt", "tan", "tointeger", "type", "ult", NULL,
  };
  static const char *const constants[] = {"huge", "maxinteger", "mininteger", "pi", NULL};
  static const char *const strings[] = {"char", "len", "lower", "reverse", "sub", "upper", NULL};
  static const luaL_Reg own[] = {
      {"ipairs", ipairs}, {"pairs", pairs},   {"next", next}, {"tostring", to_string},
      {"one_of", one_of}, {"origin", origin}, {"set", set},   {"words_of", ez_words_of},
      {NULL, NULL},
  };

  // Lua's own libraries are opened into the registry's list, from which the allowed functions are taken.
  lua_newtable(L);
  luaL_setfuncs(L, own, 0);
  luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
  ez_take_functions(L, -1, -2, basic, NULL);
  ez_take_functions(L, -1, -2, charged_basic, charged);
  lua_pop(L, 1);

  lua_newtable(L);
  luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 0);
  ez_take_functions(L, -1, -2, mathematics, unless_unknown);
  ez_take_functions(L, -1, -2, constants, NULL);
  lua_pop(L, 1);
  ez_freeze(L, -1);
  lua_setfield(L, -2, "math");

  lua_newtable(L);
  luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 0);
  ez_take_functions(L, -1, -2, strings, charged);
  lua_getfield(L, -1, "format");
  ez_open_strings(L, -3, lua_tocfunction(L, -1));
  lua_pop(L, 2);
  ez_open_patterns(L, -1);
  // Methods of strings lead to the rules' functions; opening Lua's library had pointed them at its own.
  lua_pushliteral(L, "");
  lua_newtable(L);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
  ez_freeze(L, -1);
  lua_setfield(L, -2, "string");

  lua_newtable(L);
  ez_open_tables(L, -1);
  ez_freeze(L, -1);
  lua_setfield(L, -2, "table");

  // The libraries themselves are out of reach from here on, and so is their list.
  lua_pushnil(L);
  lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);

  // A name that the list lacks is an error, not nil: nil is safe, and a misspelled word would pass in silence.
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, undeclared_read);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 2);
  lua_rotate(L, -3, -1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, undeclared_write);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, -2);

  open_nil(L);
  ez_open_values(L);
}
