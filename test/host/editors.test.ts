/** The configurations of docs/editors.md in the editors themselves, as far as Debian packages them. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, type Program, whereIs } from "./needs.ts";
import { removeFolder } from "../folders.ts";

const root = path.resolve(import.meta.dirname, "../..");
const docs = readFileSync(path.join(root, "docs/editors.md"), "utf8");

/** The fence of the page whose first line says this. */
const documented = (info: string): string => {
  const start = docs.indexOf(`\`\`\`${info}\n`);
  if (start < 0) throw new Error(`docs/editors.md has no fence "${info}"`);
  const from = start + info.length + 4;
  return docs.slice(from, docs.indexOf("```", from));
};

/** Waits for diagnostics and writes them into $OUT, one a line. */
const vimWaits = `let s:left = 150
while s:left > 0 && empty(ale#engine#GetLoclist(bufnr('%')))
  sleep 200m
  let s:left -= 1
endwhile
call writefile(map(ale#engine#GetLoclist(bufnr('%')), {_, each -> each.code . ' ' . each.lnum}), $OUT)
qall!
`;

const emacsWaits = `(find-file (getenv "FILE"))
(run-hooks 'post-command-hook)
(let ((end (+ (float-time) 30)))
  (while (and (< (float-time) end) (not (flymake-diagnostics)))
    (accept-process-output nil 0.2)))
(let ((lines (mapcar (lambda (each) (format "%s %d" (flymake-diagnostic-text each) (line-number-at-pos (flymake-diagnostic-beg each))))
                     (flymake-diagnostics))))
  (with-temp-file (getenv "OUT") (insert (mapconcat #'identity lines "\\n"))))
(kill-emacs 0)
`;

const neovimWaits = `local function seen()
  return vim.diagnostic.get(0)
end
vim.wait(30000, function() return #seen() > 0 end, 100)
local lines = {}
for _, each in ipairs(seen()) do table.insert(lines, each.code .. " " .. (each.lnum + 1)) end
vim.fn.writefile(lines, vim.env.OUT)
vim.cmd("qall!")
`;

interface Setup {
  readonly program: Program;
  /** Another package that is needed: a file of it. */
  readonly needs?: { readonly file: string; readonly what: string };
  /** Writes the editor's files into its home; the arguments of its command line. */
  readonly arrange: (home: string, file: string) => readonly string[];
}

const write = (file: string, text: string): string => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

const editors: Readonly<Record<string, Setup>> = {
  "Vim with ALE": {
    program: "vim",
    needs: { file: "/usr/share/vim-ale", what: "the package vim-ale" },
    arrange: (home, file) => {
      write(path.join(home, ".vim/ftdetect/keepalived.vim"), documented("vim ftdetect"));
      write(path.join(home, ".vim/ale_linters/keepalived/kalint.vim"), documented("vim ale"));
      const vimrc = write(path.join(home, ".vim/vimrc"), "set nocompatible\npackadd! ale\nfiletype plugin on\n");
      return ["-N", "-n", "-u", vimrc, "-es", "-S", write(path.join(home, "wait.vim"), vimWaits), file];
    },
  },
  "Emacs with eglot": {
    program: "emacs",
    needs: { file: "/usr/share/emacs/site-lisp/elpa-src", what: "the package elpa-eglot" },
    arrange: (home) => [
      "--batch",
      "--eval",
      "(package-initialize)",
      "-l",
      write(path.join(home, "kalint.el"), documented("elisp eglot")),
      "-l",
      write(path.join(home, "wait.el"), emacsWaits),
    ],
  },
  Neovim: {
    program: "nvim",
    arrange: (home, file) => [
      "--headless",
      "--clean",
      "-n",
      "-u",
      write(path.join(home, "init.lua"), documented("lua neovim-0.7")),
      file,
      "-c",
      `luafile ${write(path.join(home, "wait.lua"), neovimWaits)}`,
    ],
  },
};

for (const [name, { program, needs, arrange }] of Object.entries(editors)) {
  describeWith(
    [program],
    name,
    () => {
      let home: string;
      let seen: string;

      beforeAll(() => {
        home = mkdtempSync(path.join(os.tmpdir(), "kalint-editor-"));
        const project = path.join(home, "project");
        cpSync(path.join(root, "fixtures/clusters/mysql-readwrite-fwmark/corrected"), project, { recursive: true });
        write(path.join(project, "kalint.toml"), "");
        const file = path.join(project, "db1/etc/keepalived/keepalived.conf");
        // Two mistakes: the state drops nopreempt, and the VRID is not that of db2.
        const text = readFileSync(file, "utf8");
        writeFileSync(file, text.replace("state BACKUP", "state MASTER").replace(/virtual_router_id \d+/u, "virtual_router_id 99"));
        const kalint = write(
          path.join(home, "bin/kalint"),
          `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, "dist/kalint.js")}' "$@"\n`,
        );
        chmodSync(kalint, 0o755);
        const out = path.join(home, "seen.txt");
        execFileSync(whereIs(program)!, arrange(home, file), {
          cwd: project,
          timeout: 50_000,
          stdio: ["ignore", "pipe", "pipe"],
          env: {
            ...process.env,
            HOME: home,
            XDG_CONFIG_HOME: path.join(home, ".config"),
            PATH: `${path.join(home, "bin")}${path.delimiter}${process.env["PATH"]}`,
            FILE: file,
            OUT: out,
            TERM: "dumb",
          },
        });
        seen = existsSync(out) ? readFileSync(out, "utf8") : "";
      });

      afterAll(() => removeFolder(home));

      it("shows what is wrong in the file, and between the nodes", () => {
        expect(seen).toMatch(/nopreempt-with-master-state[^]*? 21$/mu);
        expect(seen).toMatch(/peer-vrid-mismatch[^]*? 19$/mu);
      });
    },
    () => (needs === undefined || existsSync(needs.file) ? undefined : needs.what),
  );
}
