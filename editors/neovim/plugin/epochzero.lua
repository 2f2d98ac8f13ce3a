-- Neovim 0.7 to 0.10: put this file into the folder `plugin` of your configuration.
-- vim.g.epochzero = { minSeverity = "warning" } before it changes settings; docs/editors.md lists them.
-- vim.lsp.codelens.run() or :LspEpochZeroConfirm puts the finding at the cursor to the test by a dry run.
if vim.fn.has("nvim-0.11") == 1 then
  return -- lsp/epochzero.lua does it.
end

local markers = { "epochzero.yaml", ".epochzero.yaml", ".git" }
local clients = {} -- Of each root, the id of its client.

-- The nearest folder above the file that has the first marker, else the second and so on, else the file's own folder.
local function root_of(path)
  local own = vim.fn.fnamemodify(path, ":p:h")
  for _, marker in ipairs(markers) do
    local folder, above = own, nil
    while folder ~= above do
      if vim.fn.getftype(folder .. "/" .. marker) ~= "" then
        return folder
      end
      folder, above = vim.fn.fnamemodify(folder, ":h"), folder
    end
  end
  return own
end

local function add_commands(buffer)
  local function act(kind)
    return function()
      local context = { only = { kind }, diagnostics = {} }
      -- Neovim 0.7 takes nothing but the context, and asks even where there is one action.
      vim.lsp.buf.code_action(vim.fn.has("nvim-0.8") == 1 and { context = context, apply = true } or context)
    end
  end
  vim.api.nvim_buf_create_user_command(buffer, "LspEpochZeroFixAll", act("source.fixAll.epochzero"), {
    desc = "Make all safe fixes of Epoch Zero",
  })
  vim.api.nvim_buf_create_user_command(buffer, "LspEpochZeroConfirm", act("quickfix.confirm.epochzero"), {
    desc = "Put the finding at the cursor to the test by a dry run, or give that up",
  })
  -- Findings come anew with each text and with each verdict.
  vim.api.nvim_create_autocmd({ "BufEnter", "DiagnosticChanged" }, {
    group = vim.api.nvim_create_augroup("epochzero_lenses_" .. buffer, { clear = true }),
    buffer = buffer,
    callback = function()
      vim.lsp.codelens.refresh()
    end,
  })
end

local function attach(event)
  local path = vim.api.nvim_buf_get_name(event.buf)
  if path == "" or vim.bo[event.buf].buftype ~= "" or vim.fn.executable("epochzero") == 0 then
    return
  end
  local root = root_of(path)
  clients[root] = clients[root]
    or vim.lsp.start_client({
      name = "epochzero",
      cmd = { "epochzero", "server" },
      root_dir = root,
      init_options = vim.g.epochzero,
      on_attach = function(_, buffer)
        add_commands(buffer)
      end,
      on_exit = function()
        clients[root] = nil
      end,
    })
  if clients[root] then
    vim.lsp.buf_attach_client(event.buf, clients[root])
  end
end

vim.api.nvim_create_autocmd("FileType", {
  group = vim.api.nvim_create_augroup("epochzero", { clear = true }),
  pattern = { "yaml", "json", "jsonc" },
  callback = attach,
})
