import { describe, expect, test } from "vitest";
import {
  allContexts,
  allKeywords,
  childContext,
  context,
  contextsOf,
  distros,
  isRootOnlyBlock,
  lookup,
  newestVersion,
  versions,
} from "../../../grammar/vocabulary/index.ts";
import type { Keyword } from "../../../grammar/vocabulary/types.ts";
import { checkValue } from "../../../grammar/vocabulary/values.ts";
import { compareVersions, knownIn, parseVersion } from "../../../grammar/vocabulary/version.ts";

const contexts = allContexts();
const rows = allKeywords().map(({ contextId, keyword }) => ({ place: `${contextId || "top level"}: ${keyword.name}`, contextId, keyword }));
const opens = ({ kind }: Keyword) => kind === "block" || kind === "named-block" || kind === "list-block";
const where = (wrong: (keyword: Keyword) => boolean) => rows.filter(({ keyword }) => wrong(keyword)).map(({ place }) => place);

describe("every row", () => {
  test("has help that says more than the word", () => {
    expect(where(({ help }) => help.length < 15 || help.length > 140 || !/^\p{Lu}.*[.]$/u.test(help))).toEqual([]);
    const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/gu, "");
    expect(where(({ name, help }) => letters(help).replace(letters(name), "").length < 12)).toEqual([]);
  });

  test("names its source file and line", () => expect(where(({ source }) => !/^keepalived\/[a-z_/]+\.c:\d+$/u.test(source))).toEqual([]));

  test("has arguments that make sense", () => {
    const wrong = ({ args }: Keyword) =>
      args.some(
        ({ type, min, max, values, refersTo, defines, name }) =>
          name === "" ||
          (min !== undefined && max !== undefined && min > max) ||
          (type.startsWith("enum") && (values ?? []).length === 0) ||
          (type === "reference") !== (refersTo !== undefined) ||
          (type === "name") !== (defines !== undefined),
      );
    expect(where(wrong)).toEqual([]);
  });

  test("accepts the limits it names", () => {
    const wrong = ({ args }: Keyword) =>
      args.some(
        (argument) =>
          [argument.min, argument.max].some(
            (limit) =>
              limit !== undefined &&
              Number.isSafeInteger(limit) &&
              argument.type !== "integer-range" &&
              !["ok", "zero-replaced"].includes(checkValue(String(limit), argument).kind),
          ) || (argument.values ?? []).some((value) => checkValue(value, argument).kind !== "ok"),
      );
    expect(where(wrong)).toEqual([]);
  });

  test("names known versions, and leaves after it came", () => {
    const known = new Set(versions);
    expect(where(({ since, removed }) => [since, removed].some((version) => version !== undefined && !known.has(version)))).toEqual([]);
    expect(where(({ since, removed }) => since !== undefined && removed !== undefined && compareVersions(since, removed) >= 0)).toEqual([]);
  });

  test("that stands for another word stands beside it", () => {
    const lost = rows.filter(({ contextId, keyword }) => keyword.aliasOf !== undefined && lookup(contextId, keyword.aliasOf) === undefined);
    expect(lost.map(({ place }) => place)).toEqual([]);
  });
});

describe("contexts", () => {
  test("hold each word once", () => {
    const seen = new Set<string>();
    expect(where(({ name }) => name === "")).toEqual([]);
    expect(rows.filter(({ place }) => seen.has(place) || !seen.add(place)).map(({ place }) => place)).toEqual([]);
    expect(new Set(contexts.map(({ id }) => id)).size).toBe(contexts.length);
  });

  test("are reachable from the top, and every block has one", () => {
    const reached = new Set([""]);
    const missing: string[] = [];
    for (const id of reached) {
      for (const keyword of context(id)?.keywords ?? []) {
        const child = childContext(id, keyword);
        if (opens(keyword) && context(child) === undefined) missing.push(child);
        if (context(child) !== undefined) reached.add(child);
      }
    }
    expect(missing).toEqual([]);
    expect(contexts.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual([]);
  });

  test("of list blocks say how a line looks", () => {
    const lists = rows
      .filter(({ keyword }) => keyword.kind === "list-block")
      .map(({ contextId, keyword }) => childContext(contextId, keyword));
    // A rule has no value of its own: every word of it is an option.
    expect(lists.filter((id) => context(id)?.entry === undefined)).toEqual(["static_rules", "vrrp_instance/virtual_rules"]);
    expect(contexts.filter(({ wordList }) => wordList).map(({ id }) => id)).toEqual([
      "garp_group/interfaces",
      "track_group/group",
      "global_defs/notification_email",
      "vrrp_sync_group/group",
    ]);
  });

  test("are as many as the daemon has", () => {
    // 528 keywords and 280 entry options at v2.4.3, two removed words, and the options of an encap behind nexthop.
    expect(rows).toHaveLength(528 + 280 + 2 + 2 * 10);
    expect(contexts).toHaveLength(60);
    const statements = rows.filter(({ keyword }) => keyword.kind !== "entry-option" && keyword.removed === undefined);
    expect(statements).toHaveLength(528);
  });
});

describe("lookups", () => {
  test("find a word where it is valid and nowhere else", () => {
    expect(lookup("vrrp_instance", "priority")?.args).toEqual([{ name: "priority", type: "integer", min: 1, max: 255 }]);
    expect(lookup("virtual_server", "priority")).toBeUndefined();
    expect(lookup("no/such/place", "priority")).toBeUndefined();
    expect(lookup("", "constructor")).toBeUndefined();
    expect(contextsOf("virtual_router_id")).toEqual(["vrrp_instance"]);
    expect(contextsOf("nb_get_retry")).toEqual(["virtual_server/real_server/HTTP_GET", "virtual_server/real_server/SSL_GET"]);
    expect(contextsOf("toString")).toEqual([]);
  });

  test("do not take a header's words for keywords of the block", () => {
    expect(lookup("virtual_server", "fwmark")).toBeUndefined();
    expect(context("virtual_server")?.forms?.map(({ name }) => name)).toEqual(["fwmark", "group"]);
    expect(lookup("virtual_server_group", "fwmark")?.args[0]).toMatchObject({ min: 0, max: 4294967295 });
  });

  test("know the blocks that stand at the top only", () => {
    const only = ["global_defs", "vrrp_instance", "virtual_server", "virtual_server_group", "vrrp_script", "static_routes", "bfd_instance"];
    const also = ["track_file", "real_server", "authentication", "net_namespace", "linkbeat_use_polling", "nonsense"];
    expect([...only, ...also].filter(isRootOnlyBlock)).toEqual(only);
  });
});

describe("facts", () => {
  const real = "virtual_server/real_server";

  test.each([
    ["vrrp_instance", "priority", "255", "256"],
    ["vrrp_instance", "virtual_router_id", "1", "0"],
    ["vrrp_instance", "advert_int", "0.01", "255.5"],
    ["vrrp_instance", "state", "BACKUP", "EQUAL"],
    ["vrrp_instance", "preempt_delay", "1000", "1001"],
    ["vrrp_instance", "version", "3", "4"],
    ["vrrp_instance/authentication", "auth_pass", "12345678", "123456789"],
    ["vrrp_instance/authentication", "auth_type", "PASS", "pass"],
    ["vrrp_instance/track_interface", "weight", "-253", "254"],
    ["vrrp_instance/track_file", "weight", "254", "255"],
    ["vrrp_script", "weight", "253", "-254"],
    ["vrrp_script", "interval", "4294", "4295"],
    ["virtual_server", "lb_algo", "wlc", "WLC"],
    ["virtual_server", "lb_kind", "DR", "dr"],
    ["virtual_server", "protocol", "tcp", "icmp"],
    ["virtual_server", "persistence_timeout", "2678400", "0"],
    ["virtual_server", "retry", "1", "0"],
    [`${real}/TCP_CHECK`, "retry", "0", "-1"],
    [`${real}/TCP_CHECK`, "connect_port", "65535", "0"],
    [`${real}/HTTP_GET/url`, "status_code", "200-299", "600"],
    [`${real}/HTTP_GET`, "http_protocol", "1.1", "2"],
    [`${real}/DNS_CHECK`, "type", "soa", "PTR"],
    ["global_defs", "vrrp_version", "2", "1"],
    ["global_defs", "vrrp_mcast_group4", "224.0.0.18", "ff02::12"],
    ["bfd_instance", "idle_tx", "1000", "999"],
    ["vrrp_instance/virtual_ipaddress", "label", "eth0:1", "averyveryverylonglabel"],
  ])("%s %s takes %s and not %s", (id, word, good, bad) => {
    const argument = lookup(id, word)?.args[0];
    if (argument === undefined) throw new Error("no such argument");
    expect(checkValue(good, argument).kind).toBe("ok");
    expect(checkValue(bad, argument).kind).not.toBe("ok");
  });

  test("words came and went with versions", () => {
    const known = (id: string, word: string, version: string) => {
      const keyword = lookup(id, word);
      return keyword !== undefined && knownIn(keyword, version);
    };
    expect(known("virtual_server", "nat_mask", "1.2.19")).toBe(true);
    expect(known("virtual_server", "nat_mask", "1.2.20")).toBe(false);
    expect(known("global_defs", "plugin_dir", newestVersion)).toBe(false);
    expect(known("vrrp_instance", "auth_hmac", "2.3.4")).toBe(false);
    expect(known("vrrp_instance", "auth_hmac", "2.4.0")).toBe(true);
    expect(known("", "track_file", "2.0.20")).toBe(false);
    expect(known("", "vrrp_track_file", "2.0.20")).toBe(true);
    expect(known(`${real}/TCP_CHECK`, "retry", "1.2.19")).toBe(false);
    expect(known(`${real}/HTTP_GET`, "tls_compliant", newestVersion)).toBe(false);
    expect(known(`${real}/SSL_GET`, "tls_compliant", newestVersion)).toBe(true);
  });

  test("what happens on a second one", () => {
    expect(lookup("", "vrrp_instance")?.onRepeat).toBe("duplicate-error");
    expect(lookup("", "vrrp_script")?.onRepeat).toBe("first");
    expect(lookup("vrrp_instance", "priority")?.onRepeat).toBe("last");
    expect(lookup("vrrp_instance", "notify_master")?.onRepeat).toBe("first-error");
    expect(lookup("vrrp_instance", "version")?.onRepeat).toBe("first");
    expect(lookup("vrrp_instance", "virtual_ipaddress")?.onRepeat).toBe("append");
  });

  test("what happens without a value", () => {
    expect(lookup("vrrp_instance", "priority")?.missingArgument).toBe("exit");
    expect(lookup("global_defs", "router_id")?.missingArgument).toBe("reported");
    expect(lookup("", "bfd_instance")?.missingArgument).toBe("crash");
    expect(lookup("vrrp_instance", "nopreempt")?.missingArgument).toBeUndefined();
  });

  test("references and definitions meet", () => {
    const kinds = (pick: (keyword: Keyword) => readonly (string | undefined)[]) =>
      new Set(rows.flatMap(({ keyword }) => pick(keyword)).filter((kind) => kind !== undefined));
    const defined = kinds(({ args }) => args.map(({ defines }) => defines));
    const referred = kinds(({ args }) => args.map(({ refersTo }) => refersTo));
    expect([...referred].filter((kind) => !defined.has(kind))).toEqual([]);
  });
});

test("releases are in order, end with the newest, and distributions ship one of them", () => {
  expect(versions.toSorted(compareVersions)).toEqual([...versions]);
  expect(versions.at(-1)).toBe(newestVersion);
  expect(Object.values(distros).filter((version) => !versions.includes(version))).toEqual([]);
  expect(versions.every((version) => parseVersion(version) === version)).toBe(true);
  expect(distros.debian12).toBe("2.2.7");
});
