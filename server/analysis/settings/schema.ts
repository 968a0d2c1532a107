/**
 * Every key of kalint.toml, once: reading and its errors, the JSON schema for editors and the table in
 * docs/configuration.md come from here.
 */
import { distros } from "../../../grammar/vocabulary/releases.ts";
import { severities } from "../finding.ts";

/** What a value must be. `what` completes "… wants". */
export type Shape =
  | { readonly kind: "text"; readonly what: string; readonly oneOf?: readonly string[] }
  | { readonly kind: "version" }
  | { readonly kind: "path"; readonly to: "file" | "folder" | "pattern" }
  | { readonly kind: "address" }
  | { readonly kind: "list"; readonly of: Shape; readonly what: string }
  /** A table with these keys. */
  | { readonly kind: "table"; readonly keys: readonly Key[]; readonly required?: readonly string[] }
  /** A table with keys of the user's: rules, paths, interfaces. */
  | { readonly kind: "map"; readonly of: Shape; readonly keys: "rule" | "absolute-path" | "interface"; readonly what: string }
  /** A list in short, a table in full. */
  | { readonly kind: "short-or-full"; readonly short: Shape; readonly full: Shape; readonly what: string };

export interface Key {
  readonly name: string;
  readonly shape: Shape;
  /** One sentence for editors and docs. */
  readonly help: string;
  readonly example: string;
}

const severityWords: readonly string[] = ["off", ...severities.toReversed()];

/** What a rule can be set to. */
export const severity: Shape = { kind: "text", what: "a severity", oneOf: severityWords };

const rules: Shape = {
  kind: "map",
  keys: "rule",
  what: "a table of rules and severities",
  of: severity,
};

const addresses: Shape = { kind: "list", of: { kind: "address" }, what: "a list of addresses" };

const interfaceTable: Shape = {
  kind: "table",
  keys: [
    {
      name: "addresses",
      shape: addresses,
      help: "Addresses the machine itself has on the interface, with their prefix; the first of a family is the primary one.",
      example: '["10.0.0.69/24"]',
    },
    {
      name: "mac",
      shape: { kind: "text", what: "a hardware address" },
      help: "The hardware address of the interface.",
      example: '"aa:aa:aa:b5:7b:88"',
    },
    {
      name: "segment",
      shape: { kind: "text", what: "the name of a segment" },
      help: "Interfaces with the same segment hear each other. Default: the name of the interface.",
      example: '"lan"',
    },
  ],
};

const node: Shape = {
  kind: "table",
  keys: [
    {
      name: "name",
      shape: { kind: "text", what: "a name" },
      help: "What findings call the node. Default: told from its path, as for nodes that are found.",
      example: '"db1"',
    },
    {
      name: "config",
      shape: { kind: "path", to: "file" },
      help: "Its keepalived.conf. Without one it is a machine without keepalived: a real server, a proxy.",
      example: '"db1/keepalived.conf"',
    },
    {
      name: "config-id",
      shape: { kind: "text", what: "a configuration id" },
      help: "Which `@id` lines of the configuration hold on this node (keepalived's `--config-id`). Default: the node's name where the file knows it.",
      example: '"db1"',
    },
    {
      name: "root",
      shape: { kind: "path", to: "folder" },
      help: "The folder that stands for the node's `/`: `/etc/sysctl.conf` of the node is `ROOT/etc/sysctl.conf`. It may lie outside the project.",
      example: '"db1/rootfs"',
    },
    {
      name: "interfaces",
      shape: {
        kind: "map",
        keys: "interface",
        what: "a table of interfaces",
        of: {
          kind: "short-or-full",
          short: addresses,
          full: interfaceTable,
          what: 'a list of addresses or { addresses = […], mac = "…", segment = "…" }',
        },
      },
      help: "The interfaces the machine has, as a list of addresses or a table.",
      example: '{ eth0 = ["10.0.0.69/24"] }',
    },
    {
      name: "files",
      shape: { kind: "list", of: { kind: "path", to: "pattern" }, what: "a list of paths and patterns" },
      help: "The node's scripts, firewall dumps, sysctl and interface files. Without `files` and `root` they are looked for beside the configuration.",
      example: '["db1/iptables.rules", "db1/*.sh"]',
    },
    {
      name: "keepalived-version",
      shape: { kind: "version" },
      help: "The version this node runs, when it differs from the rest. It goes before the one of the command line.",
      example: '"2.4.3"',
    },
  ],
};

export const schema: Shape & { readonly kind: "table" } = {
  kind: "table",
  keys: [
    {
      name: "keepalived-version",
      shape: { kind: "version" },
      help: "The version of keepalived to judge for. Default: the newest known.",
      example: '"2.2.8"',
    },
    {
      name: "distro",
      shape: { kind: "text", what: "a distribution", oneOf: Object.keys(distros) },
      help: "The distribution whose keepalived is meant, instead of `keepalived-version`. It also says what /bin/sh is.",
      example: '"debian12"',
    },
    { name: "rules", shape: rules, help: "Severities of rules, by id or by group.", example: '{ default-vrid = "off" }' },
    {
      name: "paths",
      shape: {
        kind: "map",
        keys: "absolute-path",
        what: "a table of absolute paths and folders",
        of: { kind: "path", to: "folder" },
      },
      help: "Where absolute paths of the hosts lie in this tree: scripts, includes and host files are looked up there. The folder may lie outside the project.",
      example: '{ "/usr/local/keepalived_script" = "scripts" }',
    },
    {
      name: "cluster",
      shape: {
        kind: "list",
        what: "[[cluster]]",
        of: {
          kind: "table",
          keys: [
            {
              name: "name",
              shape: { kind: "text", what: "a name" },
              help: "What findings call the cluster. Default: the folder that holds its nodes.",
              example: '"mysql"',
            },
            { name: "node", shape: { kind: "list", what: "[[cluster.node]]", of: node }, help: "A machine of the cluster.", example: "" },
          ],
          required: ["node"],
        },
      },
      help: "Nodes that are peers. Configurations that are not stated are grouped as without kalint.toml, and never join a stated cluster.",
      example: "",
    },
    {
      name: "override",
      shape: {
        kind: "list",
        what: "[[override]]",
        of: {
          kind: "table",
          keys: [
            {
              name: "paths",
              shape: { kind: "list", of: { kind: "path", to: "pattern" }, what: "a list of patterns" },
              help: "Files it holds for, as patterns from the folder of kalint.toml on; `**` is any number of folders.",
              example: '["legacy/**"]',
            },
            {
              name: "rules",
              shape: rules,
              help: "Severities of rules there. The last override that covers a file counts.",
              example: '{ removed-keyword = "info" }',
            },
          ],
          required: ["paths", "rules"],
        },
      },
      help: "Other severities for some files.",
      example: "",
    },
  ],
};
