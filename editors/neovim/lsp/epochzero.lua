-- Neovim 0.11 and later: put this file into the folder `lsp` of your configuration and call vim.lsp.enable("epochzero").
-- vim.lsp.config("epochzero", { init_options = { minSeverity = "warning" } }) changes settings; docs/editors.md lists them.
return {
  cmd = { "epochzero", "server" },
  filetypes = { "yaml", "json", "jsonc" },
  root_markers = { "epochzero.yaml", ".epochzero.yaml", ".git" },
  init_options = {},
  on_attach = function(_, buffer)
    vim.api.nvim_buf_create_user_command(buffer, "LspEpochZeroFixAll", function()
      vim.lsp.buf.code_action({ context = { only = { "source.fixAll.epochzero" }, diagnostics = {} }, apply = true })
    end, { desc = "Make all safe fixes of Epoch Zero" })
  end,
}
