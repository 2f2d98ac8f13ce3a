#include "lua_internal.h"

// `table.concat`, `insert`, `remove`, `sort` and `unpack`, each charged for its length.

/// Returns the length of the table at index 1; a list of the experiment counts too.
static lua_Integer check_list(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  return luaL_len(L, 1);
}

/// Charges for a walk from one index to another, which may be farther apart than a list is long.
static void charge_range(lua_State *L, lua_Integer first, lua_Integer last, size_t steps_each) {
  if (last < first) return;
  uint64_t count = (uint64_t)last - (uint64_t)first;
  ez_charge(L, count > INT32_MAX / 64 ? INT32_MAX : (size_t)(count + 1) * steps_each);
}

static int concat(lua_State *L) {
  if (lua_isnil(L, 1)) {
    lua_pushliteral(L, "unknown");
    return 1;
  }
  lua_Integer count = check_list(L);
  size_t separator_count = 0;
  const char *separator = luaL_optlstring(L, 2, "", &separator_count);
  lua_Integer first = luaL_optinteger(L, 3, 1);
  lua_Integer last = luaL_optinteger(L, 4, count);
  charge_range(L, first, last, 16);
  lua_settop(L, 2);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer index = first; index <= last; index++) {
    if (index > first) luaL_addlstring(&buffer, separator, separator_count);
    int type = lua_geti(L, 1, index);
    if (type == LUA_TBOOLEAN && !lua_toboolean(L, -1)) {
      // An axis or element that is not known.
      lua_pop(L, 1);
      luaL_addchar(&buffer, '?');
    } else if (type == LUA_TSTRING || type == LUA_TNUMBER) {
      luaL_addvalue(&buffer);
    } else {
      return luaL_error(L, "\"table.concat\" cannot join a %s (element %d)", lua_typename(L, type), (int)index);
    }
  }
  luaL_pushresult(&buffer);
  return 1;
}

static int insert(lua_State *L) {
  lua_Integer end = check_list(L) + 1;
  lua_Integer position = end;
  switch (lua_gettop(L)) {
    case 2: break;
    case 3:
      position = luaL_checkinteger(L, 2);
      luaL_argcheck(L, position >= 1 && position <= end, 2, "position out of bounds");
      charge_range(L, position, end, 16);
      for (lua_Integer index = end; index > position; index--) {
        lua_geti(L, 1, index - 1);
        lua_seti(L, 1, index);
      }
      break;
    default: return luaL_error(L, "wrong number of arguments to \"table.insert\"");
  }
  lua_seti(L, 1, position);
  return 0;
}

static int remove_element(lua_State *L) {
  lua_Integer count = check_list(L);
  lua_Integer position = luaL_optinteger(L, 2, count);
  if (lua_gettop(L) > 1) {
    luaL_argcheck(L, position >= 1 && position <= count + 1, 2, "position out of bounds");
  }
  charge_range(L, position, count, 16);
  lua_geti(L, 1, position);
  for (; position < count; position++) {
    lua_geti(L, 1, position + 1);
    lua_seti(L, 1, position);
  }
  lua_pushnil(L);
  lua_seti(L, 1, position);
  return 1;
}

static int unpack(lua_State *L) {
  lua_Integer count = lua_isnil(L, 1) ? 0 : check_list(L);
  lua_Integer first = luaL_optinteger(L, 2, 1);
  lua_Integer last = luaL_optinteger(L, 3, count);
  if (first > last) return 0;
  enum { MAXIMUM_UNPACKED = 1000 };
  if ((uint64_t)last - (uint64_t)first >= MAXIMUM_UNPACKED) {
    return luaL_error(L, "\"table.unpack\" gives at most %d values", (int)MAXIMUM_UNPACKED);
  }
  int number = (int)(last - first) + 1;
  ez_charge(L, (size_t)number * 8);
  luaL_checkstack(L, number, "too many values to unpack");
  for (int index = 0; index < number; index++) lua_geti(L, 1, first + index);
  return number;
}

// MARK: Sorting

/// Whether the value at one stack index sorts before the one at another; by the comparator at index 2, if there is one.
static bool is_before(lua_State *L, int left, int right) {
  ez_charge(L, 16);
  if (lua_isnil(L, 2)) return lua_compare(L, left, right, LUA_OPLT);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, left);
  lua_pushvalue(L, right);
  lua_call(L, 2, 1);
  bool result = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return result;
}

/// Merges two sorted runs of the list at stack index `from` into the one at `to`.
static void merge(lua_State *L, int from, int to, lua_Integer start, lua_Integer middle, lua_Integer end) {
  lua_Integer left = start, right = middle, next = start;
  while (left < middle && right < end) {
    lua_rawgeti(L, from, left);
    lua_rawgeti(L, from, right);
    int top = lua_gettop(L);
    if (is_before(L, top, top - 1)) {
      if (!lua_isnil(L, 2) && is_before(L, top - 1, top)) {
        luaL_error(L, "invalid order function for sorting: it says that two values each come before the other");
      }
      lua_rawseti(L, to, next++);
      lua_pop(L, 1);
      right++;
    } else {
      lua_pop(L, 1);
      lua_rawseti(L, to, next++);
      left++;
    }
  }
  for (; left < middle; left++) {
    lua_rawgeti(L, from, left);
    lua_rawseti(L, to, next++);
  }
  for (; right < end; right++) {
    lua_rawgeti(L, from, right);
    lua_rawseti(L, to, next++);
  }
}

/// A stable merge sort: Lua's own draws pivots at random and orders equal elements at will.
static int sort(lua_State *L) {
  lua_Integer count = check_list(L);
  lua_settop(L, 2);
  if (!lua_isnil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  charge_range(L, 1, count, 32);
  int from = 3, to = 4;
  lua_createtable(L, (int)count, 0);
  lua_createtable(L, (int)count, 0);
  for (lua_Integer index = 1; index <= count; index++) {
    lua_geti(L, 1, index);
    lua_rawseti(L, from, index);
  }
  for (lua_Integer width = 1; width < count; width *= 2) {
    for (lua_Integer start = 1; start <= count; start += 2 * width) {
      lua_Integer middle = start + width <= count + 1 ? start + width : count + 1;
      lua_Integer end = middle + width <= count + 1 ? middle + width : count + 1;
      merge(L, from, to, start, middle, end);
    }
    int swapped = from;
    from = to;
    to = swapped;
  }
  for (lua_Integer index = 1; index <= count; index++) {
    lua_rawgeti(L, from, index);
    lua_seti(L, 1, index);
  }
  return 0;
}

void ez_open_tables(lua_State *L, int target) {
  static const luaL_Reg functions[] = {
      {"concat", concat}, {"insert", insert}, {"remove", remove_element},
      {"sort", sort},     {"unpack", unpack}, {NULL, NULL},
  };
  lua_pushvalue(L, target);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}
