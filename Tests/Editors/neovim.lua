-- Run inside Neovim by scripts/check-editors, in the folder of the configs: opens each, prints what is shown, applies a
-- quick fix as a user would, and saves.
local cases = {
  { file = "model.json", rule = "dropout/keep-as-drop", action = "0%.2", line = 18, hover = "rate", confirm = vim.lsp.codelens.run },
  { file = "ludwig.yaml", rule = "init/zero-weights", action = "he_normal", line = 17, hover = "weights_initializer", confirm = "LspEpochZeroConfirm", is_safe = true },
}

local function fail(message)
  io.stderr:write("neovim: " .. message .. "\n")
  vim.cmd("cquit 1")
end

local function wait_for(what, condition)
  if not vim.wait(10000, condition, 10) then
    fail("waited 10 s for " .. what .. "; messages: " .. vim.fn.execute("messages"))
  end
end

local function say(...)
  io.stdout:write(string.format(...) .. "\n")
end

-- Answers Neovim's question which action is meant, and waits until it is done.
local function choose(case, title_part, command)
  local offered
  vim.ui.select = function(items, options, take)
    offered = vim.tbl_map(options.format_item, items)
    for index, title in ipairs(offered) do
      if title:find(title_part) then
        say("%s: %s", case.file, title)
        return take(items[index], index)
      end
    end
    fail(("no action for %s says %s: %s"):format(case.file, title_part, vim.inspect(offered)))
  end
  vim.api.nvim_win_set_cursor(0, { case.line, vim.diagnostic.get(0)[1].col })
  local before = vim.b.changedtick
  command()
  wait_for("the fix of " .. case.file, function()
    return vim.b.changedtick > before
  end)
  wait_for("the finding in " .. case.file .. " to go", function()
    return #vim.diagnostic.get(0) == 0
  end)
end

-- What is said about the key or value at the cursor, in a window of its own.
local function hover(case)
  vim.api.nvim_win_set_cursor(0, { case.line, vim.diagnostic.get(0)[1].col })
  vim.lsp.buf.hover()
  local window
  wait_for("what is known of line " .. case.line .. " of " .. case.file, function()
    for _, each in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(each).relative ~= "" then
        window = each
      end
    end
    return window
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
  for _, word in ipairs({ case.hover, "confirmed" }) do
    if not text:find(word) then
      fail(("what is said about line %d of %s does not say %s: %s"):format(case.line, case.file, word, text))
    end
  end
  say("%s", text)
  vim.api.nvim_win_close(window, true)
end

-- The lenses over a line.
local function lenses(line)
  return vim.tbl_filter(function(lens)
    return lens.range.start.line == line - 1
  end, vim.lsp.codelens.get(vim.api.nvim_get_current_buf()))
end

-- Has the finding put to the test, and waits for the verdict where a user would look for it.
local function confirm(case)
  vim.api.nvim_win_set_cursor(0, { case.line, vim.diagnostic.get(0)[1].col })
  wait_for("a lens over " .. case.file, function()
    return #lenses(case.line) == 1
  end)
  if lenses(case.line)[1].command.title ~= "Confirm by a dry run" then
    fail("another lens over " .. case.file .. ": " .. vim.inspect(lenses(case.line)))
  end
  if type(case.confirm) == "string" then
    -- Some versions ask even where there is one action.
    vim.ui.select = function(items, options, take)
      if #items ~= 1 then
        fail("more than a dry run is offered: " .. vim.inspect(vim.tbl_map(options.format_item, items)))
      end
      take(items[1], 1)
    end
    vim.cmd(case.confirm)
  else
    case.confirm()
  end
  wait_for("the verdict in " .. case.file, function()
    local shown = vim.diagnostic.get(0)
    return #shown == 1 and shown[1].message:find("\ndry run: confirmed: ", 1, true)
  end)
  wait_for("the verdict over " .. case.file, function()
    return #lenses(case.line) == 1 and lenses(case.line)[1].command.title:find("^confirmed: ")
  end)
  say("%s: %s", case.file, lenses(case.line)[1].command.title)
end

local function mend(case)
  vim.cmd("edit " .. case.file)
  wait_for("findings in " .. case.file, function()
    return #vim.diagnostic.get(0) > 0
  end)
  local shown = vim.diagnostic.get(0)
  for _, diagnostic in ipairs(shown) do
    say("%s:%d: %s", case.file, diagnostic.lnum + 1, diagnostic.message)
  end
  local diagnostic = shown[1]
  if #shown ~= 1 or diagnostic.source ~= "epochzero" or diagnostic.lnum + 1 ~= case.line then
    fail(("not the one finding of epochzero in line %d of %s: %s"):format(case.line, case.file, vim.inspect(shown)))
  end
  if diagnostic.user_data.lsp.code ~= case.rule then
    fail(("the finding in %s is not %s: %s"):format(case.file, case.rule, vim.inspect(diagnostic)))
  end

  confirm(case)
  hover(case)
  if case.is_safe then
    choose(case, "^Fix all safe", function()
      vim.cmd("LspEpochZeroFixAll")
    end)
    vim.cmd("silent undo")
    wait_for("the finding in " .. case.file .. " to come back", function()
      return #vim.diagnostic.get(0) > 0
    end)
  end
  choose(case, case.action, vim.lsp.buf.code_action)
  vim.cmd("silent write")
end

local function main()
  if vim.lsp.enable then
    vim.lsp.enable("epochzero")
  end
  for _, case in ipairs(cases) do
    mend(case)
  end
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  if #clients ~= 1 then
    fail(("%d servers run, not one for both files"):format(#clients))
  end
  say("%d files mended in Neovim %s", #cases, vim.fn.matchstr(vim.fn.execute("version"), "[0-9.]\\+"))
end

local ok, message = xpcall(main, debug.traceback)
if not ok then
  fail(message)
end
vim.cmd("qall!")
