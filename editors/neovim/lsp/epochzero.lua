-- Neovim 0.11 and later: put this file into the folder `lsp` of your configuration and call vim.lsp.enable("epochzero").
-- vim.lsp.config("epochzero", { init_options = { minSeverity = "warning" } }) changes settings; docs/editors.md lists them.
-- vim.lsp.codelens.run() or :LspEpochZeroConfirm puts the finding at the cursor to the test by a dry run.
local function act(kind)
  return function()
    vim.lsp.buf.code_action({ context = { only = { kind }, diagnostics = {} }, apply = true })
  end
end

local function show_lenses(buffer)
  if vim.lsp.codelens.enable then -- Neovim 0.12 and later.
    return vim.lsp.codelens.enable(true, { bufnr = buffer })
  end
  -- Findings come anew with each text and with each verdict.
  vim.api.nvim_create_autocmd({ "BufEnter", "DiagnosticChanged" }, {
    group = vim.api.nvim_create_augroup("epochzero_lenses_" .. buffer, { clear = true }),
    buffer = buffer,
    callback = function()
      vim.lsp.codelens.refresh({ bufnr = buffer })
    end,
  })
end

return {
  cmd = { "epochzero", "server" },
  filetypes = { "yaml", "json", "jsonc" },
  root_markers = { "epochzero.yaml", ".epochzero.yaml", ".git" },
  init_options = {},
  on_attach = function(_, buffer)
    vim.api.nvim_buf_create_user_command(buffer, "LspEpochZeroFixAll", act("source.fixAll.epochzero"), {
      desc = "Make all safe fixes of Epoch Zero",
    })
    vim.api.nvim_buf_create_user_command(buffer, "LspEpochZeroConfirm", act("quickfix.confirm.epochzero"), {
      desc = "Put the finding at the cursor to the test by a dry run, or give that up",
    })
    show_lenses(buffer)
  end,
}
