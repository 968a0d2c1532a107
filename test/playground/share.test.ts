import { describe, expect, it } from "vitest";
import { fragmentOf, mostText, sharedIn } from "../../playground/share.ts";

const files = [
  { name: "db1/etc/keepalived/keepalived.conf", text: "vrrp_instance Grüße {\n\tstate BACKUP\n}\n" },
  { name: "db1/etc/keepalived/check.sh", text: "" },
];

const packed = async (value: unknown): Promise<string> => fragmentOf(value as Parameters<typeof fragmentOf>[0]);

describe("a fragment", () => {
  it("gives back what was put in", async () => {
    const shared = { files, version: "2.2.7" };
    expect(await sharedIn(await fragmentOf(shared))).toEqual(shared);
  });

  it("holds nothing that an address may not hold, and less than the text", async () => {
    const text = "    virtual_router_id 61\n".repeat(400);
    const fragment = await fragmentOf({ files: [{ name: "a/keepalived.conf", text }] });
    expect(fragment).toMatch(/^files=[\w-]+$/u);
    expect(fragment.length).toBeLessThan(text.length / 10);
  });

  it.each([
    ["nothing", ""],
    ["an anchor", "findings"],
    ["no base64", "files=§§"],
    ["no deflated data", "files=AAAA"],
  ])("is nothing where it holds %s", async (_, fragment) => {
    expect(await sharedIn(fragment)).toBeUndefined();
  });

  it.each([
    ["no files", { files: [] }],
    ["no list", { files: "a" }],
    ["null", null],
    ["a file without a text", { files: [{ name: "a/b" }] }],
    ["a name that leads out", { files: [{ name: "../b", text: "" }] }],
    ["one name twice", { files: [files[0], files[0]] }],
    ["too many files", { files: Array.from({ length: 201 }, (_, index) => ({ name: `a/${index}`, text: "" })) }],
    ["too much text", { files: [{ name: "a/b", text: "x".repeat(mostText + 1) }] }],
    ["a small address of a huge text", { files: [{ name: "a/b", text: "x".repeat(mostText * 20) }] }],
  ])("is refused where it holds %s", async (_, value) => {
    expect(await sharedIn(await packed(value))).toBeUndefined();
  });

  it("has no version but one that looks like one", async () => {
    expect(await sharedIn(await packed({ files, version: "<b>" }))).toEqual({ files });
  });
});
