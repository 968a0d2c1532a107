/**
 * `npm run new-rule ID [GROUP]` writes the files of a rule, all under its id: the rule, its page and its spec, and lists it.
 * Without a group it is "vrrp". (npm takes `--group` for itself, so `npm run new-rule ID --group GROUP` arrives as two words too.)
 * What a template leaves open is marked TODO; the tests fail until that is written.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { rulesOnDisk, writeIndex } from "./rules-index.mjs";

const GROUPS = [
  "checker",
  "database",
  "failover",
  "firewall",
  "lvs",
  "lvs-host",
  "meta",
  "notify",
  "peers",
  "script",
  "security",
  "syntax",
  "tracking",
  "vrrp",
];

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const refuse = (message) => {
  console.error(`new-rule: ${message}`);
  process.exit(2);
};

const given = () => {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { group: { type: "string" } } });
    return [...positionals, ...(values.group === undefined ? [] : [values.group])];
  } catch (error) {
    return refuse(error.message);
  }
};

const [id, group = "vrrp", ...rest] = given();
if (id === undefined || rest.length > 0) refuse(`usage: npm run new-rule ID [GROUP], where GROUP is ${GROUPS.join(", ")}`);
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/u.test(id))
  refuse(`"${id}" is no rule id: two or more lower-case words joined by "-", the thing, then the claim`);
if (!GROUPS.includes(group)) refuse(`there is no group "${group}", only ${GROUPS.join(", ")}`);
const owner = [...rulesOnDisk()].find(([, ids]) => ids.includes(id))?.[0];
if (owner !== undefined) refuse(`${id} exists: server/rules/${owner}/${id}.ts`);

const rule = `import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "${id}",
  summary: "TODO: what is wrong, in one sentence.",
  severity: "warning",
  since: "0.1.0",
  sources: ["TODO: a case under test/observed/, or keepalived file:line at a tag"],
  subject: "vrrpInstance",

  *check({ name, nopreempt }) {
    // TODO: leave where nothing is wrong, and where it cannot be known.
    if (nopreempt === undefined) return;
    yield {
      at: nopreempt.site,
      message: \`TODO: what is wrong with \${name.value}, true on its own in one line\`,
    };
  },
});
`;

const page = `# ${id}

## What happens

TODO: what the daemon does, and what that means for the cluster.

## Wrong

\`\`\`keepalived
TODO
\`\`\`

## Right

\`\`\`keepalived
TODO
\`\`\`

## When to turn it off

TODO: where it is meant like that.
`;

const spec = `# ${id}

## TODO: the simplest case

\`\`\`keepalived
vrrp_instance VI_1 {
    nopreempt
#   ^^^^^^^^^ ${id}
}
\`\`\`

## TODO: what looks like it and is right

\`\`\`keepalived
vrrp_instance VI_1 {
}
\`\`\`
`;

const files = [
  [`server/rules/${group}/${id}.ts`, rule],
  [`docs/rules/${id}.md`, page],
  [`test/rules/${id}.md`, spec],
];
const present = files.filter(([file]) => existsSync(path.join(root, file)));
if (present.length > 0) refuse(`${present.map(([file]) => file).join(", ")} exists`);

for (const [file, text] of files) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text, { flag: "wx" });
  console.log(file);
}
await writeIndex();
console.log("server/rules/index.ts");
