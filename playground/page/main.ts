/** The page: it holds the files, sends them to the worker at every change, and shows what comes back. */
import { newestVersion, versions, distros } from "../../grammar/vocabulary/releases.ts";
import type { Example, Listed } from "../examples.ts";
import { byNode, edited, nameProblem, nextNode, nodeOf, pathOf, renamed, withCopyOf, withFile, without, withText } from "../files.ts";
import type { ShownFix, SourceFile } from "../messages.ts";
import { fragmentOf, sharedIn } from "../share.ts";
import { createAnalyst } from "./analyst.ts";
import { askName, showLink, showPage } from "./dialogs.ts";
import { byId, make } from "./dom.ts";
import { showFailover } from "./failover.ts";
import { countsInWords, showFindings } from "./findings.ts";
import { rendered } from "./markdown.ts";
import { createPanes } from "./panes.ts";
import { showPicture } from "./picture.ts";
import { followTheme } from "./theme.ts";

const exampleSelect = byId("example") as HTMLSelectElement;
const versionSelect = byId("version") as HTMLSelectElement;
let examples: readonly Listed[] = [];
let files: readonly SourceFile[] = [];

const analyst = createAnalyst({
  findings: ({ findings, marks, crashes, nodes }, milliseconds) => {
    panes.mark(marks, findings);
    showFindings(byId("findings-list"), findings, owner);
    const counts = `${countsInWords(findings)} on ${nodes === 1 ? "1 node" : `${nodes} nodes`}`;
    say(crashes.length === 0 ? counts : `${counts}; ${crashes.join(", ")} failed and was left out, which is a defect of kalint`);
    byId("time").textContent = `${Math.max(1, Math.round(milliseconds))} ms`;
  },
  failover: ({ tables }) => showFailover(byId("failover-tables"), tables),
  graph: ({ svg }) => showPicture(byId("picture"), svg),
  failed: (reason) => say(`kalint failed, nothing was checked (${reason}). This is a defect of kalint.`),
});

/** Read aloud where it changes, and only then. */
const say = (text: string): void => {
  const summary = byId("summary");
  if (summary.textContent !== text) summary.textContent = text;
};

const judge = (): void => analyst.judge(files, versionSelect.value === "" ? undefined : versionSelect.value);

const replaced = (next: readonly SourceFile[]): void => {
  files = next;
  panes.show(files);
  judge();
};

const typed = (file: string, text: string): void => {
  files = withText(files, file, text);
  judge();
};

const apply = ({ edits }: ShownFix): void => {
  for (const name of new Set(edits.map(({ file }) => file))) {
    const file = files.find((each) => each.name === name);
    const own = edits.filter((edit) => edit.file === name);
    if (file === undefined) continue;
    panes.replace(name, own);
    files = withText(files, name, edited(file.text, own));
  }
  judge();
};

const explain = (rule: string): void => {
  fetch(`rules/${rule}.md`)
    .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.statusText))))
    .then(showPage, () => showPage(`# ${rule}\n\nThe page of this rule could not be loaded.`));
};

const owner = {
  analyst,
  edited: typed,
  apply,
  explain,
  goTo: (place: Parameters<typeof panes.goTo>[0]): void => panes.goTo(place),
  askFile: (node: string): void =>
    askName({
      title: node === "" ? "Add a file" : `Add a file to ${node}`,
      label: "Name",
      value: `${node}/etc/`,
      hint: "Scripts, firewall dumps (iptables-save, nft), sysctl, interface and haproxy files lie where they lie on the host.",
      suggestions: usualPaths.map((path) => `${node}/${path}`),
      problem: (name) => nameProblem(name, files),
      accept: (name) => replaced(withFile(files, { name, text: "" })),
    }),
  askRename: (file: string): void =>
    askName({
      title: "Rename or remove the file",
      label: "Name",
      value: file,
      problem: (name) => nameProblem(name, files, file),
      accept: (name) => replaced(renamed(files, file, name)),
      ...(files.length > 1 ? { remove: (): void => replaced(without(files, file)) } : {}),
    }),
  askNode: (): void => {
    const from = byNode(files).at(-1)?.node ?? "";
    askName({
      title: "Add a node",
      label: "Name",
      value: nextNode(files),
      hint: from === "" ? "It gets an empty keepalived.conf." : `It starts with a copy of ${from}'s files.`,
      problem: nodeProblem,
      accept: (name) =>
        replaced(
          from === "" ? withFile(files, { name: `${name}/etc/keepalived/keepalived.conf`, text: "" }) : withCopyOf(files, from, name),
        ),
    });
  },
  askRenameNode: (node: string): void =>
    askName({
      title: "Rename or remove the node",
      label: "Name",
      value: node,
      problem: (name) => (name === node ? undefined : nodeProblem(name)),
      accept: (name) =>
        replaced(files.map((file) => (nodeOf(file.name) === node ? { ...file, name: `${name}/${pathOf(file.name)}` } : file))),
      ...(byNode(files).length > 1 ? { remove: (): void => replaced(files.filter(({ name }) => nodeOf(name) !== node)) } : {}),
    }),
};

const usualPaths = [
  "etc/keepalived/keepalived.conf",
  "etc/keepalived/check.sh",
  "etc/keepalived/notify.sh",
  "etc/iptables/rules.v4",
  "etc/nftables.conf",
  "etc/sysctl.d/90-keepalived.conf",
  "etc/network/interfaces",
  "etc/haproxy/haproxy.cfg",
];

const nodeProblem = (name: string): string | undefined =>
  name.includes("/") || name === ""
    ? "a node's name is one word without slashes"
    : byNode(files).some(({ node }) => node === name)
      ? "there is such a node already"
      : nameProblem(name, []);

const panes = createPanes(byId("panes"), owner);

const load = ({ id, about, files: own }: Example): void => {
  exampleSelect.value = id;
  byId("about").replaceChildren(rendered(about));
  // The editors of another example know nothing of these texts.
  panes.show([]);
  replaced(own);
};

const fillVersions = (): void => {
  const systems = Object.entries(distros).map(([name, version]) => make("option", { value: version }, `${name} (${version})`));
  const releases = versions.toReversed().filter((version) => version !== newestVersion && !version.startsWith("1.2."));
  versionSelect.append(
    make("option", { value: "" }, `${newestVersion}, the newest`),
    make("optgroup", { label: "Distribution" }, ...systems),
    make("optgroup", { label: "Release" }, ...releases.map((version) => make("option", { value: version }, version))),
  );
  versionSelect.addEventListener("change", judge);
};

const fillExamples = (): void => {
  const groups = new Set(examples.map(({ group }) => group));
  exampleSelect.replaceChildren(
    make("option", { value: "", hidden: "" }, "your own files"),
    ...[...groups].map((label) =>
      make(
        "optgroup",
        { label },
        ...examples.filter(({ group }) => group === label).map(({ id, title }) => make("option", { value: id }, title)),
      ),
    ),
  );
  exampleSelect.addEventListener("change", () => {
    history.replaceState(null, "", `#example=${exampleSelect.value}`);
    void open(exampleSelect.value);
  });
};

const open = async (id: string): Promise<void> => {
  try {
    const example = (await (await fetch(`examples/${id}.json`)).json()) as Example;
    // Somebody may have chosen another one meanwhile.
    if (location.hash === "" || location.hash === `#example=${id}`) load(example);
  } catch {
    byId("about").textContent = "The example could not be loaded.";
  }
};

/** What the address says: files, an example, or nothing. */
const followAddress = async (): Promise<void> => {
  const fragment = location.hash.slice(1);
  const shared = await sharedIn(fragment);
  if (shared !== undefined) {
    versionSelect.value = shared.version ?? "";
    load({ id: "", group: "", title: "", about: "", files: shared.files });
    return;
  }
  const named = examples.find(({ id }) => fragment === `example=${id}`);
  if (named === undefined && fragment !== "") history.replaceState(null, "", " ");
  await open((named ?? examples[0]!).id);
  if (named === undefined && fragment !== "") byId("about").textContent = "The link could not be read; here is an example instead.";
};

const share = async (): Promise<void> => {
  const fragment = await fragmentOf({ files, ...(versionSelect.value === "" ? {} : { version: versionSelect.value }) });
  history.replaceState(null, "", `#${fragment}`);
  const isCopied = await navigator.clipboard.writeText(location.href).then(
    () => true,
    () => false,
  );
  showLink(location.href, isCopied);
};

const start = async (): Promise<void> => {
  followTheme();
  fillVersions();
  examples = (await (await fetch("examples.json")).json()) as readonly Example[];
  fillExamples();
  await followAddress();
  addEventListener("hashchange", () => void followAddress());
  byId("share").addEventListener("click", () => void share());
};

start().catch((error: unknown) => say(`The page did not start (${String(error)}).`));
