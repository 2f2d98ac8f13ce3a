#define _GNU_SOURCE
#include "lua_pattern.h"

// `string.find`, `match`, `gmatch` and `gsub` over the bounded matcher.

static void prepare(
    ez_matcher *matcher, lua_State *L, const char *subject, size_t subject_count, const char *pattern_end) {
  matcher->L = L;
  matcher->subject = subject;
  matcher->subject_end = subject + subject_count;
  matcher->pattern_end = pattern_end;
}

static const char *match_at(ez_matcher *matcher, const char *place, const char *pattern) {
  matcher->depth = 0;
  matcher->capture_count = 0;
  return ez_match(matcher, place, pattern);
}

/// Pushes one capture; the whole match stands for the first where the pattern has none.
static void push_capture(ez_matcher *matcher, int index, const char *start, const char *end) {
  lua_State *L = matcher->L;
  if (index >= matcher->capture_count) {
    if (index > 0) luaL_error(L, "invalid capture index \"%%%d\"", index + 1);
    lua_pushlstring(L, start, (size_t)(end - start));
    return;
  }
  ptrdiff_t length = matcher->captures[index].length;
  if (length == EZ_CAPTURE_OPEN) luaL_error(L, "unfinished capture");
  if (length == EZ_CAPTURE_POSITION) {
    lua_pushinteger(L, matcher->captures[index].start - matcher->subject + 1);
  } else {
    lua_pushlstring(L, matcher->captures[index].start, (size_t)length);
  }
}

static int push_captures(ez_matcher *matcher, const char *start, const char *end, bool whole_if_none) {
  int count = matcher->capture_count == 0 && whole_if_none ? 1 : matcher->capture_count;
  luaL_checkstack(matcher->L, count, "too many captures");
  for (int index = 0; index < count; index++) push_capture(matcher, index, start, end);
  return count;
}

/// Returns the zero-based offset that an `init` argument means, which counts from 1, or from the end when negative.
static size_t start_offset(lua_State *L, int argument, size_t count) {
  lua_Integer position = luaL_optinteger(L, argument, 1);
  if (position > 0) return (size_t)position - 1;
  if (position == 0 || position < -(lua_Integer)count) return 0;
  return count - (size_t)-position;
}

static int no_match(lua_State *L) {
  lua_pushnil(L);
  return 1;
}

static int search(lua_State *L, bool is_find) {
  if (lua_isnil(L, 1)) return no_match(L);
  size_t subject_count, pattern_count;
  const char *subject = luaL_checklstring(L, 1, &subject_count);
  const char *pattern = luaL_checklstring(L, 2, &pattern_count);
  size_t offset = start_offset(L, 3, subject_count);
  if (offset > subject_count) return no_match(L);
  if (is_find && lua_toboolean(L, 4)) {
    ez_charge(L, 4 + (subject_count - offset) / 4);
    const char *found = memmem(subject + offset, subject_count - offset, pattern, pattern_count);
    if (!found) return no_match(L);
    lua_pushinteger(L, found - subject + 1);
    lua_pushinteger(L, found - subject + (lua_Integer)pattern_count);
    return 2;
  }
  ez_matcher matcher;
  prepare(&matcher, L, subject, subject_count, pattern + pattern_count);
  bool is_anchored = pattern_count > 0 && *pattern == '^';
  if (is_anchored) pattern++;
  const char *place = subject + offset;
  do {
    const char *end = match_at(&matcher, place, pattern);
    if (!end) continue;
    if (!is_find) return push_captures(&matcher, place, end, true);
    lua_pushinteger(L, place - subject + 1);
    lua_pushinteger(L, end - subject);
    return push_captures(&matcher, place, end, false) + 2;
  } while (place++ < matcher.subject_end && !is_anchored);
  return no_match(L);
}

static int find(lua_State *L) { return search(L, true); }

static int match(lua_State *L) { return search(L, false); }

/// One step of `gmatch`: the upvalues are the subject, the pattern, the next offset, and where the last match ended.
static int next_match(lua_State *L) {
  size_t subject_count, pattern_count;
  const char *subject = lua_tolstring(L, lua_upvalueindex(1), &subject_count);
  const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_count);
  lua_Integer last_end = lua_tointeger(L, lua_upvalueindex(4));
  ez_matcher matcher;
  prepare(&matcher, L, subject, subject_count, pattern + pattern_count);
  size_t offset = (size_t)lua_tointeger(L, lua_upvalueindex(3));
  for (; offset <= subject_count; offset++) {
    const char *end = match_at(&matcher, subject + offset, pattern);
    if (!end || end - subject == last_end) continue;
    lua_pushinteger(L, end - subject);
    lua_copy(L, -1, lua_upvalueindex(3));
    lua_copy(L, -1, lua_upvalueindex(4));
    return push_captures(&matcher, subject + offset, end, true);
  }
  return 0;
}

static int gmatch(lua_State *L) {
  luaL_checkstring(L, 1);
  luaL_checkstring(L, 2);
  lua_settop(L, 2);
  lua_pushinteger(L, 0);
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, next_match, 4);
  return 1;
}

/// Adds a replacement string, with "%1" and the like filled in.
static void add_template(ez_matcher *matcher, luaL_Buffer *buffer, const char *start, const char *end) {
  lua_State *L = matcher->L;
  size_t count;
  const char *template = lua_tolstring(L, 3, &count);
  ez_charge(L, 1 + count);
  for (const char *next = template; next < template + count; next++) {
    if (*next != '%') {
      luaL_addchar(buffer, *next);
      continue;
    }
    next++;
    if (next < template + count && *next == '%') {
      luaL_addchar(buffer, '%');
    } else if (next < template + count && *next == '0') {
      luaL_addlstring(buffer, start, (size_t)(end - start));
    } else if (next < template + count && *next >= '1' && *next <= '9') {
      push_capture(matcher, *next - '1', start, end);
      luaL_tolstring(L, -1, NULL);
      lua_remove(L, -2);
      luaL_addvalue(buffer);
    } else {
      luaL_error(L, "invalid use of \"%%\" in replacement string");
    }
  }
}

static void add_replacement(ez_matcher *matcher, luaL_Buffer *buffer, const char *start, const char *end) {
  lua_State *L = matcher->L;
  switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
      lua_pushvalue(L, 3);
      lua_call(L, push_captures(matcher, start, end, true), 1);
      break;
    case LUA_TTABLE:
      push_capture(matcher, 0, start, end);
      lua_gettable(L, 3);
      break;
    default: add_template(matcher, buffer, start, end); return;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(buffer, start, (size_t)(end - start));
  } else if (lua_isstring(L, -1)) {
    luaL_addvalue(buffer);
  } else {
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  }
}

static int gsub(lua_State *L) {
  size_t subject_count, pattern_count;
  const char *subject = luaL_checklstring(L, 1, &subject_count);
  const char *pattern = luaL_checklstring(L, 2, &pattern_count);
  int type = lua_type(L, 3);
  luaL_argexpected(
      L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TTABLE || type == LUA_TFUNCTION, 3,
      "string/function/table");
  lua_Integer limit = luaL_optinteger(L, 4, (lua_Integer)subject_count + 1);
  bool is_anchored = pattern_count > 0 && *pattern == '^';
  ez_matcher matcher;
  prepare(&matcher, L, subject, subject_count, pattern + pattern_count);
  if (is_anchored) pattern++;
  const char *place = subject, *last_end = NULL;
  lua_Integer replaced = 0;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  while (replaced < limit) {
    const char *end = match_at(&matcher, place, pattern);
    if (end && end != last_end) {
      replaced++;
      add_replacement(&matcher, &buffer, place, end);
      place = last_end = end;
    } else if (place < matcher.subject_end) {
      luaL_addchar(&buffer, *place++);
    } else {
      break;
    }
    if (is_anchored) break;
  }
  luaL_addlstring(&buffer, place, (size_t)(matcher.subject_end - place));
  luaL_pushresult(&buffer);
  lua_pushinteger(L, replaced);
  return 2;
}

void ez_open_patterns(lua_State *L, int target) {
  static const luaL_Reg functions[] = {
      {"find", find}, {"match", match}, {"gmatch", gmatch}, {"gsub", gsub}, {NULL, NULL},
  };
  lua_pushvalue(L, target);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}
