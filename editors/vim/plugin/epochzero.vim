" For vim-lsp, which says when it wants to hear of servers; ALE finds ale_linters/ by itself.
augroup epochzero
  autocmd!
  autocmd User lsp_setup if executable('epochzero') | call lsp#register_server({
  \   'name': 'epochzero',
  \   'cmd': {_ -> ['epochzero', 'server']},
  \   'allowlist': ['yaml', 'json', 'jsonc'],
  \   'root_uri': {_ -> lsp#utils#path_to_uri(epochzero#RootOf(lsp#utils#get_buffer_path()))},
  \   'initialization_options': get(g:, 'epochzero_settings', {}),
  \ }) | endif
augroup END
