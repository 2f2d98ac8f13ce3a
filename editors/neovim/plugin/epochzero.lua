-- Neovim 0.7 to 0.10: put this file into the folder `plugin` of your configuration.
-- vim.g.epochzero = { minSeverity = "warning" } before it changes settings; docs/editors.md lists them.
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
        vim.api.nvim_buf_create_user_command(buffer, "LspEpochZeroFixAll", function()
          vim.lsp.buf.code_action({ context = { only = { "source.fixAll.epochzero" }, diagnostics = {} }, apply = true })
        end, { desc = "Make all safe fixes of Epoch Zero" })
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
