/**
 * Who is mailed by whom about what. A mail is sent only when there are recipients and a server (keepalived v2.4.3
 * core/smtp.c:604); instances, groups and services tell on demand, real servers unless told not to (check_data.c:1148, 1214).
 */
import { walkItems, type ConfigItem } from "./items.ts";
import { hasUnreadIncludes, isFragment, isTemplate } from "./lost.ts";
import type { Configuration } from "./model.ts";
import { isSampleMail } from "./sample.ts";
import { flagSetting } from "./settings.ts";
import { remembered } from "./remembered.ts";

export interface Mail {
  /** The notification_email block that has entries. */
  readonly recipients?: ConfigItem;
  /** All recipients are those of the sample: nobody means them. */
  readonly isSample: boolean;
  readonly server?: ConfigItem;
  /** smtp_alert statements, the global ones first, that are on. */
  readonly alerts: readonly ConfigItem[];
  /** Some smtp_alert is written as off, or with a value nobody can know. */
  readonly silenced: boolean;
  /** Real servers with checkers are there, which tell without being asked. */
  readonly serversTell: boolean;
}

const alertNames: ReadonlySet<string> = new Set(["smtp_alert", "smtp_alert_vrrp", "smtp_alert_checker"]);

/** Undefined where part of the configuration could not be read, and may hold what seems to be missing. */
export const mailOf = remembered((configuration: Configuration): Mail | undefined => {
  const { tree, expansion, source, virtualServers } = configuration;
  if (isTemplate(configuration) || hasUnreadIncludes(configuration) || isFragment(configuration)) return undefined;
  const blocks = tree.items.filter(({ keyword }) => keyword.value === "global_defs");
  // Lines of other configuration ids may be the missing ones.
  if (expansion.configId === undefined && blocks.some(({ site }) => source.hasDroppedLines(site))) return undefined;
  const global = blocks.flatMap(({ items }) => items);
  const recipients = global.find(({ keyword, items }) => keyword.value === "notification_email" && items.length > 0);
  const isSample = recipients?.items.every((entry) => isSampleMail(entry.keyword.value)) === true;
  const server = global.find(({ keyword }) => keyword.value === "smtp_server");
  const alerts: ConfigItem[] = [];
  let silenced = false;
  for (const item of walkItems(tree.items)) {
    if (!alertNames.has(item.keyword.value) || item.entry === undefined) continue;
    if (flagSetting(item)?.value === true) alerts.push(item);
    else silenced = true;
  }
  const serversTell = virtualServers.some(({ realServers }) => realServers.some(({ checkers }) => checkers.length > 0));
  return {
    alerts,
    silenced,
    serversTell,
    isSample,
    ...(recipients === undefined ? {} : { recipients }),
    ...(server === undefined ? {} : { server }),
  };
});
