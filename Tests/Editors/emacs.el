;;; emacs.el --- What the drives of eglot and lsp-mode share  -*- lexical-binding: t; -*-

;; Both run in batch, by scripts/check-editors, in the folder of the configs: they open each, print
;; what is shown, apply a quick fix as a user would, and save.

;;; Code:

(require 'cl-lib)
(require 'flymake)
(require 'package)
(add-to-list 'package-directory-list "/usr/share/emacs/site-lisp/elpa")
(package-initialize)
(require 'epochzero)

;; Before Emacs 29 there is no mode for either.
(unless (fboundp 'yaml-mode)
  (define-derived-mode yaml-mode text-mode "YAML"))
(unless (fboundp 'json-mode)
  (define-derived-mode json-mode prog-mode "JSON"))
(setq auto-mode-alist '(("\\.ya?ml\\'" . yaml-mode) ("\\.json\\'" . json-mode))
      make-backup-files nil)
(remove-hook 'flymake-diagnostic-functions #'flymake-proc-legacy-flymake)

(defconst test-cases
  '(("model.json" "keep probability of 0\\.8" "0\\.2" 18)
    ("ludwig.yaml" "start at 0" "he_normal" 17))
  "Files, each with a part of the message, a part of the fix's title, and the line.")

(defun test-fail (format &rest arguments)
  "End Emacs with what went wrong, and what was said between it and the server."
  (dolist (buffer (buffer-list))
    (when (string-match-p "events\\*\\|lsp-log" (buffer-name buffer))
      (message "%s" (with-current-buffer buffer (buffer-string)))))
  (message "emacs: %s" (apply #'format format arguments))
  (kill-emacs 1))

(defun test-wait-for (what condition)
  "Wait until CONDITION gives something, for 10 s."
  (let ((end (+ (float-time) 10)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (test-fail "waited 10 s for %s" what))
      (accept-process-output nil 0.02))))

(defun test-choose (code-action file pattern)
  "Call the command CODE-ACTION and choose what it offers for FILE that matches PATTERN."
  ;; As of a command that was typed: after a click, a menu is shown instead.
  (let ((last-nonmenu-event t))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt titles &rest _)
                 (let ((offered (all-completions "" titles)))
                   (or (cl-find-if (lambda (title) (string-match-p pattern title)) offered)
                       (test-fail "no action for %s says %s: %S" file pattern offered))))))
      (call-interactively code-action))))

(defun test-mend (start name code-action case)
  "Mend the file of CASE: START begins a client called NAME, CODE-ACTION is its command."
  (cl-destructuring-bind (file part action line) case
    (find-file file)
    (funcall start)
    (test-wait-for (format "findings in %s" file)
                   (lambda () (flymake-start) (flymake-diagnostics)))
    (let* ((shown (flymake-diagnostics))
           (found (car shown))
           (text (flymake-diagnostic-text found)))
      (dolist (diagnostic shown)
        (message "%s:%d: %s" file (line-number-at-pos (flymake-diagnostic-beg diagnostic))
                 (flymake-diagnostic-text diagnostic)))
      (unless (and (= (length shown) 1)
                   (= line (line-number-at-pos (flymake-diagnostic-beg found)))
                   (string-match-p part text))
        (test-fail "not the one finding \"%s\" in line %d of %s: %S" part line file shown))
      (goto-char (flymake-diagnostic-beg found)))
    (test-choose code-action file "Confirm by a dry run")
    (test-wait-for (format "the verdict in %s" file)
                   (lambda ()
                     (flymake-start)
                     (let ((shown (flymake-diagnostics)))
                       (and shown
                            (string-match-p "^dry run: confirmed: " (flymake-diagnostic-text (car shown)))))))
    (message "%s: %s" file (flymake-diagnostic-text (car (flymake-diagnostics))))
    (let ((tick (buffer-chars-modified-tick)))
      (test-choose code-action file action)
      (test-wait-for (format "the quick fix in %s" file)
                     (lambda () (/= tick (buffer-chars-modified-tick)))))
    ;; Servers are told of edits when Emacs is idle, which it never is in batch, or when a file is saved.
    (save-buffer)
    (test-wait-for (format "the finding in %s to go" file)
                   (lambda () (flymake-start) (null (flymake-diagnostics))))
    (message "%s: mended in Emacs %s with %s" file emacs-version name)))

(provide 'emacs)
;;; emacs.el ends here
