#include "lua_internal.h"

// `string.rep`, `string.byte` and `string.format`, bounded: Lua's own run to the end whatever they are asked for. And what
// rules that go by names look at.

enum { MAXIMUM_REPEATED = 100000 };

static int repeat(lua_State *L) {
  size_t count, separator_count = 0;
  luaL_checklstring(L, 1, &count);
  lua_Integer times = luaL_checkinteger(L, 2);
  luaL_optlstring(L, 3, "", &separator_count);
  if (times > MAXIMUM_REPEATED || (times > 0 && count + separator_count > (size_t)(MAXIMUM_REPEATED / times))) {
    return luaL_error(L, "\"string.rep\" makes at most %d bytes", (int)MAXIMUM_REPEATED);
  }
  lua_settop(L, 3);
  const char *text = lua_tostring(L, 1);
  const char *separator = lua_isnil(L, 3) ? "" : lua_tostring(L, 3);
  if (times > 0) ez_charge(L, (size_t)times);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer index = 0; index < times; index++) {
    if (index > 0) luaL_addlstring(&buffer, separator, separator_count);
    luaL_addlstring(&buffer, text, count);
  }
  luaL_pushresult(&buffer);
  return 1;
}

/// Gives the bytes from one place to another, both counted from 1, or from the end when negative.
static int byte(lua_State *L) {
  enum { MAXIMUM_BYTES = 1000 };
  size_t count;
  const unsigned char *text = (const unsigned char *)luaL_checklstring(L, 1, &count);
  lua_Integer first = luaL_optinteger(L, 2, 1);
  if (first < 0) first = first < -(lua_Integer)count ? 1 : (lua_Integer)count + first + 1;
  lua_Integer last = luaL_optinteger(L, 3, first);
  if (last < 0) last = last < -(lua_Integer)count ? 0 : (lua_Integer)count + last + 1;
  if (first < 1) first = 1;
  if (last > (lua_Integer)count) last = (lua_Integer)count;
  if (first > last) return 0;
  if (last - first >= MAXIMUM_BYTES) {
    return luaL_error(L, "\"string.byte\" gives at most %d bytes", (int)MAXIMUM_BYTES);
  }
  int number = (int)(last - first) + 1;
  ez_charge(L, (size_t)number);
  luaL_checkstack(L, number, "too many bytes");
  for (int index = 0; index < number; index++) lua_pushinteger(L, text[first - 1 + index]);
  return number;
}

/// Formats with Lua's own function, after unknown values became the word "unknown", and addresses type names.
static int format(lua_State *L) {
  size_t count;
  int last = lua_gettop(L);
  const char *pattern = luaL_checklstring(L, 1, &count);
  const char *end = pattern + count;
  ez_charge(L, 4 + count);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  int argument = 1;
  while (pattern < end) {
    if (*pattern != '%' || pattern + 1 == end) {
      luaL_addchar(&buffer, *pattern);
      pattern++;
      continue;
    }
    if (pattern[1] == '%') {
      luaL_addlstring(&buffer, pattern, 2);
      pattern += 2;
      continue;
    }
    const char *conversion = pattern + 1;
    while (conversion < end && strchr("-+ #0123456789.", *conversion)) conversion++;
    if (conversion == end) luaL_error(L, "the format ends inside a conversion");
    if (*conversion == 'p') luaL_error(L, "\"%%p\" is not available to rules");
    argument++;
    if (argument <= last && lua_isnil(L, argument)) {
      lua_pushliteral(L, "unknown");
      lua_replace(L, argument);
      luaL_addstring(&buffer, "%s");
    } else {
      if (argument <= last && *conversion == 's') {
        size_t length;
        ez_push_text(L, argument, &length);
        ez_charge(L, length / 4);
        lua_replace(L, argument);
      }
      luaL_addlstring(&buffer, pattern, (size_t)(conversion + 1 - pattern));
    }
    pattern = conversion + 1;
  }
  luaL_pushresult(&buffer);
  lua_replace(L, 1);
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static bool is_lower(char byte) { return byte >= 'a' && byte <= 'z'; }

static bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }

static bool is_word(char byte) { return is_lower(byte) || is_upper(byte) || (byte >= '0' && byte <= '9'); }

int ez_words_of(lua_State *L) {
  lua_settop(L, 1);
  lua_newtable(L);
  if (lua_isnil(L, 1)) return 1;
  size_t count;
  const char *name = luaL_checklstring(L, 1, &count);
  ez_charge(L, count / 4 + 1);
  lua_Integer found = 0;
  size_t next = 0;
  while (next < count) {
    while (next < count && !is_word(name[next])) next++;
    size_t start = next;
    while (next < count && is_word(name[next])) {
      next++;
      bool is_hump = next < count && is_upper(name[next])
          && (is_lower(name[next - 1]) || (is_upper(name[next - 1]) && next + 1 < count && is_lower(name[next + 1])));
      if (is_hump) break;
    }
    if (next == start) break;
    luaL_Buffer buffer;
    char *word = luaL_buffinitsize(L, &buffer, next - start);
    for (size_t index = start; index < next; index++) {
      word[index - start] = (char)(is_upper(name[index]) ? name[index] - 'A' + 'a' : name[index]);
    }
    luaL_pushresultsize(&buffer, next - start);
    lua_rawseti(L, 2, ++found);
  }
  return 1;
}

void ez_open_strings(lua_State *L, int target, lua_CFunction lua_format) {
  target = lua_absindex(L, target);
  lua_pushcfunction(L, repeat);
  lua_setfield(L, target, "rep");
  lua_pushcfunction(L, byte);
  lua_setfield(L, target, "byte");
  lua_pushcfunction(L, lua_format);
  lua_pushcclosure(L, format, 1);
  lua_setfield(L, target, "format");
}
