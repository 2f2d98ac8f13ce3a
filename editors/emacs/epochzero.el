;;; epochzero.el --- Show what keeps a neural network from training  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "26.1"))

;;; Commentary:

;; Runs the language server of Epoch Zero on configs in YAML and JSON, with eglot
;; or with lsp-mode, whichever is there.  With eglot: M-x eglot.  Eglot runs one
;; server for a buffer; lsp-mode runs this one beside others, as an add-on.

;;; Code:

(defgroup epochzero nil
  "The linter for neural-network configs."
  :group 'tools)

(defcustom epochzero-command '("epochzero" "server")
  "The program to run, with its arguments."
  :type '(repeat string))

(defcustom epochzero-settings nil
  "What the server is told, a plist such as (:minSeverity \"warning\")."
  :type 'plist)

(defconst epochzero-modes
  '(yaml-mode yaml-ts-mode json-mode json-ts-mode js-json-mode)
  "Major modes of files that may be configs.")

(defun epochzero--contact (&rest _)
  "Return how eglot reaches the server."
  (append epochzero-command
          (and epochzero-settings (list :initializationOptions epochzero-settings))))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons epochzero-modes #'epochzero--contact)))

(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () epochzero-command))
    :major-modes epochzero-modes
    :server-id 'epochzero
    :add-on? t
    :initialization-options (lambda () epochzero-settings))))

(provide 'epochzero)
;;; epochzero.el ends here
