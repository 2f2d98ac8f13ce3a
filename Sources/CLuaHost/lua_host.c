#include "lua_host.h"
typedef int ez_lua_placeholder;
