import { colouring, type Declare } from "./options.ts";

export const declareExplain: Declare = (kalint, ask) => {
  colouring(kalint.command("explain").argument("<RULE>", "the id of a rule").description("print the page of a rule")).action(
    (rule: string, { color }: { readonly color?: boolean }) => ask({ kind: "explain", rule, ...(color === undefined ? {} : { color }) }),
  );
};
