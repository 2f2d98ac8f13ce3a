" The only configuration of a Vim that scripts/check-editors runs, in the folder of the configs: opens each, prints what is shown,
" applies a quick fix as a user would, and saves.
set nocompatible noswapfile
filetype on
packadd! ale
let g:ale_linters = {'json': ['epochzero'], 'yaml': ['epochzero']}
let s:cases = [
\ {'file': 'model.json', 'rule': 'dropout/keep-as-drop', 'line': 18, 'action': '0\.2'},
\ {'file': 'ludwig.yaml', 'rule': 'init/zero-weights', 'line': 17, 'action': 'he_normal'},
\]

function! s:Say(text) abort
  call writefile([a:text], '/dev/stderr', 'a')
endfunction

function! s:Fail(text) abort
  call writefile(['vim: ' . a:text], '/dev/stderr', 'a')
  cquit!
endfunction

function! s:WaitFor(what, Condition) abort
  for l:_ in range(1000)
    if a:Condition()
      return
    endif
    sleep 10m
  endfor
  call s:Fail('waited 10 s for ' . a:what . '; messages: ' . execute('messages'))
endfunction

function! s:Shown() abort
  return ale#engine#GetLoclist(bufnr(''))
endfunction

" Answers the question which of the actions that ALE lists is meant.
function! s:Choose(case, question) abort
  let l:chosen = matchstr(a:question, '\d\+\ze) [^' . "\n" . ']*' . a:case.action)
  if empty(l:chosen)
    call s:Fail('no action for ' . a:case.file . ' says ' . a:case.action . ': ' . a:question)
  endif
  return l:chosen
endfunction

function! s:Mend(case) abort
  execute 'edit' a:case.file
  call s:WaitFor('findings in ' . a:case.file, {-> !empty(s:Shown())})
  let l:shown = s:Shown()
  for l:item in l:shown
    call s:Say(a:case.file . ':' . l:item.lnum . ': ' . l:item.text)
  endfor
  let l:item = l:shown[0]
  if len(l:shown) != 1 || l:item.lnum != a:case.line || get(l:item, 'code', '') !=# a:case.rule
    call s:Fail('not the one finding ' . a:case.rule . ' in line ' . a:case.line . ' of ' . a:case.file . ': ' . string(l:shown))
  endif
  call cursor(l:item.lnum, l:item.col)
  let s:case = a:case
  ALECodeAction
  call s:WaitFor('the quick fix in ' . a:case.file, {-> &modified})
  silent write
  call s:WaitFor('the finding in ' . a:case.file . ' to go', {-> empty(s:Shown())})
  call s:Say(a:case.file . ': mended in Vim ' . v:version . ' with ALE')
endfunction

function! s:MendAll() abort
  " Loaded now, so that its function that reads what a user types can be replaced.
  runtime autoload/ale/util.vim
  function! ale#util#Input(question, default, ...) abort
    return s:Choose(s:case, a:question)
  endfunction
  try
    for l:case in s:cases
      call s:Mend(l:case)
    endfor
  catch
    call s:Fail(v:exception . ' at ' . v:throwpoint)
  endtry
  qall!
endfunction

autocmd VimEnter * ++nested call s:MendAll()
