#pragma once

// A matcher for Lua's patterns that counts its steps.

#include "lua_internal.h"

enum { EZ_MAXIMUM_CAPTURES = 32 };

/// What a capture's length says when it is not a length.
enum { EZ_CAPTURE_OPEN = -1, EZ_CAPTURE_POSITION = -2 };

typedef struct {
  lua_State *L;
  const char *subject;
  const char *subject_end;
  const char *pattern_end;
  int depth;
  int capture_count;
  struct {
    const char *start;
    ptrdiff_t length;
  } captures[EZ_MAXIMUM_CAPTURES];
} ez_matcher;

/// Matches a pattern at one place of the subject; returns the end of the match, or NULL.
///
/// Raises when the pattern is malformed or the run's budget is used up.
const char *ez_match(ez_matcher *matcher, const char *subject, const char *pattern);
