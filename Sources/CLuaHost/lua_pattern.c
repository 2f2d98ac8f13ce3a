#include "lua_pattern.h"

#include <ctype.h>

// Backtracking over Lua's pattern items. Lua's own matcher cannot be interrupted: `(".-.-.-b")` over 3000 characters
// runs for half a minute. This one charges for each step.

enum { MAXIMUM_MATCH_DEPTH = 200, STEPS_FOR_A_MATCH_STEP = 3 };

static unsigned char byte(char character) { return (unsigned char)character; }

/// Returns the place behind the single-character item at `item`.
static const char *item_end(ez_matcher *matcher, const char *item) {
  const char *end = matcher->pattern_end;
  char first = *item++;
  if (first == '%') {
    if (item == end) luaL_error(matcher->L, "malformed pattern (ends with \"%%\")");
    return item + 1;
  }
  if (first != '[') return item;
  if (item < end && *item == '^') item++;
  // A "]" right behind the bracket stands for itself.
  do {
    if (item == end) luaL_error(matcher->L, "malformed pattern (missing \"]\")");
    if (*item++ == '%') {
      if (item == end) luaL_error(matcher->L, "malformed pattern (missing \"]\")");
      item++;
    }
  } while (item == end || *item != ']');
  return item + 1;
}

static bool is_in_class(unsigned char character, char class) {
  bool result;
  switch (tolower(byte(class))) {
    case 'a': result = isalpha(character); break;
    case 'c': result = iscntrl(character); break;
    case 'd': result = isdigit(character); break;
    case 'g': result = isgraph(character); break;
    case 'l': result = islower(character); break;
    case 'p': result = ispunct(character); break;
    case 's': result = isspace(character); break;
    case 'u': result = isupper(character); break;
    case 'w': result = isalnum(character); break;
    case 'x': result = isxdigit(character); break;
    default: return byte(class) == character;
  }
  return isupper(byte(class)) ? !result : result;
}

/// Whether a character is in the set from `set` ("[") to `last` ("]").
static bool is_in_set(unsigned char character, const char *set, const char *last) {
  bool result = true;
  set++;
  if (*set == '^') {
    result = false;
    set++;
  }
  while (set < last) {
    if (*set == '%') {
      if (is_in_class(character, set[1])) return result;
      set += 2;
    } else if (set + 2 < last && set[1] == '-') {
      if (byte(set[0]) <= character && character <= byte(set[2])) return result;
      set += 3;
    } else {
      if (byte(*set) == character) return result;
      set++;
    }
  }
  return !result;
}

static bool matches_item(ez_matcher *matcher, const char *subject, const char *item, const char *end) {
  if (subject >= matcher->subject_end) return false;
  unsigned char character = byte(*subject);
  switch (*item) {
    case '.': return true;
    case '%': return is_in_class(character, item[1]);
    case '[': ez_charge(matcher->L, (size_t)(end - item)); return is_in_set(character, item, end - 1);
    default: return byte(*item) == character;
  }
}

static const char *match_balanced(ez_matcher *matcher, const char *subject, const char *pair) {
  if (matcher->pattern_end - pair < 2) luaL_error(matcher->L, "malformed pattern (missing arguments to \"%%b\")");
  if (subject >= matcher->subject_end || *subject != pair[0]) return NULL;
  int open = 1;
  for (const char *next = subject + 1; next < matcher->subject_end; next++) {
    ez_charge(matcher->L, 1);
    if (*next == pair[1]) {
      if (--open == 0) return next + 1;
    } else if (*next == pair[0]) {
      open++;
    }
  }
  return NULL;
}

static const char *match_longest(
    ez_matcher *matcher, const char *subject, const char *item, const char *end, ptrdiff_t least) {
  ptrdiff_t count = 0;
  while (matches_item(matcher, subject + count, item, end)) {
    ez_charge(matcher->L, 1);
    count++;
  }
  for (; count >= least; count--) {
    const char *result = ez_match(matcher, subject + count, end + 1);
    if (result) return result;
  }
  return NULL;
}

static const char *match_shortest(ez_matcher *matcher, const char *subject, const char *item, const char *end) {
  for (;; subject++) {
    const char *result = ez_match(matcher, subject, end + 1);
    if (result) return result;
    if (!matches_item(matcher, subject, item, end)) return NULL;
  }
}

static const char *open_capture(ez_matcher *matcher, const char *subject, const char *pattern, ptrdiff_t kind) {
  if (matcher->capture_count >= EZ_MAXIMUM_CAPTURES) luaL_error(matcher->L, "too many captures");
  int index = matcher->capture_count++;
  matcher->captures[index].start = subject;
  matcher->captures[index].length = kind;
  const char *result = ez_match(matcher, subject, pattern);
  if (!result) matcher->capture_count--;
  return result;
}

static const char *close_capture(ez_matcher *matcher, const char *subject, const char *pattern) {
  int index = matcher->capture_count - 1;
  while (index >= 0 && matcher->captures[index].length != EZ_CAPTURE_OPEN) index--;
  if (index < 0) luaL_error(matcher->L, "invalid pattern capture");
  matcher->captures[index].length = subject - matcher->captures[index].start;
  const char *result = ez_match(matcher, subject, pattern);
  if (!result) matcher->captures[index].length = EZ_CAPTURE_OPEN;
  return result;
}

/// Returns the place behind a repetition of an earlier capture, or NULL.
static const char *match_back_reference(ez_matcher *matcher, const char *subject, char digit) {
  int index = digit - '1';
  if (index < 0 || index >= matcher->capture_count || matcher->captures[index].length < 0) {
    luaL_error(matcher->L, "invalid capture index \"%%%c\"", digit);
  }
  size_t count = (size_t)matcher->captures[index].length;
  ez_charge(matcher->L, count);
  if ((size_t)(matcher->subject_end - subject) < count) return NULL;
  return memcmp(matcher->captures[index].start, subject, count) == 0 ? subject + count : NULL;
}

/// Whether the frontier of a set is at a place: the character before is outside it, the one there inside.
static bool is_frontier(ez_matcher *matcher, const char *subject, const char *set, const char *end) {
  unsigned char before = subject == matcher->subject ? 0 : byte(subject[-1]);
  unsigned char here = subject < matcher->subject_end ? byte(*subject) : 0;
  return !is_in_set(before, set, end - 1) && is_in_set(here, set, end - 1);
}

const char *ez_match(ez_matcher *matcher, const char *subject, const char *pattern) {
  if (++matcher->depth > MAXIMUM_MATCH_DEPTH) luaL_error(matcher->L, "pattern too complex");
  const char *result = NULL;
  for (;;) {
    ez_charge(matcher->L, STEPS_FOR_A_MATCH_STEP);
    if (pattern == matcher->pattern_end) {
      result = subject;
      break;
    }
    char first = *pattern, second = pattern + 1 < matcher->pattern_end ? pattern[1] : '\0';
    if (first == '(') {
      result = second == ')' ? open_capture(matcher, subject, pattern + 2, EZ_CAPTURE_POSITION)
                             : open_capture(matcher, subject, pattern + 1, EZ_CAPTURE_OPEN);
      break;
    }
    if (first == ')') {
      result = close_capture(matcher, subject, pattern + 1);
      break;
    }
    if (first == '$' && pattern + 1 == matcher->pattern_end) {
      result = subject == matcher->subject_end ? subject : NULL;
      break;
    }
    if (first == '%' && second == 'b') {
      subject = match_balanced(matcher, subject, pattern + 2);
      if (!subject) break;
      pattern += 4;
      continue;
    }
    if (first == '%' && second == 'f') {
      const char *set = pattern + 2;
      if (set >= matcher->pattern_end || *set != '[') {
        luaL_error(matcher->L, "malformed pattern (missing \"[\" after \"%%f\")");
      }
      const char *end = item_end(matcher, set);
      if (!is_frontier(matcher, subject, set, end)) break;
      pattern = end;
      continue;
    }
    if (first == '%' && isdigit(byte(second))) {
      subject = match_back_reference(matcher, subject, second);
      if (!subject) break;
      pattern += 2;
      continue;
    }
    const char *end = item_end(matcher, pattern);
    char repetition = end < matcher->pattern_end ? *end : '\0';
    if (repetition == '*' || repetition == '+') {
      result = match_longest(matcher, subject, pattern, end, repetition == '+');
      break;
    }
    if (repetition == '-') {
      result = match_shortest(matcher, subject, pattern, end);
      break;
    }
    bool matches = matches_item(matcher, subject, pattern, end);
    if (repetition == '?') {
      if (matches) {
        result = ez_match(matcher, subject + 1, end + 1);
        if (result) break;
      }
      pattern = end + 1;
      continue;
    }
    if (!matches) break;
    subject++;
    pattern = end;
  }
  matcher->depth--;
  return result;
}
