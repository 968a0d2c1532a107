import type { Site } from "../../../grammar/text.ts";
import type { Member } from "../../model/cluster/model.ts";
import { deviations, type Deviation, hearing, isWhole, peerName, peerNames } from "../../model/cluster/pairs.ts";
import { type EffectiveAuthentication, effectiveAuthentication } from "../../model/node/defaults.ts";
import { samePassword } from "../../model/node/password.ts";
import { isUnknownWord } from "../../model/node/settings.ts";
import type { Edit, Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";

type Known = Exclude<EffectiveAuthentication, { readonly kind: "unknown" }>;

export default defineRule({
  id: "peer-auth-mismatch",
  summary: "Nodes that authenticate differently drop each other's adverts, and all of them become master.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "test/observed/auth-pass-differs",
    "test/observed/auth-pass-same-first-8",
    "test/observed/auth-on-one-node",
    "test/observed/auth-type-without-pass",
    "test/observed/auth-strict-on-one-node",
    "test/observed/auth-odd-one-of-three",
  ],
  seen: {
    log: ["received an invalid passwd", "received a 1 auth"],
    metrics: [
      ["auth_failure", "rises with every advert of a node that has another password"],
      ["authtype_mismatch", "rises with every advert of a node that authenticates in another way"],
      ["state", "is 2 (MASTER) on more than one node for the same address"],
    ],
  },
  subject: "virtualRouter",
  fix: "review",

  *check(router) {
    for (const members of hearing(router)) {
      const found = deviations(members, knownAuthentication, sameAuthentication);
      const fix = samePasswordEverywhere(found);
      for (const deviation of found) {
        const { member, value, reference, expected } = deviation;
        yield {
          at: placeOf(member, value, expected),
          message: `${differenceOf(deviation)}: each node drops the other's adverts, and both become master`,
          notes: [
            {
              message:
                value.kind === expected.kind
                  ? `auth_pass of ${reference.node.name}`
                  : `${reference.node.name} ${clauseOf(reference, expected)}`,
              at: placeOf(reference, expected, value),
            },
          ],
          nodes: [member.node, reference.node],
          ...(fix === undefined ? {} : { fixes: [fix] }),
        };
      }
    }
  },
});

/** Undefined when something that matters is not in sight. */
const knownAuthentication = (member: Member): Known | undefined => {
  const { configuration, instance } = member;
  const { authentication } = instance;
  const found = effectiveAuthentication(configuration, instance);
  if (found.kind === "unknown") return undefined;
  // A keyword without its word, or an empty password, ends the daemon: such a node is no peer at all.
  if (authentication?.password?.value === "" || authentication?.item.items.some(({ args }) => args.length === 0)) return undefined;
  if (found.kind !== "none") return found.password === undefined ? undefined : found;
  if (authentication === undefined) return isWhole(member) ? found : undefined;
  return authentication.item.items.some((item) => isUnknownWord(item, item.keyword)) ? undefined : found;
};

const sameAuthentication = (a: Known, b: Known): boolean => {
  if (a.kind === "none" || b.kind === "none") return a.kind === b.kind;
  return a.kind === b.kind && a.password !== undefined && b.password !== undefined && samePassword(a.password, b.password);
};

/** What differs, in the words of the files. The password itself is never shown. */
const differenceOf = ({ member, value, reference, expected }: Deviation<Known>): string => {
  const name = member.instance.name.value;
  const other = peerName(reference, member);
  if (value.kind === "none" || expected.kind === "none")
    return `${name} ${clauseOf(member, value)}, ${other} ${clauseOf(reference, expected)}`;
  if (value.kind !== expected.kind) return `auth_type of ${name} is ${value.kind}, ${other} uses ${expected.kind}`;
  return `auth_pass of ${name} differs from ${reference.instance.name.value === name ? `${other}'s` : `that of ${other}`}`;
};

/** Said of a member: whether and why it authenticates. */
const clauseOf = ({ instance: { authentication } }: Member, value: Known): string => {
  if (value.kind !== "none") return `uses auth_type ${value.kind}`;
  if (authentication === undefined) return "has no authentication";
  const { type, password } = authentication;
  if (type === undefined && password === undefined) return "has an empty authentication block";
  if (password === undefined) return "has an auth_type without auth_pass, which is no authentication";
  if (type === undefined) return "has an auth_pass without auth_type, which is no authentication";
  if (type.value !== "PASS" && type.value !== "AH") return `has auth_type ${type.value ?? ""}, which is no authentication`;
  return "ignores its authentication in strict mode";
};

/** The word that makes the difference. */
const placeOf = ({ instance: { authentication, name } }: Member, value: Known, other: Known): Site => {
  if (authentication === undefined) return name.site;
  const { item, type, password } = authentication;
  const samekind = value.kind === other.kind;
  return (samekind ? password?.site : type?.site) ?? type?.site ?? password?.site ?? item.keyword.site;
};

/**
 * The password of the majority for all that deviate, in one fix: changed on one node alone it would only move the split.
 * Undefined where a deviating node has no password literally in its file, or its peers have none.
 */
const samePasswordEverywhere = (found: readonly Deviation<Known>[]): Fix | undefined => {
  const [first] = found;
  if (first === undefined || first.expected.kind === "none" || first.expected.password === undefined) return undefined;
  const { expected, reference } = first;
  const replacement = asWord(first.expected.password);
  if (replacement === undefined) return undefined;
  const edits: Edit[] = [];
  for (const { member, value } of found) {
    const { type, password } = member.instance.authentication ?? {};
    if (value.kind === "none" || type === undefined || password === undefined) return undefined;
    if (type.site.via !== undefined || password.site.via !== undefined) return undefined;
    if (value.kind !== expected.kind) edits.push({ at: type.site, replacement: expected.kind });
    edits.push({ at: password.site, replacement, secret: true });
  }
  const members = found.map(({ member }) => member);
  return { title: `Use the auth_pass of ${reference.node.name} on ${peerNames(members, reference)}`, safety: "review", edits };
};

/** A password as a word of the file: quoted where it holds what would end the word; undefined where quotes do not help. */
const asWord = (password: string): string | undefined => {
  if (/^[A-Za-z0-9_.,:;@%^&*()+=/?<>|~[\]-]+$/u.test(password)) return password;
  return /["\\\r\n$]/u.test(password) ? undefined : `"${password}"`;
};
