/** A file that a configuration includes inside a block, opened alone and as a part of it, over the wire. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CompletionRequest, HoverRequest } from "vscode-languageserver/node";
import { type Editor, startEditor, temporaryFolder, uriOf } from "./editor.ts";

const at = (line: number, character: number) => ({ line, character });

const fragment = `priority 300
advert_int 1
track_script {
    chk
}
`;
const main = `vrrp_script chk {
    script "/bin/true"
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 61
    include conf.d/x.conf
    virtual_ipaddress {
        10.0.0.100
    }
}
`;

/** What an editor asks about `conf.d/x.conf` of a folder with these files. */
const opened = (files: Readonly<Record<string, string>>) => {
  const { folder, remove } = temporaryFolder(files);
  const uri = uriOf(path.join(folder, "conf.d/x.conf"));
  const textDocument = { uri };
  let editor: Editor;
  beforeAll(async () => {
    editor = await startEditor([folder]);
    await editor.open(uri, files["conf.d/x.conf"]!);
  });
  afterAll(async () => {
    await editor.quit();
    remove();
  });
  return {
    codes: async (count: number) => {
      const { diagnostics } = await editor.published(uri, ({ diagnostics: each }) => each.length === count);
      return diagnostics.map(({ code, range }) => [code, range.start.line]);
    },
    hover: async (line: number, character: number): Promise<string | undefined> => {
      const position = at(line, character);
      const found: { contents: { value: string } } | null = await editor.connection.sendRequest(HoverRequest.method, {
        textDocument,
        position,
      });
      return found?.contents.value;
    },
    /** Labels that are offered behind this text on a new line. */
    offered: async (line: number, typed: string): Promise<readonly string[]> => {
      const before = editor.textOf(uri);
      await editor.type(uri, { start: at(line, 0), end: at(line, 0) }, `${typed}\n`);
      const items: readonly { label: string }[] = await editor.connection.sendRequest(CompletionRequest.method, {
        textDocument,
        position: at(line, typed.length),
      });
      await editor.change(uri, before);
      return items.map(({ label }) => label);
    },
  };
};

describe("a fragment of a block, opened alone", () => {
  const { codes, hover, offered } = opened({ "conf.d/x.conf": fragment });

  it("is not judged", async () => {
    expect(await codes(0)).toEqual([]);
  });

  it("is completed with the keywords of the block that holds its lines", async () => {
    const labels = await offered(2, "garp_master_d");
    expect(labels).toContain("garp_master_delay");
    expect(labels).not.toContain("global_defs");
    expect(await offered(5, "")).toContain("virtual_router_id");
    expect(await offered(3, "    ")).toEqual([]);
    expect(await offered(2, "state ")).toEqual(["MASTER", "BACKUP"]);
  });

  it("tells what its words mean", async () => {
    expect(await hover(0, 3)).toContain("priority priority");
    expect(await hover(0, 10)).toContain("1 to 255");
    expect(await hover(2, 3)).toContain("track_script");
  });
});

describe("a fragment that several kinds of block would hold", () => {
  const { hover, offered } = opened({ "conf.d/x.conf": "weight 5\n" });

  it("is completed with the keywords of all of them", async () => {
    const labels = await offered(1, "");
    expect(labels).toContain("inhibit_on_failure");
    expect(labels).toContain("timeout");
    expect(labels).not.toContain("global_defs");
    expect(await hover(0, 2)).toContain("\n---\n");
  });
});

describe("a list of addresses, opened alone", () => {
  const { codes, hover, offered } = opened({ "conf.d/x.conf": "10.0.0.1\n10.0.0.2\n" });

  it("is not judged, and nothing is made up about it", async () => {
    expect(await codes(0)).toEqual([]);
    expect(await offered(2, "")).toEqual([]);
    expect(await hover(0, 2)).toBeUndefined();
  });
});

describe("a fragment as a part of a configuration", () => {
  const { codes, hover, offered } = opened({ "conf.d/x.conf": fragment, "keepalived.conf": main });

  it("is judged in the block it continues", async () => {
    expect(await codes(1)).toEqual([["out-of-range", 0]]);
  });

  it("is completed in the block it continues", async () => {
    const labels = await offered(2, "garp_master_d");
    expect(labels).toContain("garp_master_delay");
    // These the configuration has around the fragment.
    expect(labels).not.toContain("virtual_router_id");
    expect(labels).not.toContain("global_defs");
    expect(await offered(3, "    ")).toEqual(["chk"]);
  });

  it("tells what the configuration knows", async () => {
    expect(await hover(0, 3)).toContain("priority priority");
    expect(await hover(3, 5)).toContain("**vrrp_script chk** runs `/bin/true`");
  });
});
