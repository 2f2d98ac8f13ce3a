" What ALE and vim-lsp are told of the server. g:epochzero_settings, a dictionary, holds its settings; docs/editors.md lists them.

" The folder of the project that a file belongs to.
function! epochzero#RootOf(path) abort
  let l:folder = fnamemodify(a:path, ':p:h')
  for l:marker in ['epochzero.yaml', '.epochzero.yaml']
    let l:found = findfile(l:marker, escape(l:folder, ' ,\') . ';')
    if !empty(l:found)
      return fnamemodify(l:found, ':p:h')
    endif
  endfor
  let l:found = finddir('.git', escape(l:folder, ' ,\') . ';')
  return empty(l:found) ? l:folder : fnamemodify(l:found, ':p:h:h')
endfunction

function! epochzero#DefineForALE(language) abort
  call ale#linter#Define(a:language, {
  \   'name': 'epochzero',
  \   'lsp': 'stdio',
  \   'executable': 'epochzero',
  \   'command': '%e server',
  \   'project_root': {buffer -> epochzero#RootOf(bufname(buffer))},
  \   'initialization_options': get(g:, 'epochzero_settings', {}),
  \})
endfunction
