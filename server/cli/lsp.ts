/** `kalint lsp --stdio`: the language server is a program of its own, which takes over standard input and output. */
export const startServer = async (): Promise<number> => {
  await import("../lsp/main.ts");
  return 0;
};
