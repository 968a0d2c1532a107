/** docs/architecture.md names what there is: every folder of the sources, and no file or folder that is gone. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const page = readFileSync(path.join(root, "docs/architecture.md"), "utf8");
const named = [...page.matchAll(/`([^`\n]+)`/gu)].flatMap(([, code = ""]) => (/^[\w./<>-]+$/u.test(code) ? [code] : []));
const files = execFileSync("git", ["-C", root, "ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "");
const folders = [...new Set(files.flatMap((file) => file.split("/").map((_, at, parts) => parts.slice(0, at).join("/"))))].filter(
  (folder) => folder !== "",
);

/** A name as the page writes it, `blocks/`, `cluster/peers.ts`, `server/rules/<group>/<id>.ts`: of whatever ends like that. */
const patternOf = (name: string): RegExp =>
  new RegExp(`(?:^|/)${name.replaceAll(/[.]/gu, "\\.").replaceAll(/<\w+>/gu, "[^/]+").replace(/\/$/u, "")}$`, "u");

describe("docs/architecture.md", () => {
  it("names files and folders that exist", () => {
    const places = named.filter((name) => /\.(?:ts|mjs|json|md)$/u.test(name) || name.endsWith("/"));
    expect(places.length).toBeGreaterThan(100);
    const there = [...files, ...folders];
    const gone = places.filter((name) => {
      const pattern = patternOf(name);
      return !there.some((place) => pattern.test(place));
    });
    expect(gone).toEqual([]);
  });

  it("names every folder of the sources", () => {
    const sources = folders.filter(
      (folder) =>
        /^(?:\.ci|bench|client|grammar|man|playground|schemas|scripts|server|syntaxes|templates)(?:\/|$)/u.test(folder) ||
        /^(?:fixtures|test)(?:\/host)?(?:\/[\w-]+)?$/u.test(folder),
    );
    expect(sources.length).toBeGreaterThan(50);
    const rooms = named.flatMap((name) => (name.includes("/") ? [patternOf(name.slice(0, name.lastIndexOf("/")))] : []));
    // Folders of tests have the names of what they test, and a rule lies in the folder of its group.
    const isMirror = (folder: string): boolean =>
      folder.startsWith("test/") && ["server/", ""].some((above) => folders.includes(folder.replace(/^test\//u, above)));
    expect(sources.filter((folder) => !isMirror(folder) && !rooms.some((room) => room.test(folder)))).toEqual([]);
  });
});
