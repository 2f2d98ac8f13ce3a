;;; lsp-mode.el --- Mends configs in Emacs with lsp-mode  -*- lexical-binding: t; -*-

;;; Code:

(load (expand-file-name "emacs" (file-name-directory load-file-name)))
(require 'lsp-mode)
(setq lsp-auto-guess-root t
      lsp-diagnostics-provider :flymake
      lsp-enable-snippet nil
      lsp-session-file (expand-file-name "session" default-directory)
      lsp-warn-no-matched-clients nil)

(defun test-start ()
  "Start the server, or have the running one take up the file."
  (lsp)
  (test-wait-for "lsp-mode to start the server" #'lsp-workspaces))

(dolist (case test-cases)
  (test-mend #'test-start "lsp-mode" #'lsp-execute-code-action case))
(kill-emacs 0)

;;; lsp-mode.el ends here
