" What ALE and vim-lsp are told of the server. g:epochzero_settings, a dictionary, holds its settings; docs/editors.md lists them.

" The folder of the project that a file belongs to: the nearest that has settings, else the repository, else the file's own.
function! epochzero#RootOf(path) abort
  let l:own = fnamemodify(a:path, ':p:h')
  for l:marker in ['epochzero.yaml', '.epochzero.yaml', '.git']
    let l:folder = l:own
    let l:above = ''
    while l:folder !=# l:above
      if !empty(getftype(l:folder . '/' . l:marker))
        return l:folder
      endif
      let [l:folder, l:above] = [fnamemodify(l:folder, ':h'), l:folder]
    endwhile
  endfor
  return l:own
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
