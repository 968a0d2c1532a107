/** What was not checked and why: the honest end of a report. */
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import { baseName } from "../model/cluster/files.ts";
import type { ClusterModel, NodeModel } from "../model/cluster/model.ts";
import type { Report } from "./report.ts";
import { few, withKeepalived } from "./words.ts";

/** A line each, most telling first; empty when everything was looked at. */
export const notChecked = (report: Pick<Report, "project" | "version" | "shown">): readonly string[] => [
  ...skippedFiles(report),
  ...templates(report),
  ...includes(report),
  ...lonelyNodes(report.project.clusters),
  ...scripts(report.project.clusters),
  ...firewalls(report.project.clusters),
  ...versionLine(report),
];

const skippedFiles = ({ project, shown = (file) => file }: Pick<Report, "project" | "shown">): readonly string[] => {
  const byReason = new Map<string, string[]>();
  for (const { file, reason } of project.skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), shown(file)]);
  return [...byReason].map(([reason, files]) => {
    const [only] = files;
    return files.length === 1 && only !== undefined ? `${only}: ${reason}` : `${few(files, 3)}: ${reason.replace(/^it /u, "each ")}`;
  });
};

const templates = ({ project, shown = (file) => file }: Pick<Report, "project" | "shown">): readonly string[] => {
  const files = project.clusters.flatMap(({ template }) => [...(template?.templates.byFile.keys() ?? [])]).map(shown);
  if (files.length === 0) return [];
  return [`${few(files, 3)}: ${files.length === 1 ? "it is a template" : "each is a template"}, and what its marks put there is not known`];
};

const includes = ({ project, shown = (file) => file }: Pick<Report, "project" | "shown">): readonly string[] =>
  distinct(
    project.clusters
      .flatMap(withKeepalived)
      .flatMap(({ configuration }) => configuration?.expansion.includes ?? [])
      .flatMap(({ pattern, matches, unreadable, site }) => [
        ...(matches.outside === true ? [`include ${pattern} in ${shown(site.file)}: it lies outside the files of this machine`] : []),
        ...unreadable.map(({ file, reason }) => `${shown(file)}, included from ${shown(site.file)}: ${reason}`),
      ]),
  );

const lonelyNodes = (clusters: readonly ClusterModel[]): readonly string[] => {
  const lonely = clusters
    .filter((cluster) => cluster.template === undefined && withKeepalived(cluster).length === 1)
    .flatMap(withKeepalived);
  const vrrp = lonely.filter(({ configuration }) => (configuration?.instances.length ?? 0) > 0).map(({ name }) => name);
  return vrrp.length === 0 ? [] : [`whether peers agree: no peer was found for ${few(vrrp)}`];
};

const scripts = (clusters: readonly ClusterModel[]): readonly string[] => {
  const unknown: string[] = [];
  const foreign: string[] = [];
  for (const { linkedScripts } of clusters.flatMap(({ nodes }) => nodes)) {
    for (const { path, resolution } of linkedScripts) {
      if (!path.value.includes("/")) continue;
      if (resolution.kind === "found" ? resolution.script !== undefined : isSystem(path.value)) continue;
      (resolution.kind === "found" ? foreign : unknown).push(resolution.kind === "found" ? resolution.file : path.value);
    }
  }
  return [
    ...(unknown.length === 0 ? [] : [`scripts that are not among the files: ${few(distinct(unknown))}`]),
    ...(foreign.length === 0 ? [] : [`scripts that are no shell scripts: ${few(distinct(foreign).map(baseName))}`]),
  ];
};

/** Programs of the system are no scripts of the cluster. */
const isSystem = (path: string): boolean => /^\/(?:usr\/)?s?bin\//u.test(path);

const firewalls = (clusters: readonly ClusterModel[]): readonly string[] => {
  const without = clusters.flatMap(withKeepalived).filter((node) => usesFirewall(node) && !hasFirewall(node));
  return without.length === 0
    ? []
    : [`firewall marks: no firewall rules among the files of ${few(distinct(without.map(({ name }) => name)))}`];
};

const usesFirewall = ({ configuration }: NodeModel): boolean =>
  configuration?.virtualServers.some(({ service }) => service.kind === "fwmark") === true;

const hasFirewall = ({ companions, linkedScripts }: NodeModel): boolean =>
  companions.some(
    ({ kind, effects }) => kind === "iptables-save" || effects.some((effect) => effect.kind === "mark" || effect.kind === "firewall"),
  ) ||
  linkedScripts.some(
    ({ resolution }) =>
      resolution.kind === "found" && resolution.script?.effects.effects.some(({ kind }) => kind === "mark" || kind === "firewall") === true,
  );

const versionLine = ({ project, version }: Pick<Report, "project" | "version">): readonly string[] => {
  const stated = project.clusters.flatMap(withKeepalived).map((node) => node.version ?? version);
  const newer = distinct(stated.flatMap((each) => each ?? [])).filter((each) => compareVersions(each, newestVersion) > 0);
  return [
    ...(stated.includes(undefined)
      ? [`other versions: judged for keepalived ${newestVersion}, the newest known (--keepalived-version)`]
      : []),
    ...(newer.length === 0 ? [] : [`what changed after ${newestVersion}, the newest known: judged as that, not as ${few(newer)}`]),
  ];
};

const distinct = (items: readonly string[]): readonly string[] => [...new Set(items)];
