;;; eglot.el --- Mends configs in Emacs with eglot  -*- lexical-binding: t; -*-

;;; Code:

(load (expand-file-name "emacs" (file-name-directory load-file-name)))
(require 'eglot)

(defun test-start ()
  "Start the server, or wait until the running one, which is for the whole project, has the file."
  (if (eglot-current-server)
      (test-wait-for "eglot to take up another file" #'eglot-managed-p)
    (apply #'eglot (eglot--guess-contact))))

(dolist (case test-cases)
  (test-mend #'test-start "eglot" #'eglot-code-actions case))
(kill-emacs 0)

;;; eglot.el ends here
