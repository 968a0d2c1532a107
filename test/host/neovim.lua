-- Opens FILE with the language server SERVER (run by NODE), waits for diagnostics, takes the first fix if FIX is a rule, and
-- prints what it saw as one line of JSON. For Neovim 0.7 and later.
local env = vim.env
local result = { attached = false }

vim.cmd("edit " .. vim.fn.fnameescape(env.FILE))
vim.bo.filetype = "keepalived"
local buffer = vim.api.nvim_get_current_buf()

local client = vim.lsp.start_client({
  name = "kalint",
  cmd = { env.NODE, env.SERVER, "--stdio" },
  root_dir = env.ROOT,
})
vim.lsp.buf_attach_client(buffer, client)

local function diagnostics()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(nil)) do
    table.insert(found, {
      rule = each.code,
      line = each.lnum + 1,
      severity = each.severity,
      source = each.source,
      file = vim.api.nvim_buf_get_name(each.bufnr),
    })
  end
  return found
end

local function has(rule)
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    if each.code == rule then
      return true
    end
  end
  return false
end

result.attached = vim.wait(10000, function()
  return has(env.RULE)
end, 20)
result.before = diagnostics()

local answers = vim.lsp.buf_request_sync(buffer, "textDocument/documentSymbol", { textDocument = vim.lsp.util.make_text_document_params() }, 5000)
result.symbols = {}
for _, answer in pairs(answers or {}) do
  for _, symbol in ipairs(answer.result or {}) do
    table.insert(result.symbols, symbol.name)
  end
end

-- The quick fix of the rule, as a user would take it.
for _, each in ipairs(vim.diagnostic.get(buffer)) do
  if each.code == env.RULE then
    local range = {
      start = { line = each.lnum, character = each.col },
      ["end"] = { line = each.end_lnum, character = each.end_col },
    }
    local actions = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", {
      textDocument = vim.lsp.util.make_text_document_params(),
      range = range,
      context = { diagnostics = {} },
    }, 5000)
    for _, answer in pairs(actions or {}) do
      local action = (answer.result or {})[1]
      if action then
        result.title = action.title
        vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
      end
    end
    break
  end
end
result.fixed = vim.wait(10000, function()
  return not has(env.RULE)
end, 20)
result.after = diagnostics()

io.stdout:write(vim.fn.json_encode(result) .. "\n")
vim.lsp.stop_client(client)
vim.cmd("qa!")
