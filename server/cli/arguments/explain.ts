import { colouring, type Declare } from "./options.ts";

export const declareExplain: Declare = (kalint, ask) => {
  colouring(
    kalint
      .command("explain")
      .argument("<RULE>", "the id of a rule, a keyword, or a line of keepalived's log in quotes")
      .description("print the page of a rule, what a keyword is, or which rule a line of the daemon's log is about"),
  ).action((subject: string, { color }: { readonly color?: boolean }) =>
    ask({ kind: "explain", subject, ...(color === undefined ? {} : { color }) }),
  );
};
